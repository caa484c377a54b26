"""Decides whether a follow-up that a chat model has made whole may be asked in its place.

A model only puts together what the turns say; what it means is understood by the same rules as any question. It must
be of the cities and years that our own understanding has, keep what the turn itself names, and add nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.places import Place
from assistant.language.script import to_simplified
from assistant.models import Question
from assistant.question.understand import understand

LONGEST = 160
_ASKS = frozenset({"figure", "fact", "quote", "compare", "which_cities", "rank", "difference", "ratio", "total"})
_POINTS_BACK = re.compile(
    r"[前上后]面|[前后]者|前[一两几]|上一|刚才|之前|开头|最初|起初|第[一二三1-3]|那[个项件]|这[个项件]|问题|一项|"
    r"\b(?:first|second|third|earlier|previous|former|latter|above|before|beginning|thing|question|one|item)\b",
    re.I,
)


def completed(text: str, own: Question, history: Sequence[str], library: Sequence[Place]) -> Question | None:
    """The question `text` that a model made of the turn `own` and the turns before it, None where it may not be asked."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    again = understand(text, library=library)
    if again.intent not in _ASKS or again.premise or (again.language == "en") != (own.language == "en"):
        return None
    if (
        not _is_of_the_same(again, own)
        or not _keeps_the_turn(text, own)
        or not _adds_nothing(text, again, own, history)
    ):
        return None
    return replace(
        again,
        text=own.text,
        whole=own.whole,
        language=own.language,
        carried_cities=own.carried_cities,
        carried_topic=again.topic or None,
        completed=text,
    )


def _is_of_the_same(again: Question, own: Question) -> bool:
    """Whether both are of the same cities, province and years."""
    return (
        {city.name for city in again.cities} == {city.name for city in own.cities}
        and (again.all_cities, again.province) == (own.all_cities, own.province)
        and set(again.years) == set(own.years)
    )


def _keeps_the_turn(text: str, own: Question) -> bool:
    """Whether all that the turn itself names is still named, but for words that point back."""
    said = _plain(text)
    named = (term.text for term in own.terms_of_substance if not term.carried)
    return all(_plain(name) in said or _POINTS_BACK.search(name) for name in named)


def _adds_nothing(text: str, again: Question, own: Question, history: Sequence[str]) -> bool:
    """Whether all that it names and every number stands in the turns."""
    turns = _plain("\n".join([*history, own.text]))
    numbers = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", turns))
    return not numbers and all(_plain(term.text) in turns for term in again.terms if term.noun or term.quoted)


def _plain(text: str) -> str:
    return to_simplified(text).lower()
