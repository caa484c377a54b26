"""Answers "which cities …": exactly the cities whose reports say it, each with its passage, and how many were read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.decide import listed
from assistant.answering.marks import Citations
from assistant.answering.pick import Pick, Similar, pick_sentences
from assistant.answering.trim import trim
from assistant.answering.wording import city_name, period_name, say, verbatim
from assistant.answering.wording import listed as join
from assistant.answering.zones import plain
from assistant.language.script import to_simplified
from assistant.models import Question, Report


def naming_picks(question: Question, reports: Sequence[Report], similar: Similar) -> list[Pick]:
    """The best sentence of each report that clearly says it, in the order of the reports."""
    quoted = [plain(to_simplified(name)) for name in _QUOTED.findall(question.text)]
    if quoted:  # what is asked by its very words is named where those words stand
        literal = [pick for report in reports if (pick := _with_words(quoted, pick_sentences(question, report, similar)))]
        if literal:
            return literal
    found = []
    for report in reports:
        picks = pick_sentences(question, report, similar)
        pick = next((pick for pick in picks[:3] if listed(question.terms, pick)), None)
        if pick is not None:
            found.append(pick)
    return found


def _with_words(words: Sequence[str], picks: Sequence[Pick]) -> Pick | None:
    """The best sentence that holds all of the `words` as they stand."""
    return next(
        (p for p in picks if all(word in plain(p.sentence.span.of(p.report.repaired.text)) for word in words)), None
    )


_QUOTED = re.compile(r"[“‘\"「『《]([^”’\"」』》]{2,24})[”’\"」』》]")


def topic_of(question: Question) -> str:
    """The thing asked, as a reader would name it."""
    names = list(dict.fromkeys(term.text for term in question.terms if term.noun))
    kept = [name for name in names if not any(name != other and name in other for other in names)]
    joined = (" " if question.language == "en" else "").join(kept) or question.topic
    return f"“{joined}”"


def answer_which(question: Question, reports: Sequence[Report], similar: Similar, citations: Citations) -> list[str]:
    """The lines that name the cities, or none when no report says it."""
    language = question.language
    picks = naming_picks(question, reports, similar)
    if not picks:
        return []
    cities = [city_name(pick.report.profile.city, language) for pick in picks]
    marks: list[str] = []
    lines: list[str] = []
    for pick in picks:
        span = trim(question, pick, question.terms, limit=100)
        n = citations.cite(pick.report, span, kind=pick.sentence.kind)
        marks.append(f"[{n}]")
        quote = verbatim(pick.report.repaired.offsets.to_received(span).of(pick.report.original.text))
        period = period_name(pick.report.profile.period.label, language)
        lines.append(say("which_line", language, city=cities[len(lines)], period=period, quote=quote, mark=f"[{n}]"))
    named = [f"{city}{mark}" for city, mark in zip(cities, marks, strict=True)]
    first = say(
        "which", language, count=len(picks), topic=topic_of(question), cities=join(named, language), of=len(reports)
    )
    saying = {pick.report.id for pick in picks}
    without = [city_name(report.profile.city, language) for report in reports if report.id not in saying]
    closing = [say("which_without", language, cities=join(without, language))] if without else []
    return [first, "", *lines, "", *closing]
