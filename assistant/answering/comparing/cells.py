"""The table of a comparison in the making: its cells, each with its citation, and what its rows are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.comparing.row_candidates import GROWTH, LEVEL_NAMES, NAMED
from assistant.answering.comparing.rows import RowPicks, city_of
from assistant.answering.marks import Citations, answer_figure
from assistant.answering.picking.pick import Pick
from assistant.answering.picking.quote import label_of, quoted_span
from assistant.answering.picking.trim import in_its_group, trim
from assistant.language.english_names import LEVELS
from assistant.language.sentences import split_clauses
from assistant.models import (
    AnswerFigure,
    Cell,
    Question,
    Report,
    Row,
    Span,
    TextCell,
)

BARE = 30  # a shorter sentence hardly says how something is done


_LEVEL_WORDS = frozenset({"全国", "国家级", "省部级", "省级", "市级", "县级", "区级"})


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
        span = _with_what_follows(pick, in_its_group(pick, span, limit), limit)
    n = table.citations.cite(pick.report, span, kind=pick.sentence.kind)
    return TextCell(table.citations.quote(n), n)


def _with_what_follows(pick: Pick, span: Span, limit: int) -> Span:
    """A sentence that only names its matter, as the first of a paragraph does, with the first clauses of the next."""
    sentences = pick.passage.sentences
    first = sentences[0] == pick.sentence and len(sentences) > 1
    if not first or len(span) >= BARE or span.end < pick.sentence.span.end - 1:
        return span
    text, end = pick.report.repaired.text, span.end
    for clause in split_clauses(text, sentences[1].span):
        if clause.end - span.start > limit and end > span.end:
            break
        end = clause.end
    while text[end - 1] in "，,；;。、：: \n":
        end -= 1
    return Span(span.start, end)


def row_label(row: RowPicks, question: Question) -> str:
    picks = list(row.picks.values())
    if row.key == GROWTH:
        return f"{topic_of(question).strip('“”')}{' growth' if question.language == 'en' else '增速'}"
    level = row.key.partition("·")[0]
    if level in LEVEL_NAMES.values() and len({pick.figure.label for pick in picks if pick.figure}) > 1:
        topic = topic_of(question).strip("“”")
        return f"{LEVELS[level]} {topic}" if question.language == "en" else f"{level}{topic}"
    if row.key == "" and (len(picks) > 1 or picks[0].on_label < 0.5):
        topic = topic_of(question).strip("“”")
        level = next((word for word in question.scope if word in _LEVEL_WORDS and word not in topic), "")
        return f"{level if question.language != 'en' else ''}{topic}{_rate(row, question)}"
    named = picks[0].figure is not None and picks[0].on_label >= NAMED
    return label_of(picks[0], with_head=not named)


_RATE = re.compile(r"增速|增幅|增长|growth|grew|faster", re.I)


def _rate(row: RowPicks, question: Question) -> str:
    """The word for growth behind a name whose growth is asked and given: the row holds no amounts."""
    asked = question.unit == "%" and unit_of_row(row) == "%" and _RATE.search(question.text)
    return "" if not asked else " growth" if question.language == "en" else "增速"


def unit_of_row(row: RowPicks) -> str | None:
    units = {pick.figure.unit for pick in row.picks.values() if pick.figure is not None}
    return units.pop() if len(units) == 1 else None


def topic_forms(question: Question) -> list[str]:
    return [form for term in question.terms for form in (term.text, *term.forms)]
