"""The real assistant over the repository's reports: a question, its mark, the figure in the report."""

from __future__ import annotations

from tests.pages.browsing import ask, in_view
from tests.pages.conftest import OpenPage


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
        page.wait_for_selector("#reader-text mark.on")
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
