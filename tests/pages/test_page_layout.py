"""Every view at the widths of a desk, a small screen and a phone: nothing is cut off, nothing needs scrolling sideways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.browsing import ask, in_view, settled
from tests.pages.conftest import OpenPage

WIDTHS = (1440, 1024, 390)
BEYOND = """width => [...document.querySelectorAll("button, a, input, textarea, select, h1, h2, summary, .tag")]
    .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest(".scroll, .sr, .drawer"))
    .map(node => [node.outerHTML.slice(0, 90), node.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.left < -1 || box.right > width + 1)).map(([name]) => name)"""


def beyond(page: Any, width: int) -> list[str]:
    """What reaches over the edge of the screen."""
    settled(page)
    found: list[str] = page.evaluate(BEYOND, width)
    return found + (["the page"] if page.evaluate("document.documentElement.scrollWidth") > width else [])


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_view_reaches_over_the_edge_of_the_screen(open_page: OpenPage, width: int, locale: str) -> None:
    page = open_page("seeds", width=width, locale=locale)
    over = {"first screen": beyond(page, width)}
    ask(page, next(text for text in page.locator(".example").all_inner_texts() if "哪个多" in text or "more" in text))
    over["answer"] = beyond(page, width)
    page.locator("#ra-chat a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")
    page.wait_for_function("document.querySelector('#ra-reader').getBoundingClientRect().right <= innerWidth")
    over["reader"] = beyond(page, width)
    page.keyboard.press("Escape")
    page.wait_for_selector(".reader.idle", state="attached")
    if width <= 900:  # there it slides away
        page.wait_for_function("getComputedStyle(document.querySelector('#ra-reader')).visibility === 'hidden'")
    for view, seen in (("compare", ".matrix"), ("library", ".lib-table td"), ("settings", ".settings")):
        page.click(f'button[value="do:go:{view}"]')
        page.wait_for_selector(seen)
        over[view] = beyond(page, width)
    page.click('button[value="do:chats"]')
    over["chats"] = beyond(page, width)
    assert {view: found for view, found in over.items() if found} == {}


@pytest.mark.parametrize("width", [360, 390, 1024, 1440])
def test_every_button_of_the_header_stays_on_the_screen(open_page: OpenPage, width: int) -> None:
    for locale in ("zh-CN", "en"):
        page = open_page(width=width, locale=locale)
        ends = page.locator("#ra-header button").evaluate_all(
            "nodes => nodes.map(node => [node.value, node.getBoundingClientRect()]).map(([n, r]) => [n, r.right, r.bottom])"
        )
        end = page.locator("#ra-header header").bounding_box()["height"]
        assert [name for name, right, bottom in ends if right > width or bottom > end] == []


def test_the_comparison_ends_where_its_last_line_ends(open_page: OpenPage) -> None:
    page = open_page("seeds", height=700)
    page.click('button[value="do:go:compare"]')
    page.locator(".topic").first.click()
    page.wait_for_selector(".result .exports")
    settled(page)
    empty = page.evaluate(
        """() => {
            const view = document.querySelector('#ra-compare'), last = document.querySelector('.result .exports');
            view.scrollTo(0, view.scrollHeight);
            return view.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom;
        }"""
    )
    assert empty < 100


def test_on_a_phone_the_table_of_reports_is_cards_that_can_be_sorted(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844)
    page.click('button[value="do:go:library"]')
    card = page.locator(".lib-table tbody tr", has_text="乙市工会")
    card.wait_for()
    assert card.bounding_box()["width"] < 390
    facts = card.locator("td")
    assert all(
        facts.nth(n).bounding_box()["x"] + facts.nth(n).bounding_box()["width"] < 390 for n in range(facts.count())
    )
    page.locator(".lib-table thead button", has_text="数字").click()
    page.wait_for_function("[...document.querySelectorAll('.lib-table .title')].pop().innerText.startsWith('甲市')")


def test_a_line_ends_neither_before_a_mark_nor_between_it_and_a_stop(open_page: OpenPage) -> None:
    page = open_page("seeds", width=1024)
    page.click('button[value="do:go:compare"]')
    for topic in range(3):
        page.locator(".topic").nth(topic).click()
        page.wait_for_function(
            "label => document.querySelector('.topic[aria-pressed=true]')?.dataset.topic === label",
            arg=page.locator(".topic").nth(topic).get_attribute("data-topic"),
        )
        page.wait_for_selector(".result:not(.busy) .answer")
        apart = page.locator(".result .answer > p a.cite").evaluate_all(
            """marks => marks.filter(mark => {
                const box = mark.getBoundingClientRect(), next = mark.nextSibling;
                if (!next || next.nodeType !== 3 || !/^[，。；）,.;)]/.test(next.data)) return false;
                const stop = new Range(); stop.setStart(next, 0); stop.setEnd(next, 1);
                return stop.getBoundingClientRect().top > box.bottom;
            }).length"""
        )
        assert apart == 0


def test_what_was_done_to_the_last_row_and_its_undoing_stay_in_sight(open_page: OpenPage) -> None:
    page = open_page("seeds", width=390, height=600)
    page.click('button[value="do:go:library"]')
    page.locator(".lib-table tbody tr").last.get_by_text("移除").click()
    page.wait_for_selector(".note button")
    assert in_view(page, ".note button", "#ra-library")
    page.click(".note button")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 5")
