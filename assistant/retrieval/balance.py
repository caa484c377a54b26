"""Which reports a question is put to, and a fair share of the evidence for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Evidence, Hit, Question, ReportSummary

MOST_REPORTS = 40  # beyond this many, a question to all cities is put to the reports that retrieval finds


def eligible(question: Question, summaries: Sequence[ReportSummary]) -> tuple[ReportSummary, ...]:
    """The reports of the cities, province and years asked; one a city unless a year asks for another.

    Of several reports of a city the latest is taken, or the ones that cover a year that the question names.
    """
    named = {city.name for city in question.cities}
    chosen = [item for item in summaries if not named or item.city in named]
    if question.province is not None:
        chosen = [item for item in chosen if item.province == question.province]
    by_city: dict[str, list[ReportSummary]] = {}
    for item in chosen:
        by_city.setdefault(item.city or item.id, []).append(item)
    kept = [item for items in by_city.values() for item in _of_one_city(question, items)]
    order = {city.name: index for index, city in enumerate(question.cities)}
    return tuple(sorted(kept, key=lambda item: (order.get(item.city or "", len(order)), chosen.index(item))))


def _of_one_city(question: Question, items: list[ReportSummary]) -> list[ReportSummary]:
    if len(items) == 1:
        return items
    if question.years:
        # Each year asked of one city has its own report, where there is one that covers it.
        by_year = {year: [item for item in items if _covers(item, year)] for year in sorted(set(question.years))}
        covering = list(dict.fromkeys(found[-1] for found in by_year.values() if found))
        if covering:
            return covering if len(question.cities) == 1 else covering[-1:]
    return [max(items, key=lambda item: (item.period.end or item.period.start or 0, item.added))]


def _covers(item: ReportSummary, year: int) -> bool:
    period = item.period
    return period.start is not None and period.start <= year <= (period.end or period.start)


def fair_share(hits: Sequence[Hit], *, each: int) -> tuple[Hit, ...]:
    """At most `each` hits a report, best first; the order of scores is kept within and between reports."""
    seen: dict[str, int] = {}
    kept = []
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.report_id, hit.span)):
        if seen.get(hit.report_id, 0) < each:
            seen[hit.report_id] = seen.get(hit.report_id, 0) + 1
            kept.append(hit)
    return tuple(kept)


def best(evidence: Evidence, most: int) -> list[Hit]:
    """The best `most` hits in their order; where several cities are asked, each has its share of them."""
    first = fair_share(evidence.hits, each=-(-most // max(len(evidence.cities), 1)))[:most]
    rest = [hit for hit in evidence.hits if hit not in first]
    return sorted((*first, *rest[: most - len(first)]), key=evidence.hits.index)
