"""Reads a question for texts of several reports once more: how its topic may be worded, and what only leads up to it.

A fair for jobs tells of 就业服务, though no figure of it is one of 就业服务; so this is only for what reports say. What
stands before the clause that asks (放假没人管，哪些城市办了托管) is looked for only where a report has words for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answering.picking.zones import plain
from assistant.language.script import to_simplified
from assistant.language.topics import telling_of
from assistant.models import Question, Report, Term
from assistant.question.cities import ALL_NAMED
from assistant.question.word_kinds import is_generic

FEW = 4  # official words for an everyday or English one; the further ones are rare senses
HINT = 0.3  # weight of a word of the clause before, where no report prints it
_CLAUSES = re.compile(r"[，,。；;：:！!？?]")


def for_texts(question: Question, reports: Sequence[Report]) -> Question:
    """`question` with what tells of its topic among its words, and without the words that nothing is made of."""
    parts = tuple(for_texts(part, reports) for part in question.parts)
    return replace(_with_topic_words(_without_background(question, reports)), parts=parts)


@lru_cache(maxsize=64)
def _with_topic_words(question: Question) -> Question:
    """`question` whose terms are met by what tells of the topics too, where these are all that it asks."""
    told = telling_of([_names(term) for term in question.terms])
    beyond = (at for at, term in enumerate(question.terms) if term.noun and at not in told)
    if not told or any(not is_generic(question.terms[at].text) for at in beyond):
        return question  # 线上培训 is not all that is done 线上
    terms = tuple(
        replace(term, near=tuple(dict.fromkeys((*term.near, *told[at])))) if at in told else term
        for at, term in enumerate(question.terms)
    )
    return replace(question, terms=terms)


def _names(term: Term) -> tuple[str, ...]:
    if term.quoted:
        return ()  # asked by its very words
    return (term.text, *term.forms, *(term.near[:FEW] if len(term.forms) < 2 else ()))


def _without_background(question: Question, reports: Sequence[Report]) -> Question:
    """`question` with the words before the clause that asks as mere hints, where that names a thing and none is printed."""
    text = to_simplified(question.text)
    asks = ALL_NAMED.search(text)
    if asks is None or question.carried_topic is not None:
        return question
    start = max((match.end() for match in _CLAUSES.finditer(text, 0, asks.start())), default=0)
    before = [term for term in question.terms if 0 <= text.find(term.text) < start]
    if not before or not any(term.noun for term in question.terms if term not in before):
        return question
    unheard = [term for term in before if not term.quoted and not any(_prints(report, term) for report in reports)]
    terms = tuple(
        replace(term, noun=False, focus=False, weight=min(HINT, term.weight)) if term in unheard else term
        for term in question.terms
    )
    return replace(question, terms=terms)


def _prints(report: Report, term: Term) -> bool:
    text = _plain_text(report)
    return any(plain(form) in text for form in (term.text, *term.forms))


@lru_cache(maxsize=64)
def _plain_text(report: Report) -> str:
    return plain(report.repaired.text)
