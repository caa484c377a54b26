"""The web server: the page and the API in one FastAPI app, behind the guard.

It wires nothing of the assistant itself; `serve` takes it ready from `assistant.bootstrap`.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.service import Assistant
    from assistant.settings import Settings

log = logging.getLogger(__name__)

MOST_BYTES = "50mb"
"""The largest file that may be uploaded."""

_TURN = 0.001
"""Seconds that one thread may keep the interpreter while others wait.

With Python's own five milliseconds an answer, which goes to the library hundreds of times and waits for its turn
after each, takes several times as long while reports are being added.
"""

_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}


def make_app(
    assistant: Assistant, home: Path, *, hosts: tuple[str, ...] = (), settings: Settings | None = None
) -> FastAPI:
    """The whole web app over `assistant`; uploads wait in `home` until they are read.

    `settings` are those that the page shows; without them it shows the defaults.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("GRADIO_TEMP_DIR", str(home / "uploads"))
    import gradio as gr
    from fastapi import FastAPI

    from assistant.api import attach
    from assistant.settings import Settings
    from assistant.web import layout, page
    from assistant.web.guard import Guard

    app: FastAPI = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    assistant = attach(app, assistant)
    app = gr.mount_gradio_app(
        app,
        page.build(assistant, home, settings or Settings(home=home)),
        path="",
        head=layout.head(),
        theme=_theme(),
        allowed_paths=[],
        max_file_size=MOST_BYTES,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
    )
    app.add_middleware(Guard, hosts=hosts)
    return app


def serve(settings: Settings, host: str | None = None, port: int | None = None, open_browser: bool = True) -> None:
    """Runs the page until it is stopped; takes `host` and `port` from the settings where not given."""
    import uvicorn

    from assistant import bootstrap
    from assistant.web.listen import address, bind, names

    sys.setswitchinterval(_TURN)
    host = host or settings.host
    bound = bind(host, settings.port if port is None else port)
    here = address(host, bound)
    assistant = bootstrap.build_at_once(settings)
    app = make_app(assistant, settings.home, hosts=names(host), settings=replace(settings, host=host))
    threading.Thread(target=_fill, args=(assistant, settings), name="first reports", daemon=True).start()
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (here,)).start()
    log.warning("The page is at %s (Ctrl+C stops it).", here)
    try:
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[bound])
    finally:
        assistant.close()


def _fill(assistant: Assistant, settings: Settings) -> None:
    """Brings the library up to date while the page can be used already, adds the first reports, opens the vector store."""
    from assistant import bootstrap
    from assistant.models import AddResult

    bootstrap.catch_up(assistant, settings)
    for told in bootstrap.first_reports(assistant, settings):
        if isinstance(told, AddResult):
            log.warning("%s: %s", told.name, told.reason_en or told.outcome)
    assistant.warm()


def _theme() -> Any:
    import gradio as gr

    fonts = ["system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Base(font=fonts, font_mono=["ui-monospace", "Consolas", "monospace"])
