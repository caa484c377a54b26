"""How words and meaning are put together: one pure function.

    score = words + w * (cosine of the passage + cosine of the sentence)

`words` is the share of the question's rare words that the passage holds (`matching.shares`). It is not scaled among
the candidates of one question, and that is the point: where the words of the question stand in a report, they decide;
where few of them do, all shares are small and meaning decides. So names and numbers are never outranked by
resemblance, and everyday questions find official sentences, with one weight a language. Scaling both sides to 0..1
for each question (min-max, standard scores, reciprocal ranks) lets the best of many poor matches of words count as
much as a perfect one; `docs/retrieval.md` has the figures.
"""

from __future__ import annotations

from assistant.models import Language

MEANING_WEIGHT: dict[Language, float] = {"zh-Hans": 0.25, "zh-Hant": 0.25, "en": 0.4}


def meaning(passage: float, sentence: float) -> float:
    """How alike question and place are: the cosine of the whole passage and that of the sentence in it."""
    return passage + sentence


def fuse(words: float, meaning: float, language: Language) -> float:
    """The fused score of a place for a question in `language`; 0 where neither words nor meaning meet."""
    return words + MEANING_WEIGHT[language] * meaning
