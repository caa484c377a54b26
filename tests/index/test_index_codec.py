"""Values written by the codec are read back as they were."""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.codec import dumps, layout, loads, loads_tuple
from assistant.models import Figure, Finding, OffsetMap, Passage, Period, Profile, Report, Run, Sentence, Span
from tests.index.made_reports import NORTH, make_report

texts = st.text(max_size=8)
numbers = st.integers(0, 10**6)
spans = st.builds(Span, numbers, numbers)
periods = st.builds(Period, texts, st.sampled_from(["year", "since"]), st.none() | numbers, st.none() | numbers)
findings = st.builds(Finding, texts, st.just("certain"), st.none() | spans)
profiles = st.builds(
    Profile,
    title=texts,
    city=st.none() | texts,
    short=st.none() | texts,
    province=st.none(),
    level=st.sampled_from([None, "county"]),
    body=st.none() | texts,
    kind=st.just("plan"),
    period=periods,
    findings=st.dictionaries(texts, findings, max_size=3),
)
passages = st.builds(
    Passage,
    spans,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(st.builds(Sentence, spans, st.just("target"), st.none() | texts), max_size=3).map(tuple),
)


@given(profiles)
def test_a_profile_comes_back_equal(profile: Profile) -> None:
    assert loads(Profile, dumps(profile)) == profile


@given(st.lists(passages, max_size=4).map(tuple))
def test_a_tuple_of_passages_comes_back_equal(given_passages: tuple[Passage, ...]) -> None:
    assert loads_tuple(Passage, dumps(given_passages)) == given_passages


def test_a_value_with_computed_fields_works_as_before() -> None:
    offsets = OffsetMap((Run(0, 3, 0, 5), Run(3, 2, 5, 2)))
    again = loads(OffsetMap, dumps(offsets))
    assert again == offsets
    assert again.to_received(Span(3, 5)) == offsets.to_received(Span(3, 5))


def test_a_whole_report_comes_back_equal() -> None:
    report, _ = make_report("north.txt", NORTH)
    assert loads_tuple(Figure, dumps(report.figures)) == report.figures
    assert loads(Report, dumps(report)) == report


@pytest.mark.parametrize("text", ["", "[", "null", "3", '["title"]', "{}", '[["a"]]'])
def test_what_does_not_fit_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        loads(Profile, text)


def test_the_layout_changes_with_any_class_within() -> None:
    @dataclass(frozen=True)
    class Inner:
        a: int

    first = make_dataclass("Outer", [("inner", tuple[Inner, ...])])
    wider = make_dataclass("Outer", [("inner", tuple[Inner, ...]), ("more", str)])
    longer = make_dataclass("Outer", [("inner", tuple[make_dataclass("Inner", [("a", int), ("b", int)]), ...])])
    assert len({layout(first), layout(wider), layout(longer)}) == 3
    assert layout(Report) == layout(Report)
