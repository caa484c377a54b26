"""The measure of the indicators: a cell is right only with the right figure told as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.models import AnswerFigure, Cell, TextCell
from tests.quality.indicators import Line, Told, gold, judge

LINE = Line("1.md", "甲市", {"总量": None, "总量增速": "5.5%"}, {"总量": None, "总量增速": ["6%", "6.5%"]})
RIGHT = AnswerFigure("甲市", "总量增长", "5.5%", 5.5, "%", None, "achieved", "2024年", 1)


@pytest.mark.parametrize(
    ("cell", "told", "indicator", "right"),
    [
        (RIGHT, "achieved", "总量增速", True),
        (replace(RIGHT, text="15.5%"), "achieved", "总量增速", False),
        (replace(RIGHT, text="6.5％", kind="target"), "target", "总量增速", True),
        (replace(RIGHT, kind="target"), "achieved", "总量增速", False),
        (RIGHT, "target", "总量增速", False),
        (None, "achieved", "总量增速", False),
        (None, "achieved", "总量", True),
        (RIGHT, "achieved", "总量", True),
        (replace(RIGHT, text="4%"), "achieved", "总量", False),
        (TextCell("总量平稳", 1), "achieved", "总量", False),
    ],
)
def test_a_cell_is_judged_by_its_figure_and_its_kind(cell: Cell, told: Told, indicator: str, right: bool) -> None:
    assert judge(cell, LINE, told, indicator) is right


def test_the_gold_has_twenty_cities_with_the_same_indicators() -> None:
    lines = gold()
    assert len({line.city for line in lines}) == 20
    assert len({(*line.achieved, *line.target) for line in lines}) == 1
