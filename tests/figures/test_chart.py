"""A chart holds only figures that can stand side by side."""

from __future__ import annotations

from dataclasses import replace

from assistant.figures.chart import chart_of
from assistant.models import AnswerFigure

ONE = AnswerFigure("甲市", "驿站", "12家", 12, "家", None, "achieved", "2023年", 1)
TWO = AnswerFigure("乙市", "驿站", "近30家", 30, "家", "近", "achieved", "2024年", 2)


def test_cities_are_drawn_as_bars_with_their_print_and_citation() -> None:
    chart = chart_of([ONE, TWO])
    assert chart is not None
    assert (chart.kind, chart.unit, chart.labels, chart.values) == ("bar", "家", ("甲市", "乙市"), (12, 30))
    assert (chart.texts, chart.citations) == (("12家", "近30家"), (1, 2))


def test_one_thing_over_years_is_a_line() -> None:
    chart = chart_of([ONE, replace(ONE, value=15, text="15家", period="2024年")])
    assert chart is not None
    assert (chart.kind, chart.labels) == ("line", ("2023年", "2024年"))


def test_parts_of_a_whole_are_shares() -> None:
    parts = [replace(ONE, label=label, scope=("其中", label)) for label in ("国家级", "省级")]
    chart = chart_of(parts)
    assert chart is not None
    assert (chart.kind, chart.labels) == ("share", ("国家级", "省级"))


def test_other_units_targets_and_unreadable_figures_are_left_out() -> None:
    others = [
        replace(TWO, unit="元"),
        replace(TWO, kind="target"),
        replace(TWO, value=None, readable=False),
    ]
    assert chart_of([ONE, *others]) is None
    chart = chart_of([ONE, *others, TWO])
    assert chart is not None
    assert chart.labels == ("甲市", "乙市")


def test_nothing_is_drawn_of_nothing() -> None:
    assert chart_of([]) is None
