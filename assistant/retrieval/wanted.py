"""What a question looks for, as wants: one thing each, with every form in which a text may print it.

A Chinese question gives its words and character pairs, and the official forms of everyday words; an English one gives
the Chinese words of each of its words. Nothing is looked up in reports here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.language.glossary import glossary
from assistant.language.script import to_simplified
from assistant.language.words import content_words, words
from assistant.models import Language

PAIR_WEIGHT = 0.5  # of two neighbouring characters that are no word: they meet a word that is cut differently
GLOSSARY_WEIGHT = 0.5  # of the official form of an everyday word, beside the words themselves


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is looked for; any of its forms meets it, each as far as its weight (0..1) says."""

    text: str
    forms: tuple[tuple[str, float], ...]
    weight: float = 1.0


@lru_cache(maxsize=256)
def wants_of(text: str, language: Language) -> tuple[Want, ...]:
    """The wants of a question, in reading order."""
    if language == "en":
        from assistant.retrieval.english import english_wants

        return english_wants(text)
    return _chinese_wants(to_simplified(text))


def _chinese_wants(text: str) -> tuple[Want, ...]:
    alone = dict.fromkeys(content_words(text))
    wants = [Want(word, ((word, 1.0),)) for word in alone]
    wants += [Want(pair, ((pair, 1.0),), PAIR_WEIGHT) for pair in dict.fromkeys(words(text)) if pair not in alone]
    for found in glossary().find(text):
        forms = tuple((form, 1.0) for form in found.entry.official if form != found.form)
        if forms:
            wants.append(Want(found.form, forms, GLOSSARY_WEIGHT))
    return tuple(wants)
