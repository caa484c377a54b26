"""Texts that no report has: they are read like any other, in time that grows with their length, and crash nothing."""

from __future__ import annotations

import pytest

from assistant.language.sentences import split_sentences
from assistant.reading import read

REPORT = "某市总工会2024年工作报告\n2024年，全市新建工会驿站12家，走访慰问困难职工300人次。\n"
LENGTH = 12_000
# A rule whose time grows with the square (or more) of a text's length takes minutes on these, not a second.
PIECES = (
    "a", "1", "１", " ", "\u3000", "，", ",", "。", ".", "、", "-", "—", "(", "（", "“", "<", "[", "《", "{", "*", "#", "|", "?", "$",
    "十", "一", "万", "百分之", "的", "年", "第", "和", "a ", " 1", "1.", "1,", "1、", "1—", "(chǎn", "产(chǎn", "（一）", "<a", "[a](",
    " \n", "\n", "a\n", "7\n", "|1|2|\n", "# ", "增长1", "建成1家，", "目标1家。", "2024年", "\ufffd", "&nbsp;", "“a", "\u200b",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_one_thing_repeated_costs_no_figure_of_the_report_around_it(piece: str) -> None:
    text = f"{REPORT}\n{piece * (LENGTH // len(piece))}\n\n全年培训职工5000人。\n"
    report = read("report.txt", text.encode())
    assert {"12家", "300人次", "5000人"} <= {figure.text for figure in report.figures}
    assert all(span.of(report.repaired.text) for passage in report.passages for span in [passage.span])


def test_no_sentence_is_longer_than_real_ones() -> None:
    text = "走访企业" + "，新建驿站12家" * 500 + "；" + "字" * 3000 + "。完。"
    spans = split_sentences(text)
    assert max(map(len, spans)) <= 1200
    assert "".join(span.of(text) for span in spans) == text
    assert all("12家" in span.of(text)[-5:] or "字" in span.of(text) or "完" in span.of(text) for span in spans)


def test_a_row_of_digits_is_no_number() -> None:
    report = read("report.txt", f"{REPORT}编码{'7' * 400}家，共有{'一' * 400}家。\n".encode())
    assert {figure.text for figure in report.figures} == {"12家", "300人次"}
