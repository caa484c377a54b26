"""What the statements of one answer are checked against, and a statement in plain characters.

Reads and remembers; whether a statement holds is decided in the files beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.answering.marks import MARK
from assistant.answering.verifying.figures import Source, Why, recomputed
from assistant.answering.verifying.numbers import Stated, stated_numbers
from assistant.answering.verifying.parts import HELD, Claim, Statement
from assistant.language.places import Place, find_places
from assistant.language.script import to_simplified
from assistant.models import AnswerFigure, Derived, Draft, Question, Report, Span

_MARKUP = re.compile(r"[*`_“”「」『』]")
_IDLE_BLANK = re.compile(r"(?<=[\d%*]) (?=[*%\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[*\d])")  # 近 6 万名
_ORDERED = re.compile(r"分别|依次|respectively", re.I)


@dataclass(frozen=True, slots=True)
class Failure:
    """What fails and where; `withheld` says that the stretch is a figure that must not stand as a fact."""

    why: Why
    span: Span
    withheld: bool = False
    marks: tuple[int, ...] = ()


@dataclass
class Case:
    """All that the statements of one draft are checked against."""

    draft: Draft
    reports: Mapping[str, Report]
    question: Question | None
    library: int
    sources: dict[int, Source] = field(default_factory=dict)
    figures: tuple[AnswerFigure, ...] = ()  # those of the draft that their reports print
    carried: dict[int, str] = field(default_factory=dict)  # line -> the city last named in it
    told: dict[str, float] = field(default_factory=dict)  # city -> the figure first told of it

    def is_own(self, text: str) -> bool:
        """Whether our own code worded a statement, so that only its figures, marks and quotes are to be checked."""
        if self.draft.composer == "built-in":
            return True
        said = letters(text)
        return len(said) > 3 and said in self.made

    @cached_property
    def made(self) -> str:
        """What our own code worded for a model's draft, for comparing."""
        return letters(to_simplified(MARK.sub("", self.draft.made)))

    @property
    def english(self) -> bool:
        return self.question is not None and self.question.language == "en"

    def cities(self) -> set[str]:
        """The cities of the reports at hand and of the citations."""
        return {city for report in self.reports.values() if (city := report.profile.city)}

    def derived(self) -> Iterator[Derived]:
        """What code has computed for the answer."""
        yield from self.draft.derived
        if self.draft.comparison is not None:
            yield from self.draft.comparison.derived

    def counts(self, before: str, after: str) -> set[float]:
        """How many reports, cities or rows an answer may speak of, by the words around the number."""
        comparison = self.draft.comparison
        if re.match(r"\s*(?:项|項|things)", after):
            return {float(len(comparison.rows))} if comparison is not None else set()
        cities = {
            len({item.city for item in self.draft.citations}),
            len({item.report_id for item in self.draft.citations}),
            len({item.city for item in self.draft.citations if item.kind != "target"}),  # those that have done it
        }
        if comparison is not None:
            of = {float(comparison.of), float(len(comparison.cities))}
            if re.search(r"(?:报告|材料)中\s*$", before) or re.match(r"\s*of\b", after):
                rows = {float(sum(cell is not None for cell in row.cells.values())) for row in comparison.rows}
                figures = {
                    float(sum(isinstance(cell, AnswerFigure) for cell in row.cells.values())) for row in comparison.rows
                }
                # Of several things each tells its own, with what is only told in words or without it.
                several = rows | figures if comparison.ranking is None else set()
                return {float(comparison.reported), *several}  # 5份报告中3份, 3 of 5 reports
            return of if re.match(r"\s*(?:份|篇|reports?)", after) else {*of, float(comparison.reported)}
        if re.match(r"\s*(?:个|座|cit)", after):
            return {float(n) for n in cities}
        return {float(n) for n in (len(self.reports), self.library, *cities) if n}


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement in plain characters, each with its place in the answer, and what it names."""

    statement: Statement
    text: str
    places: tuple[int, ...]  # of each character in the answer
    numbers: tuple[Stated, ...]
    cities: tuple[tuple[int, Place], ...]  # place in `text` -> city
    own: bool  # worded by our own code

    def at(self, span: Span) -> Span:
        """A span of the plain text as a span of the answer."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1)

    def claim_of(self, at: int) -> Claim:
        """The claim that a place of the plain text belongs to."""
        place = self.places[min(at, len(self.places) - 1)]
        claims = self.statement.claims
        return next((claim for claim in claims if claim.span.start <= place < claim.span.end), claims[-1])


def read_statement(masked: str, statement: Statement, case: Case) -> Reading:
    """The statement in plain Simplified characters, without markup, its marks blanked."""
    kept, places = [], []
    blanked = MARK.sub(lambda match: " " * len(match.group()), statement.span.of(masked))
    idle = {match.start() for match in _IDLE_BLANK.finditer(statement.span.of(masked))}
    for offset, sign in enumerate(blanked):
        if not _MARKUP.match(sign) and offset not in idle:
            kept.append(sign)
            places.append(statement.span.start + offset)
    text = to_simplified("".join(kept))
    found = find_places(text) if text.strip(HELD + " ") else []
    cities = tuple((span.start, place) for span, place in found if not text[span.start].islower())  # yuan, no Yuan
    own = case.is_own(to_simplified(MARK.sub("", statement.span.of(case.draft.text))))
    return Reading(statement, text, tuple(places), tuple(stated_numbers(text)), cities, own)


def city_at(reading: Reading, number: Stated, case: Case) -> str | None:
    """The city that a number is said of: the last one named before it, in its statement, its column or its line."""
    known = case.cities()
    before = [place.name for at, place in reading.cities if at < number.span.start and place.name in known]
    if _ORDERED.search(reading.text):
        named = [place.name for _, place in reading.cities if place.name in known]
        figures = [one for one in reading.numbers if one.sort == "figure"]
        if len(named) == len(figures) > 1 and number in figures:
            return named[figures.index(number)]
    if before:
        return before[-1]
    column = reading.statement.column
    if column is not None:
        return next((place.name for _, place in find_places(to_simplified(column)) if place.name in known), None)
    if any(is_derived(one, reading, case) for one in reading.numbers):
        return None  # the operands of a result, each from its own city
    return case.carried.get(reading.statement.line)


def is_derived(number: Stated, reading: Reading, case: Case) -> bool:
    """Whether the number is a result that code gets again from operands that the statement shows."""
    marks = set(reading.statement.marks)
    for item in case.derived():
        results = stated_numbers(to_simplified(item.text))
        if not results or results[0].value != number.value:
            continue
        if number.qualifier != results[0].qualifier and item.kind != "conversion":
            continue
        if set(item.operands) <= marks and recomputed(item, case.figures):
            return True
    return False


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
