"""axe-core finds nothing serious on any view, in light and dark; all can be reached with the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pages.browsing import ask, settled
from tests.pages.conftest import OpenPage

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def serious(page: Any) -> list[str]:
    """Each serious or critical finding: its rule and the elements; a contrast in a fade is not the one that is read."""
    settled(page)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} — {node['failureSummary'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("width", "scheme"), [(width, scheme) for width in (1440, 1024, 390) for scheme in ("light", "dark")]
)
def test_no_view_has_a_serious_finding(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(color_scheme=scheme, width=width)
    faults = {"first screen": serious(page)}
    ask(page, "甲市和乙市的驿站哪个多？丙市呢")
    ask(page, "差多少")
    faults["answer"] = serious(page)
    page.locator("#ra-chat td a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")
    page.click('button[value="do:drawer:figures"]')
    page.wait_for_selector('[data-drawer="figures"]:not([hidden]) li')
    faults["reader"] = serious(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(".reader.idle", state="attached")
    page.click('button[value="do:go:compare"]')
    page.locator(".topic").first.click()
    page.wait_for_selector(".result:not(.busy) .answer")
    faults["comparison"] = serious(page)
    page.click('button[value="do:go:library"]')
    page.wait_for_selector(".lib-table tbody tr")
    faults["library"] = serious(page)
    page.click('button[value="do:go:settings"]')
    page.click('button[value="do:test:embedding"]')
    page.wait_for_selector(".trial b")
    faults["settings"] = serious(page)
    page.click('button[value="do:chats"]')
    page.wait_for_selector("dialog[open] .chats li")
    faults["chats"] = serious(page)
    assert {view: list_ for view, list_ in faults.items() if list_} == {}


def test_everything_is_reached_with_the_tab_key(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.evaluate("document.activeElement.blur()")
    seen: list[str] = []
    for _ in range(70):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("(e => e.value || e.getAttribute('href') || e.id || e.className)(document.activeElement)")
        )
    for wanted in ("do:go:compare", "do:speak:en", "do:theme", "do:edit:0", "do:copy:0", "?report="):
        assert any(str(value).startswith(wanted) for value in seen), wanted


def test_the_chat_names_its_messages_not_their_markup(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.wait_for_selector('#ra-chat [role=log][aria-label="对话"]')
    labels = page.locator("#ra-chat [aria-label]").evaluate_all(
        "nodes => nodes.map(node => node.getAttribute('aria-label'))"
    )
    assert not [label for label in labels if "<" in label]
