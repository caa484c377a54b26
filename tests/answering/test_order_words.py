"""How an order is told: only what is equal is called equal."""

from __future__ import annotations

import pytest

from assistant.answering.comparing.words import lead_text
from assistant.models import AnswerFigure, Comparison, Ranked
from assistant.question.understand import understand
from tests.question.test_understand import LIBRARY


def figure(city: str, value: float, citation: int) -> AnswerFigure:
    return AnswerFigure(city, "驿站", f"{value:g}家", value, "家", None, "achieved", "2024年", citation)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([3.0, 3.0, 1.0], "芜湖市 **3家**[1]、淮南市 **3家**[2]并列最多，其次衡水市 **1家**[3]"),
        ([3.0, 1.0, 1.0], "芜湖市 **3家**[1]最多，其次淮南市 **1家**[2]、衡水市 **1家**[3]"),
        ([3.0, 3.0, 3.0], "持平：芜湖市 **3家**[1]、淮南市 **3家**[2]、衡水市 **3家**[3]"),
    ],
)
def test_only_equal_figures_are_told_as_equal(values: list[float], told: str) -> None:
    cities = ("芜湖市", "淮南市", "衡水市")
    cells = {city: figure(city, value, n) for n, (city, value) in enumerate(zip(cities, values, strict=True), start=1)}
    ranking = tuple(Ranked(city, 1, cell.citation) for city, cell in cells.items())
    comparison = Comparison("驿站", cities, (), ranking, (), (), 3, 3)
    question = understand("芜湖、淮南和衡水的驿站谁最多？", library=LIBRARY)
    assert lead_text(question, comparison, cells, []).startswith(told)
