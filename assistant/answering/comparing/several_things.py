"""Compares several things that one question names side by side: a sentence and its rows for each of them.

Whether they are one printed thing (劳动和技能竞赛) is decided here: where a report counts all of them in one figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.comparing.caveats import OF_REPORTS, missing_in, over_things, unlike_rows
from assistant.answering.comparing.cells import Table
from assistant.answering.comparing.compared import Compared, compare_figures, nothing_reported
from assistant.answering.comparing.row_candidates import figure_of
from assistant.answering.comparing.rows import RowPicks, line_up
from assistant.answering.comparing.words import table_text, warning_text
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.language.measure_words import same_class
from assistant.models import AnswerFigure, Comparison, Draft, Figure, Language, Question, Warning

NEAR = 12  # figures of a report among which another measure of one thing is looked for
ALL_OF_IT = 0.85  # share of the naming words that one figure meets which counts all the things together


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things asked, with its figures lined up."""

    question: Question
    rows: list[RowPicks]
    name: str | None = None  # where another of the things has the same one


def things_apart(table: Table, together: Sequence[RowPicks], similar: Similar) -> list[Thing]:
    """The things asked, where they are several and at least two of them are reported, or one is and none counts all."""
    things = table.question.things
    named = {tuple(term.text for term in one.terms_of_substance[:1]) for one in things}
    picks = [pick for row in together for pick in row.picks.values()]
    if len(named) > 1 and any(pick.own >= ALL_OF_IT and not _lists(pick) for pick in picks):
        return []
    found = [Thing(one, line_up(one, table.reports, similar)) for one in things]
    for first, second in pairwise(found):
        if first.question.terms_of_substance == second.question.terms_of_substance:
            _take_what_is_told_of(first, second, similar)
    return _told_apart(found) if any(thing.rows for thing in found) else []


def _take_what_is_told_of(first: Thing, second: Thing, similar: Similar) -> None:
    """Of another measure of one thing, the figure that is told of the one found before (宣讲活动90场, 覆盖职工4000人)."""
    counted = {city: pick for row in first.rows[:1] for city, pick in row.picks.items()}
    for city, pick in second.rows[0].picks.items() if second.rows else ():
        before = counted[city].figure if city in counted else None
        if before is None or _is_told_of(pick, before):
            continue
        near = pick_figures(second.question, pick.report, similar)[:NEAR]
        alike = (one for one in near if same_class(figure_of(one).unit, figure_of(pick).unit) and not one.lacking)
        if (told := next((one for one in alike if _is_told_of(one, before)), None)) is not None:
            second.rows[0].picks[city] = told


def _is_told_of(pick: Pick, before: Figure) -> bool:
    figure = figure_of(pick)
    named = figure.head is not None and figure.head in {before.label, before.head}
    return named and figure.sentence == before.sentence


def _told_apart(things: Sequence[Thing]) -> list[Thing]:
    """Things of one name, each with its level (市级学院、县级学院) or the measure asked (多少场，多少人) in its name."""
    names = [topic_of(thing.question).strip("“”") for thing in things]
    return [
        replace(thing, name=_full_name(thing.question, name)) if names.count(name) > 1 else thing
        for thing, name in zip(things, names, strict=True)
    ]


def _full_name(question: Question, name: str) -> str:
    level = next((word for word in question.scope if word not in name), None)
    if level is not None or question.unit is None:
        return f"{level or ''}{name}"
    return f"{name} ({question.unit})" if question.language == "en" else f"{name}（{question.unit}）"


def _lists(pick: Pick) -> bool:
    """Whether a figure sums up things that its label lists one by one."""
    label = pick.figure.label if pick.figure is not None else ""
    return "、" in label or label.count("“") > 1


def compare_things(table: Table, things: Sequence[Thing], similar: Similar) -> Draft:
    """One sentence and the rows of each thing, then all warnings; nothing is ranked or computed across things."""
    language = table.question.language
    told = [_compared(table, thing, similar) for thing in things]
    lines = [_headed(one.lead, one.comparison.topic, language) for one in told]
    comparison = _joined(table, told, language)
    table.rows[:] = comparison.rows
    shown = "\n".join(f"- {line}" for line in lines)
    text = "\n\n".join(
        part for part in (shown, table_text(table, comparison.cities), warning_text(comparison.warnings)) if part
    )
    statuses = [one.status for one in told]
    status = statuses[0] if len(set(statuses)) == 1 else "partial"
    return Draft(status, text, table.citations.all(), tuple(table.figures), tuple(comparison.derived), comparison)


