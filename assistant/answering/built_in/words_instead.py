"""Whether a sentence told in place of a figure may hold the number that is asked, or has to be told as words only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answering.picking.decide import how_many_things, is_a_place, only_listed, unit_counted, unmet_kind
from assistant.answering.picking.pick import Pick
from assistant.answering.picking.zones import names_another, plain
from assistant.language.measure_words import counts_nothing, other_kind
from assistant.models import Citation, Figure, Question, Report

_MEASURE = "[个家名项场条次件人位户处所座块元万亿余多%％]"
NUMBER = re.compile(r"\d+|[一二三四五六七八九十百千万两]+(?=[个家名项场条次件人位户])")
_COUNTED = re.compile(
    rf"\d+(?={_MEASURE})|[一二三四五六七八九十百千万两]+(?={_MEASURE}(?!以上))"
)  # no number of a hotline


def tells_clearly(question: Question, pick: Pick) -> bool:
    """Whether a sentence has a number and speaks of nearly all that is asked, and of no other kind of it."""
    if pick.nouns < CLEARLY or unmet_kind(question, pick, question.terms):
        return False
    return any(pick.sentence.span.contains(figure.span) for figure in pick.report.figures)


CLEARLY = 0.85  # share of the naming words


def tells_a_number(question: Question, citations: Sequence[Citation], reports: Sequence[Report]) -> bool:
    """Whether a quote has a number that may be meant: one that is no figure of the report, or one that counts the like.

    The figures were all weighed and refused before a sentence is told in their place; one that counts another thing
    would be taken for the answer by a reader.
    """
    known: Mapping[str, Report] = {report.id: report for report in reports}
    return any(_tells(question, one, known[one.report_id]) for one in citations if one.report_id in known)


def _tells(question: Question, citation: Citation, report: Report) -> bool:
    placed = [(report.repaired.offsets.to_received(figure.span), figure) for figure in report.figures]
    inside = [(span, one) for span, one in placed if citation.start <= span.start and span.end <= citation.end]
    uncounted = any(
        not any(span.start <= citation.start + match.start() < span.end for span, _ in inside)
        for match in _COUNTED.finditer(citation.quote)
    )
    return uncounted or any(_may_be_meant(question, figure, citation.quote) for _, figure in inside)


def _may_be_meant(question: Question, figure: Figure, words: str) -> bool:
    if is_a_place(question, figure.unit, words) or (how_many_things(question) and counts_nothing(figure.unit)):
        return False
    if question.unit is not None and other_kind(question.unit, unit_counted(figure)):
        return False
    return not (only_listed(question.terms, figure.label) or names_another(question.terms, plain(figure.label)))
