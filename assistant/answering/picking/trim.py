"""Cuts a picked sentence to the clauses that answer, with its quotation marks whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.picking.answer_kinds import answer_type
from assistant.answering.picking.pick import Pick, rare_terms
from assistant.answering.picking.surroundings import GROUP_END
from assistant.answering.picking.zones import Zone, coverage, plain
from assistant.language.sentences import split_clauses
from assistant.models import Question, Span, Term


def trim(question: Question, pick: Pick, terms: Sequence[Term], *, limit: int = 130) -> Span:
    """The shortest run of clauses of the picked sentence that keeps the words met; at most about `limit` characters."""
    text = pick.report.repaired.text
    span = pick.sentence.span
    clauses = _clauses(text, span)
    if len(span) <= 60 or len(clauses) == 1:
        return _strip(text, span)
    rare = rare_terms(terms, pick.report)
    best, best_value = span, float("-inf")
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            window = Span(clauses[first].start, clauses[last].end)
            if len(window) > limit and last > first:
                break
            got, _, _ = coverage(terms, (Zone(plain(window.of(text)), 1.0),), rare)
            value = got - len(window) / 900 + answer_type(question, window.of(text), pick.passage)
            value += COUNTED if question.intent == "which_cities" and _DIGIT.search(window.of(text)) else 0.0
            if value > best_value + 1e-9:
                best, best_value = window, value
    return _strip(text, _with_closing(text, best, span))


def _clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence; what somebody said is one of its own, parted from who said it."""
    found: list[Span] = []
    for clause in split_clauses(text, sentence) or [sentence]:
        start = clause.start
        for match in _SAID.finditer(text, clause.start, clause.end):
            found.append(Span(start, match.end()))
            start = match.end()
        found.append(Span(start, clause.end))
    return [clause for clause in found if clause.of(text).strip()]


_SAID = re.compile(r"[。！？!?]”(?=[^，,。；;\s])")
COUNTED = 0.04  # how much more a clause with a number tells of what a city has than one without
_DIGIT = re.compile(r"\d")


def in_its_group(pick: Pick, span: Span, limit: int) -> Span:
    """`span` widened over the clauses beside it within the same semicolons, as long as `limit` allows."""
    text = pick.report.repaired.text
    start, end = pick.sentence.span.start, pick.sentence.span.end
    for match in GROUP_END.finditer(text, start, span.start):
        start = match.end()
    closing = GROUP_END.search(text, span.end, end)
    end = closing.start() if closing else end
    clauses = [one for one in split_clauses(text, Span(start, end)) if not one.overlaps(span)]
    for clause in sorted(clauses, key=lambda one: min(abs(one.end - span.start), abs(one.start - span.end))):
        wider = Span(min(span.start, clause.start), max(span.end, clause.end))
        if len(wider) > limit:
            break
        span = wider
    return _strip(text, _with_closing(text, span, pick.sentence.span))


def _with_closing(text: str, span: Span, sentence: Span) -> Span:
    """`span` widened so that a quotation mark or bracket that it opens or closes has its fellow."""
    start, end = span.start, span.end
    while start < end and text[start] in "”》）)」’":  # the end of what somebody said before
        start += 1
    for opening, closing in ("“”", "《》", "（）", "()", "「」", "‘’"):
        piece = text[start:end]
        if piece.count(opening) > piece.count(closing):
            at = text.find(closing, end, sentence.end)
            end = at + 1 if at >= 0 else end
        elif piece.count(closing) > piece.count(opening):
            at = text.rfind(opening, sentence.start, start)
            start = at if at >= 0 else start
    return Span(start, end)


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while end > start and text[end - 1] in "，,；;。、：: \n\t\r":
        end -= 1
    while start < end and text[start] in "，,；;。、：: \n\t\r":
        start += 1
    return Span(start, end)
