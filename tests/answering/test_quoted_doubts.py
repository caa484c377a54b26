"""A quote that holds an unreadable or an unbelievable figure by the way says so; a figure that is told says it itself."""

from __future__ import annotations

from tests.answering.asking import answered

UNBELIEVABLE = """一、帮扶工作
深入实施困难职工解困脱困行动，帮助3241万户困难职工实现解困脱困。开展困难职工助学活动，资助困难职工子女2304名。
"""


def test_an_overview_warns_of_an_unbelievable_figure_in_its_quotes() -> None:
    draft = answered("保山为困难职工做了哪些工作？", UNBELIEVABLE)
    assert "3241万户" in draft.text and "不合常理" in draft.text
    assert draft.text.count("请核对原件") == 1


def test_a_figure_that_is_told_carries_its_own_warning_once() -> None:
    draft = answered("保山帮多少户困难职工解困脱困？", UNBELIEVABLE)
    assert [figure.text for figure in draft.figures] == ["3241万户"]
    assert draft.text.count("请核对原件") == 1


def test_what_is_readable_and_believable_is_quoted_without_a_warning() -> None:
    draft = answered("保山为困难职工做了哪些工作？", UNBELIEVABLE.replace("3241万户", "3241户"))
    assert "请核对原件" not in draft.text and "缺损" not in draft.text
