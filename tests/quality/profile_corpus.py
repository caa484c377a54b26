"""Measures how often city and year of a folder of reports named CITY_YEAR.md are told right.

    python -m tests.quality.profile_corpus DIR [--failures] [--limit N] [--without-head]

The profile sees every report under the neutral name `report.md`, so nothing is read off the file
name. A government report "of 2023" is given in or just before 2023 and reviews 2022; so the year told
is the year of delivery (the next one from November on), or else the year after the one reviewed.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.models import Profile
from assistant.reports.load import load
from assistant.reports.profile import profile
from assistant.reports.repair import repair

NEUTRAL = "report.md"
_NAME = re.compile(r"(?P<city>.+)_(?P<year>\d{4})(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class Case:
    """A report with what its file name says and what its profile says."""

    name: str
    city: str
    year: int
    profile: Profile

    @property
    def city_right(self) -> bool:
        return self.profile.city == self.city

    @property
    def year_right(self) -> bool:
        return told_year(self.profile) == self.year

    @property
    def period_right(self) -> bool:
        """Whether the time reviewed ends with the year before, or is left open where the print leaves it open."""
        period = self.profile.period
        return period.kind != "unknown" and period.end in (None, self.year - 1)


def told_year(found: Profile) -> int | None:
    """The year that a government report is "of", as its profile tells it."""
    if found.written is not None:
        late = len(found.written) > 4 and int(found.written[5:7]) >= 11
        return int(found.written[:4]) + late
    return found.period.end + 1 if found.period.end is not None else None


def without_head(text: str) -> str:
    """The report from its first paragraph on."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if len(line) > 120), 0)
    return "\n".join(lines[first:])


def cases(folder: Path, limit: int | None = None, *, headless: bool = False) -> Iterator[Case]:
    """Every report of the folder whose name is CITY_YEAR.md."""
    for path in sorted(folder.glob("*.md"))[:limit]:
        match = _NAME.match(path.stem)
        if match is None:
            continue
        original = load(NEUTRAL, path.read_bytes())
        if headless:
            original = replace(original, text=without_head(original.text))
        yield Case(path.name, match["city"], int(match["year"]), profile(original, repair(original.text)))


def main(arguments: list[str] | None = None) -> int:
    """Prints the shares; returns 1 where city or year is right in fewer than 99 of 100."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--failures", action="store_true", help="list every wrong one")
    parser.add_argument("--without-head", action="store_true", help="only the paragraphs, a harder measure")
    parser.add_argument("--limit", type=int, default=None)
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    all_cases = list(cases(options.folder, options.limit, headless=options.without_head))
    if not all_cases:
        sys.stderr.write(f"{options.folder} holds no file named CITY_YEAR.md\n")
        return 2
    shares = {
        "city": [case.city_right for case in all_cases],
        "year": [case.year_right for case in all_cases],
        "both": [case.city_right and case.year_right for case in all_cases],
        "period": [case.period_right for case in all_cases],
    }
    for name, right in shares.items():
        sys.stdout.write(f"{name:7} {sum(right):5} of {len(right)}  {sum(right) / len(right):.2%}\n")
    sys.stdout.write(f"{(time.perf_counter() - began) / len(all_cases) * 1000:.0f} ms a report\n")
    if options.failures:
        for case in all_cases:
            if not (case.city_right and case.year_right and case.period_right):
                sys.stdout.write(_line(case))
    return 0 if min(sum(shares["city"]), sum(shares["year"])) >= 0.99 * len(all_cases) else 1


def _line(case: Case) -> str:
    found = case.profile
    how = {name: finding.how for name, finding in found.findings.items() if name in ("city", "written", "period")}
    period = f"{found.period.label} {found.period.start}-{found.period.end}"
    return f"{case.name}: {found.city} | {found.written} | {period} | {how}\n"


if __name__ == "__main__":
    sys.exit(main())
