"""Takes the pictures in `docs/` of the real page over the repository's reports: `python -m tests.pages.screenshots`.

Pictures of earlier states of the page are taken away, so that `docs/` holds exactly these.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.pages.browsing import FLAGS, ROOT, ask, chromium, ready, serving

DOCS = ROOT / "docs"
DESKTOP, PHONE = (1440, 900), (390, 844)


def main() -> None:
    from playwright.sync_api import sync_playwright

    DOCS.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="reports-") as home,
        serving("seeds", Path(home)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, (size, scheme, locale, arrange) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=locale
            )
            page = context.new_page()
            ready(page, server.url)
            page.wait_for_selector(".example")
            arrange(page)
            page.wait_for_timeout(500)
            page.screenshot(path=DOCS / f"{name}.png")
            context.close()
        browser.close()
    for old in DOCS.glob("*.png"):
        if old.stem not in PICTURES:
            old.unlink()


def first(page: Any) -> None:
    """The page as it opens."""
    page.evaluate("document.activeElement.blur()")


def passage(page: Any) -> None:
    """A comparison with its table and chart, and the passage of its first mark."""
    ask(page, of_all_cities(page))
    open_first(page)


def of_all_cities(page: Any) -> str:
    """The example that compares two cities, asked of all."""
    example = next(text for text in page.locator(".example").all_inner_texts() if "哪个多" in text)
    return f"各市的{example.partition('的')[2]}"


def english(page: Any) -> None:
    """An English question to Chinese reports, with the passage of its first mark."""
    ask(page, next(text for text in page.locator(".example").all_inner_texts() if text.isascii()))
    open_first(page)


def answer(page: Any) -> None:
    """The comparison as a phone shows it, before the reader slides over it."""
    ask(page, of_all_cities(page))
    page.evaluate("document.activeElement.blur()")


def not_found(page: Any) -> None:
    """A question that the library cannot answer."""
    ask(page, "哈尔滨的工会驿站有多少家？")


def compare(page: Any) -> None:
    """The comparison view with a topic that most reports speak of."""
    page.click('button[value="do:go:compare"]')
    page.locator(".topic").nth(1).click()
    page.wait_for_selector(".result .answer")


def library(page: Any) -> None:
    """The table of reports."""
    page.click('button[value="do:go:library"]')


def settings(page: Any) -> None:
    """What those who run the assistant can set, with the embedding model tried."""
    page.click('button[value="do:go:settings"]')
    page.click('button[value="do:test:embedding"]')
    page.wait_for_selector(".trial b")


def open_first(page: Any) -> None:
    page.locator("#ra-chat .answer").last.locator("a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")
    page.evaluate("document.activeElement.blur()")


Picture = tuple[tuple[int, int], str, str, Callable[[Any], None]]
PICTURES: dict[str, Picture] = {
    "page-desktop-light": (DESKTOP, "light", "zh-CN", passage),
    "page-desktop-dark": (DESKTOP, "dark", "zh-CN", passage),
    "page-english": (DESKTOP, "light", "en-GB", english),
    "page-phone": (PHONE, "light", "zh-CN", answer),
    "page-phone-passage": (PHONE, "light", "zh-CN", passage),
    "first": (DESKTOP, "light", "zh-CN", first),
    "not-found": (DESKTOP, "light", "zh-CN", not_found),
    "compare": (DESKTOP, "light", "zh-CN", compare),
    "compare-dark": (DESKTOP, "dark", "zh-CN", compare),
    "compare-phone": (PHONE, "light", "zh-CN", compare),
    "library": (DESKTOP, "light", "zh-CN", library),
    "library-phone": (PHONE, "light", "zh-CN", library),
    "settings": (DESKTOP, "light", "zh-CN", settings),
}


if __name__ == "__main__":
    main()
