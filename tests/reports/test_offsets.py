"""Offsets: whatever is edited, every repaired character leads back to where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import OffsetMap, Span
from assistant.reports.offsets import Edit, TrackedText


def check_total_and_monotonic(offsets: OffsetMap, repaired: str, received: str) -> None:
    at = last = 0
    for run in offsets.runs:
        assert run.start == at
        assert run.length > 0
        assert run.received_length > 0
        assert run.received_start >= last
        at, last = run.start + run.length, run.received_start + run.received_length
    assert at == len(repaired)
    assert last <= len(received)


@st.composite
def edited_texts(draw: st.DrawFn) -> TrackedText:
    """A text after some passes of arbitrary edits."""
    tracked = TrackedText(draw(st.text("甲乙丙丁(chǎn),。12", min_size=0, max_size=30)))
    for _ in range(draw(st.integers(0, 4))):
        size = len(tracked.text)
        cuts = sorted(draw(st.lists(st.integers(0, size), max_size=8, unique=True)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        tracked.apply("any", [Edit(start, end, draw(st.text("子丑，", max_size=3))) for start, end in pairs])
    return tracked


@given(edited_texts())
def test_the_map_is_total_and_monotonic_after_any_edits(tracked: TrackedText) -> None:
    check_total_and_monotonic(tracked.offset_map(), tracked.text, tracked.received)


@given(edited_texts(), st.data())
def test_every_span_leads_to_a_received_span_that_leads_back_to_cover_it(
    tracked: TrackedText, data: st.DataObject
) -> None:
    size = len(tracked.text)
    if not size:
        return
    start = data.draw(st.integers(0, size - 1))
    span = Span(start, data.draw(st.integers(start + 1, size)))
    offsets = tracked.offset_map()
    received = offsets.to_received(span)
    assert 0 <= received.start < received.end <= len(tracked.received)
    assert offsets.to_repaired(received).contains(span)


@given(edited_texts())
def test_a_longer_span_never_leads_to_a_shorter_one(tracked: TrackedText) -> None:
    offsets = tracked.offset_map()
    whole = offsets.to_received(Span(0, len(tracked.text)))
    for start in range(len(tracked.text)):
        assert whole.contains(offsets.to_received(Span(start, start + 1)))


def test_untouched_characters_map_one_to_one_and_a_reading_belongs_to_its_character() -> None:
    received = "發展產(chǎn)業(yè)了"
    tracked = TrackedText(received)
    tracked.apply("pinyin", [Edit(2, 9, "產"), Edit(9, 14, "業")])
    tracked.apply("traditional", [Edit(0, 4, "发展产业")])
    offsets = tracked.offset_map()
    assert tracked.text == "发展产业了"
    assert offsets.to_received(Span(2, 3)).of(received) == "產(chǎn)"
    assert offsets.to_received(Span(2, 4)).of(received) == "產(chǎn)業(yè)"
    assert offsets.to_received(Span(1, 2)).of(received) == "展"
    assert offsets.to_received(Span(4, 5)).of(received) == "了"


def test_changes_tell_what_stood_in_the_received_text_and_what_stands_now() -> None:
    tracked = TrackedText("好,,的")
    tracked.apply("doubled", [Edit(1, 3, "，")])
    (change,) = tracked.changes
    assert (change.rule, change.received, change.before, change.after) == ("doubled", Span(1, 3), ",,", "，")


def test_an_edit_that_changes_nothing_is_no_change() -> None:
    tracked = TrackedText("好的")
    assert not tracked.apply("none", [Edit(0, 1, "好")])
    assert tracked.changes == []


@pytest.mark.parametrize(
    "edits", [[Edit(0, 2, "x"), Edit(1, 3, "y")], [Edit(1, 1, "x")], [Edit(2, 3, "x"), Edit(0, 1, "")]]
)
def test_edits_that_overlap_or_are_empty_are_an_error(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or is empty"):
        TrackedText("甲乙丙").apply("bad", edits)


def test_a_text_of_which_nothing_is_left_has_an_empty_map() -> None:
    tracked = TrackedText("甲")
    tracked.apply("all", [Edit(0, 1, "")])
    assert tracked.offset_map().runs == ()
    assert tracked.offset_map().to_received(Span(0, 0)) == Span(0, 0)
