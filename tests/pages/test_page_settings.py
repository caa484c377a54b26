"""The settings are reached from the header, say what is in use, and try the models at a click."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.pages.browsing import ask
from tests.pages.conftest import OpenPage


@pytest.mark.parametrize(
    ("width", "locale", "said"), [(1440, "zh-CN", "设置"), (390, "zh-TW", "設定"), (1024, "en", "Settings")]
)
def test_the_settings_open_from_the_header_in_each_language(
    open_page: OpenPage, width: int, locale: str, said: str
) -> None:
    page = open_page(width=width, locale=locale)
    page.click('button[value="do:go:settings"]')
    page.wait_for_selector(".settings")
    assert page.locator(".settings h2").inner_text() == said
    assert "REPORT_ASSISTANT_CHAT_MODEL" in page.locator(".settings").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_both_models_are_tried_at_a_click(open_page: OpenPage) -> None:
    page = open_page()
    page.click('button[value="do:go:settings"]')
    page.click('button[value="do:test:embedding"]')
    page.wait_for_selector(".trial b.ok")
    assert "256" in page.locator(".trial", has=page.locator("b")).inner_text()
    page.click('button[value="do:test:chat"]')
    page.wait_for_function(
        "[...document.querySelectorAll('.trial [role=status]')].some(node => node.textContent.includes('没有设置'))"
    )


def test_judgements_are_taken_along_as_a_table(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat .i-up").click()
    page.wait_for_selector("#ra-chat .i-up.on")
    page.click('button[value="do:go:settings"]')
    with page.expect_download() as waiting:
        page.click('button[value="do:ratings"]')
    rows = list(csv.DictReader(Path(waiting.value.path()).read_text("utf-8-sig").splitlines()))
    assert rows[-1]["rating"] == "up" and rows[-1]["question"] == "甲市建成多少家驿站？"


def test_the_settings_follow_the_language_switch(open_page: OpenPage) -> None:
    page = open_page()
    page.click('button[value="do:go:settings"]')
    page.wait_for_selector(".settings")
    page.click('button[value="do:speak:en"]')
    page.wait_for_function("document.querySelector('.settings h2')?.textContent == 'Settings'")
