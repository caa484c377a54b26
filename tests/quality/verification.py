"""Measures the checking of answers on made cases: `python -m tests.quality.verification [--wrong]`.

A case is an answer with its citations, right or wrong in one way; what is measured is whether anything of it is shown
as not confirmed. Precision: of the answers doubted, how many are wrong; recall: of the wrong ones, how many are doubted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.answering.marks import answer_figure
from assistant.answering.verifying.verify import verify
from assistant.models import AnswerFigure, Citation, Derived, Draft, Question, Report, Span
from tests.answering.made_reports import by_id, cite

CASES = Path(__file__).parents[1] / "data" / "verification_cases.jsonl"


@dataclass
class Score:
    """Counts over the cases; `missed` and `doubted` name those that came out otherwise than they should."""

    wrong: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        caught = self.wrong - len(self.missed)
        return caught / max(1, caught + len(self.doubted))

    @property
    def recall(self) -> float:
        return (self.wrong - len(self.missed)) / max(1, self.wrong)


def cases() -> Iterator[dict[str, Any]]:
    """The made cases."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def checked(case: dict[str, Any]) -> Draft:
    """The answer of a case after it has been checked; `at_hand` names the reports that it was made from."""
    at_hand = by_id(*case.get("at_hand", ()))
    citations = tuple(cite(key, quote, n) for n, (key, quote) in enumerate(case["cites"], start=1))
    figures = tuple(figure for item in citations for figure in figures_of(item, at_hand))
    derived = tuple(
        Derived(one["kind"], one["text"], float(one["value"]), tuple(one["operands"]))
        for one in case.get("derived", ())
    )
    composer = "built-in" if case["by"] == "built-in" else "made:model"
    draft = Draft("answered", case["text"], citations, figures, derived, composer=composer)
    question = Question(case["question"], case["language"], "figure", (), "")
    return verify(draft, at_hand, question, library=len(at_hand))


def figures_of(item: Citation, at_hand: Mapping[str, Report] | None = None) -> Iterator[AnswerFigure]:
    """The figures that stand in a citation."""
    report = (at_hand or by_id())[item.report_id]
    span = report.repaired.offsets.to_repaired(Span(item.start, item.end))
    return (answer_figure(report, one, item.n) for one in report.figures if span.contains(one.span))


def measure() -> Score:
    """The score over all cases."""
    score = Score()
    for case in cases():
        found = checked(case)
        doubted = bool(found.checks.unconfirmed)
        line = f"{case['id']} {case['kind']}: {case['text']!r} -> {found.text!r} {[one.why for one in found.checks.unconfirmed]}"
        if case["wrong"]:
            score.wrong += 1
            score.missed += [] if doubted else [line]
        else:
            score.right += 1
            score.doubted += [line] if doubted else []
    return score


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print the cases that came out otherwise than they should")
    args = parser.parse_args()
    score = measure()
    print(f"cases      {score.wrong + score.right} ({score.wrong} wrong, {score.right} right)")
    print(f"precision  {100 * score.precision:.1f} %")
    print(f"recall     {100 * score.recall:.1f} %")
    if args.wrong:
        for line in [*score.missed, *score.doubted]:
            print(line, file=sys.stderr)
    return 0 if min(score.precision, score.recall) >= 0.98 else 1


if __name__ == "__main__":
    raise SystemExit(main())
