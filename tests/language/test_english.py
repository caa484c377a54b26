"""English words and phrases become the Chinese words that a report may print for them."""

from __future__ import annotations

import pytest

from assistant.language.english import Rendered, render


def forms(one: Rendered) -> list[str]:
    return [form for form, _ in one.forms]


@pytest.mark.parametrize(
    ("text", "phrase", "form"),
    [
        ("Which school buses were bought?", "school buses", "校车"),
        ("How was foreign trade in Wuhu?", "foreign trade", "外贸"),
        ("Which migrant workers were paid?", "migrant workers", "农民工"),
        ("Is there vocational training?", "vocational training", "职业教育"),
    ],
)
def test_a_phrase_of_the_dictionary_is_one_thing(text: str, phrase: str, form: str) -> None:
    [found] = [one for one in render(text) if one.words > 1]
    assert found.text == phrase and form in forms(found)
    assert found.span.of(text) == phrase
    assert not any(one.words == 1 and one.span.overlaps(found.span) for one in render(text))


@pytest.mark.parametrize(
    ("word", "form"),
    [("nurses", "护士"), ("grew", "增长"), ("teachers", "先生"), ("rivers", "江河"), ("trained", "培育")],
)
def test_a_word_is_met_in_its_base_form(word: str, form: str) -> None:
    [found] = render(word)
    assert form in forms(found)


def test_words_of_grammar_are_left_out_and_latin_names_stay_themselves() -> None:
    assert [one.text for one in render("How many of the nurses were in Xyzzy?")] == ["nurses", "Xyzzy"]
    assert forms(render("Xyzzy")[0]) == ["xyzzy"]


def test_a_meaning_that_stands_first_in_its_entry_weighs_no_less_than_later_ones() -> None:
    for one in render("How many nurses were trained on the railway?"):
        weights = [weight for _, weight in one.forms]
        assert weights == sorted(weights, reverse=True)
        assert all(0 < weight <= 1 for weight in weights)


def test_accents_hide_no_word() -> None:
    assert [one.text for one in render("Schrödinger")] == ["Schrodinger"]
    assert "薛定谔" in forms(render("Schrödinger")[0])


def test_nothing_is_made_of_nothing() -> None:
    assert render("") == () and render("How many were there?") == ()
