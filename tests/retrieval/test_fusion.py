"""The pure function that puts words and meaning together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import SPREAD, fuse, likeness, meaning, meaning_weight, word_share

SHARES = st.floats(0, 1)
COSINES = st.floats(-1, 1)
USUAL = meaning_weight(SPREAD)


@given(SHARES, SHARES)
def test_a_share_of_words_lies_between_none_and_all(passage: float, sentence: float) -> None:
    assert 0 <= word_share(passage, sentence) <= 1


@given(COSINES, COSINES)
def test_likeness_lies_between_its_cosines(passage: float, sentence: float) -> None:
    low, high = sorted((passage, sentence))
    assert low - 1e-9 <= likeness(passage, sentence) <= high + 1e-9


@given(SHARES, SHARES, COSINES)
def test_more_words_never_lower_a_score(one: float, other: float, alike: float) -> None:
    low, high = sorted((one, other))
    assert fuse(low, alike, USUAL) <= fuse(high, alike, USUAL)


@given(SHARES, COSINES, COSINES)
def test_more_likeness_never_lowers_a_score(words: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert fuse(words, low, USUAL) <= fuse(words, high, USUAL)


@given(COSINES, COSINES, COSINES)
def test_closer_words_never_lower_the_meaning(alike: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert meaning(alike, low) <= meaning(alike, high)
    assert meaning(alike, 0) == alike, "a model that compares no words is judged by its vectors alone"


def test_a_name_that_is_met_is_not_outranked_by_resemblance() -> None:
    assert fuse(0.7, meaning(likeness(0.3, 0.4), 0.6), USUAL) > fuse(0.2, meaning(likeness(0.9, 0.9), 0.9), USUAL)


def test_where_hardly_a_word_is_met_meaning_decides() -> None:
    assert fuse(0.02, meaning(likeness(0.5, 0.5), 0.6), USUAL) > fuse(0.08, meaning(likeness(0.3, 0.3), 0.5), USUAL)


@pytest.mark.parametrize("factor", [0.3, 2.0])
def test_a_model_whose_cosines_lie_closer_together_ranks_alike(factor: float) -> None:
    other = meaning_weight(SPREAD * factor)
    assert fuse(0.2, likeness(0.6, 0.7), USUAL) == pytest.approx(fuse(0.2, likeness(0.6 * factor, 0.7 * factor), other))
