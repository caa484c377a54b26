"""The settings are reached from the header, say what is in use, and try the models at a click."""

from __future__ import annotations

import pytest

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


def test_the_settings_follow_the_language_switch(open_page: OpenPage) -> None:
    page = open_page()
    page.click('button[value="do:go:settings"]')
    page.wait_for_selector(".settings")
    page.click('button[value="do:speak:en"]')
    page.wait_for_function("document.querySelector('.settings h2')?.textContent == 'Settings'")


def test_the_comparison_ends_where_its_last_line_ends(open_page: OpenPage) -> None:
    page = open_page("seeds", height=700)
    page.click('button[value="do:go:compare"]')
    page.locator(".topic").first.click()
    page.wait_for_selector(".result .exports")
    empty = page.evaluate(
        """() => {
            const view = document.querySelector('#ra-compare'), last = document.querySelector('.result .exports');
            view.scrollTo(0, view.scrollHeight);
            return view.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom;
        }"""
    )
    assert empty < 100


@pytest.mark.parametrize("width", [360, 390, 1024, 1440])
def test_every_button_of_the_header_stays_on_the_screen(open_page: OpenPage, width: int) -> None:
    for locale in ("zh-CN", "en"):
        page = open_page(width=width, locale=locale)
        ends = page.locator("#ra-header button").evaluate_all(
            "nodes => nodes.map(node => [node.value, node.getBoundingClientRect()]).map(([n, r]) => [n, r.right, r.bottom])"
        )
        end = page.locator("#ra-header header").bounding_box()["height"]
        assert [name for name, right, bottom in ends if right > width or bottom > end] == []
