"""Compares cities: the answer in one sentence, then the table, then the warnings; every cell a figure with its place.

The rows come from `rows`, what is computed from `ranking`, every caveat from `caveats`, the words from
`words`. What may not be put together (a target, damaged or doubtful print, another unit) stands apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.comparing.approaches import CELL, approaches
from assistant.answering.comparing.caveats import text_warnings, warnings_of
from assistant.answering.comparing.cells import Table, by_city, cell_of, row_label, text_cell, topic_forms, unit_of_row
from assistant.answering.comparing.question import for_lining_up
from assistant.answering.comparing.ranking import derive_from, derive_from_totals, part_totals, rank, rank_totals
from assistant.answering.comparing.row_candidates import GROWTH
from assistant.answering.comparing.rows import RowPicks, city_of, line_up, shared_topics
from assistant.answering.comparing.severally import answer_severally
from assistant.answering.comparing.words import lead_of_totals, lead_text, parts_text, table_text, warning_text
from assistant.answering.comparing.years import with_cities, with_period
from assistant.answering.marks import Citations
from assistant.answering.picking.pick import Pick, Similar, pick_sentences
from assistant.answering.picking.trim import trim
from assistant.answering.picking.zones import plain, within_other_name
from assistant.answering.wording import city_name, listed, say, verbatim
from assistant.language.measure_words import same_class
from assistant.models import (
    AnswerFigure,
    Cell,
    Comparison,
    Draft,
    Language,
    Question,
    Report,
    Row,
    Status,
    TextCell,
    Warning,
)

_APPROACH = re.compile(
    r"怎么(?!样)|怎样|[做干]了(?:些|哪些)?(?:什么|啥|工作|事)|开展了(?:哪些|什么)|如何|做法|措施|办法|举措|方式|\bhow\b(?! (?:many|much|large|big|high|long|far|old|often))|approach|measures|"
    r"\bwhat\b.{0,40}\b(?:do|does|did|done|doing) (?:for|to|about|with)\b",
    re.I,
)
_DIFFERS = re.compile(r"有(?:什么|何|哪些|啥)?(?:不同|区别|差别|不一样)|异同|\bdiffer(?!ence between the number)", re.I)
_COUNTS = re.compile(r"多少|几[个家名项场次件人户所]|数量|人数|总数|[谁个市]多|\bhow many\b|\bnumbers? of\b", re.I)
_FIGURES = {"rank", "difference", "ratio", "total"}
PARTS_SHOWN = 5
FULL_NAME = 4  # characters that name a thing unmistakably


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
    if _APPROACH.search(question.text) and question.intent not in _FIGURES and question.unit is None:
        draft = approaches(table, similar)
        if draft is not None:
            return draft
    if not question.terms_of_substance:
        return _overview(table)
    rows = line_up(question, reports, similar)
    few = not rows or max(len(row.picks) for row in rows) < min(2, len(reports))
    if (
        (few or _of_other_kinds(rows[0]))
        and _DIFFERS.search(question.text)
        and (draft := approaches(table, similar)) is not None
    ):
        return draft
    if not rows:
        counted = _counts(question)
        told = not counted and bool(_APPROACH.search(question.text))
        return approaches(table, similar, instead=counted) or nothing_reported(question, reports, words=told)
    return _figures(table, rows, similar)


def _of_other_kinds(row: RowPicks) -> bool:
    """Whether the figures of a row count different kinds of things (firms with a union, members)."""
    units = [pick.figure.unit for pick in row.picks.values() if pick.figure is not None]
    return any(not same_class(units[0], unit) for unit in units[1:])


def _counts(question: Question) -> bool:
    """Whether the question asks for numbers, so that words are no answer to it."""
    return question.intent in _FIGURES or question.unit is not None or bool(_COUNTS.search(question.text))


def _only_partly(main: RowPicks, parts: Sequence[RowPicks]) -> dict[str, str]:
    """The cities that give parts and no whole, with the parts that they give."""
    given: dict[str, list[str]] = {}
    for row in parts:
        for city in row.picks:
            if city not in main.picks and GROWTH not in row.key:
                given.setdefault(city, []).append(row.label)
    return {city: "、".join(labels) for city, labels in given.items()}


def _first_of_each(rows: Sequence[RowPicks]) -> dict[str, Pick]:
    """For a topic printed only in parts: one figure of each city, by which the cities are told apart."""
    found: dict[str, Pick] = {}
    for row in rows:
        for city, pick in row.picks.items():
            found.setdefault(city, pick)
    return found


def _figures(table: Table, rows: list[RowPicks], similar: Similar) -> Draft:
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    main = rows[0]
    parts = rows[1 : 1 + PARTS_SHOWN]
    cells: dict[str, Cell] = {city: cell_of(table, main.picks.get(city)) for city in cities}
    text_cells = _text_cells(table, cells, rows, similar)
    table.rows.append(Row(row_label(main, question), unit_of_row(main), {**cells, **text_cells}))
    for row in parts:
        cells_of_part: dict[str, Cell] = {city: cell_of(table, row.picks.get(city)) for city in cities}
        table.rows.append(Row(row_label(row, question), unit_of_row(row), cells_of_part))
    partly = _only_partly(main, parts)
    missing = [city for city in cities if city not in main.picks and not (main.key and city in partly)]
    reports = by_city(table)
    spoken = {city: reports[city].profile.period.label for city in text_cells}
    other = _other_meanings(table, missing, text_cells, rows, similar)
    partly |= {city: cell.text for city, cell in other.items()}
    missing = [city for city in missing if city not in text_cells]
    picks = _first_of_each(rows) if main.key else main.picks
    partly = {city: label for city, label in partly.items() if city not in picks}
    warnings = list(warnings_of(picks, missing, language, topic=topic_forms(question), partly=partly, spoken=spoken))
    totals = part_totals(table, cities) if len(rows) > 1 and main.key else {}
    ranking, apart = rank(question, {c: f for c, f in cells.items() if isinstance(f, AnswerFigure)})
    if totals:
        ranking = rank_totals(totals, question)
    derived = derive_from_totals(question, totals, ranking) if totals else derive_from(question, cells, ranking)
    comparison = Comparison(
        topic=topic_of(question).strip("“”"),
        cities=tuple(cities),
        rows=tuple(table.rows),
        ranking=tuple(ranking) if len(ranking) >= 2 else None,
        apart=tuple(apart),
        warnings=tuple(warnings),
        reported=len(totals) or len(main.picks),
        of=len(cities),
        derived=(*derived, *(total for total, _ in totals.values())),
    )
    derived = list(comparison.derived)
    lead = (
        lead_of_totals(question, comparison, totals)
        if totals
        else _of_a_part(main, table.rows[0].label, language)
        + lead_text(question, comparison, cells, derived)
        + parts_text(comparison, language)
    )
    for city, cell in other.items():
        lead += say(
            "other_meaning",
            language,
            city=city_name(city, language),
            quote=verbatim(cell.text),
            mark=f"[{cell.citation}]",
        )
    text = "\n\n".join(part for part in (lead, table_text(table, cities), warning_text(warnings)) if part)
    status: Status = "answered" if main.picks and not all(c is None for c in cells.values()) else "partial"
    if not any(isinstance(c, AnswerFigure) and c.readable for c in cells.values()):
        status = "unreadable"
    return Draft(status, text, table.citations.all(), tuple(table.figures), tuple(derived), comparison)


def _of_a_part(main: RowPicks, label: str, language: Language) -> str:
    """The name of the first row, where it is a part of what was asked: its figures are not those of the whole."""
    if not main.key:
        return ""
    return f"{label[:1].upper()}{label[1:]}: " if language == "en" else f"{label}："


def _overview(table: Table) -> Draft:
    """Without a topic: what the reports count in common, row by row, with no ranking over different things."""
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    rows = shared_topics(table.reports)
    if not rows:
        return nothing_reported(question, table.reports)
    for row in rows:
        table.rows.append(
            Row(row.label, unit_of_row(row), {city: cell_of(table, row.picks.get(city)) for city in cities})
        )
    periods = {city_of(report): report.profile.period.label for report in table.reports}
    targets = [city_of(report) for report in table.reports if report.profile.kind == "plan"]
    warnings = text_warnings(periods, targets, [], language)
    topic = "shared figures" if language == "en" else "共同的数字"
    comparison = Comparison(topic, tuple(cities), tuple(table.rows), None, (), warnings, len(cities), len(cities))
    lead = say("shared", language, cities=listed([city_name(city, language) for city in cities], language))
    text = "\n\n".join(part for part in (lead, table_text(table, cities), warning_text(warnings)) if part)
    return Draft("answered", text, table.citations.all(), tuple(table.figures), (), comparison)


def _speaks_of_it(question: Question, pick: Pick) -> bool:
    """Whether the words shown hold a full name of the thing; short ones (工匠, 人才) meet in sentences of other things."""
    text = plain(trim(question, pick, question.terms, limit=CELL).of(pick.report.repaired.text))
    return any(len(form) >= FULL_NAME and plain(form) in text for t in question.terms if t.noun for form in t.forms)


def _text_cells(table: Table, cells: Mapping[str, Cell], rows: Sequence[RowPicks], similar: Similar) -> dict[str, Cell]:
    """For a city without any figure, the sentence that clearly speaks of the topic, as words instead of a number."""
    found: dict[str, Cell] = {}
    if len(table.reports) > 4:
        return found
    for report in table.reports:
        city = city_of(report)
        if cells.get(city) is not None or any(city in row.picks for row in rows):
            continue
        picks = pick_sentences(table.question, report, similar)
        if picks and picks[0].nouns >= 0.9 and (not _counts(table.question) or _speaks_of_it(table.question, picks[0])):
            found[city] = text_cell(table, picks[0])
    return found


def _other_meanings(
    table: Table, missing: Sequence[str], words: Mapping[str, Cell], rows: Sequence[RowPicks], similar: Similar
) -> dict[str, TextCell]:
    """For a city that gives nothing, the sentence where the word asked for is part of another thing's name.

    Shown so that nobody takes it for the thing itself (a legal check-up of firms is no medical check-up).
    """
    found: dict[str, TextCell] = {}
    if len(table.reports) > 3:
        return found
    for city, report in by_city(table).items():
        if city not in missing or city in words or any(city in row.picks for row in rows):
            continue
        for pick in pick_sentences(table.question, report, similar)[:3]:
            if pick.nouns >= 0.5:
                continue  # the report does speak of it
            span = trim(table.question, pick, table.question.terms, limit=70)
            if within_other_name(table.question.terms, plain(span.of(report.repaired.text))):
                n = table.citations.cite(report, span, kind=pick.sentence.kind)
                found[city] = TextCell(table.citations.quote(n), n)
                break
    return found


def nothing_reported(question: Question, reports: Sequence[Report], *, words: bool = False) -> Draft:
    """That no report gives a figure of it, or says anything of it where `words` were asked."""
    language = question.language
    cities = tuple(city_of(report) for report in reports)
    names = listed([city_name(city, language) for city in cities], language)
    key = "not_found" if words else "not_found_figure"
    warning = Warning("missing", cities, say(key, language, city=names, topic=topic_of(question)))
    comparison = Comparison(topic_of(question).strip("“”"), cities, (), None, (), (warning,), 0, len(cities))
    return Draft("not_found", warning.text, comparison=comparison)
