"""How words and meaning are put together: pure functions of numbers.

    score = words + weight * likeness
    words = (share of the passage + 0.3 * share of its best sentence) / 1.3
    likeness = cosine of the passage + cosine of its best sentence

A share is how much of the question's rare words a text holds (`matching.shares`). It is not scaled among the
candidates of one question, and that is the point: where the words of the question stand in a report they decide, and
where few of them do, all shares are small and meaning decides. So names and numbers are not outranked by resemblance,
and everyday questions find official sentences. Scaling both sides for each question (min-max, standard scores,
reciprocal ranks) lets the best of many poor matches count as much as a perfect one; figures in `docs/retrieval.md`.
"""

from __future__ import annotations

from assistant.models import Language

SENTENCE_SHARE = 0.3  # of the best sentence's share of words, beside that of its passage
SPREAD = 0.1  # of the cosines between passages, with which the weights below were found
# A Chinese question meets a report's own words, so the weight of meaning falls as more of them are met: LEANING
# over the best share. An English one meets translations, which is never so sure.
LEANING = 0.08
ENGLISH_WEIGHT = 0.45


def word_share(passage: float, best_sentence: float) -> float:
    """How well a passage meets the words of a question (0..1), from its own share and its best sentence's."""
    return (passage + SENTENCE_SHARE * best_sentence) / (1 + SENTENCE_SHARE)


def likeness(passage: float, sentence: float) -> float:
    """How alike question and place are: the cosine of the whole passage and that of the sentence in it."""
    return passage + sentence


def meaning_weight(language: Language, best_share: float, spread: float = SPREAD) -> float:
    """The weight of likeness beside words, for one question.

    `best_share` is the largest share of words among the candidates; `spread` how far the cosines of the embedding
    model lie apart, since models differ much in that.
    """
    weight = ENGLISH_WEIGHT if language == "en" else min(LEANING / max(best_share, LEANING), 1.0)
    return weight * SPREAD / spread


def fuse(words: float, likeness: float, weight: float) -> float:
    """The fused score of a place; 0 where neither words nor meaning meet."""
    return words + weight * likeness
