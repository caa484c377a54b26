"""Takes the pictures in `docs/` of the real page over the repository's reports: `python -m tests.pages.screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from tests.pages.browsing import FLAGS, ROOT, ask, chromium, ready, serving

DOCS = ROOT / "docs"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


def main() -> None:
    from playwright.sync_api import sync_playwright

    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, serving("seeds", Path(home)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"
                )
                page = context.new_page()
                ready(page, server.url)
                take(page, f"{size}-{scheme}")
                context.close()
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page = context.new_page()
        ready(page, server.url)
        ask(page, next(text for text in page.locator(".example").all_inner_texts() if text.isascii()))
        open_first(page)
        shoot(page, "desktop-english")
        browser.close()


def take(page: Any, name: str) -> None:
    """The states of the page worth looking at, at one size and in one scheme."""
    page.wait_for_selector(".example")
    shoot(page, f"{name}-first")
    comparing = next(text for text in page.locator(".example").all_inner_texts() if "哪个多" in text)
    ask(page, page.locator(".example").first.inner_text())
    ask(page, comparing)
    shoot(page, f"{name}-answer")
    open_first(page)
    shoot(page, f"{name}-passage")
    page.keyboard.press("Escape")
    page.wait_for_selector(".reader.idle", state="attached")
    page.click('button[value="do:new"]')
    page.wait_for_selector("#ra-chat .q", state="detached")
    ask(page, "哈尔滨的工会驿站有多少家？")
    shoot(page, f"{name}-not-found")
    page.click('button[value="do:go:compare"]')
    page.locator(".topic").first.click()
    page.wait_for_selector(".result .answer")
    shoot(page, f"{name}-compare")
    page.click('button[value="do:go:library"]')
    shoot(page, f"{name}-library")


def open_first(page: Any) -> None:
    page.locator("#ra-chat .answer").last.locator("a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")


def shoot(page: Any, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
