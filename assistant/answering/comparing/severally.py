"""Answers a question that asks one thing of one city and another thing of another: one row a part.

What the question computes from them (甲的书屋是乙的驿站的几倍) is computed; they are not ranked.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.comparing.caveats import Told, warnings_of
from assistant.answering.comparing.cells import Table, cell_of
from assistant.answering.comparing.ranking import HEADS, derive_from, rank
from assistant.answering.comparing.row_candidates import NAMED
from assistant.answering.comparing.rows import city_of, line_up
from assistant.answering.comparing.words import derived_text, named, table_text, warning_text
from assistant.answering.picking.pick import NAME, Pick, Similar
from assistant.answering.picking.quote import label_of
from assistant.answering.wording import city_name, say
from assistant.models import (
    AnswerFigure,
    Cell,
    Comparison,
    Derived,
    Draft,
    Language,
    Question,
    Row,
    Status,
    Warning,
)


def answer_severally(table: Table, similar: Similar) -> Draft:
    """A question that asks one thing of one city and another of another: one row a part."""
    question, language = table.question, table.question.language
    by_city = {city_of(report): report for report in table.reports}
    cities = list(by_city)
    picks: dict[str, Pick] = {}
    cells: dict[str, Cell] = {}
    lines: list[str] = []
    missing: list[Warning] = []
    asked = [(part, city.name) for part in _in_one_measure(question) for city in part.cities]
    for part, city in asked:
        report = by_city.get(city)
        rows = line_up(part, [report], similar) if report is not None else []
        pick = rows[0].picks.get(city) if rows else None
        cell = cell_of(table, pick)
        unit = pick.figure.unit if pick is not None and pick.figure is not None else None
        table.rows.append(Row(_label(part, pick), unit, {name: cell if name == city else None for name in cities}))
        if pick is None or not isinstance(cell, AnswerFigure):
            lines.append(say("not_found_figure", language, city=city_name(city, language), topic=topic_of(part)))
            missing.append(Warning("missing", (city,), lines[-1]))
        else:
            picks[city], cells[city] = pick, cell
            lines.append(f"{named(city, cell, language)}{'.' if language == 'en' else '。'}")
    derived = _computed(question, cells)
    computed = list(cells) if derived else []
    comparison = Comparison(
        topic_of(question).strip("“”"),
        tuple(cities),
        tuple(table.rows),
        None,
        (),
        (*missing, *_warnings(picks, Told(computed=computed), language)),
        len(picks),
        len(cities),
        derived,
    )
    lines += [derived_text(item, comparison, english=language == "en") for item in derived]
    lead = (" " if language == "en" else "").join(lines)
    text = "\n\n".join(part for part in (lead, table_text(table, cities), warning_text(comparison.warnings)) if part)
    status: Status = "answered" if picks else "not_found"
    return Draft(status, text, table.citations.all(), tuple(table.figures), derived, comparison)


def _in_one_measure(question: Question) -> tuple[Question, ...]:
    """The parts, all in the measure that one of them names where something is computed from them."""
    units = {part.unit for part in question.parts if part.unit is not None}
    if question.intent not in _COMPUTED or len(units) != 1:
        return question.parts
    return tuple(replace(part, unit=next(iter(units))) for part in question.parts)


def _label(part: Question, pick: Pick | None) -> str:
    """The printed label, or what was asked where the label says only who was counted (职工)."""
    label = label_of(pick, with_head=pick.on_label < NAMED) if pick is not None else ""
    return label if len(label) >= NAME else topic_of(part).strip("“”")


def _computed(question: Question, cells: dict[str, Cell]) -> tuple[Derived, ...]:
    """The ratio or difference asked for, of figures that may be put together."""
    figures = {city: cell for city, cell in cells.items() if isinstance(cell, AnswerFigure)}
    if question.intent not in _COMPUTED or len(figures) < 2:
        return ()
    units = {figure.unit for figure in figures.values()}
    ranking, apart = rank(question, figures)
    alike = len(units) == 1 or units <= HEADS  # 29个小屋 and 15项竞赛 have no difference
    return tuple(derive_from(question, cells, ranking)) if alike and not apart else ()


_COMPUTED = frozenset({"difference", "ratio", "total"})


def _warnings(picks: dict[str, Pick], told: Told, language: Language) -> list[Warning]:
    warnings = list(warnings_of(picks, told, language))
    if len(picks) > 1 and not any(warning.kind == "scope" for warning in warnings):
        detail = "，".join(f"{city_name(city, language)}“{label_of(pick)}”" for city, pick in picks.items())
        text = f"Different things: {detail}." if language == "en" else f"口径不同：{detail}。"
        warnings.append(Warning("scope", tuple(picks), text))
    return warnings
