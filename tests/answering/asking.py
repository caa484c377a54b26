"""Built-in answers over small made reports, without index and model: what the words alone decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.answering.extractive import Extractive
from assistant.answering.picking.pick import Similar
from assistant.language.places import Place, lookup
from assistant.models import Draft, Evidence, Question, Report, ReportSummary
from assistant.question.understand import understand
from assistant.reading import read

CITY, PERIOD = "保山市", "2024年"


def report_text(body: str, *, city: str = CITY) -> str:
    """A work report of a city with this body; a body that begins with # is a whole report of its own."""
    return body[1:].lstrip() if body.startswith("#") else f"{city}总工会{PERIOD}工作总结\n\n{body}\n"


@cache
def reports(*bodies: str) -> tuple[Report, ...]:
    """The reports of these bodies, read by the real reader; the first is of 保山市, the next of 清远市, 丽江市."""
    cities = (CITY, "清远市", "丽江市")
    return tuple(
        read(f"{city}.txt", report_text(body, city=city).encode()) for city, body in zip(cities, bodies, strict=False)
    )


def asked(text: str, found: Sequence[Report], *, history: Sequence[str] = ()) -> Question:
    """The question as it is understood with these reports in the library."""
    return understand(text, history=history, library=[place for report in found if (place := _place(report))])


def answered(text: str, *bodies: str, history: Sequence[str] = (), similar: Similar | None = None) -> Draft:
    """What the built-in composer answers over the reports of these bodies, with the model `similar` or with none."""
    found = reports(*bodies)
    question = asked(text, found, history=history)
    named = {city.name for city in question.cities}
    chosen = {report.id: report for report in found if not named or report.profile.city in named}
    evidence = Evidence((), chosen, summaries=tuple(_summary(report) for report in found))
    return Extractive(similar or no_model).compose(question, evidence)


def no_model(_: str, texts: Sequence[str]) -> Sequence[float]:
    """Nothing resembles anything: only words are compared."""
    return [0.0] * len(texts)


def _place(report: Report) -> Place | None:
    return lookup(report.profile.city or "")


def _summary(report: Report) -> ReportSummary:
    profile = report.profile
    return ReportSummary(
        report.id,
        report.original.name,
        profile.title,
        profile.city,
        profile.short,
        profile.province,
        profile.kind,
        profile.period,
        len(report.original.text),
        len(report.figures),
        0,
        report.added,
        "text",
        None,
    )
