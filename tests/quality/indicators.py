"""Measures a table of eleven usual indicators over twenty government reports of one year against gold made by hand.

    python -m tests.quality.indicators DIR [--home HOME] [--wrong]

DIR holds the reports that `indicators.jsonl` names. For each indicator all cities are compared twice, once in what was
achieved and once in the target of the coming year. A cell is right when it shows the figure of the gold and the right
kind. Where the gold is null it is right when it is empty or shows, marked as such, the right figure of the other kind (a
target in the table of results is told apart from them) or, in a row of its own, the right growth of the amount asked. Returns 1 where fewer than 95 cells of a hundred are right.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.bootstrap import build
from assistant.models import AnswerFigure, Cell
from assistant.service import Assistant
from assistant.settings import load

GOLD = Path(__file__).with_name("indicators.jsonl")
ENOUGH = 0.95  # share of cells that must be right
NEXT_YEAR = 2025  # the year that the targets of the reports are for
Told = Literal["achieved", "target"]
Wanted = str | list[str | None] | None


@dataclass(frozen=True, slots=True)
class Line:
    """One report: its file, its city, and what it gives of each indicator, as printed; a list holds what is as good."""

    report: str
    city: str
    achieved: dict[str, Wanted]
    target: dict[str, Wanted]

    def wanted(self, told: Told, indicator: str) -> list[str | None]:
        """The figures that are right for one cell."""
        found = self.achieved[indicator] if told == "achieved" else self.target[indicator]
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell of the table and whether it is right."""

    city: str
    indicator: str
    told: Told
    wanted: str | None
    shown: str
    right: bool


def gold() -> list[Line]:
    """The gold, a line a report."""
    return [Line(**json.loads(line)) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def judge(cell: Cell, line: Line, told: Told, indicator: str) -> bool:
    """Whether a cell is right."""
    other: Told = "target" if told == "achieved" else "achieved"
    growth = f"{indicator}增速"
    if isinstance(cell, AnswerFigure) and cell.unit == "%" and growth in line.achieved:
        indicator = growth if None in line.wanted(told, indicator) else indicator
    if cell is None:
        return None in line.wanted(told, indicator)
    if not isinstance(cell, AnswerFigure):
        return False
    kind: Told = "target" if cell.kind == "target" else "achieved"
    if kind != told and None not in line.wanted(told, indicator):
        return False
    return _shows(cell, line.wanted(told if kind == told else other, indicator))


def measure(assistant: Assistant, lines: list[Line]) -> Iterator[Judged]:
    """Every cell of the two tables, judged."""
    for indicator in lines[0].achieved:
        topics: Iterable[tuple[Told, str]] = (
            ("achieved", indicator),
            ("target", f"{NEXT_YEAR}年{indicator}目标"),
        )
        for told, topic in topics:
            comparison = assistant.compare([line.city for line in lines], topic).comparison
            for line in lines:
                rows = comparison.rows if comparison is not None else ()
                cell = next((found for row in rows if (found := row.cells.get(line.city)) is not None), None)
                shown = "" if cell is None else f"{cell.text} ({getattr(cell, 'kind', 'words')})"
                right = judge(cell, line, told, indicator)
                yield Judged(line.city, indicator, told, line.wanted(told, indicator)[0], shown, right)


def _shows(cell: AnswerFigure, wanted: list[str | None]) -> bool:
    printed = cell.text.replace("％", "%")
    return any(one is not None and re.search(rf"(?<![\d.-]){re.escape(one)}", _plain(printed, one)) for one in wanted)


def _plain(printed: str, wanted: str) -> str:
    """The print without the words between number and unit (3.8万余人 is 3.8万人)."""
    return re.sub(r"[余多]", "", printed).replace("个", "" if "个" not in wanted else "个")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("reports", type=Path, metavar="DIR")
    parser.add_argument("--home", type=Path, help="keep the library here and use it again")
    parser.add_argument("--wrong", action="store_true", help="print the cells that are wrong")
    args = parser.parse_args(argv)
    lines = gold()
    with tempfile.TemporaryDirectory() as scratch:
        assistant = build(load({}, home=args.home or Path(scratch)))
        for _ in assistant.add((line.report, (args.reports / line.report).read_bytes()) for line in lines):
            pass
        judged = list(measure(assistant, lines))
        assistant.close()
    for one in judged:
        if args.wrong and not one.right:
            print(f"{one.told:8} {one.indicator} {one.city}: {one.wanted} <- {one.shown or '-'}")
    for told in ("achieved", "target"):
        _print_share(told, [one for one in judged if one.told == told])
        _print_share("  given in the report", [one for one in judged if one.told == told and one.wanted is not None])
    return 0 if _print_share("cells", judged) >= ENOUGH else 1


def _print_share(name: str, judged: list[Judged]) -> float:
    right = sum(one.right for one in judged)
    share = right / max(1, len(judged))
    print(f"{name:22} {right:4} of {len(judged):4}  {100 * share:5.1f} %")
    return share


if __name__ == "__main__":
    sys.exit(main())
