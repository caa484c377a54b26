"""Exports of answers and comparisons: every cell with its source and quote, nothing that runs, files that open."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.errors import RequestRefused
from assistant.export import TYPES, comparison_table, export
from assistant.models import Answer
from assistant.service import Assistant
from tests.pages.double import Double

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CITIES = ("甲市", "乙市", "丙市")


def compared() -> Answer:
    return Double().compare(CITIES)


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def csv_lines(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(answer, "csv").decode("utf-8-sig"))))


def notes(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/footnotes.xml"))
    return ["".join(note.itertext(f"{W}t")) for note in root if note.get(f"{W}type") is None]


def test_the_sheet_of_the_table_shows_what_the_answer_shows() -> None:
    table = sheets(export(compared(), "xlsx"))["对比"]
    at = table.index((None, *CITIES))
    assert table[at + 1] == ("总数", "1204家 (2024年) [1]", "312家 (过去五年) [2]", "500家 (今后五年, 目标) [3]")
    assert table[at + 2][2] == "报告未提及" and table[at + 3][2] == "原文缺损 [5]"
    below = [str(row[0]) for row in table[at + 4 :] if row[0]]
    assert below == [warning.text for warning in (compared().comparison or pytest.fail()).warnings]


def test_the_sheet_of_cells_has_a_line_for_each_cell_with_its_place() -> None:
    head, *cells = sheets(export(compared(), "xlsx"))["逐项"]
    assert head == (
        "项目",
        "城市",
        "原文数字",
        "数值",
        "单位",
        "限定词",
        "性质",
        "时间",
        "报告",
        "起始字",
        "结束字",
        "原文",
    )
    assert len(cells) == 9
    lines = [dict(zip(head, cell, strict=True)) for cell in cells]
    assert lines[0]["数值"] == 1204 and lines[2]["性质"] == "目标" and lines[4]["性质"] == "报告未提及"
    assert lines[7]["性质"] == "原文缺损" and lines[7]["数值"] is None
    for line in lines:
        if line["报告"]:
            text = Double().report(str(line["报告"])).original.text
            assert text[int(str(line["起始字"])) : int(str(line["结束字"]))] == line["原文"]


def test_csv_and_sheet_say_the_same() -> None:
    _, *cells = sheets(export(compared(), "xlsx"))["逐项"]
    for line, cell in zip(csv_lines(compared()), cells, strict=True):
        assert [line["thing"], line["city"], line["print"], line["quote"]] == [
            cell[0], cell[1], cell[2] or "", cell[11] or "",
        ]  # fmt: skip


def test_an_answer_without_a_comparison_gives_its_figures_and_sources() -> None:
    answer = Double().ask("甲市建成多少家驿站？")
    book = sheets(export(answer, "xlsx"))
    assert list(book) == ["回答", "逐项", "出处"]
    assert [row[2] for row in book["逐项"][1:]] == [figure.text for figure in answer.figures]
    assert [row[6] for row in book["出处"][1:]] == [citation.quote for citation in answer.citations]
    assert [line["qualifier"] for line in csv_lines(answer)] == ["", "", "约", ""]
    bare = replace(answer, figures=())
    assert [line["quote"] for line in csv_lines(bare)] == [citation.quote for citation in answer.citations]


def test_the_markdown_has_question_answer_and_each_source_with_its_quote() -> None:
    text = export(Double().ask("甲市建成多少家驿站？"), "md").decode()
    assert text.startswith("# 甲市建成多少家驿站？\n\n**甲市2024年建成驿站1204家**[1]")
    for citation in Double().ask("甲市").citations:
        assert f"[{citation.n}] {citation.city}" in text and citation.quote in text


def test_a_document_in_english_names_the_periods_of_its_sources_in_english() -> None:
    told = notes(export(replace(compared(), language="en"), "docx"))
    assert any("the past five years" in note for note in told) and not any("过去五年 " in note for note in told)


def test_a_source_is_one_footnote_however_often_it_is_cited() -> None:
    content = export(compared(), "docx")
    told = notes(content)
    assert len(told) == len(set(told)) == 5
    assert "“建成驿站1204家”（jia.txt，第" in told[0] and "原文如此" in told[0]
    body = Document(io.BytesIO(content)).element.body
    fields = [field.get(f"{W}instr") for field in body.iter(f"{W}fldSimple")]
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert fields and all(str(field).split()[1] in marks for field in fields)


def test_a_table_that_the_text_leaves_out_is_added_to_what_is_read() -> None:
    answer = replace(compared(), text="甲市最多[1]。")
    assert "| 总数 | 1204家 (2024年) [1] |" in export(answer, "md").decode()
    table = Document(io.BytesIO(export(answer, "docx"))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["", *CITIES]


def test_the_words_of_a_file_are_in_the_language_of_the_answer() -> None:
    for language, name in (("en", "Comparison"), ("zh-Hant", "對比"), ("zh-Hans", "对比")):
        answer = replace(compared(), language=language)  # type: ignore[arg-type]
        assert next(iter(sheets(export(answer, "xlsx")))) == name


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_text_of_a_report_becomes_a_formula(text: str) -> None:
    answer = compared()
    cited = tuple(replace(citation, quote=text, report=text) for citation in answer.citations)
    assert answer.comparison is not None
    rows = tuple(replace(row, label=text) for row in answer.comparison.rows)
    answer = replace(answer, citations=cited, comparison=replace(answer.comparison, rows=rows))
    book = openpyxl.load_workbook(io.BytesIO(export(answer, "xlsx")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert {cell.quotePrefix for cell in cells if cell.value == text} == {True}
    for line in csv_lines(answer):
        assert line["thing"] == f"'{text}" and line["quote"] in ("", f"'{text}")


@pytest.mark.parametrize("text", ["-3.2%", "+5", "-1,024"])
def test_a_printed_number_with_its_sign_stays_a_number(text: str) -> None:
    answer = Double().ask("甲市")
    answer = replace(answer, figures=(replace(answer.figures[0], text=text),))
    assert csv_lines(answer)[0]["print"] == text


def test_there_is_no_other_form() -> None:
    with pytest.raises(RequestRefused, match="xlsx"):
        export(compared(), "pdf")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=10, deadline=None)
def test_any_text_makes_files_that_open(text: str, quote: str) -> None:
    answer = compared()
    assert answer.comparison is not None
    cited = tuple(replace(one, quote=quote, report=text or "x") for one in answer.citations)
    comparison = replace(answer.comparison, topic=text)
    answer = replace(answer, text=f"{text}[1]\n\n| a | {quote} |\n|---|---|\n| b[2] | c |", citations=cited)
    answer = replace(answer, comparison=comparison)
    assert sheets(export(answer, "xlsx"))
    assert Document(io.BytesIO(export(answer, "docx"))).paragraphs
    text.encode("utf-8", "surrogatepass")


def test_the_real_comparison_is_exported_whole(assistant: Assistant) -> None:
    answer = assistant.compare(["亳州市", "菏泽市"], "工会驿站")
    assert answer.comparison is not None and answer.comparison.rows
    for form in TYPES:
        assert len(export(answer, form)) > 100
    for line in csv_lines(answer):
        if line["report"]:
            text = assistant.report(line["report"]).original.text
            assert text[int(line["start"]) : int(line["end"])] == line["quote"]
    assert comparison_table(answer, "table").splitlines()[1].startswith(answer.comparison.rows[0].label)
