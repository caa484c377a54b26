"""Marks and citations: every mark [n] of an answer leads to exact characters of a report as received."""

from __future__ import annotations

import re

from assistant.models import AnswerFigure, Citation, Derived, Figure, Kind, Report, Span

MARK = re.compile(r"\[(\d{1,3})\]")
REFUSAL = "NOT_IN_REPORTS"  # the phrase with which a chat model says that the passages do not answer
NOT_CONFIRMED = {"zh-Hans": "〔未能核实〕", "zh-Hant": "〔未能核實〕", "en": " [not confirmed]"}
WITHHELD = {"zh-Hans": "〔数字未能核实〕", "zh-Hant": "〔數字未能核實〕", "en": "[figure not confirmed]"}


class Citations:
    """Collects the citations of one answer; the same place gets the same number."""

    def __init__(self) -> None:
        self._items: list[Citation] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def cite(self, report: Report, span: Span, *, kind: Kind = "unknown", period: str | None = None) -> int:
        """The number of the citation of the repaired `span`."""
        received = report.repaired.offsets.to_received(span)
        key = (report.id, received.start, received.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._items) + 1
            self._items.append(citation(report, span, n=len(self._items) + 1, kind=kind, period=period))
        return self._numbers[key]

    def quote(self, n: int) -> str:
        """The exact characters of citation `n`."""
        return self._items[n - 1].quote

    def all(self) -> tuple[Citation, ...]:
        """The citations in the order of their marks."""
        return tuple(self._items)


def citation(report: Report, span: Span, *, n: int, kind: Kind = "unknown", period: str | None = None) -> Citation:
    """The citation of the repaired `span` of `report`."""
    received = report.repaired.offsets.to_received(span)
    return Citation(
        n=n,
        report=report.name,
        report_id=report.id,
        city=report.profile.city,
        start=received.start,
        end=received.end,
        quote=received.of(report.original.text),
        place=place_of(report, received),
        period=period if period is not None else report.profile.period.label,
        kind=kind,
    )


def place_of(report: Report, received: Span) -> str | None:
    """The page or paragraph that a reader can open, where the format has them."""
    for anchor in report.original.anchors:
        if anchor.received.overlaps(received):
            return f"{anchor.kind} {anchor.label}"
    return None


def answer_figure(report: Report, figure: Figure, n: int) -> AnswerFigure:
    """A figure of a report as an answer carries it."""
    return AnswerFigure(
        city=report.profile.city,
        label=figure.label,
        text=figure.shown,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        kind=figure.kind,
        period=figure.period.label,
        citation=n,
        readable=figure.readable,
        doubt=figure.doubt,
        scope=figure.scope,
    )


def conversion(text: str, value: float, n: int) -> Derived:
    """A unit converted beside the print."""
    return Derived("conversion", text, value, (n,))
