"""A citation is clicked and the cited characters are seen in their report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages.browsing import Server, ask, go_on, in_view, settled
from tests.pages.conftest import OpenPage

FOCUS = "#reader-text mark.on"
FRAME = "#reader-text"


def shows(page: Any, words: str) -> None:
    """The clicked citation is, as soon as the reader has come to it, these words."""
    from playwright.sync_api import TimeoutError as Late

    marked = "[...document.querySelectorAll('#reader-text mark.on')].map(mark => mark.innerText).join('')"
    try:
        page.wait_for_function(f"words => {marked} === words", arg=words)
    except Late:
        assert page.evaluate(marked) == words


def test_a_clicked_mark_shows_the_cited_figure_in_view(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite").first.click()
    shows(page, "建成驿站1204家")
    assert in_view(page, FOCUS, FRAME)


def test_a_figure_far_down_in_a_report_is_scrolled_into_view(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite", has_text="4").click()
    shows(page, "新建职工之家36个")
    assert in_view(page, FOCUS, FRAME)
    assert page.locator("#reader-text mark.cited:not(.on)").count() >= 2


def test_the_mark_of_a_damaged_source_text_shows_repaired_and_received_words(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite", has_text="3").click()
    shows(page, "建成驿站，约860家")
    page.click('button[value="do:view:received"]')
    page.wait_for_selector('#reader-root[data-view="received"]')
    shows(page, "建成驛站,,約860家")
    page.click('button[value="do:view:both"]')
    page.wait_for_selector('#reader-root[data-view="both"]')
    shows(page, "建成驿站，约860家建成驛站,,約860家")


def test_a_mark_in_a_table_opens_its_own_report(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市和乙市的驿站哪个多？")
    page.locator("#ra-chat td a.cite", has_text="2").click()
    shows(page, "建成驿站312家")
    assert "乙市" in page.inner_text("#reader-root h2")


def test_a_bar_of_the_chart_leads_to_its_passage(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市和乙市的驿站哪个多？")
    widths = page.locator(".bar .fill").evaluate_all("bars => bars.map(bar => parseFloat(bar.style.width))")
    assert widths == [100.0, pytest.approx(312 / 1204 * 100, abs=0.01), pytest.approx(500 / 1204 * 100, abs=0.01)]
    assert page.locator(".bar .fill.hatched").count() == 1
    page.locator(".bar", has_text="丙市").click()
    shows(page, "新建驿站500家")


def test_a_mark_can_be_clicked_while_the_answer_still_grows(
    open_page: OpenPage, servers: Callable[[str], Server]
) -> None:
    page = open_page("slow")
    page.fill("#ra-box textarea", "慢一点，甲市建成多少家驿站？")
    page.press("#ra-box textarea", "Enter")
    page.wait_for_selector("#ra-chat .growing a.cite")
    page.locator("#ra-chat a.cite").first.click()
    shows(page, "建成驿站1204家")
    assert page.evaluate("document.body.dataset.busy") == "1", "the answer was done before the click"
    go_on(servers("slow"), "慢一点，甲市建成多少家驿站？")
    page.wait_for_function("!document.body.dataset.busy")
    assert page.locator("#ra-chat a.cite").count() >= 4


def test_the_keyboard_opens_a_mark_steps_on_and_comes_back(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite").first.focus()
    page.keyboard.press("Enter")
    shows(page, "建成驿站1204家")
    page.wait_for_function("document.activeElement.id === 'reader-text'")
    page.click('button[value="do:step:1"]')
    shows(page, "提升98家驿站为智能化驿站")
    page.click('button[value="do:step:-1"]')
    shows(page, "建成驿站1204家")
    page.keyboard.press("Escape")
    page.wait_for_selector(".reader.idle")
    page.wait_for_function("document.activeElement.className.startsWith('cite')")


def test_many_quick_clicks_end_at_the_last_one(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市和乙市的驿站哪个多？")
    for _ in range(4):
        for n in (0, 1, 2):
            page.locator("#ra-chat td a.cite").nth(n).click()
    shows(page, "新建驿站500家")


def test_a_link_to_a_span_opens_it_for_a_colleague(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite", has_text="4").click()
    shows(page, "新建职工之家36个")
    page.wait_for_function("location.search.includes('&at=')")
    query = page.evaluate("location.search")
    other = open_page(query=query)
    shows(other, "新建职工之家36个")
    assert in_view(other, FOCUS, FRAME)


def test_a_cited_place_stays_in_view_while_the_page_takes_its_shape(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite", has_text="4").click()
    shows(page, "新建职工之家36个")
    assert in_view(page, FOCUS, FRAME)
    page.add_style_tag(content="body #reader-text p { line-height: 3; margin: 30px 0; }")
    assert in_view(page, FOCUS, FRAME)
    page.locator(FRAME).hover()
    page.mouse.wheel(0, -3000)
    page.wait_for_function("document.querySelector('#reader-text').scrollTop === 0")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('#reader-text').scrollTop") == 0, "the reader was moved back"


@pytest.mark.parametrize("query", ["?report=nobody&at=1-5", "?report=%3Cscript%3E&at=x", "?report=jia.txt&at=9-3"])
def test_a_link_that_leads_nowhere_is_said_so_or_opens_the_report(open_page: OpenPage, query: str) -> None:
    page = open_page(query=query)
    page.wait_for_selector("#ra-reader .reader:not(.idle)")
    assert page.locator("#ra-reader h2").inner_text() in ("打不开这份报告", "甲市总工会2024年工作综述")


def test_on_a_phone_the_reader_slides_over_and_goes_away(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844, has_touch=True)
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite", has_text="4").tap()
    shows(page, "新建职工之家36个")
    page.wait_for_function("document.querySelector('#ra-reader').getBoundingClientRect().left == 0")
    assert in_view(page, FOCUS, FRAME)
    page.locator('#reader-root button[value="do:close"]').tap()
    page.wait_for_function("document.querySelector('#ra-reader').getBoundingClientRect().left >= 390")
    page.wait_for_function("document.documentElement.scrollWidth <= 390")


def test_outline_figures_and_find_lead_to_their_places(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".card", has_text="甲市").click()
    page.click('button[value="do:drawer:outline"]')
    page.locator('[data-drawer="outline"] button', has_text="建强基层组织").click()
    assert in_view(page, ".hd.flash", FRAME)
    page.click('button[value="do:drawer:figures"]')
    page.locator('[data-drawer="figures"] button', has_text="36个").click()
    assert page.locator("#reader-text .fig.flash").inner_text() == "36个"
    assert in_view(page, "#reader-text .fig.flash", FRAME)
    page.click('button[value="do:drawer:find"]')
    page.fill("#reader-find", "职工之家")
    assert page.inner_text("#reader-found") == "1 / 2"
    page.keyboard.press("Enter")
    assert page.inner_text("#reader-found") == "2 / 2"


def test_selected_words_of_a_report_are_counted_and_asked_about(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite").first.click()
    shows(page, "建成驿站1204家")
    page.evaluate(
        """() => {
            const marks = document.querySelectorAll("#reader-text mark.on");
            getSelection().setBaseAndExtent(marks[0], 0, marks[marks.length - 1], 1);
        }"""
    )
    page.wait_for_function("document.querySelector('#reader-where').textContent === '已选 9 字'")
    page.click('button[value="do:about"]')
    assert page.input_value("#ra-box textarea") == "“建成驿站1204家” "


def test_where_nothing_is_picked_the_reader_is_told_how(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".card", has_text="甲市").click()
    for action in ("quote", "about"):
        page.click(f'button[value="do:{action}"]')
        page.wait_for_selector(".toast:has-text('先在报告里选中文字')")
        page.evaluate("document.querySelector('.toast').remove()")
    assert page.input_value("#ra-box textarea") == ""


def test_a_place_where_the_print_is_damaged_is_listed_with_its_words(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".card", has_text="乙市").click()
    page.click('button[value="do:drawer:repairs"]')
    lost = page.locator('[data-drawer="repairs"] button').first
    assert "服务职工□万人次" in lost.inner_text()
    lost.click()
    assert in_view(page, ".lost.flash", FRAME)


def test_on_a_phone_the_foot_of_the_reader_and_its_dialogs_stay_on_the_screen(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844)
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite").first.click()
    page.click('button[value="do:drawer:figures"]')
    assert in_view(page, ".rf", "body")
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelector('#ra-reader').getBoundingClientRect().left >= 390")
    page.click('button[value="do:chats"]')
    settled(page)
    inside = "(() => { const box = document.querySelector('dialog[open]').getBoundingClientRect(); return box.left > 0 && box.right < 390; })()"
    assert page.evaluate(inside)


def test_a_reply_that_comes_late_does_not_stay_in_the_place_of_the_mark_clicked_last(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市和乙市的驿站哪个多？")
    held: list[Any] = []

    def route(one: Any) -> None:
        if not held and '"cites"' in (one.request.post_data or ""):
            held.append(one)
        else:
            one.continue_()

    page.route("**/gradio_api/**", route)
    page.locator("#ra-chat td a.cite").nth(0).click()
    page.wait_for_function("document.body.dataset.reader === 'open'")
    page.locator("#ra-chat td a.cite").nth(1).click()
    shows(page, "建成驿站312家")
    page.evaluate(
        "window.seen = []; new MutationObserver(() => seen.push(document.querySelector('#reader-root')?.dataset.name)).observe(document.querySelector('#ra-reader'), {subtree: true, childList: true})"
    )
    held[0].continue_()
    page.wait_for_function("seen.includes('jia.txt') && seen[seen.length - 1] === 'yi.txt'")
    shows(page, "建成驿站312家")
