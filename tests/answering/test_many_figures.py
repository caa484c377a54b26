"""What is looked at around one figure stays bounded, however many figures a sentence has."""

from __future__ import annotations

import pytest

from assistant.answering.picking.pick import NEIGHBOURS, _figure_zones, _near, home_of
from assistant.answering.picking.surroundings import REACH
from assistant.reading import read

OPENING = "滁州市总工会2024年工作报告\n\n2024年，滁州市总工会认真履职。"
ZONES = 12


@pytest.mark.parametrize("sign", ["，", "、", "；"])
def test_the_work_for_a_figure_does_not_grow_with_the_figures_beside_it(sign: str) -> None:
    report = read("滁州市_2024.txt", (OPENING + sign.join(["建成工会驿站10个"] * 600) + "。").encode())
    assert len(report.figures) == 600
    for figure in report.figures:
        home = home_of(report, figure)
        assert home is not None
        assert len(_near(report, figure)) <= 2 * NEIGHBOURS + 1
        assert sum(len(zone.text) for zone in _figure_zones(report, figure, *home)) <= ZONES * REACH
