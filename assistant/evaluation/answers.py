"""`report-assistant evaluate`: asks the questions of a file, grades the answers, prints the metrics with their intervals."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.answer_json import answer_json
from assistant.bootstrap import build
from assistant.evaluation.grade import always, grade_comparison, grade_fact
from assistant.models import AddResult
from assistant.service import Assistant
from assistant.settings import Settings

Say = Callable[[str], None]


def evaluate_answers(questions: Path, settings: Settings, *, reports: Path | None, show: Say, tell: Say) -> int:
    """Prints the metrics; 1 when a promise that always holds is broken in any answer, else 0.

    With `reports`, the questions are put to a library of that folder's files alone, made for this run.
    """
    items = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        assistant = build(settings if reports is None else replace(settings, home=Path(folder)))
        if reports is not None:
            _fill(assistant, reports, tell)
        tally, failures = grade_all(assistant, items)
        assistant.close()
    for line in failures:
        tell(line)
    for name, (good, count) in sorted(tally.items(), key=lambda entry: (entry[0].startswith("  "), entry[0])):
        show(f"{name:32} {good:4d} of {count:4d}  {100 * good / count:5.1f} %{interval(good, count)}")
    good, count = tally.get("verbatim and grounded", (0, 0))
    return 0 if good == count else 1


def grade_all(assistant: Assistant, items: Iterable[dict[str, Any]]) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """(metric -> good, of) and a line for each answer that is wrong."""
    texts = {item.name: assistant.report(item.id).original.text for item in assistant.reports()}
    tally: dict[str, tuple[int, int]] = {}
    failures = []

    def count(name: str, good: bool) -> None:
        before = tally.get(name, (0, 0))
        tally[name] = (before[0] + good, before[1] + 1)

    for item in items:
        answer = answer_json(assistant.ask(item["question"], history=item.get("history") or (), id=item.get("id")))
        marks, why = (grade_comparison if "cells" in item else grade_fact)(item, answer, texts)
        broken = always(item, answer, texts)
        count("verbatim and grounded", not broken)
        for name, values in marks.items():
            for value in values:
                count(name, value)
                if name in {"right", "perfect"}:
                    count(f"  {name}: {item.get('type') or item.get('kind')}", value)
        if why or broken:
            shown = answer["answer"][:300].replace("\n", " / ")
            failures.append(
                f"-- {item.get('id')} {item['question']}\n   {answer['status']}: {shown}\n   ! {'; '.join([*why, *broken])}"
            )
    return tally, failures


def interval(good: int, count: int) -> str:
    """The Wilson 95 % interval of a rate (Wilson 1927)."""
    if not count:
        return ""
    p, z = good / count, 1.96
    middle, half = (
        (p + z * z / (2 * count)) / (1 + z * z / count),
        z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count),
    )
    return f" (95 % interval {100 * max(0.0, middle - half):.0f}-{100 * min(1.0, middle + half):.0f} %)"


def _fill(assistant: Assistant, folder: Path, tell: Say) -> None:
    files = [
        (path.name, path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "README.md"
    ]
    for result in assistant.add(files):
        if isinstance(result, AddResult) and result.outcome == "refused":
            tell(f"refused {result.name}: {result.reason_en or result.reason}")
