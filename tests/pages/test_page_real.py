"""The real assistant over the repository's reports: a question, its mark, the figure in the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.pages.browsing import ask, in_view, ready, serving
from tests.pages.conftest import OpenPage, watch
from tests.reports.files import pdf_of_pages


def test_each_example_question_is_answered_and_its_marks_open_what_they_quote(open_page: OpenPage) -> None:
    page = open_page("seeds")
    examples = page.locator(".example").all_inner_texts()
    assert len(examples) >= 4
    opened = 0
    for question in examples:
        ask(page, question)
        answer = page.locator("#ra-chat .answer").last
        marks = answer.locator("a.cite")
        if not marks.count():
            continue
        quotes = answer.locator(".sources q").all_text_contents()
        marks.first.click()
        number = "".join(c for c in marks.first.inner_text() if c.isdigit())
        page.wait_for_selector('#reader-root[data-view="repaired"] mark.on')
        page.click('button[value="do:view:received"]')
        page.wait_for_selector('#reader-root[data-view="received"] mark.on')
        shown = "".join(page.locator("#reader-text mark.on").all_text_contents())
        assert shown.split() == quotes[int(number) - 1].replace(" ⏎ ", "").split() or shown in quotes[int(number) - 1]
        assert in_view(page, "#reader-text mark.on", "#reader-text")
        opened += 1
    assert opened >= 3


def test_a_comparison_of_the_library_shows_a_table_whose_cells_open(open_page: OpenPage) -> None:
    page = open_page("seeds")
    page.click('button[value="do:go:compare"]')
    page.locator(".topic").first.click()
    page.wait_for_selector(".result .answer a.cite")
    page.locator(".result .answer a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")
    assert in_view(page, "#reader-text mark.on", "#reader-text")


def test_a_dot_of_the_matrix_opens_the_report_at_its_figure(open_page: OpenPage) -> None:
    page = open_page("seeds")
    page.click('button[value="do:go:compare"]')
    row = page.locator(".matrix tbody tr", has=page.locator(".dot")).first
    topic, dots = row.locator(".topic").inner_text(), row.locator(".dot")
    for n in range(dots.count()):
        told = dots.nth(n).get_attribute("title") or ""
        dots.nth(n).click()
        page.wait_for_function(
            "city => document.querySelector('#reader-root .tags')?.textContent.startsWith(city)",
            arg=told.split(" · ")[0],
        )
        page.wait_for_selector("#reader-text mark.on")
        assert in_view(page, "#reader-text mark.on", "#reader-text")
        said = "".join(page.locator("#reader-text mark.on").all_text_contents())
        assert any(character.isdigit() or character in "一二三四五六七八九十两" for character in said), (topic, said)
        page.keyboard.press("Escape")
        page.wait_for_selector("#reader-root", state="detached")


def test_a_report_just_added_is_answered_from_with_the_page_that_says_it(browser: Any, tmp_path: Path) -> None:
    faults: list[str] = []
    leaves = ["嘉兴市总工会2024年工作总结。全市服务职工八百人。", "全市新建职工书屋12家。"]
    with serving("seeds", tmp_path) as server:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        watch(page, server.url, faults)
        ready(page, server.url)
        page.click('button[value="do:go:library"]')
        given = {"name": "嘉兴.pdf", "mimeType": "application/pdf", "buffer": pdf_of_pages(leaves)}
        page.set_input_files("#ra-files input[type=file]", [given])
        page.wait_for_selector(".adding .added", timeout=60000)
        page.click('button[value="do:go:ask"]')
        ask(page, "嘉兴新建职工书屋多少家？")
        assert "12家" in page.inner_text("#ra-chat .answer p")
        mark = page.locator("#ra-chat a.cite").first
        assert (mark.get_attribute("title") or "").startswith("嘉兴市 · 2024年 · 第 2 页 · ")
        mark.click()
        page.wait_for_selector("#reader-text mark.on")
        assert "12家" in "".join(page.locator("#reader-text mark.on").all_text_contents())
        page.context.close()
    assert not faults, "\n".join(faults)