def _compared(table: Table, thing: Thing, similar: Similar) -> Compared:
    if thing.rows:
        own = Table(thing.question, table.reports, table.citations, [], table.figures)
        compared = compare_figures(own, thing.rows, similar)
        if thing.name is None:
            topic, label = compared.comparison.topic, compared.comparison.rows[0].label
            named = label if label.startswith(topic) else topic
            return replace(compared, comparison=replace(compared.comparison, topic=named))
        first, *others = compared.comparison.rows
        rows = (replace(first, label=thing.name), *others)
        return replace(compared, comparison=replace(compared.comparison, topic=thing.name, rows=rows))
    draft = nothing_reported(thing.question, table.reports)
    assert draft.comparison is not None
    return Compared(draft.text, draft.comparison, draft.status)


def _headed(lead: str, topic: str, language: Language) -> str:
    if topic in lead.split("。")[0]:
        return lead
    return f"{topic[:1].upper()}{topic[1:]}: {lead}" if language == "en" else f"{topic}：{lead}"


def _joined(table: Table, told: Sequence[Compared], language: Language) -> Comparison:
    parts = [one.comparison for one in told]
    cities = parts[0].cities
    rows = tuple(
        replace(row, label=part.topic if row is part.rows[0] and not _names(part.topic, row.label) else row.label)
        for part in parts
        for row in part.rows
    )
    reported = {city for row in rows for city, cell in row.cells.items() if cell is not None}
    topic = (", " if language == "en" else "、").join(part.topic for part in parts)
    derived = tuple(item for part in parts for item in part.derived)
    warnings = _warnings(parts, language)
    return Comparison(
        topic or topic_of(table.question), cities, rows, None, (), warnings, len(reported), len(cities), derived
    )


def _names(topic: str, label: str) -> bool:
    return bool(set(topic) & set(label))


def _warnings(parts: Sequence[Comparison], language: Language) -> tuple[Warning, ...]:
    """What holds for the reports told once for all things, the rest for each thing by its name."""
    given = [part for part in parts if part.rows]
    figures = [
        cell
        for part in given
        for cell in part.rows[0].cells.values()
        if isinstance(cell, AnswerFigure) and cell.city is not None
    ]
    of_each = _merged([(part, warning) for part in given for warning in part.warnings], language)
    kinds = {warning.kind for part in given for warning in part.warnings}
    silent = [warning for part in parts if not part.rows for warning in part.warnings]
    return (*over_things(figures, kinds, language), *of_each, *silent)


def _merged(told: Sequence[tuple[Comparison, Warning]], language: Language) -> list[Warning]:
    """The warnings of each thing with its name, those of one kind and one sort in one line."""
    found: list[Warning] = []
    groups: dict[tuple[str, bool], list[tuple[Comparison, Warning]]] = {}
    for part, warning in told:
        if warning.kind in _MERGED:
            groups.setdefault((warning.kind, _gives_parts(part, warning)), []).append((part, warning))
        elif warning.kind not in OF_REPORTS:
            found.append(_of(part, warning, language))
    for (kind, parts_given), group in groups.items():
        if len(group) == 1:
            found.append(_of(*group[0], language))
        elif kind == "scope":
            found.append(unlike_rows([(part.topic, warning.cities) for part, warning in group], language))
        else:
            found.append(missing_in([(part.topic, one.cities) for part, one in group], language, parts=parts_given))
    return found


_MERGED = frozenset({"scope", "missing"})


def _of(part: Comparison, warning: Warning, language: Language) -> Warning:
    return replace(warning, text=f"{part.topic}{': ' if language == 'en' else '：'}{warning.text}")


def _gives_parts(part: Comparison, warning: Warning) -> bool:
    """Whether a warning that the whole is missing is of cities that give parts of it."""
    return warning.kind == "missing" and any(
        row.cells.get(city) is not None for row in part.rows[1:] for city in warning.cities
    )
