"""Refuses questions about years that no report of the city covers, and says which it does."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.wording import city_name, period_name, say
from assistant.models import Question, Report


def outside_years(question: Question, reports: Sequence[Report]) -> list[str] | None:
    """A refusal where the years asked lie outside of what the reports of the city cover."""
    if not question.years or not question.cities:
        return None
    language = question.language
    for report in reports:
        if any(f"{year}年" in report.repaired.text for year in question.years):
            return None
        period = report.profile.period
        written = (report.profile.written or "")[:4]
        if written.isdigit() and all(year > int(written) for year in question.years):
            continue  # written before the years asked
        years = {year for figure in report.figures for year in (figure.period.start, figure.period.end) if year}
        years |= {year for year in (period.start, period.end) if year}
        if not years or any(min(years) <= year <= max(years) for year in question.years):
            return None
    if not reports:
        return None
    lines = [
        say(
            "no_such_year",
            language,
            city=city_name(report.profile.city, language),
            period=period_name(report.profile.period.label, language),
            year=question.years[0],
        )
        for report in reports
    ]
    return lines
