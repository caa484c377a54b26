"""Measures over a folder of reports whether they go in, come out repaired once and for all, and lead back.

    python -m tests.quality.corpus DIR [--sample N] [--failures]

Every file is read as the library reads it (load, repair, profile, split, measure), in two processes.
Counted is what holds for each file, and for each passage, sentence and figure:

- the offset map covers every repaired character, in order, within the received text;
- the words of a span are the words of the received characters it is mapped back to: letters, Han and
  digits, in order, width and Traditional forms aside, punctuation and blanks left out. A received piece
  that holds what repair drops (markup, readings) must give the same words when it is repaired by itself,
  and is counted apart;
- no digit is lost or made: the digits of the repaired text are those received;
- a figure that touches a loss has no value.

City and year are compared with a name CITY_YEAR.md, which the profile does not get to see. Returns 1
where anything fails, or city or year is wrong in more than one file of a hundred.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from assistant.language.script import to_simplified
from assistant.models import Report, Span
from assistant.reading import read
from assistant.reports.repair import repair
from tests.quality.profile_corpus import NEUTRAL, Case

PROCESSES = 2
_NAME = re.compile(r"(?P<city>.+)_(?P<year>\d{4})(?:-\d+)?$")
_ENOUGH = 0.99  # share of files whose city and year must be right
_SHOWN = 60  # characters of a failing span that are shown


@dataclass(slots=True)
class Findings:
    """What was seen of one file: `counts` by name, and a line for whatever failed."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def check(self, what: str, holds: bool, where: str = "") -> None:
        """Counts one check, and whether it held."""
        self.counts[f"{what} of"] += 1
        self.counts[what] += holds
        if not holds:
            self.failed.append(f"{self.name}: not {what}{': ' if where else ''}{where}")


def examine(path: Path) -> Findings:
    """Everything that is measured of one file; whatever reading it raises is raised."""
    report = read(NEUTRAL, path.read_bytes())
    found = Findings(path.name)
    text = report.repaired.text
    found.counts["characters"] = len(report.original.text)
    found.check("repair idempotent", repair(text).text == text)
    found.check("offset map total and monotonic", _is_total_and_monotonic(report))
    found.check("digits as received", _digits(text) == _digits(report.original.text))
    _check_spans(found, report)
    _check_losses(found, report)
    match = _NAME.match(path.stem)
    if match is not None:
        _check_profile(found, Case(path.name, match["city"], int(match["year"]), report.profile))
    return found


def _is_total_and_monotonic(report: Report) -> bool:
    at = last = 0
    for run in report.repaired.offsets.runs:
        if run.start != at or run.received_start < last or run.length <= 0 or run.received_length <= 0:
            return False
        at, last = run.start + run.length, run.received_start + run.received_length
    return at == len(report.repaired.text) and last <= len(report.original.text)


def _spans(report: Report) -> Iterator[tuple[str, Span]]:
    for passage in report.passages:
        yield "passages", passage.span
        yield from (("sentences", sentence.span) for sentence in passage.sentences)
    for figure in report.figures:
        yield "figures", figure.span
        yield "figure clauses", figure.clause


def _check_spans(found: Findings, report: Report) -> None:
    """Compares the words of each span with the words of what it was made from."""
    received, text = report.original.text, report.repaired.text
    there, here = _words_by_character(received), _words_by_character(text)
    for kind, span in _spans(report):
        back = report.repaired.offsets.to_received(span)
        words = "".join(here[span.start : span.end])
        holds = 0 <= back.start < back.end <= len(received) and bool(span.of(text).strip())
        if holds and words != "".join(there[back.start : back.end]):
            found.counts[f"{kind} once repaired"] += 1
            holds = words == "".join(_words_by_character(repair(back.of(received)).text))
        shown = f"{span.of(text)[:_SHOWN]!r} from {back.of(received)[:_SHOWN]!r}"
        found.check(f"{kind} lead back to their words", holds, shown)


def _check_losses(found: Findings, report: Report) -> None:
    found.counts["losses"] = len(report.repaired.losses)
    found.counts["files with a loss"] = bool(report.repaired.losses)
    for figure in report.figures:
        if any(loss.span.overlaps(figure.span) for loss in report.repaired.losses):
            found.check("figures at a loss without a value", figure.value is None, figure.text)


def _check_profile(found: Findings, case: Case) -> None:
    profile = case.profile
    found.check("city right", case.city_right, str(profile.city))
    found.check("year right", case.year_right, f"{profile.written} {profile.period.label}")
    found.check("period right", case.period_right, profile.period.label)


def _digits(text: str) -> list[int]:
    return [unicodedata.decimal(char) for char in text if char.isdecimal()]


def _words_by_character(text: str) -> list[str]:
    """For each character the letters and digits that it stands for in one width and script."""
    return [_word(char) for char in to_simplified(text)]


@lru_cache(maxsize=20_000)
def _word(char: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", char) if one.isalnum())


# --- over a folder ----------------------------------------------------------------------------


def measure(paths: list[Path], processes: int = PROCESSES) -> Findings:
    """The sum over all files; a file that raises is counted as not read, with what it raised."""
    total = Findings("all")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        running: dict[Future[Findings], Path] = {pool.submit(examine, path): path for path in paths}
        for done in as_completed(running):
            error = done.exception()
            total.check("read without an exception", error is None)
            if error is not None:
                total.failed[-1] = f"{running[done].name}: {type(error).__name__}: {error}"
                continue
            found = done.result()
            total.counts.update(found.counts)
            total.failed += found.failed
    total.failed.sort()
    return total


def main(arguments: list[str] | None = None) -> int:
    """Prints every measure with its counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=None, metavar="N", help="only N files, the same ones each time")
    parser.add_argument("--failures", action="store_true", help="list whatever failed")
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.folder.rglob("*") if path.is_file())
    if not paths:
        sys.stderr.write(f"{options.folder} holds no file\n")
        return 2
    if options.sample is not None and options.sample < len(paths):
        paths = sorted(random.Random(0).sample(paths, options.sample))
    began = time.perf_counter()
    total = measure(paths)
    _show(total, time.perf_counter() - began)
    if options.failures:
        sys.stdout.writelines(line + "\n" for line in total.failed)
    return 0 if _all_well(total.counts) else 1


def _checks(counts: Counter[str]) -> list[str]:
    return [name.removesuffix(" of") for name in counts if name.endswith(" of")]


def _show(total: Findings, seconds: float) -> None:
    counts = total.counts
    for name in _checks(counts):
        held, of = counts[name], counts[f"{name} of"]
        kind = name.removesuffix(" lead back to their words")
        apart = f"  ({counts[f'{kind} once repaired']} once repaired)" if kind != name else ""
        sys.stdout.write(f"{name:42} {held:7} of {of:7}  {held / of:8.3%}{apart}\n")
    sys.stdout.write(f"{counts['losses']} losses in {counts['files with a loss']} files; ")
    sys.stdout.write(f"{counts['characters']} characters in {seconds:.0f} s\n")


def _all_well(counts: Counter[str]) -> bool:
    shares = {name: counts[name] / counts[f"{name} of"] for name in _checks(counts)}
    about = {name: share for name, share in shares.items() if name in ("city right", "year right")}
    exact = [share for name, share in shares.items() if name not in ("city right", "year right", "period right")]
    return min(exact) == 1 and min(about.values(), default=1.0) >= _ENOUGH


if __name__ == "__main__":
    sys.exit(main())
