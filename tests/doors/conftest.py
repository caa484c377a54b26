"""Fixtures of the tests of the doors: one library of the first reports, and what serves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from assistant import bootstrap
from assistant.service import Assistant
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds the first reports."""
    return tmp_path_factory.mktemp("doors")


@pytest.fixture(scope="session")
def assistant(home: Path) -> Iterator[Assistant]:
    settings = Settings(home=home)
    made = bootstrap.build(settings)
    for _ in bootstrap.first_reports(made, settings):
        pass
    yield made
    made.close()


@pytest.fixture(scope="session")
def client(assistant: Assistant, home: Path) -> Iterator[Any]:
    """A client of the whole web app: page, API and guard."""
    from fastapi.testclient import TestClient

    from assistant.web.server import make_app

    async def app() -> Any:  # outside a running loop, Gradio makes loops that nobody closes
        return make_app(assistant, home)

    with TestClient(anyio.run(app)) as made:
        yield made


@contextmanager
def serving(assistant: Any) -> Iterator[str]:
    """The address of the API over `assistant`, served on a free port of this machine."""
    import uvicorn
    from fastapi import FastAPI

    from assistant.api import attach
    from assistant.web.listen import address as address_of
    from assistant.web.listen import bind

    app = FastAPI()
    attach(app, assistant)
    bound = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    yield address_of("127.0.0.1", bound)
    server.should_exit = True
    running.join(timeout=10)


@pytest.fixture(scope="session")
def address(assistant: Assistant) -> Iterator[str]:
    """The API served for programs that open a real connection."""
    with serving(assistant) as made:
        yield made
