"""What is counted or measured is found with unit and qualifier; numbers in names are not."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.number_names import find_number_names
from assistant.language.quantities import find_quantities, unit_at, unit_of
from assistant.models import Span

DATA = Path(__file__).parents[1] / "data"
CASES = [json.loads(line) for line in (DATA / "quantities.jsonl").read_text().splitlines()]
NAMES = [json.loads(line)["text"] for line in (DATA / "number_names.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_quantity_is_read_with_value_unit_and_qualifier(case: dict[str, Any]) -> None:
    found = [
        {"text": quantity.text, "value": quantity.value, "unit": quantity.unit, "qualifier": quantity.qualifier}
        for quantity in find_quantities(case["text"])
    ]
    assert found == case["quantities"]


@pytest.mark.parametrize("text", NAMES)
def test_a_number_in_a_name_counts_nothing(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize("text", ["开展" + name + "，新增服务站17家" for name in NAMES if "，" not in name])
def test_a_name_beside_a_figure_does_not_hide_the_figure(text: str) -> None:
    assert [quantity.text for quantity in find_quantities(text)] == ["17家"]


def test_a_part_of_a_text_gives_spans_of_the_whole_text() -> None:
    text = "前言12家。服务职工3万余人。"
    [quantity] = find_quantities(text, Span(7, len(text)))
    assert quantity.span.of(text) == quantity.text == "3万余人"
    assert quantity.number_span.of(text) == "3万余"
    assert quantity.unit_span.of(text) == "人"


def test_a_share_has_its_sign_for_a_unit() -> None:
    [quantity] = find_quantities("成功率88.07%")
    assert (quantity.number_span.of("成功率88.07%"), quantity.unit_span.of("成功率88.07%")) == ("88.07", "%")


def test_a_unit_is_found_by_print_and_by_place() -> None:
    unit = unit_of("㎡")
    assert unit is not None
    assert unit.canonical == "平方米"
    assert unit_of("火箭") is None
    assert unit_at("奖章?人", 3) == ("人", "person", Span(3, 4))
    assert unit_at("奖章?和", 3) is None


@given(
    st.integers(min_value=11, max_value=10**7),
    st.sampled_from(["家", "名", "人次", "场次", "件", "平方米", "万元", "户"]),
)
def test_whatever_is_printed_plainly_is_found_whole(number: int, unit: str) -> None:
    text = f"共有服务点{number}{unit}。"
    [quantity] = find_quantities(text)
    assert quantity.text == f"{number}{unit}"
    assert quantity.value == number * (10_000 if unit == "万元" else 1)


@given(
    st.text(
        alphabet="0123456789.,%零一二两三十百千万亿余多近超约不少于以上年月日第届次家个名人元“”《》、，。增长达",
        max_size=40,
    )
)
def test_quantities_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    quantities = find_quantities(text)
    for quantity in quantities:
        assert quantity.span.of(text) == quantity.text
        assert quantity.span.contains(quantity.number_span)
        assert quantity.span.start <= quantity.unit_span.start <= quantity.unit_span.end <= quantity.span.end
    spans = [quantity.span for quantity in quantities]
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert all(0 <= name.start <= name.end <= len(text) for name in find_number_names(text))
