"""Figures are computed with exactly, with their operands shown and their uncertainty kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NotComputable
from assistant.figures.derive import comparable, conversion, difference, of_totals, ratio, share, share_of_sum, total
from assistant.models import AnswerFigure


def figure(text: str, value: float | None, unit: str, citation: int = 1, qualifier: str | None = None) -> AnswerFigure:
    return AnswerFigure(None, "驿站", text, value, unit, qualifier, "achieved", None, citation, value is not None)


A, B = figure("1204家", 1204, "家", 1), figure("312家", 312, "家", 2)


def test_a_difference_shows_its_operands_and_cites_both() -> None:
    result = difference(A, B)
    assert (result.kind, result.text, result.value, result.operands) == (
        "difference",
        "892家",
        892,
        (1, 2),
    )


def test_a_ratio_and_a_share_are_rounded_to_two_places_and_say_so() -> None:
    assert ratio(A, B).text == "约3.86倍"
    assert ratio(figure("600家", 600, "家"), figure("300家", 300, "家")).text == "2倍"
    assert share(B, A).text == "约25.91%"


def test_a_share_of_a_sum_tells_the_part_and_then_all_that_was_added() -> None:
    found = share_of_sum(B, [A, B])
    assert (found.text, found.operands) == ("约20.58%", (B.citation, A.citation, B.citation))


def test_a_half_is_rounded_up_as_readers_do() -> None:
    assert ratio(figure("21家", 21, "家"), figure("8家", 8, "家")).text == "约2.63倍"


def test_two_sums_are_compared_by_all_that_was_added() -> None:
    one, two, other = figure("1家", 1, "家", 1), figure("6家", 6, "家", 2), figure("3家", 3, "家", 3)
    result = of_totals("difference", [one, two], [other])
    assert (result.text, result.value, result.operands) == ("4家", 4, (1, 2, 3))


def test_a_difference_of_amounts_has_no_float_dust() -> None:
    more, less = figure("8374.2亿元", 8374.2 * 10**8, "元"), figure("632.6亿元", 632.6 * 10**8, "元")
    assert difference(more, less).text == "7741.6亿元"


def test_a_total_adds_all_and_cites_all() -> None:
    result = total([A, B, figure("4家", 4, "家", 3)])
    assert (result.text, result.value, result.operands) == ("1520家", 1520, (1, 2, 3))


def test_the_result_is_printed_in_the_scale_of_its_operands() -> None:
    assert difference(figure("42.7万人", 427_000, "人"), figure("1.2万人", 12_000, "人")).text == "41.5万人"
    assert total([figure("1.1亿元", 1.1e8, "元"), figure("0.2亿元", 2e7, "元")]).text == "1.3亿元"


def test_the_difference_of_two_shares_is_in_points() -> None:
    assert difference(figure("97%", 97, "%"), figure("88.07%", 88.07, "%")).text == "8.93个百分点"


@pytest.mark.parametrize(
    ("first", "second", "mark"),
    [
        (None, None, ""),
        ("余", None, "不少于"),
        ("近", None, "不超过"),
        (None, "余", "不超过"),
        ("余", "余", "约"),
        ("余", "近", "不少于"),
        ("约", "余", "约"),
    ],
)
def test_approximate_operands_give_an_approximate_difference(first: str | None, second: str | None, mark: str) -> None:
    left, right = figure("500家", 500, "家", 1, first), figure("200家", 200, "家", 2, second)
    assert difference(left, right).text == f"{mark}300家"


def test_figures_are_comparable_where_their_measure_words_count_the_same_kind() -> None:
    assert comparable(figure("5名", 5, "名"), figure("3人", 3, "人"))
    assert comparable(figure("5人次", 5, "人次"), figure("3人", 3, "人"))
    assert not comparable(figure("5人", 5, "人"), figure("3元", 3, "元"))
    assert not comparable(figure("5家", 5, "家"), figure("?家", None, "家"))


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: difference(A, figure("3元", 3, "元")),
        lambda: difference(A, figure("?家", None, "家")),
        lambda: ratio(A, figure("0家", 0, "家")),
        lambda: total([]),
        lambda: total([figure("97%", 97, "%"), figure("3%", 3, "%")]),
        lambda: conversion(A, "吨"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_both_languages(attempt: object) -> None:
    with pytest.raises(NotComputable) as refused:
        attempt()  # type: ignore[operator]
    assert refused.value.zh
    assert refused.value.en


def test_a_unit_is_converted_beside_the_print() -> None:
    assert conversion(figure("3万亩", 30_000, "亩"), "公顷").text == "2000公顷"
    assert conversion(figure("5公里", 5, "公里"), "米").text == "5000米"
    assert conversion(figure("近7亩", 7, "亩", 1, "近"), "公顷").text == "不超过0.47公顷"


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_difference_and_its_subtrahend_make_the_minuend(first: int, second: int) -> None:
    left, right = figure(f"{first}家", first, "家", 1), figure(f"{second}家", second, "家", 2)
    assert difference(left, right).value + right.value == left.value  # type: ignore[operator]
    assert difference(left, right).value == -difference(right, left).value
    assert total([left, right]).value == total([right, left]).value
