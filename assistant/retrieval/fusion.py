"""How words and meaning are put together: pure functions of numbers, the same for every language.

    score     = words ** 2.5 + weight * meaning
    words     = (share of the passage + 0.3 * share of its best sentence) / 1.3
    meaning   = likeness + 0.6 * closeness
    likeness  = 1/4 cosine of the passage + 3/4 cosine of its best sentence
    closeness = how near the words of its best sentence come to those of the question, one by one

A share is how much of the question's rare words a text holds (`matching.shares`). It is not scaled among the
candidates of one question, and that is the point: where the words of the question stand in a report they decide, and
where few of them do, all shares are small (the power makes them smaller still) and meaning decides. So names and
numbers are not outranked by resemblance, and everyday questions find official sentences. Scaling both sides for each
question (min-max, standard scores, reciprocal ranks) lets the best of many poor matches count as much as a perfect
one; `docs/retrieval.md` has the figures. `tests/quality/weights.py` chose the power, the 0.6 and the weight.
"""

from __future__ import annotations

SENTENCE_SHARE = 0.3  # of the best sentence's share of words, beside that of its passage
SENTENCE_LIKENESS = 0.75  # of the best sentence's cosine; the rest is the whole passage's
CLOSENESS = 0.6  # beside likeness
WORDS_POWER = 2.5
MEANING_WEIGHT = 0.2
SPREAD = 0.11  # of the cosines between passages, with which the weight was found


def word_share(passage: float, best_sentence: float) -> float:
    """How well a passage meets the words of a question (0..1), from its own share and its best sentence's."""
    return (passage + SENTENCE_SHARE * best_sentence) / (1 + SENTENCE_SHARE)


def likeness(passage: float, sentence: float) -> float:
    """How alike question and place are (-1..1), from the cosines of the whole passage and of the sentence in it."""
    return (1 - SENTENCE_LIKENESS) * passage + SENTENCE_LIKENESS * sentence


def meaning(likeness: float, closeness: float) -> float:
    """How near question and place are (-1.6..1.6): their vectors, and their words (0 where the model compares none)."""
    return likeness + CLOSENESS * closeness


def meaning_weight(spread: float) -> float:
    """The weight of meaning beside words for an embedding model whose cosines lie `spread` apart."""
    return MEANING_WEIGHT * SPREAD / spread


def fuse(words: float, meaning: float, weight: float) -> float:
    """The fused score of a place; 0 where neither words nor meaning meet."""
    return float(words**WORDS_POWER) + weight * meaning
