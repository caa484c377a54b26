"""Damaged figures of real reports are never stated as values, and the figures around them are not refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.reading import read
from tests.quality import damage

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("round_", range(2))
def test_no_damaged_figure_of_a_real_report_has_a_value(seed: Path, round_: int) -> None:
    report = read(seed.name, seed.read_bytes())
    changes = damage.chosen(report, random.Random(round_), [*damage.LOST, *damage.KNOWN])
    assert changes
    assert [shown for _, shown in damage.wrong(report, changes)] == []


def test_the_measure_tells_a_damaged_figure_that_has_a_value() -> None:
    report = read("a.txt", "宿迁市总工会2024年工作总结\n\n2024年，建成工会驿站1019家，服务职工42.7万人。\n".encode())
    figure = report.figures[0]
    place = report.repaired.offsets.to_received(figure.span)
    change = damage.Change(place, "boxes", figure, "1020家")
    assert [kind for kind, _ in damage.wrong(report, [change])] == ["boxes"]
