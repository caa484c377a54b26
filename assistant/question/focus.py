"""Marks, among the terms of a question, the one that is counted or asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.language.places import lookup
from assistant.models import Span, Term
from assistant.question.word_kinds import stopwords

_HELPING = 0.4  # weight left to a verb of care where what is cared for is named


def named_by_its_object(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms of "how do they help X": X is what an answer must speak of, for the helping has many names."""
    helping = [term for term in terms if stopwords("care") & {term.text.lower(), *term.forms}]
    others = [term for term in terms if term.noun and term not in helping]
    if not helping or not others:
        return terms
    return tuple(
        replace(term, weight=term.weight * _HELPING, focus=False, noun=False)
        if term in helping
        else replace(
            term, focus=term is others[-1]
        )  # the head of a Chinese object comes last, that of an English one too
        for term in terms
    )


def mark_focus(terms: Sequence[tuple[Span, Term]], ask: int | None, counted: Collection[int] = ()) -> tuple[Term, ...]:
    """Marks the noun that is counted or asked for: the one behind a measure word (`counted`), else that nearest the question word."""
    nouns = [index for index, (_, term) in enumerate(terms) if term.noun]
    nouns = [index for index in nouns if lookup(terms[index][1].text) is None] or nouns  # who is honoured, not by whom
    behind = [index for index in nouns if terms[index][0].start in counted]
    if behind:
        return tuple(replace(term, focus=index in behind) for index, (_, term) in enumerate(terms))
    if not nouns:
        return tuple(term for _, term in terms)
    if ask is None:  # the head of a Chinese noun phrase comes last
        return tuple(replace(term, focus=index == nouns[-1]) for index, (_, term) in enumerate(terms))
    nearest = min(nouns, key=lambda index: min(abs(terms[index][0].start - ask), abs(terms[index][0].end - ask)))
    return tuple(replace(term, focus=index == nearest) for index, (_, term) in enumerate(terms))
