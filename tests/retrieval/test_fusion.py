"""The pure function that puts words and meaning together."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Language
from assistant.retrieval.fusion import SPREAD, fuse, likeness, meaning_weight, word_share

SHARES = st.floats(0, 1)
COSINES = st.floats(-1, 1)
LANGUAGES = st.sampled_from(get_args(Language))


@given(SHARES, SHARES)
def test_a_share_of_words_lies_between_none_and_all(passage: float, sentence: float) -> None:
    assert 0 <= word_share(passage, sentence) <= 1


@given(SHARES, SHARES, COSINES, COSINES, LANGUAGES, SHARES)
def test_more_words_never_lower_a_score(
    fewer: float, more: float, passage: float, sentence: float, language: Language, best: float
) -> None:
    weight = meaning_weight(language, best)
    low, high = sorted((fewer, more))
    assert fuse(low, likeness(passage, sentence), weight) <= fuse(high, likeness(passage, sentence), weight)


@given(SHARES, SHARES, LANGUAGES)
def test_the_better_the_words_meet_the_less_does_meaning_weigh(one: float, other: float, language: Language) -> None:
    low, high = sorted((one, other))
    assert 0 < meaning_weight(language, high) <= meaning_weight(language, low) <= 1


def test_a_name_that_is_met_is_not_outranked_by_resemblance() -> None:
    weight = meaning_weight("zh-Hans", 0.6)
    assert fuse(0.6, likeness(0.3, 0.4), weight) > fuse(0.2, likeness(0.9, 0.9), weight)


def test_where_hardly_a_word_is_met_meaning_decides() -> None:
    weight = meaning_weight("zh-Hans", 0.08)
    assert fuse(0.02, likeness(0.5, 0.5), weight) > fuse(0.08, likeness(0.3, 0.3), weight)


@pytest.mark.parametrize("factor", [0.3, 2.0])
def test_a_model_whose_cosines_lie_closer_together_ranks_alike(factor: float) -> None:
    usual, other = meaning_weight("en", 0.5), meaning_weight("en", 0.5, SPREAD * factor)
    assert fuse(0.2, likeness(0.6, 0.7), usual) == pytest.approx(fuse(0.2, likeness(0.6 * factor, 0.7 * factor), other))
