"""Which of the terms of a question is the thing asked for."""

from __future__ import annotations

import pytest

from assistant.language.places import lookup
from assistant.question.understand import understand


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("保山有几个云南省劳动模范？", "劳动模范"),
        ("谁家的工会有在线学习平台？", "在线学习平台"),
        ("保山给骑手建了多少家驿站？", "驿站"),
    ],
)
def test_the_focus_is_the_thing_and_neither_its_place_nor_its_owner(text: str, focus: str) -> None:
    place = lookup("保山市")
    assert place is not None
    terms = understand(text, library=[place]).terms
    assert [term.text for term in terms if term.focus] == [focus]


def test_a_number_of_people_in_english_is_no_year() -> None:
    assert understand("What is planned for 2000 front-line workers in 2026?").years == (2026,)


@pytest.mark.parametrize(
    ("text", "years"), [("Are there more than 2000 stations?", ()), ("What was done in 2024?", (2024,))]
)
def test_a_bound_in_english_is_no_year(text: str, years: tuple[int, ...]) -> None:
    assert understand(text).years == years
