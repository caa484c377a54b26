"""Losses: found, kept as such, never filled in; and what only looks like one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.reports.repair import repair

DATA = Path(__file__).parents[1] / "data/losses.jsonl"
CASES = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}" for n in range(1, len(CASES) + 1)])
def test_the_losses_of_a_hand_checked_text_are_found_and_no_others(case: dict[str, object]) -> None:
    repaired = repair(str(case["text"]))
    assert [[loss.kind, loss.span.of(repaired.text)] for loss in repaired.losses] == case["losses"], case["note"]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}" for n in range(1, len(CASES) + 1)])
def test_a_loss_leads_to_the_damaged_characters_as_received(case: dict[str, object]) -> None:
    received = str(case["text"])
    repaired = repair(received)
    for loss in repaired.losses:
        assert loss.received == repaired.offsets.to_received(loss.span)
        assert len(loss.received.of(received)) >= len(loss.span)


def test_the_table_of_losses_is_large_enough() -> None:
    assert sum(bool(case["losses"]) for case in CASES) >= 40
    assert sum(not case["losses"] for case in CASES) >= 10


def test_nothing_is_filled_in_where_something_was_lost() -> None:
    assert repair("省五一劳动奖?wù)?3人。").text == "省五一劳动奖?wù)?3人。"


def test_a_garbled_stretch_is_not_converted_to_simplified() -> None:
    assert "?nèi)栈顒?" in repair("安全生產月宣傳咨詢?nèi)栈顒?，接待群眾。").text
