"""How well texts meet the wants of a question, as the share of the question's rare words that they hold.

A pure function of wants, texts and how rare each form is in the library. It is BM25 (k1 1.2, b 0.75) over wants in
place of words: all forms of a want count as one word that is as common as its forms together, so that a word with
forty translations weighs no more than one with a single one (Pirkola 1998). Divided by what a text would get that met
every want, it can be compared between questions: 0 is no word met, 1 every word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.language.words import words
from assistant.retrieval.wanted import Want

K1 = 1.2
B = 0.75
KEPT = 16_384  # texts kept cut: 12 MB at most; one question looks at up to 3,000


def terms_of(wants: Sequence[Want]) -> list[str]:
    """The index terms that say how rare the forms of `wants` are."""
    return list(dict.fromkeys(term for want in wants for form, _ in want.forms for term in (form, *words(form))))


def rarities(wants: Sequence[Want], frequencies: Mapping[str, int], total: int) -> list[float]:
    """The inverse document frequency of each want; one that stands nowhere is as rare as can be."""
    found = []
    for want in wants:
        count = min(sum(_count(form, frequencies) for form, _ in want.forms), total)
        found.append(math.log(1 + (total - count + 0.5) / (count + 0.5)))
    return found


def present(wants: Sequence[Want], frequencies: Mapping[str, int]) -> tuple[Want, ...]:
    """The wants without the forms that stand nowhere in the library; a want may be left with none."""
    return tuple(
        replace(want, forms=tuple((form, weight) for form, weight in want.forms if _count(form, frequencies)))
        for want in wants
    )


def shares(wants: Sequence[Want], rare: Sequence[float], texts: Sequence[str]) -> list[float]:
    """For each text, the share (0..1) of the wants that it meets, each counted as far as it is rare."""
    full = sum(want.weight * rarity for want, rarity in zip(wants, rare, strict=True)) * (K1 + 1)
    if not texts or full <= 0:
        return [0.0] * len(texts)
    lowered, cut = [text.lower() for text in texts], [_cut(text) for text in texts]
    lengths = [terms.count("  ") + 1 for terms in cut]
    mean = sum(lengths) / len(lengths)
    norms = [K1 * (1 - B + B * length / mean) for length in lengths]
    scores = [0.0] * len(texts)
    for want, rarity in zip(wants, rare, strict=True):
        factor = want.weight * rarity * (K1 + 1) / full
        for at, times in enumerate(_times(want, lowered, cut)):
            if times:
                scores[at] += factor * times / (times + norms[at])
    return scores


def _times(want: Want, texts: Sequence[str], cut: Sequence[str]) -> list[float]:
    """How often each text holds the want's forms, each occurrence counted as far as the form's weight."""
    times = [0.0] * len(texts)
    for form, weight in want.forms:
        if len(form) > 2 and not form[0].isascii():
            counts = [text.count(form) for text in texts]  # in whatever way it is cut
        else:
            term = f" {form} "
            counts = [text.count(term) for text in cut]
        for at, count in enumerate(counts):
            if count:
                times[at] += weight * count
    return times


@lru_cache(maxsize=KEPT)
def _cut(text: str) -> str:
    """The index terms of a text with two blanks between them and one around: quick to count in, and small to keep.

    A word of two characters stands there twice, as a word and as a pair: so it weighs more than the same two
    characters across the border of two words.
    """
    return f" {'  '.join(words(text))} "


def _count(form: str, frequencies: Mapping[str, int]) -> int:
    """In how many texts a form stands; of one that is no index term, at most as many as its rarest part."""
    if form in frequencies:
        return frequencies[form]
    return min((frequencies.get(term, 0) for term in words(form)), default=0)
