"""Asking: streaming, stop, ask again, edit, carried-over chips, copying, judging, languages, states."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.pages.browsing import Server, ask, go_on
from tests.pages.conftest import OpenPage

BOX = "#ra-box textarea"


def answers(page: Any) -> list[str]:
    texts: list[str] = page.locator("#ra-chat .answer").all_inner_texts()
    return texts


def test_the_first_screen_says_what_this_is_what_it_holds_and_how_to_ask(open_page: OpenPage) -> None:
    page = open_page()
    assert page.inner_text("header.top .lib") == "4 份报告 · 4 个城市 · 2019–2029"
    assert "甲、乙、丙、丁" in page.inner_text(".welcome")
    assert page.locator(".example").count() == 6
    page.locator(".example").first.click()
    page.wait_for_selector("#ra-chat .acts")
    assert page.inner_text("#ra-chat .qt") == "甲市建成多少家驿站？"


def test_enter_sends_and_shift_enter_breaks_the_line(open_page: OpenPage) -> None:
    page = open_page()
    page.fill(BOX, "甲市建成")
    page.press(BOX, "Shift+Enter")
    page.type(BOX, "多少家驿站？")
    assert page.input_value(BOX) == "甲市建成\n多少家驿站？"
    page.press(BOX, "Enter")
    page.wait_for_selector("#ra-chat .acts")
    assert page.inner_text("#ra-chat .qt") == "甲市建成\n多少家驿站？"
    page.wait_for_function("document.querySelector('#ra-box textarea').value === ''")


def test_enter_that_picks_a_word_of_an_input_method_does_not_send(open_page: OpenPage) -> None:
    page = open_page()
    page.fill(BOX, "jia")
    page.eval_on_selector(
        BOX, "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
    )
    page.wait_for_timeout(300)
    assert page.locator("#ra-chat .q").count() == 0
    assert page.input_value(BOX) == "jia"


def test_an_empty_question_is_not_sent_and_too_long_a_one_is_refused_in_words(open_page: OpenPage) -> None:
    page = open_page()
    page.fill(BOX, "   ")
    page.press(BOX, "Enter")
    page.wait_for_timeout(300)
    assert page.locator("#ra-chat .q").count() == 0
    ask(page, "长" * 2001)
    assert "2001 个字，最多 2000 个字" in page.inner_text("#ra-chat .trouble")


def test_an_answer_grows_without_moving_what_stands_above_it(open_page: OpenPage) -> None:
    page = open_page("slow")
    page.fill(BOX, "甲市建成多少家驿站？")
    page.press(BOX, "Enter")
    page.wait_for_selector("#ra-chat .growing")
    tops, lengths, boxes = set(), [], set()
    while page.evaluate("document.body.dataset.busy"):
        tops.add(page.evaluate("Math.round(document.querySelector('#ra-chat .q').getBoundingClientRect().top)"))
        lengths.append(page.evaluate("document.querySelector('#ra-chat .answer')?.textContent.length || 0"))
        boxes.add(page.evaluate("Math.round(document.querySelector('#ra-box').getBoundingClientRect().left)"))
        page.wait_for_timeout(60)
    boxes.add(page.evaluate("Math.round(document.querySelector('#ra-box').getBoundingClientRect().left)"))
    assert len(tops) == len(boxes) == 1
    assert len(set(lengths)) >= 3, "the answer came at once"


def test_stop_keeps_what_there_is_and_asking_again_completes_it(open_page: OpenPage) -> None:
    page = open_page("slow")
    page.fill(BOX, "慢慢说，甲市建成多少家驿站？")
    page.press(BOX, "Enter")
    page.wait_for_selector("#ra-chat .growing a.cite")
    page.click("#ra-stop")
    page.wait_for_selector("#ra-chat .trouble:has-text('已停止')")
    assert "职工之家" not in answers(page)[0]
    page.click("#ra-chat .trouble .link")
    page.wait_for_function("document.querySelectorAll('#ra-chat a.cite').length >= 4 && !document.body.dataset.busy")
    assert page.locator("#ra-chat .q").count() == 1


def test_a_question_is_edited_and_asked_again_in_its_place(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    ask(page, "差多少")
    page.locator('button[value="do:edit:0"]').click()
    assert page.input_value(BOX) == "甲市建成多少家驿站？"
    assert "会替换这个问题" in page.inner_text(".toast")
    page.press(BOX, "Escape")
    assert page.input_value(BOX) == "" and page.locator(".toast").count() == 0
    page.locator('button[value="do:edit:0"]').click()
    page.fill(BOX, "火星上有什么？")
    page.press(BOX, "Enter")
    page.wait_for_function("document.querySelectorAll('#ra-chat .q').length == 1 && !document.body.dataset.busy")
    page.wait_for_selector("#ra-chat .answer:has-text('报告中没有关于“火星”的内容')")


def test_what_was_carried_over_is_shown_and_can_be_taken_away(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    ask(page, "差多少")
    assert page.locator(".carry .chip").all_inner_texts() == ["甲市、乙市 ×\n去掉后重新回答", "驿站 ×\n去掉后重新回答"]
    page.locator(".carry .chip", has_text="甲市、乙市").click()
    page.wait_for_function("!document.body.dataset.busy")
    page.wait_for_selector("#ra-chat .acts")
    sent = page.evaluate(
        """() => {
            const kept = name => JSON.parse(localStorage["report-assistant." + name]);
            return kept("chat." + kept("current")).turns;
        }"""
    )
    assert [turn["context"] for turn in sent] == [None, ["驿站"]]


def test_nothing_found_is_said_and_what_may_be_related_is_offered(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "火星上有几家驿站？")
    assert "报告中没有关于“火星”的内容" in answers(page)[0]
    page.locator(".related .place").click()
    page.wait_for_selector("#reader-text mark.on")
    assert page.inner_text("#reader-text mark.on") == "打造社工工作室"


def test_an_english_reader_reads_names_and_periods_in_english(open_page: OpenPage) -> None:
    page = open_page("seeds", locale="en-GB")
    examples = page.locator(".example").all_inner_texts()
    cards = page.locator(".cards .card span").all_inner_texts()
    page.click('button[value="do:go:library"]')
    page.wait_for_selector(".lib-table td")
    cells = page.locator(".lib-table td").all_inner_texts()
    page.click('button[value="do:go:compare"]')
    page.wait_for_selector(".topic")
    topics = page.locator(".topic").all_inner_texts()
    chinese = re.compile("[一-鿿]")
    assert examples and cards and cells
    assert [text for text in (*examples, *cards, *cells) if chinese.search(text)] == []
    assert sum(not chinese.search(text) for text in topics) > len(topics) / 2


def test_damaged_print_and_targets_are_marked_with_words(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "乙市服务职工多少人次？")
    assert page.inner_text("#ra-chat .tag.l") == "原文缺损"
    ask(page, "甲市和乙市的驿站哪个多？丙市呢")
    assert page.locator("#ra-chat td .tag.t").all_inner_texts() == ["目标"]
    assert page.locator("#ra-chat blockquote").all_inner_texts() == [
        "统计期不同：甲市为2024年，乙市为过去五年。",
        "丙市为目标，尚未实现。",
    ]


def test_a_mark_names_city_period_and_verdict_and_a_sign_beside_its_colour(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    marks = page.locator("#ra-chat a.cite")
    assert marks.first.get_attribute("title") == "甲市 · 2024年 · 原文如此 · 打开原文"
    assert (marks.last.get_attribute("title") or "").startswith("甲市 · 2024年 · 数字与原文一致")
    assert [mark.strip().split()[-1] for mark in marks.all_inner_texts()] == ["1", "2", "3", "4≈"]


def test_every_source_is_listed_with_its_quote_and_verdict_in_words(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.click("#ra-chat .sources summary")
    rows = page.locator("#ra-chat .sources li").all_inner_texts()
    assert len(rows) == 4
    assert "甲市 · 2024年" in rows[0] and "原文如此" in rows[0] and "建成驿站1204家" in rows[0]
    assert "数字与原文一致" in rows[3]
    ask(page, "差多少")
    page.locator("#ra-chat .sources summary").last.click()
    assert "由它算出结果" in page.locator("#ra-chat .sources").last.inner_text()
    assert page.locator("#ra-chat .answer").last.locator("p .tag.n").all_inner_texts() == ["算出"]


def test_an_answer_is_copied_with_its_sources(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat .i-copy").click()
    page.wait_for_selector(".toast")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "建成驿站1204家**[1]" in copied
    assert "[3] 丁市 · 2023年：“建成驛站,,約860家”（ding.txt，第" in copied


def test_one_answer_is_saved_as_a_file(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "差多少")
    ask(page, "甲市和乙市的驿站哪个多？")
    for n, form, kept in ((0, "md", "多**892家**（1204[^1]"), (1, "csv", "建成驿站312家")):
        answer = page.locator("#ra-chat .answer").nth(n)
        answer.locator(".saving summary").click()
        with page.expect_download() as waiting:
            answer.locator(f'button[value="do:export:{form}:{n}"]').click()
        assert kept in Path(waiting.value.path()).read_text("utf-8-sig")
    assert page.locator('button[value="do:export:csv:0"]').count() == 0


def test_a_failure_of_the_assistant_is_told_in_words(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "坏")
    assert "没有这份报告" in page.inner_text("#ra-chat .trouble")
    ask(page, "甲市建成多少家驿站？")
    assert page.locator("#ra-chat .acts").count() == 1


def test_a_fault_that_nobody_foresaw_ends_the_waiting_and_can_be_tried_again(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    ask(page, "崩")
    assert "没有成功" in page.inner_text("#ra-chat .trouble")
    assert page.locator("#ra-chat .trouble .link").is_visible()
    page.reload()
    page.wait_for_selector("#ra-chat .trouble")
    ask(page, "差多少")
    assert page.locator("#ra-chat .acts").count() == 2


def test_a_judgement_with_its_reason_is_kept_beside_the_library(
    open_page: OpenPage, servers: Callable[[str], Server]
) -> None:
    page = open_page()
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat .i-up").click()
    page.wait_for_selector("#ra-chat .i-up.on")
    page.locator("#ra-chat .i-down").click()
    page.check('dialog input[value="source"]')
    page.fill("#feedback-more", "第二处不对")
    page.click("dialog button[type=submit]")
    page.wait_for_selector("#ra-chat .i-down.on")
    kept = servers("double").home / "feedback.jsonl"
    end = time.monotonic() + 40
    while "第二处不对" not in (kept.read_text("utf-8") if kept.exists() else "") and time.monotonic() < end:
        page.wait_for_timeout(50)
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [line["rating"] for line in lines[-2:]] == ["up", "down"]
    assert lines[-1]["reason"] == "source" and lines[-1]["more"] == "第二处不对"
    assert lines[-1]["question"] == "甲市建成多少家驿站？"


def test_the_page_speaks_the_language_of_the_browser_then_the_one_chosen(open_page: OpenPage) -> None:
    english = open_page(locale="en-GB")
    assert english.inner_text("header.top h1") == "Report Assistant"
    assert english.evaluate("document.documentElement.lang") == "en"
    assert english.get_attribute(BOX, "placeholder").startswith("Ask for a figure")
    assert open_page(locale="zh-TW").inner_text("header.top h1") == "報告助手"
    english.click('button[value="do:speak:zh-Hant"]')
    english.wait_for_selector("html[lang=zh-Hant]")
    english.reload()
    english.wait_for_selector("body[data-ready]")
    assert english.inner_text("header.top h1") == "報告助手"


def test_light_and_dark_follow_the_system_until_one_is_chosen(open_page: OpenPage) -> None:
    page = open_page(color_scheme="dark")
    assert page.evaluate("document.body.classList.contains('dark')")
    page.click('button[value="do:theme"]')
    assert not page.evaluate("document.body.classList.contains('dark')")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert not page.evaluate("document.body.classList.contains('dark')")


def test_a_very_long_answer_starts_at_its_beginning(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "说得长一点")
    assert page.locator("#ra-chat .answer > ul > li").count() == 120
    page.wait_for_function(
        "(top => top >= 56 && top <= 120)(document.querySelector('#ra-chat .q').getBoundingClientRect().top)"
    )


def test_two_readers_are_answered_at_the_same_time(open_page: OpenPage, servers: Callable[[str], Server]) -> None:
    waits, other = open_page("slow"), open_page("slow")
    waits.fill(BOX, "慢些说，甲市建成多少家驿站？")
    waits.press(BOX, "Enter")
    waits.wait_for_selector("#ra-chat .growing a.cite")
    ask(other, "甲市建成多少家驿站？")
    assert waits.evaluate("document.body.dataset.busy") == "1", "the second answer waited for the first"
    go_on(servers("slow"), "慢些说，甲市建成多少家驿站？")
    waits.wait_for_function("!document.body.dataset.busy")


def test_what_was_begun_to_be_written_is_there_after_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    page.fill(BOX, "甲市建成")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.wait_for_function("document.querySelector('#ra-box textarea').value === '甲市建成'")
    ask(page, "差多少")
    page.reload()
    page.wait_for_selector("#ra-chat .acts")
    page.wait_for_function("document.querySelector('#ra-box textarea').value === ''")


def test_a_chat_model_that_cannot_be_reached_is_said_so_and_the_answer_is_there(open_page: OpenPage) -> None:
    page = open_page("offline")
    ask(page, page.locator(".example").first.inner_text())
    assert "对话模型连接不上" in answers(page)[0]
    assert "内置回答" in page.inner_text("#ra-chat .sources")
    page.locator("#ra-chat a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")


def test_a_page_that_is_dressed_late_takes_nothing_away_from_who_was_quicker(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("for (let n = 0; n < 6; n += 1) window.reports.wake()")
    ask(page, "甲市建成多少家驿站？")
    page.locator("#ra-chat a.cite").first.click()
    page.wait_for_selector("#reader-text mark.on")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    assert page.locator("#ra-chat .acts").count() == page.locator("#reader-root").count() == 1
