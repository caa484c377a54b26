"""Of which time a sentence of a report tells: the year under review, the years of its section, or those it plans for."""

from __future__ import annotations

from functools import lru_cache

from assistant.figures.sections import planned_periods, told_periods
from assistant.models import Kind, Period, Report, Span


def period_of(report: Report, span: Span, kind: Kind | None) -> Period:
    """The time that the sentence around `span` speaks of; a plan in a review is for the year after it."""
    whole = report.profile.period
    if kind == "target" and report.profile.kind != "plan":
        own = next((one.period for one in report.figures if one.kind == "target" and span.contains(one.span)), None)
        if own is not None:
            return own
        planned = _inside(_planned(report), span)
        after = whole.end + 1 if whole.end is not None and whole.kind in {"year", "years"} else None
        if planned is not None or after is None or whole.label[-1] in "度月份":
            return planned or whole
        return Period(f"{after}年", "future", after, after, printed=False)
    return (_inside(_told(report), span) if kind == "achieved" else None) or whole


def _inside(periods: dict[Span, Period], span: Span) -> Period | None:
    return next((period for sentence, period in periods.items() if sentence.overlaps(span)), None)


@lru_cache(maxsize=64)
def _told(report: Report) -> dict[Span, Period]:
    return dict(told_periods(report.repaired.text, report.passages, report.profile))


@lru_cache(maxsize=64)
def _planned(report: Report) -> dict[Span, Period]:
    return dict(planned_periods(report.repaired.text, report.passages, report.profile))
