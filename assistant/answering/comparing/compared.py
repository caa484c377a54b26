"""Compares several reports in one thing whose figures are lined up: the sentence, the rows, the warnings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.comparing.approaches import CELL
from assistant.answering.comparing.caveats import Told, warnings_of
from assistant.answering.comparing.cells import Table, by_city, cell_of, row_label, text_cell, topic_forms, unit_of_row
from assistant.answering.comparing.ranking import derive_from, derive_from_totals, part_totals, rank, rank_totals
from assistant.answering.comparing.row_candidates import GROWTH, other_kind_of
from assistant.answering.comparing.rows import RowPicks, city_of
from assistant.answering.comparing.words import lead_of_totals, lead_text, parts_text, table_text, warning_text
from assistant.answering.picking.pick import Pick, Similar, pick_sentences
from assistant.answering.picking.quote import label_of
from assistant.answering.picking.trim import trim
from assistant.answering.picking.zones import plain, within_other_name
from assistant.answering.wording import city_name, listed, say, verbatim
from assistant.language.english_names import LEVELS
from assistant.models import (
    AnswerFigure,
    Apart,
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

_COUNTS = re.compile(r"多少|几[个家名项场次件人户所]|数量|人数|总数|[谁个市]多|\bhow many\b|\bnumbers? of\b", re.I)
COMPUTED = frozenset({"rank", "difference", "ratio", "total"})
PARTS_SHOWN = 5
FULL_NAME = 4  # characters that name a thing unmistakably


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing the reports in one thing gave."""

    lead: str
    comparison: Comparison
    status: Status


def draft_of(table: Table, compared: Compared) -> Draft:
    """The draft of an answer that compares one thing."""
    comparison = compared.comparison
    text = "\n\n".join(
        part
        for part in (compared.lead, table_text(table, comparison.cities), warning_text(comparison.warnings))
        if part
    )
    return Draft(
        compared.status, text, table.citations.all(), tuple(table.figures), tuple(comparison.derived), comparison
    )


def counts(question: Question) -> bool:
    """Whether the question asks for numbers, so that words are no answer to it."""
    return question.intent in COMPUTED or question.unit is not None or bool(_COUNTS.search(question.text))


def compare_figures(table: Table, rows: list[RowPicks], similar: Similar) -> Compared:
    """Fills the table with the figures lined up in `rows` and tells what they are, side by side."""
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    main, parts = rows[0], rows[1 : 1 + PARTS_SHOWN]
    cells: dict[str, Cell] = {city: cell_of(table, main.picks.get(city)) for city in cities}
    words = _text_cells(table, cells, rows, similar)
    table.rows.append(Row(row_label(main, question), unit_of_row(main), {**cells, **words}))
    for row in parts:
        cells_of_part: dict[str, Cell] = {city: cell_of(table, row.picks.get(city)) for city in cities}
        table.rows.append(Row(row_label(row, question), unit_of_row(row), cells_of_part))
    partly = _only_partly(main, parts)
    missing = [city for city in cities if city not in main.picks and not (main.key and city in partly)]
    other = _other_meanings(table, missing, words, rows, similar)
    missing = [city for city in missing if city not in words]
    totals = part_totals(table, cities) if parts and main.key else {}
    ranking, apart = rank(question, {c: f for c, f in cells.items() if isinstance(f, AnswerFigure)})
    if totals:
        ranking = rank_totals(totals, question)
    derived = derive_from_totals(question, totals, ranking) if totals else derive_from(question, cells, ranking)
    picks = _first_of_each(rows) if main.key else main.picks
    of_part = partly | {city: cell.text for city, cell in other.items()}
    told = Told(
        topic=topic_forms(question),
        partly={city: part for city, part in of_part.items() if city not in picks},
        kinds=_kinds_beside(question, picks, similar),
        spoken={city: by_city(table)[city].profile.period.label for city in words},
        missing=missing,
        computed=[item.city for item in ranking] if len(ranking) > 1 else [],
        parts=_parts_of_each(rows, language) if totals else {},
    )
    comparison = Comparison(
        topic=topic_of(question).strip("“”"),
        cities=tuple(cities),
        rows=tuple(table.rows),
        ranking=tuple(ranking) if len(ranking) >= 2 else None,
        apart=(*apart, *(Apart(city, "scope") for city in partly if city not in totals)),
        warnings=warnings_of(picks, told, language),
        reported=len(totals) or len(main.picks),
        of=len(cities),
        derived=(*derived, *(total for total, _ in totals.values())),
    )
    lead = (
        lead_of_totals(question, comparison, totals)
        if totals
        else _of_a_part(main, table.rows[0].label, language)
        + lead_text(question, comparison, cells, derived)
        + parts_text(comparison, language)
    )
    return Compared(lead + _told_of_others(other, language), comparison, _status(cells))


def _kinds_beside(question: Question, picks: Mapping[str, Pick], similar: Similar) -> dict[str, str]:
    """What another kind of the thing is called that a city gives besides the one shown."""
    besides = {city: other_kind_of(question, pick, similar) for city, pick in picks.items()}
    return {city: label_of(pick) for city, pick in besides.items() if pick is not None}


def _status(cells: Mapping[str, Cell]) -> Status:
    figures = [cell for cell in cells.values() if isinstance(cell, AnswerFigure)]
    return "answered" if any(figure.readable for figure in figures) else "unreadable"


def _told_of_others(other: Mapping[str, TextCell], language: Language) -> str:
    return "".join(
        say(
            "other_meaning",
            language,
            city=city_name(city, language),
            quote=verbatim(cell.text),
            mark=f"[{cell.citation}]",
        )
        for city, cell in other.items()
    )


def _parts_of_each(rows: Sequence[RowPicks], language: Language) -> dict[str, str]:
    """Which levels each city gives, where levels are added up."""
    given: dict[str, list[str]] = {}
    for row in rows:
        level = row.key.partition("·")[0]
        for city in row.picks:
            given.setdefault(city, []).append(LEVELS.get(level, level) if language == "en" else level)
    return {city: (", " if language == "en" else "、").join(levels) for city, levels in given.items()}


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


def _of_a_part(main: RowPicks, label: str, language: Language) -> str:
    """The name of the first row, where it is a part of what was asked: its figures are not those of the whole."""
    if not main.key:
        return ""
    return f"{label[:1].upper()}{label[1:]}: " if language == "en" else f"{label}："


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
        if picks and picks[0].nouns >= 0.9 and (not counts(table.question) or _speaks_of_it(table.question, picks[0])):
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
    key = "not_found" if words else "not_found_by_several" if len(cities) > 1 else "not_found_figure"
    warning = Warning("missing", cities, say(key, language, city=names, topic=topic_of(question)))
    comparison = Comparison(topic_of(question).strip("“”"), cities, (), None, (), (warning,), 0, len(cities))
    return Draft("not_found", warning.text, comparison=comparison)
