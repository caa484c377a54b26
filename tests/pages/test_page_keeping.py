"""Chats stay in the browser that holds them: over reload, in a second tab, over a restart of the server."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from tests.pages.browsing import Server, ask, go_on, ready
from tests.pages.conftest import OpenPage

DONE = "!document.body.dataset.busy && document.querySelectorAll('#ra-chat .acts').length == {n}"


def questions(page: Any) -> list[str]:
    texts: list[str] = page.locator("#ra-chat .qt").all_inner_texts()
    return texts


def test_a_chat_is_there_again_after_a_reload_with_working_marks(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    ask(page, "差多少")
    page.reload()
    page.wait_for_function(DONE.format(n=2))
    assert questions(page) == ["甲市建成多少家驿站？", "差多少"]
    page.locator("#ra-chat a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")


def test_a_long_chat_comes_back_at_its_last_question(open_page: OpenPage) -> None:
    page = open_page()
    for _ in range(4):
        ask(page, "甲市和乙市的驿站哪个多？")
    ask(page, "差多少")
    page.reload()
    page.wait_for_function(DONE.format(n=5))
    page.wait_for_function(
        "(q => q.getBoundingClientRect().top > 56 && q.getBoundingClientRect().bottom < innerHeight)"
        "([...document.querySelectorAll('#ra-chat .q')].pop())"
    )


def test_a_chat_is_saved_for_word_with_footnotes_and_the_list_of_sources(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.click('button[value="do:chats"]')
    with page.expect_download() as waiting:
        page.locator(".chats li").get_by_text("Word").click()
    with zipfile.ZipFile(waiting.value.path()) as packed:
        notes, text = packed.read("word/footnotes.xml").decode(), packed.read("word/document.xml").decode()
    assert waiting.value.suggested_filename.endswith(".docx")
    assert "建成驿站1204家" in notes and "建成驛站,,約860家" in notes
    assert text.count("<w:footnoteReference") == 4 and "jia.txt" in text and "ding.txt" in text


def test_a_second_tab_shows_the_same_chat_and_both_stay_alike(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    other = open_page(context=page.context)
    other.wait_for_function(DONE.format(n=1))
    ask(other, "差多少")
    page.wait_for_function(DONE.format(n=2))
    assert questions(page) == questions(other) == ["甲市建成多少家驿站？", "差多少"]


def test_another_browser_sees_nothing_of_it(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    other = open_page()
    assert questions(other) == []
    assert other.locator(".example").first.is_visible()


def test_chats_are_begun_renamed_exported_deleted_and_brought_back(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.click('button[value="do:new"]')
    page.wait_for_selector(".example")
    ask(page, "火星上有什么？")
    page.click('button[value="do:chats"]')
    assert page.locator(".chat-name").all_inner_texts() == ["火星上有什么？", "甲市建成多少家驿站？"]
    page.locator(".chats li", has_text="甲市").get_by_text("改名").click()
    page.fill("#chat-name", "驿站 <b>数</b>")
    page.click("dialog button[type=submit]")
    page.wait_for_function("document.querySelectorAll('.chat-name').length == 2")
    with page.expect_download() as waiting:
        page.locator(".chats li", has_text="驿站").get_by_text("Markdown").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert waiting.value.suggested_filename.endswith(".md")
    assert text.startswith("# 驿站 <b>数</b>\n") and "[^1]: 甲市 · 2024年：“建成驿站1204家”（jia.txt，第" in text
    page.locator(".chats li", has_text="火星").get_by_text("删除").click()
    page.wait_for_selector(".example")
    page.click(".toast .link")
    page.wait_for_function(DONE.format(n=1))
    assert questions(page) == ["火星上有什么？"]
    page.click('button[value="do:chats"]')
    page.locator(".chat-name", has_text="驿站").click()
    page.wait_for_function("document.querySelector('#ra-chat .qt')?.textContent.startsWith('甲市')")


def test_after_a_sudden_end_of_the_server_the_question_is_still_there_and_can_be_asked_again(
    open_page: OpenPage, browser: Any, tmp_path: Path
) -> None:
    server = Server("slow", tmp_path).start()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    try:
        page = context.new_page()
        ready(page, server.url)
        page.fill("#ra-box textarea", "慢一点，甲市建成多少家驿站？")
        page.press("#ra-box textarea", "Enter")
        page.wait_for_selector("#ra-chat .growing a.cite")
        server.kill()
        page.wait_for_timeout(500)
        server.start()
        page.wait_for_selector("#ra-chat .trouble", timeout=40000)
        assert questions(page) == ["慢一点，甲市建成多少家驿站？"]
        assert "中断" in page.inner_text("#ra-chat .trouble")
        go_on(server, "慢一点，甲市建成多少家驿站？")
        page.click("#ra-chat .trouble .link")
        page.wait_for_function(DONE.format(n=1))
        assert page.locator("#ra-chat .q").count() == 1
    finally:
        context.close()
        server.kill()
