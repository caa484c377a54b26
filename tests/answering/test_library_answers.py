"""Which reports there are, by kind and province: answered from the profiles, and not by words that stand in a report."""

from __future__ import annotations

import pytest

from tests.answering.asking import answered

BODIES = (
    "建成职工驿站20家。在各类媒体刊发新闻报道25篇，制定服务计划。",
    "# 清远市总工会今后五年工作计划\n\n力争建成工匠学院。",
    "建成职工驿站30家。",
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("这几份报告里哪个是计划？", ["清远市"]),
        ("哪几份报告是总结？", ["保山市", "丽江市"]),
        ("哪篇报告是新闻报道？", []),
        ("云南省有哪些城市？", ["保山市", "丽江市"]),
        ("云南有哪些城市？", ["保山市", "丽江市"]),
    ],
)
def test_reports_are_named_by_what_they_are(question: str, named: list[str]) -> None:
    draft = answered(question, *BODIES)
    assert draft.status == "answered" and not draft.citations
    assert [city for city in ("保山市", "清远市", "丽江市") if f"**{city}**" in draft.text] == named


def test_a_province_narrows_which_cities_say_it() -> None:
    draft = answered("云南有哪些城市建了驿站？", *BODIES)
    assert [one.city for one in draft.citations] == ["保山市", "丽江市"]
