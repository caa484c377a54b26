"""Compares approaches: what each report says of a topic, one line a city, in the report's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.built_in.list_answer import BREAK, SIGNED, lists_contents, topic_of
from assistant.answering.comparing.caveats import text_warnings
from assistant.answering.comparing.cells import Table, text_cell
from assistant.answering.comparing.rows import city_of
from assistant.answering.comparing.words import coverage_text, planned, table_text, warning_text
from assistant.answering.picking.for_texts import for_texts
from assistant.answering.picking.pick import LEXICAL, Pick, Similar, pick_sentences
from assistant.answering.picking.sentence_found import told_of
from assistant.answering.picking.zones import plain, starts_a_name
from assistant.answering.wording import city_name, period_name, say, verbatim
from assistant.models import Cell, Citation, Comparison, Draft, Question, Report, Row, Span, TextCell


def _quotes_doubt(report: Report, cited: Citation) -> bool:
    """Whether a citation quotes a figure whose print is doubtful."""
    span = report.repaired.offsets.to_repaired(Span(cited.start, cited.end))
    return any(figure.doubt is not None and span.contains(figure.span) for figure in report.figures)


LOOKED_AT = 12  # sentences of a report, best first
NAMED_AFTER = 0.8  # what a name that begins with the thing asked is worth where ways are asked
ONLY_NAMES = 0.2  # what a row of names without a doing loses
CELL = 80  # characters of a cell at most, unless one clause is longer
FULLER = 0.02  # what each thing that tells of a broad topic adds, up to four
TITLE, SHORTEST = 0.25, 12  # what a sentence of so few characters loses, which only names its matter (打造竞赛平台)
_DIGIT = re.compile(r"\d")
SPEECH = 0.3  # what somebody's words lose, of which a line would quote who said them
_SAID = re.compile(r"[^传小学听据解]说[。”]*$|表示[。”]*$")


def _telling_how(question: Question, report: Report, similar: Similar) -> list[Pick]:
    """The sentences of a report that may tell how it is done, best first.

    A list of contents names things and says nothing of how they are done, and neither does a mere row of names (……).
    """
    picks = [_with_names_of_it(question, pick) for pick in pick_sentences(question, report, similar)[:LOOKED_AT]]
    picks = [pick for pick in picks if not lists_contents(pick) and pick.passage.headings != SIGNED]
    return sorted(picks, key=lambda pick: -pick.score)


def _with_names_of_it(question: Question, pick: Pick) -> Pick:
    """A pick valued for what is named after the thing too: a 工匠学院 is a way to train 工匠, though none of them."""
    text = plain(pick.sentence.span.of(pick.report.repaired.text))
    named = [term for term in question.terms if term.noun]
    score, nouns = pick.score - (ONLY_NAMES if text.endswith("…") else 0.0), pick.nouns
    told = {form for term in named for form in term.near if len(form) > 2 and plain(form) in text}
    score += FULLER * min(4, len(told))
    first = pick.passage.sentences[0] == pick.sentence
    score -= TITLE if len(text) <= SHORTEST and not first and not _DIGIT.search(text) else 0.0
    score -= SPEECH if _SAID.search(text) else 0.0
    for term in named:
        gain = NAMED_AFTER - pick.each.get(term.text, 0.0)
        if gain > 0 and any(starts_a_name(plain(form), text) for form in term.forms):
            score, nouns = score + LEXICAL * gain / len(named), nouns + gain / len(named)
    return replace(pick, score=score, nouns=nouns)


def approaches(table: Table, similar: Similar, *, instead: bool = False) -> Draft | None:
    """What each report says of it, one line a city; None when no report says anything.

    `instead` = numbers were asked for and none is given; then the answer says so first and is only partial.
    """
    table.question = for_texts(table.question, table.reports)
    table.question = replace(
        table.question, things=tuple(for_texts(one, table.reports) for one in table.question.things)
    )
    question, language = table.question, table.question.language
    cities = [city_of(report) for report in table.reports]
    cells: dict[str, Cell] = {}
    targets, periods = [], {}
    for report in table.reports:
        asked = [question, *question.things]  # of two things, either where no sentence tells of both
        each = ([p for p in _telling_how(one, report, similar)[:3] if told_of(one.terms, p)] for one in asked)
        found = next((picks for picks in each if picks), [])
        city = city_of(report)
        cells[city] = text_cell(table, found[0], CELL, whole=True) if found else None
        if found:
            periods[city] = report.profile.period.label
            if found[0].sentence.kind == "target":
                targets.append(city)
    if not any(cells.values()):
        return None
    missing = [city for city in cities if cells[city] is None]
    by_id = {report.id: report for report in table.reports}
    doubtful = [
        city_of(by_id[cited.report_id])
        for cited in table.citations.all()
        if cited.report_id in by_id and _quotes_doubt(by_id[cited.report_id], cited)
    ]
    warnings = text_warnings(periods, targets, missing, language, doubtful=doubtful)
    table.rows.append(Row(topic_of(question).strip("“”"), None, cells))
    comparison = Comparison(
        topic_of(question).strip("“”"), tuple(cities), tuple(table.rows), None, (), warnings, len(periods), len(cities)
    )
    lines = []
    for city, cell in cells.items():
        if isinstance(cell, TextCell):
            when = f"{period_name(periods[city], language)}{planned(city in targets, language)}"
            key = "which_line"
            lines.append(
                say(
                    key,
                    language,
                    city=city_name(city, language),
                    period=when,
                    quote=verbatim(BREAK.sub(" ", cell.text)),
                    mark=f"[{cell.citation}]",
                )
            )
    lead = say("only_words", language) if instead else coverage_text(comparison, language)
    shown = table_text(table, cities) if question.wants == "table" and len(cities) > 1 else "\n".join(lines)
    text = "\n\n".join(part for part in (lead, shown, warning_text(warnings)) if part)
    return Draft("partial" if instead else "answered", text, table.citations.all(), (), (), comparison)
