"""Puts the API and the addresses for operators beside the page: `/api/…`, `/healthz`, `/readyz`, `/metrics`.

The API is an app of its own under `/api`, so that its errors are JSON and its OpenAPI document describes
nothing else. It signs nobody in; who may reach the page may reach the API.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response

from assistant.api.counting import Counters, counted
from assistant.api.problems import add_handlers
from assistant.api.questions import question_routes
from assistant.api.reports import report_routes
from assistant.api.sizes import Sizes
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.service import Assistant

log = logging.getLogger(__name__)

VERSION = "1.0"
ABOUT = """\
Questions over reports of Chinese cities, answered with the exact source of every figure.

Every answer has the form that the page, the command line and the MCP server give as well. Offsets count code points
of a report as it was received. Errors are `{"error": {"en": …, "zh": …}}`.
"""


def attach(app: FastAPI, assistant: Assistant) -> Assistant:
    """Adds the API over `assistant` to `app`; gives the assistant that counts its answers, for the page to use.

    To be called before anything is mounted at the root of `app`.
    """
    counters = Counters(lambda: len(assistant.reports()))
    watched = counted(assistant, counters)
    app.mount("/api", make_api(watched))
    _add_for_operators(app, assistant, counters)
    return watched


def make_api(assistant: Assistant) -> FastAPI:
    """The API alone."""
    api = FastAPI(title="Report Assistant", version=VERSION, description=ABOUT, docs_url=None, redoc_url=None)
    api.include_router(question_routes(assistant))
    api.include_router(report_routes(assistant))
    add_handlers(api)
    api.add_middleware(Sizes)
    return api


def _add_for_operators(app: FastAPI, assistant: Assistant, counters: Counters) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        """Whether the process lives and can read its library."""
        busy = assistant.starting()
        return {"status": "starting" if busy else "ok", "reports": len(assistant.reports())}

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        """Whether questions are answered from the whole library: 200, else 503."""
        busy = assistant.starting()
        if busy:
            return JSONResponse({"status": "starting", "done": busy.done, "of": busy.of}, 503, {"retry-after": "2"})
        try:
            return JSONResponse({"status": "ready", "reports": len(assistant.reports())})
        except AssistantError as error:
            log.error("not ready: %s", error)
            return JSONResponse({"status": "failing", "error": {"en": error.en, "zh": error.zh}}, 503)

    @app.get("/metrics")
    def metrics() -> Response:
        """Counters in the text format of Prometheus."""
        text, kind = counters.exposition()
        return Response(text, media_type=kind)
