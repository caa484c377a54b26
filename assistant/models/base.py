"""The words and the span that all values share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh-Hans", "zh-Hant", "en"]
Kind = Literal["achieved", "target", "unknown"]
ReportKind = Literal["work report", "plan", "news", "unknown"]
Status = Literal["answered", "partial", "not_found", "unreadable", "unclear", "small_talk"]
Verdict = Literal["verbatim", "figures_match", "partial", "unsupported"]
WarningKind = Literal["period", "target", "scope", "unit", "approximate", "missing", "unreadable", "implausible"]
Intent = Literal[
    "figure",  # a number of one or more cities
    "fact",  # who, what, when, where, which, how
    "which_cities",  # the cities whose reports say something
    "compare",  # the same thing of several cities, side by side
    "rank",  # who has most / least, in order
    "difference",  # how much more
    "ratio",  # how many times, what share
    "total",  # all together
    "summary",  # highlights of a report
    "library",  # what is in the library, what period a report covers
    "quote",  # the original wording
    "small_talk",
    "judgement",  # "which city is best?"
    "unclear",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]
