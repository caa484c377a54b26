"""Finds, in the reports asked, words that may stand for a word of the question that none of them prints.

Whoever asks says 老外 where a report prints 境外旅游者. No table holds all such pairs, but the embedding model knows
which words of a report are near a word; they are worth less than the word itself or a known other name for it, so
that only a figure or sentence of their own is found by them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answering.picking.pick import Similar
from assistant.answering.picking.zones import plain
from assistant.language.glossary import glossary
from assistant.models import Question, Report, Term
from assistant.question.word_kinds import is_generic

ALIKE = 0.5  # cosine of a word asked and one printed, from which the one may stand for the other
BEST = 0.1  # how far below the nearest word another one may be
MOST_WORDS = 6
FEW_REPORTS = 3  # reports that are searched for such words
_HAN = re.compile(r"[一-鿿]+")
_GRAMMAR = ("u", "y", "p", "c", "r", "m", "q", "d", "x", "e", "o", "w", "f", "t", "ns", "nr")


def with_likely_words(question: Question, reports: Sequence[Report], similar: Similar) -> Question:
    """`question` with likely words for those of its naming words that none of a few `reports` prints."""
    if not question.cities or not 0 < len(reports) <= FEW_REPORTS:
        return question
    return replace(
        question,
        terms=tuple(_with_likely(term, reports, similar) for term in question.terms),
        parts=tuple(with_likely_words(part, reports, similar) for part in question.parts),
        after=with_likely_words(question.after, reports, similar) if question.after is not None else None,
    )


def _with_likely(term: Term, reports: Sequence[Report], similar: Similar) -> Term:
    known = {plain(form) for form in (term.text, *term.forms, *term.near)}
    if not term.noun or term.quoted or term.pinyin or len(term.text) < 2 or is_generic(term.text):
        return term
    if len(term.forms) > 1 or glossary().entries_of(term.text):
        return term  # its other names are known
    if any(form in _plain_text(report) for report in reports for form in known):
        return term
    words = list(dict.fromkeys(word for report in reports for word in _words_of(report)))
    found = sorted(zip(similar(term.text, words), words, strict=True), reverse=True)[:MOST_WORDS] if words else []
    likely = tuple(word for alike, word in found if alike >= max(ALIKE, found[0][0] - BEST))
    return replace(term, likely=likely)


@lru_cache(maxsize=64)
def _plain_text(report: Report) -> str:
    return plain(report.repaired.text)


@lru_cache(maxsize=64)
def _words_of(report: Report) -> tuple[str, ...]:
    """The words of a report that name something, and the pairs of such words that stand side by side."""
    import rjieba

    found: dict[str, None] = {}
    before = ""
    for word, tag in rjieba.tag(_plain_text(report)):
        telling = _HAN.fullmatch(word) and not tag.startswith(_GRAMMAR)
        # What the cutter made up of neighbours (播入) is near to any word that shares a character with it.
        if telling and len(word) > 1 and not is_generic(word) and rjieba.has_word(word):
            found[word] = None
        if telling and before and 3 <= len(before + word) <= 6:
            found[before + word] = None
        before = word if telling else ""
    return tuple(found)
