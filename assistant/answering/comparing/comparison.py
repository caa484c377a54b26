"""Compares cities: the answer in one sentence, then the table, then the warnings; every cell a figure with its place.

The rows come from `rows`, what is computed from `ranking`, every caveat from `caveats`, the words from
`words`. What may not be put together (a target, damaged or doubtful print, another unit) stands apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.comparing.approaches import approaches
from assistant.answering.comparing.caveats import counted_unlike, text_warnings, unlike_rows
from assistant.answering.comparing.cells import Table, cell_of, unit_of_row
from assistant.answering.comparing.compared import COMPUTED, compare_figures, counts, draft_of, nothing_reported
from assistant.answering.comparing.question import for_lining_up
from assistant.answering.comparing.rows import RowPicks, city_of, line_up, shared_topics
from assistant.answering.comparing.several_things import compare_things, things_apart
from assistant.answering.comparing.severally import answer_severally
from assistant.answering.comparing.words import table_text, warning_text
from assistant.answering.comparing.years import with_cities, with_period
from assistant.answering.marks import Citations
from assistant.answering.picking.pick import Similar
from assistant.answering.wording import city_name, listed, say
from assistant.language.english_names import english_name
from assistant.language.glossary import glossary
from assistant.language.measure_words import same_class
from assistant.models import (
    Comparison,
    Draft,
    Question,
    Report,
    Row,
)

_APPROACH = re.compile(
    r"怎么(?!样|比)|怎样|[做干]了(?:些|哪些)?(?:什么|啥|工作|事)|开展了(?:哪些|什么)|如何(?!比)|做法|措施|办法|举措|方式|\bhow\b(?! (?:many|much|large|big|high|long|far|old|often))|approach|measures|"
    r"\bwhat\b.{0,40}\b(?:do|does|did|done|doing) (?:for|to|about|with)\b|\bwhat (?:do|does|did)\b.{0,40}\b(?:do|undertake)\b",
    re.I,
)
_DIFFERS = re.compile(r"有(?:什么|何|哪些|啥)?(?:不同|区别|差别|不一样)|异同|\bdiffer(?!ence between the number)", re.I)


def over_years(question: Question, reports: Sequence[Report]) -> bool:
    """Whether one city is asked over several years of which there are reports, so that its years are compared."""
    years = {report.profile.period.label for report in reports}
    return len(set(question.years)) > 1 and len(question.cities) == 1 and len(years) == len(reports) > 1


def compare(question: Question, reports: Sequence[Report], similar: Similar) -> Draft:
    """The comparison of `reports` in what the question asks; `not_found` when no report says anything of it.

    Several reports of one city are columns of their own, named by city and period.
    """
    if over_years(question, reports):
        return with_cities(_compare(question, [with_period(report) for report in reports], similar), reports)
    return _compare(question, reports, similar)


def _compare(question: Question, reports: Sequence[Report], similar: Similar) -> Draft:
    question = for_lining_up(question)
    table = Table(question, reports, Citations(), [], [])
    if question.parts:
        return answer_severally(table, similar)
    if _APPROACH.search(question.text) and question.intent not in COMPUTED and question.unit is None:
        draft = approaches(table, similar)
        if draft is not None:
            return draft
    if not question.terms_of_substance:
        return _overview(table)
    rows = line_up(question, reports, similar)
    if question.things and (things := things_apart(table, rows, similar)):
        return compare_things(table, things, similar)
    few = not rows or max(len(row.picks) for row in rows) < min(2, len(reports))
    if (
        (few or _of_other_kinds(rows[0]))
        and _DIFFERS.search(question.text)
        and (draft := approaches(table, similar)) is not None
    ):
        return draft
    if not rows:
        counted = counts(question)
        told = not counted and bool(_APPROACH.search(question.text))
        return approaches(table, similar, instead=counted) or nothing_reported(question, reports, words=told)
    return draft_of(table, compare_figures(table, rows, similar))


def tell_each(question: Question, reports: Sequence[Report], similar: Similar) -> Draft | None:
    """A line of every city that says something of a topic asked without a city; None where fewer than two do."""
    told = approaches(Table(for_lining_up(question), reports, Citations(), [], []), similar)
    return told if told is not None and told.comparison is not None and told.comparison.reported > 1 else None


def _of_other_kinds(row: RowPicks) -> bool:
    """Whether the figures of a row count different kinds of things (firms with a union, members)."""
    units = [pick.figure.unit for pick in row.picks.values() if pick.figure is not None]
    return any(not same_class(units[0], unit) for unit in units[1:])


def _overview(table: Table) -> Draft:
    """Without a topic: what the reports count in common, row by row, with no ranking over different things."""
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    rows = shared_topics(table.reports)
    if not rows:
        return nothing_reported(question, table.reports)
    unlike = []
    for row in rows:
        forms = [form for entry in glossary().entries_of(row.label) for form in entry.official]
        if counted_unlike(row.picks, [row.label, *forms]):
            name = (english_name(row.label) if language == "en" else None) or row.label
            unlike.append((name, tuple(row.picks)))
        table.rows.append(
            Row(row.label, unit_of_row(row), {city: cell_of(table, row.picks.get(city)) for city in cities})
        )
    periods = {city_of(report): report.profile.period.label for report in table.reports}
    targets = [city_of(report) for report in table.reports if report.profile.kind == "plan"]
    warnings = text_warnings(periods, targets, [], language)
    if unlike:
        warnings = (*warnings, unlike_rows(unlike, language))
    topic = "shared figures" if language == "en" else "共同的数字"
    comparison = Comparison(topic, tuple(cities), tuple(table.rows), None, (), warnings, len(cities), len(cities))
    shared = "shared" if all(len(row.picks) == len(cities) for row in rows) else "shared_by_some"
    lead = say(shared, language, cities=listed([city_name(city, language) for city in cities], language))
    text = "\n\n".join(part for part in (lead, table_text(table, cities), warning_text(warnings)) if part)
    return Draft("answered", text, table.citations.all(), tuple(table.figures), (), comparison)
