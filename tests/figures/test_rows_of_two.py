"""Where one word or one row names several things, each number counts its own."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from assistant.figures.respectively import both_of
from tests.conftest import read_lines
from tests.figures.reports import figures_of

CASES = read_lines("figure_rows.jsonl")
WORDS = [
    line.split("\t")
    for line in files("assistant.language").joinpath("data/ellipses.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_number_of_a_row_counts_its_own_thing(case: dict[str, Any]) -> None:
    found = figures_of(case["text"])
    assert [[figure.text, figure.label] for figure in found] == [gold[:2] for gold in case["figures"]]
    for figure, gold in zip(found, case["figures"], strict=True):
        assert figure.period.label == (gold[2] if len(gold) > 2 else "2023年")


@pytest.mark.parametrize(("word", "first", "second"), WORDS, ids=[word[0] for word in WORDS])
def test_a_word_for_two_things_is_taken_apart_into_both_within_its_label(word: str, first: str, second: str) -> None:
    assert both_of(f"全市{word}数") == [f"全市{first}数", f"全市{second}数"]
    assert first != second and word not in (first, second)


@pytest.mark.parametrize("label", ["城镇居民收入", "存款余额", "出口总额", "城乡融合", ""])
def test_a_label_that_names_one_thing_stays_whole(label: str) -> None:
    assert both_of(label) == []


def test_units_of_photovoltaics_are_kilowatts_and_their_value_is_in_full() -> None:
    [figure] = figures_of("新型储能装机269万千瓦。")
    assert (figure.unit, figure.value) == ("千瓦", 2_690_000)


def test_what_a_number_rose_from_keeps_its_own_period() -> None:
    before, now = figures_of("规上企业由上年的9户增加到12户。")
    assert before.period.label == "上年" and before.period != now.period
    assert (now.period.start, now.kind) == (2023, "achieved")
