"""The data of a chart of figures; drawing it is the page's business.

Figures of other units, unreadable ones and targets beside results never share a chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.figures.derive import comparable
from assistant.models import AnswerFigure

ChartKind = Literal["bar", "line", "share"]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: a label and a value for each mark, and the print that the mark stands for."""

    kind: ChartKind
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    texts: tuple[str, ...]
    citations: tuple[int, ...]


def chart_of(figures: Sequence[AnswerFigure]) -> Chart | None:
    """The chart of the figures, or None where fewer than two of them can stand side by side.

    One thing of several years is a line, parts of a whole are shares, all else is bars.
    """
    drawn = _side_by_side(figures)
    if len(drawn) < 2:
        return None
    return Chart(
        kind=_kind(drawn),
        unit=drawn[0].unit,
        labels=_labels(drawn),
        values=tuple(figure.value for figure in drawn if figure.value is not None),
        texts=tuple(figure.text for figure in drawn),
        citations=tuple(figure.citation for figure in drawn),
    )


def _side_by_side(figures: Sequence[AnswerFigure]) -> list[AnswerFigure]:
    readable = [figure for figure in figures if figure.readable and figure.value is not None]
    if not readable:
        return []
    first = readable[0]
    return [
        figure
        for figure in readable
        if comparable(first, figure) and (figure.kind == "target") == (first.kind == "target")
    ]


def _kind(figures: Sequence[AnswerFigure]) -> ChartKind:
    if all("其中" in figure.scope for figure in figures):
        return "share"
    one_thing = len({(figure.city, figure.label) for figure in figures}) == 1
    return "line" if one_thing and len({figure.period for figure in figures}) == len(figures) else "bar"


def _labels(figures: Sequence[AnswerFigure]) -> tuple[str, ...]:
    """What tells the figures apart: the city, else what is counted, else the period."""
    for name in ("city", "label", "period"):
        values = [getattr(figure, name) or "" for figure in figures]
        if len(set(values)) == len(values):
            return tuple(values)
    return tuple(f"{figure.city or ''} {figure.label}".strip() for figure in figures)
