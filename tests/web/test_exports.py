"""Exports: every cell and mark with its source and quote, safe as a file name."""

from __future__ import annotations

import csv
import io
import zipfile
from base64 import b64decode
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.web.document import document
from assistant.web.exports import export, safe_name
from assistant.web.keep import Exported, Turn
from tests.pages.double import Double

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bytes_of(asked: Exported) -> bytes:
    told = export(asked)
    assert told is not None
    return b64decode(told["base64"])


def notes(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/footnotes.xml"))
    return ["".join(note.itertext(f"{W}t")) for note in root if note.get(f"{W}type") is None]


def test_a_comparison_as_csv_has_a_line_for_each_cell_with_its_place() -> None:
    answer = Double().compare(("甲市", "乙市", "丙市"))
    text = bytes_of(Exported("comparison", "csv", answer=answer)).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 9
    assert lines[0]["print"] == "1204家" and lines[0]["quote"] == "建成驿站1204家"
    assert lines[2]["kind"] == "target" and lines[7]["kind"] == "unreadable"
    report = Double().report(lines[0]["report"])
    assert report.original.text[int(lines[0]["start"]) : int(lines[0]["end"])] == lines[0]["quote"]


def test_a_chat_is_written_with_its_questions_answers_and_sources() -> None:
    turns = (Turn("甲市建成多少家驿站？", answer=Double().ask("甲市")), Turn("断了", trouble="中断"))
    text = bytes_of(Exported("chat", "md", "我的对话", "zh-Hans", turns)).decode()
    assert text.startswith("# 我的对话\n\n## 甲市建成多少家驿站？\n")
    assert Double().ask("甲市").citations[2].quote in text and "## 断了\n\n中断\n" in text


def test_the_marks_of_all_answers_are_numbered_through_as_footnotes_with_the_reports_at_the_end() -> None:
    double = Double()
    turns = (Turn("甲", answer=double.ask("甲市")), Turn("差", answer=double.ask("差多少")))
    text = bytes_of(Exported("chat", "md", "我的对话", "zh-Hans", turns)).decode()
    assert "建成驿站1204家**[^1]" in text and "（1204[^5] − 312[^6]）" in text
    assert "[^6]: 乙市 · 过去五年：“建成驿站312家”（yi.txt，第" in text and "；原文如此）" in text
    assert text.count("\n- 甲市 · 2024年（jia.txt）\n") == 1


def test_each_mark_of_a_word_document_is_a_footnote_with_the_exact_quote() -> None:
    turns = (Turn("甲市建成多少家驿站？", answer=Double().ask("甲市")), Turn("比", answer=Double().ask("哪个多")))
    content = bytes_of(Exported("chat", "docx", "我的对话", "zh-Hans", turns))
    told = notes(content)
    assert "“建成驿站1204家”（jia.txt，第" in told[0] and "原文如此" in told[0]
    body = Document(io.BytesIO(content))
    references = body.element.body.findall(f".//{W}footnoteReference")
    assert [int(one.get(f"{W}id")) for one in references] == list(range(2, 2 + len(told)))
    assert [p.text for p in body.paragraphs if p.style.name == "Heading 2"] == ["甲市建成多少家驿站？", "比", "出处"]
    table = body.tables[0]
    assert [cell.text for cell in table.rows[1].cells][:2] == ["总数", "1204家"]
    assert any(run.bold for p in body.paragraphs for run in p.runs)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=15, deadline=None)
def test_any_text_makes_a_document_that_opens(text: str, quote: str) -> None:
    answer = Double().ask("甲市")
    cited = tuple(replace(one, quote=quote, report=text or "x") for one in answer.citations)
    turn = Turn(
        text, answer=replace(answer, text=f"{text}[1]\n\n| a | {text} |\n|---|---|\n| b[2] | c |", citations=cited)
    )
    assert Document(io.BytesIO(document(text, (turn,), "en"))).paragraphs
    assert len(notes(document(text, (turn,), "en"))) >= 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b", "CON?*:", "", ".", "长" * 300, "<b>"])
def test_a_file_name_is_harmless_whatever_it_was(name: str) -> None:
    made = safe_name(name)
    assert made and len(made) <= 80
    assert not set(made) & set('/\\:*?"<>|\x00') and not made.startswith(".")


def test_an_answer_without_a_comparison_has_nothing_to_export() -> None:
    assert export(Exported("comparison", "csv", answer=Double().ask("甲市"))) is None
