"""The table of a comparison in the making: its cells, each with its citation, and what its rows are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.list_answer import topic_of
from assistant.answering.marks import Citations, answer_figure
from assistant.answering.pick import Pick
from assistant.answering.quote import quoted_span
from assistant.answering.rows import RowPicks, city_of
from assistant.answering.trim import in_its_group, trim
from assistant.models import (
    AnswerFigure,
    Cell,
    Question,
    Report,
    Row,
    TextCell,
)


@dataclass
class Table:
    """A comparison in the making."""

    question: Question
    reports: Sequence[Report]
    citations: Citations
    rows: list[Row]
    figures: list[AnswerFigure]


def cell_of(table: Table, pick: Pick | None) -> Cell:
    if pick is None or pick.figure is None:
        return None
    n = table.citations.cite(
        pick.report, quoted_span(table.question, pick), kind=pick.figure.kind, period=pick.figure.period.label
    )
    figure = answer_figure(pick.report, pick.figure, n)
    table.figures.append(figure)
    return figure


def by_city(table: Table) -> dict[str, Report]:
    return {city_of(report): report for report in table.reports}


def text_cell(table: Table, pick: Pick, limit: int = 80, *, whole: bool = False) -> TextCell:
    span = trim(table.question, pick, table.question.terms, limit=limit)
    if whole:
        span = in_its_group(pick, span, limit)
    n = table.citations.cite(pick.report, span, kind=pick.sentence.kind)
    return TextCell(table.citations.quote(n), n)


def row_label(row: RowPicks, question: Question) -> str:
    if row.key == "":
        return topic_of(question).strip("“”") if len(row.picks) > 1 else row.label
    return row.label


def unit_of_row(row: RowPicks) -> str | None:
    units = {pick.figure.unit for pick in row.picks.values() if pick.figure is not None}
    return units.pop() if len(units) == 1 else None


def topic_forms(question: Question) -> list[str]:
    return [form for term in question.terms for form in (term.text, *term.forms)]
