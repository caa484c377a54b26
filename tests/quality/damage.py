"""Measures whether a damaged figure is ever given a value, and an undamaged one refused.

    python -m tests.quality.damage DIR [--sample N] [--seed S]

Figures of real reports are damaged as crawlers, converters and forms damage them: swallowed digits, garbled bytes,
failed replacements, masks, letters for digits, broken points; others are changed so that their number is still known
(full width, tags, invisible characters, line breaks). The report is read anew. No damaged figure may have a value, a
changed one only its own, and all other figures keep theirs. Returns 1 where one does not.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.models import Figure, Report, Span
from assistant.reading import read

_NUMBER = re.compile(r"[0-9][0-9.]*[0-9]|[0-9]")
_APART = 60  # characters between two damaged figures: what is lost may reach over its sentence's clause
_MOST = 30  # damaged figures in one report


def _middle(number: str, put: str) -> str:
    """The number with its digit in the middle replaced."""
    at = len(number) // 2 if number[len(number) // 2] != "." else len(number) // 2 + 1
    return number[:at] + put + number[at + 1 :]


def _split(number: str, put: str) -> str:
    at = max(1, len(number) // 2)
    return number[:at] + put + number[at:]


def _pointed(put: str) -> Callable[[str], str]:
    return lambda number: number.replace(".", put) if "." in number else f"{number}{put}5"


LOST: dict[str, Callable[[str], str]] = {
    "a digit swallowed": lambda number: _middle(number, "?"),
    "the number swallowed": lambda number: "?",
    "the first digits swallowed": lambda number: "?" + number[1:],
    "the last digits swallowed": lambda number: number[:-1] + "?",
    "bytes garbled": lambda number: number[:1] + "?保惨谠?",
    "a reading broken": lambda number: "?wù)?" + number[1:],
    "undecodable": lambda number: _middle(number, "\ufffd"),
    "replacement failed": lambda number: number[:-1] + "$1.$2",
    "template left": lambda number: "{0}",
    "masked by stars": lambda number: "**",
    "masked by letters": lambda number: "xx",
    "masked in part": lambda number: number[:1] + "**",
    "masked by crosses": lambda number: "××",
    "boxes": lambda number: "□□",
    "a letter for a digit": lambda number: _middle(number, "l"),
    "two points": _pointed(".."),
    "a point and a comma": _pointed(".，"),
    "a middle dot": _pointed("·"),
}
KNOWN: dict[str, Callable[[str], str]] = {
    "full width": lambda number: number.translate(
        {ord(a): ord(b) for a, b in zip("0123456789.", "０１２３４５６７８９．", strict=True)}
    ),
    "a tag inside": lambda number: _split(number, "<b></b>"),
    "invisible characters": lambda number: _split(number, "\u200b\x00"),
    "a line end inside": lambda number: _split(number, "\n"),
}


class Change(NamedTuple):
    """One figure of a report and what is printed in its place."""

    place: Span
    kind: str
    figure: Figure
    printed: str


def chosen(report: Report, rng: random.Random, kinds: Sequence[str]) -> list[Change]:
    """Figures to change, far enough from each other, with how."""
    changes: list[Change] = []
    figures = [figure for figure in report.figures if figure.value is not None and figure.text[0].isdigit()]
    for figure in rng.sample(figures, len(figures)):
        match = _NUMBER.match(figure.text)
        if match is None or len(changes) == _MOST:
            continue
        place = report.repaired.offsets.to_received(Span(figure.span.start, figure.span.start + match.end()))
        near = any(abs(place.start - change.place.start) < _APART for change in changes)
        if place.of(report.original.text) == match[0] and not near:
            kind = rng.choice(kinds)
            printed = (LOST | KNOWN)[kind](match[0])
            if printed != match[0]:
                changes.append(Change(place, kind, figure, printed))
    return sorted(changes, key=lambda change: change.place)


def changed(text: str, changes: Sequence[Change]) -> tuple[str, list[Span]]:
    """The text with the changes made, and where they are."""
    pieces, places, at, length = [], [], 0, 0
    for change in changes:
        length += change.place.start - at + len(change.printed)
        pieces += [text[at : change.place.start], change.printed]
        places.append(Span(length - len(change.printed), length))
        at = change.place.end
    return "".join([*pieces, text[at:]]), places


def wrong(before: Report, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """What does not hold in the changed report: (kind of change, what is shown)."""
    text, places = changed(before.original.text, changes)
    after = read(before.name, text.encode("utf-8"))
    received = after.original.text
    found = [(after.repaired.offsets.to_received(figure.span), figure) for figure in after.figures]
    for change, place in zip(changes, places, strict=True):
        for back, figure in found:
            if back.overlaps(place) and figure.value is not None:
                if change.kind in KNOWN and figure.value == change.figure.value:
                    continue
                shown = received[max(0, place.start - 12) : place.end + 8]
                yield change.kind, f"{before.name}: {shown!r} gives {figure.text!r}"
    values = {(back.start, figure.value) for back, figure in found}
    for figure in before.figures:
        back = before.repaired.offsets.to_received(figure.span)
        shift = sum(len(change.printed) - len(change.place) for change in changes if change.place.end <= back.start)
        untouched = all(abs(change.place.start - back.start) > _APART for change in changes)
        if untouched and figure.value is not None and (back.start + shift, figure.value) not in values:
            yield "untouched", f"{before.name}: {figure.text!r} is refused"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measure from the command line."""
    parser = argparse.ArgumentParser(description="Damages figures of real reports and reads them again.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=30, help="that many reports (default 30)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    files = sorted(path for path in options.folder.iterdir() if path.suffix in (".md", ".txt"))
    if not files:
        print(f"{options.folder} holds no reports (.md or .txt).", file=sys.stderr)
        return 2
    rng = random.Random(options.seed)
    made: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for path in rng.sample(files, min(options.sample, len(files))):
        report = read(path.name, path.read_bytes())
        changes = chosen(report, rng, [*LOST, *KNOWN])
        made.update(change.kind for change in changes)
        for kind, shown in wrong(report, changes):
            failed[kind] += 1
            print(f"{kind}: {shown}")
    for kind in (*LOST, *KNOWN):
        print(f"{kind:28} {made[kind]:5} changed, {failed[kind]:3} wrong")
    print(f"{'untouched figures':28} {failed['untouched']:3} refused")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
