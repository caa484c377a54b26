"""Exports: every cell with its source and quote, harmless in a spreadsheet, safe as a file name."""

from __future__ import annotations

import csv
import io

import pytest

from assistant.web import render
from assistant.web.chat import export_chat, safe_name
from assistant.web.i18n import words
from assistant.web.keep import Exported, Turn
from tests.pages.double import Double


def test_a_comparison_as_csv_has_a_line_for_each_cell_with_its_place() -> None:
    answer = Double().compare(("甲市", "乙市", "丙市"))
    lines = list(csv.DictReader(io.StringIO(render.export_comparison(answer, "csv", words("en")))))
    assert len(lines) == 9
    assert lines[0]["as printed"] == "1204家" and lines[0]["value"] == "1204" and lines[0]["quote"] == "建成驿站1204家"
    assert lines[2]["achieved or target"] == "target"
    assert lines[4]["as printed"] == "not reported"
    assert "damaged print" in lines[7]["as printed"]
    report = Double().report(lines[0]["report"])
    assert report.original.text[int(lines[0]["start"]) : int(lines[0]["end"])] == lines[0]["quote"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "@SUM(A1)", "-2+3"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    from assistant.web.render.comparison import _harmless

    assert _harmless(text) == "'" + text
    assert _harmless("-5.2") == "-5.2"


def test_a_chat_is_written_with_its_questions_answers_and_sources() -> None:
    turns = (Turn("甲市建成多少家驿站？", answer=Double().ask("甲市")), Turn("断了", trouble="中断"))
    told = export_chat(Exported("chat", "md", "我的对话", "zh-Hans", turns))
    assert told["name"] == "我的对话.md"
    assert told["text"].startswith("# 我的对话\n\n## 甲市建成多少家驿站？\n")
    assert "建成驛站,,約860家" in told["text"] and told["text"].rstrip().endswith("中断")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b", "CON?*:", "", ".", "长" * 300, "<b>"])
def test_a_file_name_is_harmless_whatever_it_was(name: str) -> None:
    made = safe_name(name)
    assert made and len(made) <= 80
    assert not set(made) & set('/\\:*?"<>|\x00') and not made.startswith(".")
