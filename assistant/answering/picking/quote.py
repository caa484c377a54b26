"""Which words of a report are quoted for a figure, and what the figure counts in a few words."""

from __future__ import annotations

import re

from assistant.answering.picking.pick import Pick, rare_terms
from assistant.answering.picking.zones import Zone, coverage, plain
from assistant.language.sentences import split_clauses
from assistant.models import Question, Span

_OF_BEFORE = re.compile(r"[，,；;、\s]*(?:其中|分别|同比|环比|年均(?=增|下)|增长|下降|净增|总[量数额]达)")
"""How a clause begins that tells something of the thing in the clause before it."""
QUOTED = 120  # characters of a figure's quote at most, unless its own clause is longer


def label_of(pick: Pick, *, with_head: bool = True) -> str:
    """What a figure counts, in a few words; `with_head` with what it belongs to, where its label is short."""
    figure = pick.figure
    assert figure is not None
    label = figure.label or figure.head or ""
    scope = "".join(word for word in figure.scope if word not in label and word not in {"其中", "全市", "各级"})
    head = figure.head or ""
    if with_head and head and head not in label and len(label) <= 6 and len(head) <= 14 and not head.endswith(label):
        return f"{head}{scope}{label}"
    return f"{scope}{label}"


def quoted_span(question: Question, pick: Pick) -> Span:
    """The clauses to quote for a figure: its own, and what is needed before it to show what it counts."""
    figure, text = pick.figure, pick.report.repaired.text
    assert figure is not None
    start, end = min(figure.clause.start, figure.span.start), max(figure.clause.end, figure.span.end)
    rare = rare_terms(question.terms, pick.report)
    for clause in reversed([one for one in split_clauses(text, pick.sentence.span) if one.end <= start]):
        if end - clause.start > QUOTED:
            break
        now = coverage(question.terms, (Zone(plain(text[start:end]), 1.0),), rare)[0]
        wider = coverage(question.terms, (Zone(plain(text[clause.start : end]), 1.0),), rare)[0]
        if wider > now + 0.04 or _OF_BEFORE.match(text, start, end):
            start = clause.start
    while end > start and text[end - 1] in "，,；;。、 \n":
        end -= 1
    while start < end and text[start] in "，,；;。、 \n":
        start += 1
    return Span(min(start, figure.span.start), max(end, figure.span.end))


def quoted_with_head(question: Question, pick: Pick) -> Span:
    """The same from the words on that say what the figure belongs to, so that two of one label are told apart."""
    span = quoted_span(question, pick)
    head, text = pick.figure.head if pick.figure is not None else None, pick.report.repaired.text
    at = text.rfind(head, pick.sentence.span.start, span.end) if head else -1
    return Span(at, span.end) if 0 <= at < span.start and span.end - at <= QUOTED else span
