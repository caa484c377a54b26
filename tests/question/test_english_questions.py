"""What an English question speaks of and counts."""

from __future__ import annotations

import pytest

from assistant.language.places import Place, lookup
from assistant.question.measure import unit_of
from assistant.question.terms_english import english_terms
from assistant.question.understand import understand

LIBRARY: tuple[Place, ...] = tuple(place for name in ("芜湖市",) if (place := lookup(name)) is not None)


@pytest.mark.parametrize(
    ("text", "phrase", "form", "inside"),
    [
        ("How many school buses were bought?", "school buses", "校车", "school"),
        ("How much is the foreign trade?", "foreign trade", "外贸", "trade"),
        ("Which night markets were opened?", "night markets", "夜市", "night"),
    ],
)
def test_a_phrase_goes_before_the_single_words_in_it(text: str, phrase: str, form: str, inside: str) -> None:
    terms = {term.text: term for term in english_terms(text)}
    assert form in (*terms[phrase].forms, *terms[phrase].near)
    assert terms[phrase].noun and inside not in terms


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("How many nurses were there? How many new teachers?", "人"),
        ("How many engineers does Wuhu have?", "人"),
        ("How many full-time social workers were hired?", "人"),
        ("How many job seekers were helped?", "人"),
        ("How many residents were moved?", "人"),
        ("How many patients were treated?", "人"),
        ("How many trainees finished?", "人"),
        ("How many craftsmen were named?", "人"),
        ("How many companies were founded?", "家"),
        ("How many posters were hung?", None),
        ("How many service centers were opened?", None),
        ("How many rivers were cleaned?", None),
        ("How many sectors grew?", None),
        ("How many papers were published?", None),
    ],
)
def test_english_nouns_for_people_ask_for_people_and_those_that_only_end_alike_do_not(
    text: str, unit: str | None
) -> None:
    assert unit_of(text) == unit


def test_an_english_city_is_no_topic() -> None:
    question = understand("How many school buses did Wuhu buy?", library=LIBRARY)
    assert [city.name for city in question.cities] == ["芜湖市"]
    assert not any("Wuhu" in term.text for term in question.terms)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Which road did Wang Lijiang build in Wuhu?", "Wang Lijiang"),
        ("Who won the Ankang Cup in Wuhu?", "Ankang Cup"),
    ],
)
def test_a_place_spelt_alike_within_another_name_is_no_city(text: str, term: str) -> None:
    question = understand(text, library=LIBRARY)
    assert [city.name for city in question.cities] == ["芜湖市"]
    assert term in [one.text for one in question.terms]


def test_an_english_city_without_a_report_is_known_to_be_missing() -> None:
    cities = understand("How many stations do Wuhu and Kunming have?", library=LIBRARY).cities
    assert [(city.name, city.known) for city in cities] == [("芜湖市", True), ("昆明市", False)]


@pytest.mark.parametrize(
    ("text", "phrase", "form"),
    [
        ("How many river chiefs were appointed?", "river chiefs", "河长"),
        ("How many medical workers were sent?", "medical workers", "医护人员"),
        ("How many labor disputes were settled?", "labor disputes", "劳动争议"),
        ("How many new Party members were recruited?", "new Party members", "发展党员"),
        ("How many workers went on rest cures?", "rest cures", "疗休养"),
        ("What is the 'four-star' station?", "four-star", "四星"),
        ("What is the 'double-ten' project?", "double-ten", "双十"),
        ("How many 'little giant' firms are there?", "little giant firms", "小巨人"),
    ],
)
def test_official_english_is_met_by_what_reports_print(text: str, phrase: str, form: str) -> None:
    terms = {term.text: term for term in english_terms(text)}
    assert form in terms[phrase].forms and terms[phrase].noun


def test_a_past_verb_says_what_was_done_and_names_no_thing() -> None:
    terms = {term.text: term for term in english_terms("How many Party members were recruited?")}
    assert "招收" in terms["recruited"].forms and not terms["recruited"].noun


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("How many kilometres of expressway were opened?", "公里"),
        ("How much rice was imported, in tonnes?", "吨"),
        ("How much rice was imported?", None),
        ("How much was invested?", "元"),
        ("How many mu of forest were planted?", "亩"),
        ("How many kWh were generated?", "千瓦时"),
        ("How many household toilets were rebuilt?", None),
        ("How many times as many stations are there?", None),
        ('How many "little giant" firms are there?', "家"),
    ],
)
def test_english_units_are_those_that_reports_print(text: str, unit: str | None) -> None:
    assert unit_of(text) == unit
