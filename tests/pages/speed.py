"""How quickly the page works over the repository's reports: `python -m tests.pages.speed`.

Prints four figures with their goals, which are for an idle machine with two cores and a server that is warm:
each is the median of several tries in a real Chromium, without the way there.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.pages.browsing import FLAGS, chromium, ready, serving

TRIES = 5
GOALS = {"ready": 3.0, "first words": 0.3, "reader opens": 0.15, "200,000 characters open": 1.0}
"""Seconds from opening the page, sending a question, clicking a citation, opening a very long report."""


def main() -> int:
    """Measures, prints, and gives the number of goals that were missed."""
    taken: dict[str, list[float]] = {name: [] for name in GOALS}
    with tempfile.TemporaryDirectory(prefix="reports-") as home, serving("seeds", Path(home)) as server:
        for name, seconds in measured(server.url):
            taken[name].append(seconds)
    missed = 0
    for name, goal in GOALS.items():
        median = statistics.median(taken[name])
        missed += median > goal
        print(f"{name:<24}{median * 1000:6.0f} ms   goal {goal * 1000:.0f} ms{'   missed' if median > goal else ''}")
    return missed


def measured(url: str) -> Iterator[tuple[str, float]]:
    """Each measurement with what it is of; the first visit only warms the server."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        add_long_report(browser, url)
        for _ in range(TRIES):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            page = context.new_page()
            yield "ready", seconds(lambda page=page: ready(page, url))
            page.fill("#ra-box textarea", page.locator(".example").first.inner_text())
            yield "first words", seconds(lambda page=page: sent(page))
            page.wait_for_selector("#ra-chat .acts")
            yield "reader opens", painted(page, "#ra-chat a.cite", "#reader-text mark.on")
            page.click('button[value="do:go:library"]')
            page.fill("#lib-filter", FILE)
            title = ".lib-table tr:not([hidden]) .title"
            yield "200,000 characters open", painted(page, title, f'#reader-root[data-name="{FILE}"]')
            context.close()
        browser.close()


def seconds(act: Callable[[], None]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def sent(page: Any) -> None:
    page.press("#ra-box textarea", "Enter")
    page.wait_for_selector("#ra-chat .answer a.cite")


def painted(page: Any, clicked: str, seen: str) -> float:
    """Seconds from a click on the first of `clicked` to the first frame with `seen`, by the browser's own clock."""
    taken: float = page.evaluate(
        """([clicked, seen]) => new Promise(done => {
            const began = performance.now();
            const look = () => document.querySelector(seen) ? done(performance.now() - began) : requestAnimationFrame(look);
            document.querySelector(clicked).click();
            requestAnimationFrame(look);
        })""",
        [clicked, seen],
    )
    return taken / 1000


TITLE = "嘉禾市工会工作总结"
FILE = "long.txt"


def long_report() -> bytes:
    """An invented report of more than 200,000 characters with a figure in each paragraph."""
    parts = (f"第{n}节\n建成驿站{n}家，服务职工{n * 3}人，{'做好工作。' * 30}" for n in range(1, 1200))
    return "\n".join((TITLE, *parts)).encode()


def add_long_report(browser: Any, url: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    ready(page, url)
    page.click('button[value="do:go:library"]')
    page.set_input_files(
        "#ra-files input[type=file]", [{"name": FILE, "mimeType": "text/plain", "buffer": long_report()}]
    )
    page.wait_for_selector(".adding .added", timeout=120000)
    page.context.close()


if __name__ == "__main__":
    sys.exit(main())
