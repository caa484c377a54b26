"""Fixtures of the browser tests: servers by kind, and pages that fail on any fault that the browser reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.browsing import FLAGS, Server, chromium, ready, serving

OpenPage = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    if not os.access(chromium(), os.X_OK):
        pytest.fail(f"There is no browser at {chromium()}; `sh tests/pages/chromium.sh` installs it, or set CHROMIUM.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """One running server of each kind that is asked for."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        running: dict[str, Server] = {}

        def of(kind: str) -> Server:
            if kind not in running:
                running[kind] = stack.enter_context(serving(kind, tmp_path_factory.mktemp(kind)))
            return running[kind]

        yield of


@pytest.fixture
def open_page(browser: Any, servers: Callable[[str], Server]) -> Iterator[OpenPage]:
    """Opens pages; afterwards no console error, no failed and no outside request may have happened."""
    faults: list[str] = []
    contexts: list[Any] = []

    def opened(
        kind: str = "double",
        *,
        width: int = 1440,
        height: int = 900,
        query: str = "",
        locale: str = "zh-CN",
        context: Any = None,
        watched: bool = True,
        **options: Any,
    ) -> Any:
        if context is None:
            context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, **options)
            context.set_default_timeout(40000)  # a wait ends with what it waits for; a busy machine takes long
            contexts.append(context)
        page = context.new_page()
        server = servers(kind)
        if watched:
            watch(page, server.url, faults)
        ready(page, server.url + query)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(page: Any, url: str, faults: list[str]) -> None:
    page.on(
        "console",
        lambda said: faults.append(f"console: {said.text}") if said.type == "error" and not _left(said.text) else None,
    )
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("response", lambda got: faults.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
    page.on(
        "requestfailed", lambda lost: faults.append(f"failed: {lost.url} {lost.failure}") if _matters(lost) else None
    )
    page.on("request", lambda sent: faults.append(f"outside: {sent.url}") if _outside(sent.url, url) else None)


def _outside(address: str, url: str) -> bool:
    return not address.startswith((url, "data:", "blob:"))


def _left(text: str) -> bool:
    # Gradio says so of its own stream when a page is left while one is open; a lost request is caught by itself.
    return "AbortError: signal is aborted" in text or "Connection errored out" in text


def _matters(request: Any) -> bool:
    # The stream of events of a page that is closed, or of an answer that is stopped, ends this way.
    return "ERR_ABORTED" not in str(request.failure)
