"""Ranks and computes over the cells of a comparison; what may not be put together stands apart with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from assistant.answering.comparing.cells import Table
from assistant.answering.comparing.rows import is_level
from assistant.figures import derive
from assistant.language.measure_words import same_class
from assistant.models import (
    AnswerFigure,
    Apart,
    Cell,
    Derived,
    Question,
    Ranked,
)

_COMPUTED = {"difference", "ratio"}
_PERSONS = frozenset({"人", "名", "位"})
HEADS = _PERSONS | {"人次"}
_HAN = re.compile("[一-鿿]")


def rank(question: Question, cells: Mapping[str, AnswerFigure]) -> tuple[list[Ranked], list[Apart]]:
    """The ranking by printed values, and who stands apart and why."""
    apart: list[Apart] = []
    fit: list[tuple[str, AnswerFigure]] = []
    units = [figure.unit for figure in cells.values() if figure.readable and figure.kind != "target"]
    usual = max(dict.fromkeys(units), key=units.count) if units else ""
    first = next((figure for figure in cells.values() if figure.unit == usual), None)
    for city, figure in cells.items():
        why = (
            "target" if figure.kind == "target" else
            "unreadable" if not figure.readable or figure.value is None else
            "implausible" if figure.doubt is not None else
            "unit" if not same_class(usual, figure.unit) or not _count_alike(first, figure) else None
        )  # fmt: skip
        if why is None:
            fit.append((city, figure))
        else:
            apart.append(Apart(city, why))
    counted_apart = _counted_apart(question, fit)
    apart += [Apart(city, "unit") for city in counted_apart]
    fit = [item for item in fit if item[0] not in counted_apart]
    fit.sort(key=lambda item: ((item[1].value or 0.0) * (1 if question.lowest else -1), item[0]))
    ranking: list[Ranked] = []
    for index, (city, figure) in enumerate(fit):
        same = index > 0 and figure.value == fit[index - 1][1].value
        ranking.append(Ranked(city, ranking[-1].rank if same else index + 1, figure.citation))
    return ranking, apart


def _counted_apart(question: Question, fit: Sequence[tuple[str, AnswerFigure]]) -> list[str]:
    """The cities whose figure counts person-times among persons (or the other way) and so has no place in the order.

    There are no more persons than person-times: fewer person-times are fewer persons, more of them say nothing.
    """
    persons = {city: figure.value or 0.0 for city, figure in fit if figure.unit in _PERSONS}
    times = {city: figure.value or 0.0 for city, figure in fit if figure.unit == "人次"}
    if not persons or not times:
        return []
    adds = question.intent == "total" or question.share is not None
    if len(times) > len(persons) or question.unit == "人次":
        return [city for city, value in persons.items() if adds or value < max(times.values())]
    return [city for city, value in times.items() if adds or value > min(persons.values())]


def _count_alike(first: AnswerFigure | None, figure: AnswerFigure) -> bool:
    """Whether two figures of one kind of unit may count the same things: firms (家) and trades (个) do not."""
    if first is None or first.unit == figure.unit or first.unit in HEADS:
        return True
    return bool(set(_HAN.findall(first.label)) & set(_HAN.findall(figure.label)))


def derive_from(question: Question, cells: Mapping[str, Cell], ranking: Sequence[Ranked]) -> list[Derived]:
    figures = [cell for item in ranking if isinstance(cell := cells[item.city], AnswerFigure)]
    if len(figures) < 2:
        return []
    language = question.language
    if question.share is not None:
        return _shares(question, figures)
    if question.intent == "total":
        return [derive.total(figures, language)]
    first, second = figures[0], figures[1]
    if len(question.cities) == 2:
        named = [cell for city in question.cities if isinstance(cell := cells.get(city.name), AnswerFigure)]
        if len(named) == 2 and question.intent == "ratio":
            first, second = named
    if question.intent == "ratio":
        return [derive.ratio(_as_persons(first, second), _as_persons(second, first), language)] if second.value else []
    if question.intent in {"difference", "rank"} or len(figures) == 2:
        larger, smaller = sorted((first, second), key=lambda figure: figure.value or 0.0, reverse=True)
        return [derive.difference(larger, _as_persons(smaller, larger), language)]
    return []


def _as_persons(figure: AnswerFigure, beside: AnswerFigure) -> AnswerFigure:
    """Person-times beside persons: at most so many persons."""
    if figure.unit != "人次" or beside.unit not in _PERSONS:
        return figure
    return replace(figure, qualifier="不超过" if figure.qualifier in {None, "近", "不超过"} else "约")


def _shares(question: Question, figures: Sequence[AnswerFigure]) -> list[Derived]:
    """The share that is asked for: of the other city, or of all that give a figure (each city's, where none is named)."""
    asked, by_city = question.share, {figure.city: figure for figure in figures}
    if asked is None or any(figure.unit in {"%", "‰"} for figure in figures):
        return []  # shares have no sum
    if asked.of == "other":
        named = [by_city[city.name] for city in question.cities if city.name in by_city]
        return [derive.share(named[0], named[1], question.language)] if len(named) == 2 and named[1].value else []
    parts = list(figures) if asked.city is None else [by_city[asked.city]] if asked.city in by_city else []
    return [derive.share_of_sum(part, figures, question.language) for part in parts]


def part_totals(table: Table, cities: Sequence[str]) -> dict[str, tuple[Derived, list[AnswerFigure]]]:
    """For a topic printed only in parts (省级, 市级, 县级): the parts of each city added up, with their operands."""
    found: dict[str, tuple[Derived, list[AnswerFigure]]] = {}
    if not all(is_level(row.label) for row in table.rows):
        return found  # 示范性 and 智能化 may count the same station twice; levels do not overlap
    for city in cities:
        figures = [cell for row in table.rows if isinstance(cell := row.cells.get(city), AnswerFigure)]
        usable = [
            figure for figure in figures if figure.readable and figure.kind == "achieved" and figure.doubt is None
        ]
        if usable and len(usable) == len(figures) and len({figure.unit for figure in usable}) == 1:
            found[city] = (derive.total(usable, table.question.language), usable)
    return found if any(len(operands) > 1 for _, operands in found.values()) else {}


def derive_from_totals(
    question: Question, totals: Mapping[str, tuple[Derived, list[AnswerFigure]]], ranking: Sequence[Ranked]
) -> list[Derived]:
    """The difference or ratio of the first two sums, or the sum of all, by the figures that were added up."""
    if question.intent == "total" and len(ranking) > 1:
        added = [figure for item in ranking for figure in totals[item.city][1]]
        alike = all(same_class(added[0].unit, figure.unit) for figure in added)
        return [derive.total(added, question.language)] if alike else []
    if len(ranking) < 2 or not (len(ranking) == 2 or question.intent in _COMPUTED):
        return []
    order = [item.city for item in ranking]
    if question.intent == "ratio" and len(question.cities) == 2:
        order = [city.name for city in question.cities if city.name in totals]
    first, second = (totals[city] for city in order[:2])
    if not same_class(first[1][0].unit, second[1][0].unit) or (question.intent == "ratio" and not second[0].value):
        return []
    kind: Literal["difference", "ratio"] = "ratio" if question.intent == "ratio" else "difference"
    return [derive.of_totals(kind, first[1], second[1], question.language)]


def rank_totals(totals: Mapping[str, tuple[Derived, list[AnswerFigure]]], question: Question) -> list[Ranked]:
    ordered = sorted(totals.items(), key=lambda item: (item[1][0].value * (1 if question.lowest else -1), item[0]))
    return [Ranked(city, index, operands[0].citation) for index, (city, (_, operands)) in enumerate(ordered, start=1)]
