"""Names the reports of one city apart by their period while they are compared, and gives the city its name again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.models import AnswerFigure, Cell, Draft, Report, Row


def with_period(report: Report) -> Report:
    """`report` under the name of its column: 芜湖市（2023年）."""
    profile = report.profile
    return replace(report, profile=replace(profile, city=f"{profile.city}（{profile.period.label}）"))


def with_cities(draft: Draft, reports: Sequence[Report]) -> Draft:
    """`draft` with citations and figures of the cities themselves; the columns keep their names."""
    names = {with_period(report).profile.city: report.profile.city for report in reports}

    def figure(one: AnswerFigure) -> AnswerFigure:
        return replace(one, city=names.get(one.city, one.city))

    def cell(one: Cell) -> Cell:
        return figure(one) if isinstance(one, AnswerFigure) else one

    comparison = draft.comparison
    if comparison is not None:
        rows = [
            Row(row.label, row.unit, {name: cell(one) for name, one in row.cells.items()}) for row in comparison.rows
        ]
        comparison = replace(comparison, rows=tuple(rows))
    citations = tuple(replace(one, city=names.get(one.city, one.city)) for one in draft.citations)
    return replace(draft, citations=citations, figures=tuple(map(figure, draft.figures)), comparison=comparison)
