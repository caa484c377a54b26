"""Which figures may stand on one axis; drawing them is the page's business.

Targets may stand beside results, because the page hatches them; what is unreadable, doubtful, negative or counted in
another kind of unit may not.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.figures.derive import comparable
from assistant.models import AnswerFigure


def on_one_axis(figures: Sequence[AnswerFigure]) -> tuple[AnswerFigure, ...]:
    """The most of the figures that can be drawn on one axis, in their order; none where fewer than two can be."""
    sound = [one for one in figures if one.readable and one.doubt is None and one.value is not None and one.value >= 0]
    groups = (tuple(one for one in sound if comparable(first, one)) for first in sound)
    most = _of_one_count(max(groups, key=len, default=()))
    return most if len(most) >= 2 else ()


def _of_one_count(figures: tuple[AnswerFigure, ...]) -> tuple[AnswerFigure, ...]:
    """Persons without person-times, or the other way, unless none of these is more: longer bars would say more persons."""
    times = tuple(one for one in figures if one.unit == "人次")
    persons = tuple(one for one in figures if one.unit != "人次")
    if not times or not persons or max(_size(one) for one in times) <= min(_size(one) for one in persons):
        return figures
    return persons if len(persons) >= len(times) else times


def _size(figure: AnswerFigure) -> float:
    return figure.value or 0.0
