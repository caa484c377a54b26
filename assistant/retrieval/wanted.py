"""What a question looks for, as wants: one thing each, with every form in which a text may print it.

A Chinese question gives its words and character pairs, and the official forms of everyday words; an English one gives
the Chinese words of each of its words. Nothing is looked up in reports here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.english import render
from assistant.language.glossary import glossary, wide_glossary
from assistant.language.script import to_simplified
from assistant.language.words import content_words, words
from assistant.models import Language

PAIR_WEIGHT = 0.5  # of two neighbouring characters that are no word: they meet a word that is cut differently
NAME_WEIGHT = 2.0  # of a name or number: what it names is what is asked about
GLOSSARY_WEIGHT = 1.0  # of a thing by whatever name the glossary has for it, beside the words of the name asked
WIDE_WEIGHT = 0.5  # of what goes with an everyday word in the wide glossary: it need not mean the same
WIDE_FORM = 0.7  # the same for what goes with an English word, as one more form of it
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_ASKING = re.compile(r"[哪谁吗啥咋怎]|[什甚]么|多少|[如为]何|何[时处地人种]")


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
        return _english_wants(text)
    return _chinese_wants(to_simplified(text))


def _chinese_wants(text: str) -> tuple[Want, ...]:
    names = _names(text)
    asked = [word for word in dict.fromkeys(content_words(text)) if not _ASKING.search(word)]
    wants = [Want(word, ((word, 1.0),), NAME_WEIGHT if word in names or word[0].isascii() else 1.0) for word in asked]
    others = [term for term in dict.fromkeys(words(text)) if not _ASKING.search(term) and term not in asked]
    inside = "\n".join(asked)
    # An uncommon character outside all words is most likely a name, or a part of one that is cut wrongly.
    wants += [
        Want(term, ((term, 1.0),), PAIR_WEIGHT if len(term) > 1 else NAME_WEIGHT)
        for term in others
        if len(term) > 1 or term not in inside
    ]
    for table, weight in ((glossary(), GLOSSARY_WEIGHT), (wide_glossary(), WIDE_WEIGHT)):
        for found in table.find(text):
            forms = dict.fromkeys((found.form, *found.entry.official), 1.0)
            if len(forms) > 1 and (weight == GLOSSARY_WEIGHT or (found.everyday and len(found.form) > 1)):
                wants.append(Want(found.form, tuple(forms.items()), weight))
    return tuple(wants)


def _english_wants(text: str) -> tuple[Want, ...]:
    """Each phrase and word with its Chinese forms; official forms join those of a word and replace those of a phrase."""
    wants = {(one.span.start, one.span.end): dict(one.forms) for one in render(text)}
    for found in wide_glossary().find_english(text):
        forms = wants.setdefault((found.span.start, found.span.end), {})
        forms.update((form, max(WIDE_FORM, forms.get(form, 0.0))) for form in found.entry.official)
    for found in glossary().find_english(text):
        inside = [place for place in wants if found.span.start <= place[0] < found.span.end]
        place = (found.span.start, found.span.end)
        for other in inside:
            if other != place and other[1] <= place[1]:
                del wants[other]
        wants[place] = wants.get(place, {}) | dict.fromkeys(found.entry.official, 1.0)
    return tuple(
        Want(text[start:end], tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))))
        for (start, end), forms in sorted(wants.items())
    )


def _names(text: str) -> set[str]:
    """The words of a text that are names of people, places and bodies, as far as rjieba knows."""
    import rjieba

    return {word for word, tag in rjieba.tag(text) if tag.startswith(_NAME_TAGS)}
