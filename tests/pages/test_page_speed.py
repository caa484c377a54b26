"""How quickly the page is ready, speaks and opens a report, measured in the browser."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from tests.pages.browsing import ready, serving
from tests.pages.conftest import OpenPage


def within(goal: float) -> float:
    """`goal` in seconds is for an idle machine with two cores; a loaded one gets as much longer as it is loaded."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return goal * 2 * max(1.0, load)


def test_the_page_is_ready_and_answers_quickly(open_page: OpenPage) -> None:
    open_page()
    began = time.monotonic()
    page = open_page()
    assert time.monotonic() - began < within(3.0)
    page.fill("#ra-box textarea", "甲市建成多少家驿站？")
    began = time.monotonic()
    page.press("#ra-box textarea", "Enter")
    page.wait_for_selector("#ra-chat .answer a.cite")
    assert time.monotonic() - began < within(0.3)
    began = time.monotonic()
    page.locator("#ra-chat a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")
    assert time.monotonic() - began < within(0.15)


def test_a_report_of_200_000_characters_opens_within_a_second(browser: Any, tmp_path: Path) -> None:
    text = "庚市工会工作\n" + "".join(
        f"第{n}节\n建成驿站{n}家，服务职工{n * 3}人，{'做好工作。' * 30}\n" for n in range(1, 1200)
    )
    assert len(text) > 200_000
    with serving("double", tmp_path) as server:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page = context.new_page()
        ready(page, server.url)
        page.click('button[value="do:go:library"]')
        page.set_input_files(
            "#ra-files input[type=file]", [{"name": "庚市.txt", "mimeType": "text/plain", "buffer": text.encode()}]
        )
        page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 5")
        began = time.monotonic()
        page.locator(".lib-table .title", has_text="庚市").click()
        page.wait_for_function("document.querySelector('#reader-root')?.dataset.name == '庚市.txt'")
        assert time.monotonic() - began < within(1.0)
        context.close()
