"""Printed numbers are read as what they say, wherever they stand."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.numerals import find_numbers, fold, parse_number, word_value

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "data" / "numerals.jsonl").read_text().splitlines()]
DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below 100,000,000 in characters, by the textbook's rules."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return spelled(number // 10_000) + "万" + (gap + spelled(rest) if rest else "")
    text, zero = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + sign
        zero = not digit
    return text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_printed_number_has_its_value(case: dict[str, object]) -> None:
    assert parse_number(str(case["text"])) == case["value"]


@pytest.mark.parametrize("text", ["", "职工", "12家", "约12", "12 34", "一线"])
def test_what_is_not_one_number_has_no_value(text: str) -> None:
    assert parse_number(text) is None


def test_an_approximate_number_keeps_its_mark() -> None:
    marks = {number.text: number.mark for number in find_numbers("16.1余万和三千余和30多和1019和2万余")}
    assert marks == {"16.1余万": "余", "三千余": "余", "30多": "余", "1019": None, "2万余": "余"}


def test_shares_are_told_apart_from_amounts() -> None:
    shares = {number.text: number.share for number in find_numbers("88.07%，七成，三分之一，88.07")}
    assert shares == {"88.07%": True, "七成": True, "三分之一": True, "88.07": False}


@pytest.mark.parametrize("text", ["成立三成立", "五成为常态", "两成员"])
def test_a_tenth_is_no_tenth_inside_another_word(text: str) -> None:
    assert not any(number.share for number in find_numbers(text))


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_spelled_out_is_read_back(number: int) -> None:
    assert word_value(spelled(number)) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_thousands_separators_and_full_width_change_nothing(number: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    assert parse_number(f"{number:,}") == parse_number(str(number)) == parse_number(wide) == number


@given(st.decimals(min_value=0, max_value=9999, places=2))
def test_ten_thousands_multiply_without_rounding_dust(number: object) -> None:
    value = parse_number(f"{number}万")
    assert value is not None
    assert value == round(value, 4)
    assert abs(value - float(str(number)) * 10_000) < 1e-3


@given(st.text(alphabet="0123456789.,%％零一二两三十百千万亿余多来成数几分之年家 １２，", max_size=24))
def test_every_number_lies_where_it_says_and_none_overlap(text: str) -> None:
    numbers = find_numbers(text)
    assert all(number.span.of(text) == number.text for number in numbers)
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(numbers))


@given(st.text(max_size=40))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
