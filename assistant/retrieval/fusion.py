"""How words and meaning are put together: one pure function.

    score = w * minmax(BM25) + (1 - w) * minmax(cosine)

Both are scaled to 0..1 among the candidates of one question; a candidate that one side did not find counts 0 there.
The weight `w` of the words is 0.5 for Chinese, where the same words are likely to stand in the report, and 0.3 for
English, where they are met through a dictionary. Plain reciprocal ranks hurt where one side is much the stronger.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from assistant.models import Language

K = TypeVar("K", bound=Hashable)
WORDS_WEIGHT: dict[Language, float] = {"zh-Hans": 0.5, "zh-Hant": 0.5, "en": 0.3}


def fuse(words: Mapping[K, float], meaning: Mapping[K, float], *, words_weight: float) -> dict[K, float]:
    """The fused score of every candidate, 0..1; higher is better."""
    scaled_words, scaled_meaning = _minmax(words), _minmax(meaning)
    return {
        key: words_weight * scaled_words.get(key, 0.0) + (1 - words_weight) * scaled_meaning.get(key, 0.0)
        for key in words.keys() | meaning.keys()
    }


def _minmax(scores: Mapping[K, float]) -> dict[K, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0 if high > 0 else 0.0)
    return {key: (value - low) / (high - low) for key, value in scores.items()}
