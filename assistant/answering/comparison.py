"""Compares cities: the answer in one sentence, then the table, then the warnings; every cell a figure with its place.

Everything computed comes from `computed`, every caveat from `caveats`, every row from `rows`. What may not be put
together (a target, damaged or doubtful print, another unit) stands apart with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.caveats import text_warnings, warnings_of
from assistant.answering.decide import fact_found
from assistant.answering.list_answer import topic_of
from assistant.answering.marks import Citations, answer_figure
from assistant.answering.pick import Pick, Similar, in_its_group, pick_sentences, trim
from assistant.answering.quote import label_of, quoted_span
from assistant.answering.rows import RowPicks, city_of, line_up, shared_topics
from assistant.language.measure_words import same_class
from assistant.answering.wording import city_name, listed, period_name, say, verbatim
from assistant.answering.zones import plain, within_other_name
from assistant.figures import derive
from assistant.models import AnswerFigure, Apart, Cell, Comparison, Derived, Draft, Question, Ranked, Report, Row, TextCell, Warning

_APPROACH = re.compile(r"怎么(?!样)|怎样|如何|做法|措施|办法|举措|方式|\bhow do|\bhow does|\bhow did|approach|measures", re.I)
_FIGURES = {"rank", "difference", "ratio", "total"}
PARTS_SHOWN = 5


@dataclass
class _Table:
    """A comparison in the making."""

    question: Question
    reports: Sequence[Report]
    citations: Citations
    rows: list[Row]
    figures: list[AnswerFigure]


def compare(question: Question, reports: Sequence[Report], similar: Similar) -> Draft:
    """The comparison of `reports` in what the question asks; `not_found` when no report says anything of it."""
    table = _Table(question, reports, Citations(), [], [])
    if question.parts:
        return _by_parts(table, similar)
    if _APPROACH.search(question.text) and question.intent not in _FIGURES and question.unit is None:
        draft = _approaches(table, similar)
        if draft is not None:
            return draft
    if not question.terms_of_substance:
        return _overview(table)
    rows = line_up(question, reports, similar)
    if not rows:
        return _approaches(table, similar) or _nothing(question, reports)
    return _figures(table, rows, similar)


# --- figures ------------------------------------------------------------------------------------


def _figures(table: _Table, rows: list[RowPicks], similar: Similar) -> Draft:
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    main = rows[0]
    parts = rows[1 : 1 + PARTS_SHOWN]
    cells: dict[str, Cell] = {city: _cell(table, main.picks.get(city)) for city in cities}
    text_cells = _text_cells(table, cells, rows, similar)
    table.rows.append(Row(_row_label(main, question), _unit(main), {**cells, **text_cells}))
    for row in parts:
        table.rows.append(Row(_row_label(row, question), _unit(row), {city: _cell(table, row.picks.get(city)) for city in cities}))
    partly: dict[str, str] = {}
    for row in parts:
        for city in row.picks:
            if city not in main.picks:
                partly[city] = f"{partly[city]}、{row.label}" if city in partly else row.label
    missing = [city for city in cities if city not in main.picks and not (main.key and city in partly)]
    spoken = {**{report_city: report.profile.period.label for report_city, report in _by_city(table).items() if report_city in text_cells}}
    other = _other_meanings(table, missing, text_cells, rows, similar)
    partly |= {city: cell.text for city, cell in other.items()}
    missing = [city for city in missing if city not in text_cells]
    warnings = list(warnings_of(main.picks, missing, language, topic=_topic_forms(question), partly=partly, spoken=spoken))
    totals = _part_totals(table, cities) if len(rows) > 1 and main.key else {}
    ranking, apart = _rank(question, {c: f for c, f in cells.items() if isinstance(f, AnswerFigure)})
    derived = [] if totals else _derive(question, cells, ranking)
    if totals:
        ranking = _rank_totals(totals, question)
    comparison = Comparison(
        topic=topic_of(question).strip("“”"),
        cities=tuple(cities),
        rows=tuple(table.rows),
        ranking=tuple(ranking) if len(ranking) >= 2 else None,
        apart=tuple(apart),
        warnings=tuple(warnings),
        reported=len(totals) or len(main.picks),
        of=len(cities),
        derived=tuple([*derived, *(total for total, _ in totals.values())]),
    )
    derived = list(comparison.derived)
    lead = _lead_totals(question, comparison, totals) if totals else _lead(question, comparison, cells, derived)
    for city, cell in other.items():
        lead += say("other_meaning", language, city=city_name(city, language), quote=verbatim(cell.text), mark=f"[{cell.citation}]")
    text = "\n\n".join(part for part in (lead, _table_text(table, cities), _warning_text(warnings)) if part)
    status = "answered" if main.picks and not all(c is None for c in cells.values()) else "partial"
    if not any(isinstance(c, AnswerFigure) and c.readable for c in cells.values()):
        status = "unreadable"
    return Draft(status, text, table.citations.all(), tuple(table.figures), tuple(derived), comparison)  # type: ignore[arg-type]


def _overview(table: _Table) -> Draft:
    """Without a topic: what the reports count in common, row by row, with no ranking over different things."""
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    rows = shared_topics(table.reports)
    if not rows:
        return _nothing(question, table.reports)
    for row in rows:
        table.rows.append(Row(row.label, _unit(row), {city: _cell(table, row.picks.get(city)) for city in cities}))
    periods = {city_of(report): report.profile.period.label for report in table.reports}
    targets = [city_of(report) for report in table.reports if report.profile.kind == "plan"]
    warnings = text_warnings(periods, targets, [], language)
    topic = "shared figures" if language == "en" else "共同的数字"
    comparison = Comparison(topic, tuple(cities), tuple(table.rows), None, (), warnings, len(cities), len(cities))
    lead = say("shared", language, count=len(rows), cities=listed([city_name(city, language) for city in cities], language))
    text = "\n\n".join(part for part in (lead, _table_text(table, cities), _warning_text(warnings)) if part)
    return Draft("answered", text, table.citations.all(), tuple(table.figures), (), comparison)


def _cell(table: _Table, pick: Pick | None) -> Cell:
    if pick is None or pick.figure is None:
        return None
    n = table.citations.cite(pick.report, quoted_span(table.question, pick), kind=pick.figure.kind, period=pick.figure.period.label)
    figure = answer_figure(pick.report, pick.figure, n)
    table.figures.append(figure)
    return figure


def _text_cells(table: _Table, cells: Mapping[str, Cell], rows: Sequence[RowPicks], similar: Similar) -> dict[str, Cell]:
    """For a city without any figure, the sentence that clearly speaks of the topic, as words instead of a number."""
    found: dict[str, Cell] = {}
    if len(table.reports) > 4:
        return found
    for report in table.reports:
        city = city_of(report)
        if cells.get(city) is not None or any(city in row.picks for row in rows):
            continue
        picks = pick_sentences(table.question, report, similar)
        if picks and picks[0].nouns >= 0.9:
            found[city] = _text_cell(table, picks[0])
    return found


def _by_city(table: _Table) -> dict[str, Report]:
    return {city_of(report): report for report in table.reports}


def _other_meanings(table: _Table, missing: Sequence[str], words: Mapping[str, Cell], rows: Sequence[RowPicks], similar: Similar) -> dict[str, TextCell]:
    """For a city that gives nothing, the sentence where the word asked for is part of another thing's name.

    Shown so that nobody takes it for the thing itself (a legal check-up of firms is no medical check-up).
    """
    found: dict[str, TextCell] = {}
    if len(table.reports) > 3:
        return found
    for city, report in _by_city(table).items():
        if city not in missing or city in words or any(city in row.picks for row in rows):
            continue
        for pick in pick_sentences(table.question, report, similar)[:3]:
            span = trim(table.question, pick, table.question.terms, limit=70)
            if within_other_name(table.question.terms, plain(span.of(report.repaired.text))):
                n = table.citations.cite(report, span, kind=pick.sentence.kind)
                found[city] = TextCell(table.citations.quote(n), n)
                break
    return found


def _rank(question: Question, cells: Mapping[str, AnswerFigure]) -> tuple[list[Ranked], list[Apart]]:
    """The ranking by printed values, and who stands apart and why."""
    apart: list[Apart] = []
    fit: list[tuple[str, AnswerFigure]] = []
    units = [figure.unit for figure in cells.values() if figure.readable and figure.kind != "target"]
    usual = max(set(units), key=units.count) if units else ""
    for city, figure in cells.items():
        why = (
            "target" if figure.kind == "target" else
            "unreadable" if not figure.readable or figure.value is None else
            "implausible" if figure.doubt is not None else
            "unit" if not same_class(usual, figure.unit) else None
        )  # fmt: skip
        if why is None:
            fit.append((city, figure))
        else:
            apart.append(Apart(city, why))
    fit.sort(key=lambda item: ((item[1].value or 0.0) * (1 if question.lowest else -1), item[0]))
    ranking: list[Ranked] = []
    for index, (city, figure) in enumerate(fit):
        same = index > 0 and figure.value == fit[index - 1][1].value
        ranking.append(Ranked(city, ranking[-1].rank if same else index + 1, figure.citation))
    return ranking, apart


def _derive(question: Question, cells: Mapping[str, Cell], ranking: Sequence[Ranked]) -> list[Derived]:
    figures = [cell for item in ranking if isinstance(cell := cells[item.city], AnswerFigure)]
    if len(figures) < 2:
        return []
    language = question.language
    if question.intent == "total":
        return [derive.total(figures, language)]
    first, second = figures[0], figures[1]
    if len(question.cities) == 2:
        named = [cell for city in question.cities if isinstance(cell := cells.get(city.name), AnswerFigure)]
        if len(named) == 2 and question.intent == "ratio":
            first, second = named
    if question.intent == "ratio":
        return [derive.ratio(first, second, language)] if second.value else []
    if question.intent in {"difference", "rank"} or len(figures) == 2:
        return [derive.difference(first, second, language)]
    return []


def _part_totals(table: _Table, cities: Sequence[str]) -> dict[str, tuple[Derived, list[AnswerFigure]]]:
    """For a topic printed only in parts (省级, 市级, 县级): the parts of each city added up, with their operands."""
    found = {}
    for city in cities:
        figures = [cell for row in table.rows if isinstance(cell := row.cells.get(city), AnswerFigure)]
        usable = [figure for figure in figures if figure.readable and figure.kind == "achieved" and figure.doubt is None]
        if usable and len(usable) == len(figures) and len({figure.unit for figure in usable}) == 1:
            found[city] = (derive.total(usable, table.question.language), usable)
    return found if any(len(operands) > 1 for _, operands in found.values()) else {}


def _rank_totals(totals: Mapping[str, tuple[Derived, list[AnswerFigure]]], question: Question) -> list[Ranked]:
    ordered = sorted(totals.items(), key=lambda item: (item[1][0].value * (1 if question.lowest else -1), item[0]))
    return [Ranked(city, index, operands[0].citation) for index, (city, (_, operands)) in enumerate(ordered, start=1)]


# --- approaches ---------------------------------------------------------------------------------


def _text_cell(table: _Table, pick: Pick, limit: int = 80, *, whole: bool = False) -> TextCell:
    span = trim(table.question, pick, table.question.terms, limit=limit)
    if whole:
        span = in_its_group(pick, span, limit)
    n = table.citations.cite(pick.report, span, kind=pick.sentence.kind)
    return TextCell(table.citations.quote(n), n)


def _approaches(table: _Table, similar: Similar) -> Draft | None:
    """What each report says of it, one line a city; None when no report says anything."""
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    cells: dict[str, Cell] = {}
    targets, periods = [], {}
    for report in table.reports:
        picks = pick_sentences(question, report, similar)
        found = [pick for pick in picks[:3] if fact_found(question.terms, pick) or pick.score >= 0.42]
        city = city_of(report)
        cells[city] = _text_cell(table, found[0], 110, whole=True) if found else None
        if found:
            periods[city] = report.profile.period.label
            if found[0].sentence.kind == "target":
                targets.append(city)
    if not any(cells.values()):
        return None
    missing = [city for city in cities if cells[city] is None]
    warnings = text_warnings(periods, targets, missing, language)
    table.rows.append(Row(topic_of(question).strip("“”"), None, cells))
    comparison = Comparison(topic_of(question).strip("“”"), tuple(cities), tuple(table.rows), None, (), warnings, len(periods), len(cities))
    lines = []
    for city, cell in cells.items():
        if isinstance(cell, TextCell):
            when = f"{period_name(periods[city], language)}{_planned(city in targets, language)}"
            key = "which_line"
            lines.append(say(key, language, city=city_name(city, language), period=when, quote=verbatim(cell.text), mark=f"[{cell.citation}]"))
    text = "\n\n".join(part for part in (_coverage(comparison, language), "\n".join(lines), _warning_text(warnings)) if part)
    return Draft("answered", text, table.citations.all(), (), (), comparison)


def _planned(target: bool, language: str) -> str:
    if not target:
        return ""
    return ", a plan" if language == "en" else "，计划"


def _nothing(question: Question, reports: Sequence[Report]) -> Draft:
    language = question.language
    cities = tuple(city_of(report) for report in reports)
    names = listed([city_name(city, language) for city in cities], language)
    warning = Warning("missing", cities, say("not_found_figure", language, city=names, topic=topic_of(question)))
    comparison = Comparison(topic_of(question).strip("“”"), cities, (), None, (), (warning,), 0, len(cities))
    return Draft("not_found", warning.text, comparison=comparison)


# --- questions with a part for each city ----------------------------------------------------------


def _by_parts(table: _Table, similar: Similar) -> Draft:
    """A question that asks one thing of one city and another of another: one row a part."""
    question, language = table.question, table.question.language
    by_city = {city_of(report): report for report in table.reports}
    cities = list(by_city)
    warnings: list[Warning] = []
    picks: dict[str, Pick] = {}
    lines = []
    for part in question.parts:
        for city in part.cities:
            report = by_city.get(city.name)
            rows = line_up(part, [report], similar) if report is not None else []
            pick = rows[0].picks.get(city.name) if rows else None
            cell = _cell(table, pick)
            label = label_of(pick) if pick is not None else topic_of(part).strip("“”")
            table.rows.append(Row(label, pick.figure.unit if pick is not None and pick.figure is not None else None, {name: cell if name == city.name else None for name in cities}))
            if pick is None or not isinstance(cell, AnswerFigure):
                lines.append(say("not_found_figure", language, city=city_name(city.name, language), topic=topic_of(part)))
                warnings.append(Warning("missing", (city.name,), lines[-1]))
            else:
                picks[city.name] = pick
                lines.append(f"{_named(city.name, cell, language)}。" if language != "en" else f"{_named(city.name, cell, language)}.")
    warnings += warnings_of(picks, [], language, topic=(), partly={})
    if len(picks) > 1 and not any(w.kind == "scope" for w in warnings):
        detail = "，".join(f"{city_name(city, language)}“{label_of(pick)}”" for city, pick in picks.items())
        warnings.append(Warning("scope", tuple(picks), f"Different things: {detail}." if language == "en" else f"口径不同：{detail}。"))
    comparison = Comparison(topic_of(question).strip("“”"), tuple(cities), tuple(table.rows), None, (), tuple(warnings), len(picks), len(cities))
    text = "\n\n".join(part for part in ("".join(lines), _table_text(table, cities), _warning_text(warnings)) if part)
    return Draft("answered" if picks else "not_found", text, table.citations.all(), tuple(table.figures), (), comparison)


# --- words --------------------------------------------------------------------------------------


def _named(city: str, cell: AnswerFigure, language: str) -> str:
    if not cell.readable:
        return f"{city_name(city, language)} {'unreadable in the source' if language == 'en' else '原文缺损'}[{cell.citation}]"  # type: ignore[arg-type]
    target = (" (target)" if language == "en" else "（目标）") if cell.kind == "target" else ""
    target += (" (doubtful)" if language == "en" else "（存疑）") if cell.doubt is not None else ""
    return f"{city_name(city, language)} **{cell.text}**{target}[{cell.citation}]"  # type: ignore[arg-type]


def _lead(question: Question, comparison: Comparison, cells: Mapping[str, Cell], derived: Sequence[Derived]) -> str:
    """The answer in one or two sentences."""
    language = question.language
    english = language == "en"
    ranked = [(item.city, cell) for item in comparison.ranking or () if isinstance(cell := cells[item.city], AnswerFigure)]
    others = [(city, cell) for city, cell in cells.items() if isinstance(cell, AnswerFigure) and city not in {name for name, _ in ranked}]
    pieces: list[str] = []
    if ranked:
        word = ("fewest" if question.lowest else "most") if english else ("最少" if question.lowest else "最多")
        first = _named(*ranked[0], language)
        rest = [_named(city, cell, language) for city, cell in ranked[1:]]
        tie = ranked[0][1].value == ranked[1][1].value
        if tie:
            pieces.append(("Equal: " if english else "持平：") + listed([first, *rest], language))
        elif len(ranked) == 2:
            than = ("fewer than" if question.lowest else "more than") if english else ("少于" if question.lowest else "多于")
            pieces.append(f"{first} {than} {rest[0]}" if english else f"{first}，{than}{rest[0]}")
        else:
            joint = "; then " if english else "，其次"
            pieces.append(f"{first} {word}{joint}{listed(rest, language)}" if english else f"{first}{word}{joint}{listed(rest, language)}")
        if any(w.kind == "period" for w in comparison.warnings):
            pieces[-1] += " (as printed, over different periods)" if english else "（按印出的数字，统计期不同）"
    if others:
        pieces.append(listed([_named(city, cell, language) for city, cell in others], language))
    stop = ". " if english else "。"
    lead = stop.join(pieces) + (stop.strip() if pieces else "")
    for item in derived:
        lead += (" " if english else "") + _derived_text(item, cells, comparison, english)
    return f"{lead} {_coverage(comparison, language)}".strip() if english else f"{lead}{_coverage(comparison, language)}"


def _lead_totals(question: Question, comparison: Comparison, totals: Mapping[str, tuple[Derived, list[AnswerFigure]]]) -> str:
    """The answer where every city gives only parts: their sums, each with its operands."""
    english = question.language == "en"
    shown = []
    for item in comparison.ranking or [Ranked(city, 1, 0) for city in totals]:
        total, operands = totals[item.city]
        added = " + ".join(f"{figure.text}[{figure.citation}]" for figure in operands)
        name = city_name(item.city, question.language)
        shown.append(f"{name} **{total.text}** ({added})" if english else f"{name}合计**{total.text}**（{added}）")
    note = "Only parts are printed; added up: " if english else "报告只给出分项，相加得："
    joint = (" more than " if english else "，多于") if len(shown) == 2 and not question.lowest else ("; " if english else "；")
    closing = ". " if english else "。"
    return f"{note}{joint.join(shown)}{closing}{_coverage(comparison, question.language)}"


def _derived_text(item: Derived, cells: Mapping[str, Cell], comparison: Comparison, english: bool) -> str:
    figures = {f.citation: f for row in comparison.rows for f in row.cells.values() if isinstance(f, AnswerFigure)}
    operands = [figures[n] for n in item.operands]
    sign = {"difference": " − ", "ratio": " ÷ ", "total": " + "}.get(item.kind, " , ")
    shown = sign.join(f"{figure.text}[{figure.citation}]" for figure in operands)
    names = {"difference": ("相差", "Difference: "), "ratio": ("相当于", "Ratio: "), "total": ("合计", "Total: ")}
    word = names.get(item.kind, ("", ""))[1 if english else 0]
    return f"{word}**{item.text}** ({shown})." if english else f"{word}**{item.text}**（{shown}）。"


def _coverage(comparison: Comparison, language: str) -> str:
    if language == "en":
        return f"{comparison.reported} of {comparison.of} reports give it."
    return f"{comparison.of}份报告中{comparison.reported}份给出。"


def _row_label(row: RowPicks, question: Question) -> str:
    if row.key == "":
        return topic_of(question).strip("“”") if len(row.picks) > 1 else row.label
    return row.label


def _unit(row: RowPicks) -> str | None:
    units = {pick.figure.unit for pick in row.picks.values() if pick.figure is not None}
    return units.pop() if len(units) == 1 else None


def _topic_forms(question: Question) -> list[str]:
    return [form for term in question.terms for form in (term.text, *term.forms)]


def _table_text(table: _Table, cities: Sequence[str]) -> str:
    """The table in Markdown: one row a thing, one column a city; a table with one column is left out."""
    language = table.question.language
    if len(cities) < 2 or not table.rows:
        return ""
    english = language == "en"
    shown = [city for city in cities if any(row.cells.get(city) is not None for row in table.rows)] if len(cities) > 8 else list(cities)
    lines = ["| | " + " | ".join(city_name(city, language) for city in shown) + " |", "|---" * (len(shown) + 1) + "|"]
    for row in table.rows:
        cells = [_cell_text(row.cells.get(city), english) for city in shown]
        lines.append(f"| {row.label.replace('|', '/')} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell_text(cell: Cell, english: bool) -> str:
    if cell is None:
        return "not reported" if english else "报告未提及"
    if isinstance(cell, TextCell):
        return f"“{verbatim(cell.text.replace('|', '/').replace(chr(10), ' '))}”[{cell.citation}]"
    if not cell.readable:
        return f"{'damaged in the source' if english else '原文缺损'}[{cell.citation}]"
    notes = [period_name(cell.period, "en" if english else "zh-Hans")]
    if cell.kind == "target":
        notes.append("target" if english else "目标")
    if cell.doubt is not None:
        notes.append("doubtful" if english else "存疑")
    return f"{cell.text}[{cell.citation}] ({', '.join(notes)})" if english else f"{cell.text}[{cell.citation}]（{'，'.join(notes)}）"


def _warning_text(warnings: Sequence[Warning]) -> str:
    return "\n".join(f"> {warning.text}" for warning in warnings)
