"""Judgements of readers: what was kept once can be handed out for ever, whatever was in it and however the program ended."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from assistant.web.ratings import FILE, Ratings


def rows(ratings: Ratings) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ratings.table().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("建成多少家？", "建成多少家？"),
        ("前\u2028后\x85又\x1c后", "前\u2028后\x85又\x1c后"),  # ends of lines to Python, not to JSON
        ("一\n二\r\n三", "一\n二\r\n三"),
        ("半个\ud800字", "半个?字"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
    ],
)
def test_every_judgement_comes_out_as_it_went_in(tmp_path: Path, question: str, kept: str) -> None:
    ratings = Ratings(tmp_path)
    ratings.add({"rating": "up", "question": question})
    ratings.add({"rating": "down", "question": "下一个"})
    assert [row["question"] for row in rows(ratings)] == [kept, "下一个"]
    assert ratings.count() == 2


def test_a_judgement_cut_short_by_a_kill_costs_no_other(tmp_path: Path) -> None:
    ratings = Ratings(tmp_path)
    ratings.add({"rating": "up", "question": "先"})
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-01-01", "rating": "do')
    assert [row["question"] for row in rows(ratings)] == ["先"]
    ratings.add({"rating": "down", "question": "后"})
    assert [row["question"] for row in rows(ratings)] == ["先", "后"]
