"""Checks one statement of an answer: its marks, its cities, its figures, and what it says with them.

Gives what fails with the place in the answer; what becomes of the text is decided in `verify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.verifying.case import Case, Failure, Reading, city_at, letters, read_statement
from assistant.answering.verifying.figures import Source
from assistant.answering.verifying.parts import HELD, Statement
from assistant.answering.verifying.prose import check_order, check_plans, check_prose, compares
from assistant.answering.verifying.stated import check_numbers
from assistant.language.places import Place
from assistant.language.script import to_simplified


def check_statement(masked: str, statement: Statement, case: Case) -> tuple[bool, list[Failure]]:
    """Whether the statement says anything that can be checked, and what of it fails."""
    reading = read_statement(masked, statement, case)
    failures = [*_marks(statement, case)]
    if statement.note and _is_warning(reading, case):
        return True, failures
    if statement.note and not statement.marks and case.draft.comparison is not None:
        return True, [*failures, Failure("source", statement.span)]  # looks like a warning and is none
    failures += _cities(reading, case)
    failures += check_numbers(reading, case)
    failures += check_order(reading, case)
    if not failures:
        failures += check_plans(reading, case)
    if not failures and not reading.own:
        failures += check_prose(reading, case)
    if not failures:
        _remember(reading, case)
    if reading.cities:
        known = [place.name for _, place in reading.cities if place.name in case.cities()]
        if known:
            case.carried[statement.line] = known[-1]
    said = bool(statement.marks or HELD in reading.text or any(one.sort != "ordinal" for one in reading.numbers))
    return said or bool(failures), failures


def _remember(reading: Reading, case: Case) -> None:
    """Keeps the first figure that was told of each city, for what is said later of most and fewest."""
    for number in reading.numbers:
        city = city_at(reading, number, case)
        if number.sort == "figure" and number.value is not None and city is not None and reading.statement.marks:
            case.told.setdefault(city, number.value)


def _marks(statement: Statement, case: Case) -> Iterator[Failure]:
    """Marks that lead nowhere, or to words that their report does not hold."""
    for claim in statement.claims:
        if unknown := tuple(n for n in claim.marks if n not in case.sources):
            yield Failure("mark", claim.span, marks=unknown)


def _is_warning(reading: Reading, case: Case) -> bool:
    """Whether a line that stands apart is a warning of the comparison, which code has made of checked figures."""
    comparison = case.draft.comparison
    pieces = [re.escape(letters(piece)) for piece in re.split(f"{HELD}+", reading.text)]
    pattern = re.compile(".*?".join(pieces))
    return any(
        any(pieces) and pattern.search(letters(to_simplified(warning.text)))
        for warning in (comparison.warnings if comparison is not None else ())
    )


def _cities(reading: Reading, case: Case) -> Iterator[Failure]:
    """Claims that name a city and cite the report of another."""
    known = case.cities()
    for claim in reading.statement.claims:
        sources = [case.sources[n] for n in claim.marks if n in case.sources]
        if not sources:
            continue
        inside = [place for at, place in reading.cities if claim.span.start <= reading.places[at] < claim.span.end]
        named = {place.name for place in inside if place.name in known}
        cited = {source.report.profile.city for source in sources}
        if compares(reading):
            continue  # says how cities stand to each other, and is checked as that
        if (named and not named & cited) or any(_is_foreign(place, sources, case) for place in inside):
            yield Failure("city", claim.span, marks=claim.marks)
        elif (
            len(cited) > len(named) > 0
            and not cited <= named | {reading.statement.column}
            and not any(place.name in cited for _, place in reading.cities if place.name not in named)
        ):
            stray = tuple(
                n for n in claim.marks if n in case.sources and case.sources[n].report.profile.city not in named
            )
            yield Failure("city", claim.span, marks=stray)


def _is_foreign(place: Place, sources: Sequence[Source], case: Case) -> bool:
    """Whether a place is neither at hand nor named by what is cited (a title of a higher level), nor around a cited city."""
    if place.name in case.cities():
        return False
    for source in sources:
        profile = source.report.profile
        around = f"{source.around}{profile.title}{profile.city}{profile.province}"
        if place.short in around or place.name in around or place.name == profile.province:
            return False
    labels = "".join(figure.label + "".join(figure.scope) for figure in case.draft.figures)
    rows = "".join(row.label for row in case.draft.comparison.rows) if case.draft.comparison else ""
    return place.short not in labels + rows
