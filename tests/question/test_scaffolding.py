"""What a question asks with is no topic; whose it is, and of which year, stays what the conversation made it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.language.places import Place, lookup
from assistant.question.understand import understand
from assistant.question.word_kinds import scaffolding, stopwords
from tests.conftest import read_lines

CASES = read_lines("question_phrases.jsonl")
NAMES = ("芜湖市", "淮南市", "和县", "南陵县")
LIBRARY: tuple[Place, ...] = tuple(place for name in NAMES if (place := lookup(name)) is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_phrases_that_ask_are_no_topic(case: dict[str, Any]) -> None:
    question = understand(case["question"], library=LIBRARY)
    assert [term.text for term in question.terms_of_substance] == case["nouns"]
    assert not any(word in term.text for term in question.terms for word in case["never"])


def test_every_phrase_of_the_data_is_a_pattern_that_takes_away_something_and_never_nothing() -> None:
    assert len(stopwords("phrase")) > 20
    assert scaffolding().search("驿站") is None
    assert all(match.end() > match.start() for match in scaffolding().finditer("叫什么名字，今后五年，百分之几"))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("芜湖的工匠学院叫什么名字？", "name"),
        ("芜湖市长叫什么名字？", "who"),
        ("芜湖的记者叫什么名字？", "who"),
        ("芜湖谁给工匠学院揭的牌？", "who"),
    ],
)
def test_what_a_thing_is_called_is_not_who(text: str, asks: str) -> None:
    assert understand(text, library=LIBRARY).asks == asks


def test_a_county_of_the_library_is_named_by_its_short_name_too() -> None:
    assert [city.name for city in understand("南陵建了多少家驿站？", library=LIBRARY).cities] == ["南陵县"]


def test_a_county_without_a_report_is_not_named_by_its_short_name() -> None:
    question = understand("南陵建了多少家驿站？", library=LIBRARY[:2])
    assert question.cities == ()
    assert "南陵" in [term.text for term in question.terms]


def test_a_short_name_of_one_character_names_no_place() -> None:
    assert [city.name for city in understand("和县建了多少家驿站？", library=LIBRARY).cities] == ["和县"]
    assert understand("驿站和文化宫各有多少？", library=LIBRARY[2:]).cities == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("那淮南呢？", ()),  # on to another city: that year was the first one's
        ("2023年呢？", (2023,)),
        ("和淮南比呢？", (2021,)),  # set beside the first: of the same year
        ("一共花了多少钱？", (2021,)),
    ],
)
def test_a_year_stays_with_its_city(text: str, years: tuple[int, ...]) -> None:
    assert understand(text, history=["芜湖2021年有多少家驿站？"], library=LIBRARY).years == years


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("芜湖书店和文化宫各有多少？", ["书店", "文化宫"]),
        ("芜湖的驿站、文化宫各多少个？", ["驿站", "文化宫"]),
        ("芜湖有多少家驿站，几个文化宫？", ["驿站", "文化宫"]),
    ],
)
def test_two_things_asked_at_once_are_two_questions(text: str, things: list[str]) -> None:
    parts = understand(text, library=LIBRARY).parts
    assert [part.intent for part in parts] == ["figure", "figure"]
    assert [part.topic for part in parts] == things
    assert all([city.name for city in part.cities] == ["芜湖市"] for part in parts)


def test_one_thing_asked_is_no_two_questions() -> None:
    assert understand("芜湖的驿站有多少家？", library=LIBRARY).parts == ()
    assert understand("芜湖驿站和文化宫的工作怎么样？", library=LIBRARY).parts == ()


def test_a_summary_of_another_city_is_of_its_whole_report() -> None:
    question = understand("总结一下淮南的报告", history=["芜湖有多少家驿站？"], library=LIBRARY)
    assert question.intent == "summary" and question.carried_topic is None and question.terms_of_substance == ()
