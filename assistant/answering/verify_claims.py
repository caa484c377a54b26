"""Checks one statement of an answer: its marks, its cities, its figures, and what it says with them.

Gives what fails with the place in the answer; what becomes of the text is decided in `verify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from assistant.answering.marks import MARK
from assistant.answering.verify_figures import (
    Source,
    Why,
    is_of_another,
    recomputed,
    why_not,
    years_in,
    years_of,
    years_of_report,
)
from assistant.answering.verify_numbers import Stated, stated_numbers
from assistant.answering.verify_parts import HELD, Claim, Statement
from assistant.answering.verify_words import content, says
from assistant.language.numerals import find_numbers
from assistant.language.places import Place, find_places
from assistant.language.script import to_simplified
from assistant.models import AnswerFigure, Derived, Draft, Question, Report, Span

_MARKUP = re.compile(r"[*`_“”「」『』]")
_DENIES = re.compile(r"不是|并非|而非|没有|并不|有误|不对|\bnot\b|\bno\b|n't|rather than|instead of", re.I)
_ABSENT = re.compile(
    r"没有提到|未提及|没有给出|没有提供|没有说明|没有数字|未给出|没有写|does not|do not|not mention|not report|no figure|not give",
    re.I,
)
_ORDERED = re.compile(r"分别|依次|respectively", re.I)
_MORE = re.compile(r"多于|高于|大于|多过|领先|more than|higher than|greater than|ahead of|exceeds", re.I)
_LESS = re.compile(r"少于|低于|小于|不及|不如|fewer than|less than|lower than|behind", re.I)
_MOST = re.compile(
    r"最多|最高|最大|更多|更高|更大|较多|较高|居首|排第一|排名第一|位居第一|\bmost\b|\bhighest\b|\blargest\b", re.I
)
_LEAST = re.compile(
    r"最少|最低|最小|更少|更低|更小|较少|较低|排末|垫底|\bfewest\b|\bleast\b|\blowest\b|\bsmallest\b", re.I
)
_DONE = re.compile(
    r"已经|已(?=[建培完实达创])|建成了|完成了|实现了|达到了|\balready\b|\bachieved\b|\bhas built\b|\bhave built\b", re.I
)
_AHEAD_IN = re.compile(
    r"目标|计划|规划|力争|争取|拟|预期|打算|尚未|未来|今后|将|要|推动|加快|推进|深化|a plan|target|plan|next|will|intend",
    re.I,
)
_OF_REPORTS = re.compile(r"\s*(?:份报告|个城市的报告|(?:of \d+ )?reports?\b)", re.I)
_COMMA = re.compile(r"[，；;。：、]|[,:](?!\d)|[—]")
_AS_PLAN = re.compile(r"目标|计划|尚未|打算|规划|target|\bplan|not yet", re.I)
_CONGRESS = re.compile(r"次|届|(?:th|nd|rd|st)\b")


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
        said = _letters(text)
        return len(said) > 3 and said in self.made

    @cached_property
    def made(self) -> str:
        """What our own code worded for a model's draft, for comparing."""
        return _letters(to_simplified(MARK.sub("", self.draft.made)))

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

    def counts(self, after: str) -> set[float]:
        """How many reports, cities or rows an answer may speak of, by the words that follow the number."""
        comparison = self.draft.comparison
        if re.match(r"\s*(?:项|項|things)", after):
            return {float(len(comparison.rows))} if comparison is not None else set()
        cities = {
            len({item.city for item in self.draft.citations}),
            len({item.report_id for item in self.draft.citations}),
        }
        if comparison is not None:
            return {float(n) for n in (comparison.reported, comparison.of, len(comparison.cities))}
        if re.match(r"\s*(?:个|座|cit)", after):
            return {float(n) for n in cities}
        return {float(n) for n in (len(self.reports), self.library, *cities)}


@dataclass(frozen=True, slots=True)
class _Reading:
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


def read_statement(masked: str, statement: Statement, case: Case) -> _Reading:
    """The statement in plain Simplified characters, without markup, its marks blanked."""
    kept, places = [], []
    blanked = MARK.sub(lambda match: " " * len(match.group()), statement.span.of(masked))
    for offset, sign in enumerate(blanked):
        if not _MARKUP.match(sign):
            kept.append(sign)
            places.append(statement.span.start + offset)
    text = to_simplified("".join(kept))
    found = find_places(text) if text.strip(HELD + " ") else []
    cities = tuple((span.start, place) for span, place in found if not text[span.start].islower())  # yuan, no Yuan
    own = case.is_own(to_simplified(MARK.sub("", statement.span.of(case.draft.text))))
    return _Reading(statement, text, tuple(places), tuple(stated_numbers(text)), cities, own)


def check_statement(masked: str, statement: Statement, case: Case) -> tuple[bool, list[Failure]]:
    """Whether the statement says anything that can be checked, and what of it fails."""
    reading = read_statement(masked, statement, case)
    failures = [*_marks(statement, case)]
    if statement.note and _is_warning(reading, case):
        return True, failures
    if statement.note and not statement.marks and case.draft.comparison is not None:
        return True, [*failures, Failure("source", statement.span)]  # looks like a warning and is none
    failures += _cities(reading, case)
    failures += _figures(reading, case)
    failures += _order(reading, case)
    if not failures:
        failures += _plans(reading, case)
    if not failures and not reading.own:
        failures += _prose(reading, case)
    if not failures:
        _remember(reading, case)
    if reading.cities:
        known = [place.name for _, place in reading.cities if place.name in case.cities()]
        if known:
            case.carried[statement.line] = known[-1]
    said = bool(statement.marks or HELD in reading.text or any(one.sort != "ordinal" for one in reading.numbers))
    return said or bool(failures), failures


def _remember(reading: _Reading, case: Case) -> None:
    """Keeps the first figure that was told of each city, for what is said later of most and fewest."""
    for number in reading.numbers:
        city = _city_at(reading, number, case)
        if number.sort == "figure" and number.value is not None and city is not None and reading.statement.marks:
            case.told.setdefault(city, number.value)


def _marks(statement: Statement, case: Case) -> Iterator[Failure]:
    """Marks that lead nowhere, or to words that their report does not hold."""
    for claim in statement.claims:
        if unknown := tuple(n for n in claim.marks if n not in case.sources):
            yield Failure("mark", claim.span, marks=unknown)


def _is_warning(reading: _Reading, case: Case) -> bool:
    """Whether a line that stands apart is a warning of the comparison, which code has made of checked figures."""
    comparison = case.draft.comparison
    pieces = [re.escape(_letters(piece)) for piece in re.split(f"{HELD}+", reading.text)]
    pattern = re.compile(".*?".join(pieces))
    return any(
        any(pieces) and pattern.search(_letters(to_simplified(warning.text)))
        for warning in (comparison.warnings if comparison is not None else ())
    )


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


# --- cities -------------------------------------------------------------------------------------


def _cities(reading: _Reading, case: Case) -> Iterator[Failure]:
    """Claims that name a city and cite the report of another."""
    known = case.cities()
    for claim in reading.statement.claims:
        sources = [case.sources[n] for n in claim.marks if n in case.sources]
        if not sources:
            continue
        inside = [place for at, place in reading.cities if claim.span.start <= reading.places[at] < claim.span.end]
        named = {place.name for place in inside if place.name in known}
        cited = {source.report.profile.city for source in sources}
        if _MOST.search(reading.text) or _LEAST.search(reading.text):
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
    """Whether a place is neither at hand nor named by what is cited (潍坊市劳动模范), nor around a cited city."""
    if place.name in case.cities():
        return False
    for source in sources:
        profile = source.report.profile
        around = f"{source.around}{profile.title}{profile.city}{profile.province}"
        if place.short in around or place.name in around or place.name in {profile.province, place.province and None}:
            return False
    labels = "".join(figure.label + "".join(figure.scope) for figure in case.draft.figures)
    rows = "".join(row.label for row in case.draft.comparison.rows) if case.draft.comparison else ""
    return place.short not in labels + rows


def _city_at(reading: _Reading, number: Stated, case: Case) -> str | None:
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
    if any(_is_derived(one, reading, case) for one in reading.numbers):
        return None  # the operands of a result, each from its own city
    return case.carried.get(reading.statement.line)


# --- figures ------------------------------------------------------------------------------------


def _figures(reading: _Reading, case: Case) -> Iterator[Failure]:
    for number in reading.numbers:
        claim = reading.claim_of(number.span.start)
        marks = claim.marks or reading.statement.marks
        sources = [case.sources[n] for n in marks if n in case.sources]
        why = _fails(number, reading, sources, case)
        if why is not None:
            yield Failure(why, reading.at(number.span), withheld=number.sort != "ordinal", marks=marks)


def _fails(number: Stated, reading: _Reading, sources: Sequence[Source], case: Case) -> Why | None:
    if number.sort == "count":
        after = reading.text[number.span.start :].lstrip("0123456789一二三四五六七八九十")
        if number.value in case.counts(after):
            return None
        if _OF_REPORTS.match(after):
            return "figure"
    if number.sort == "year":
        return _year_fails(number, reading, sources, case)
    if number.sort == "ordinal":
        return _ordinal_fails(number, reading, sources)
    if number.sort == "day":
        around = "".join(f"{source.around} {source.citation.period}" for source in sources)
        return None if re.search(rf"(?<!\d){re.escape(number.text)}(?!\d)", around) else "figure"
    if _is_derived(number, reading, case) or _repeats_question(number, reading, case):
        return None
    if not sources:
        return "source"
    city = _city_at(reading, number, case)
    right = [source for source in sources if city is None or source.report.profile.city == city]
    said = _clause(reading, number, case)
    found = why_not(number, right, said) if right else "city"
    if found is None and not reading.own and is_of_another(number, right, _part_around(reading, number)):
        return "words"
    return found


def _part_around(reading: _Reading, number: Stated) -> str:
    """What stands between the commas around a number."""
    start = max((match.end() for match in _COMMA.finditer(reading.text, 0, number.span.start)), default=0)
    end = _COMMA.search(reading.text, number.span.end)
    return reading.text[start : end.start() if end else len(reading.text)]


def _clause(reading: _Reading, number: Stated, case: Case) -> str:
    """The words around a number that say whether it is a target and of which year: its claim, and what is put behind."""
    claim = reading.claim_of(number.span.start)
    said = claim.span.of(case.draft.text)
    behind = case.draft.text[claim.span.end : reading.statement.span.end]
    if reading.statement.column is not None or behind.lstrip(" [0123456789]").startswith(("（", "(")):
        said += re.split(r"[）)]", behind)[0]
    return to_simplified(said)


def _is_derived(number: Stated, reading: _Reading, case: Case) -> bool:
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


def _repeats_question(number: Stated, reading: _Reading, case: Case) -> bool:
    """Whether the number is the question's own, repeated in order to correct it."""
    if case.question is None or not _DENIES.search(reading.text):
        return False
    asked = [one.value for one in stated_numbers(to_simplified(case.question.text))]
    if number.value is None or number.value not in asked:
        return False
    clause = next(
        part
        for part in re.finditer(r"[^，,；;。]+", reading.text)
        if part.end() >= number.span.end or part.end() == len(reading.text)
    )
    return _DENIES.search(clause.group()) is not None


def _year_fails(number: Stated, reading: _Reading, sources: Sequence[Source], case: Case) -> Why | None:
    assert number.value is not None
    year = int(number.value)
    if (
        case.question is not None
        and year in years_in(case.question.text)
        and (_DENIES.search(reading.text) or not sources)
    ):
        return None
    allowed = {one for source in sources for one in years_of(source)}
    if not sources:
        allowed = {one for report in case.reports.values() for one in years_of_report(report)}
    labels = " ".join(label for figure in case.draft.figures if (label := figure.period))
    return None if year in allowed or (str(year) in labels and not sources) else "period"


def _ordinal_fails(number: Stated, reading: _Reading, sources: Sequence[Source]) -> Why | None:
    """A congress or a session must be the one that the report speaks of; ranks and list numbers are not checked."""
    after = reading.text[number.span.end : number.span.end + 3]
    if not _CONGRESS.match(after) or not sources or number.value is None:
        return None
    for source in sources:
        around = f"{source.around} {source.citation.period} {source.report.profile.title} {source.report.profile.period.label}"
        if any(one.value == number.value for one in find_numbers(around)):
            return None
    return "period"


# --- what is said with the figures --------------------------------------------------------------


def _order(reading: _Reading, case: Case) -> Iterator[Failure]:
    """More, fewer, most and fewest must be as the figures are."""
    numbers = [one for one in reading.numbers if one.sort == "figure" and one.value is not None]
    for first, second in pairwise(numbers):
        between = reading.text[first.span.end : second.span.start]
        if not any(first.span.end <= at < second.span.start for at, _ in reading.cities):
            continue
        assert first.value is not None and second.value is not None
        if (_MORE.search(between) and first.value < second.value) or (
            _LESS.search(between) and first.value > second.value
        ):
            yield Failure("derived", reading.statement.span, marks=reading.statement.marks)
    for pattern, best in ((_MOST, max), (_LEAST, min)):
        match = pattern.search(reading.text)
        named = [
            place.name for at, place in reading.cities if match and at < match.start() and place.name in case.cities()
        ]
        if not named:
            continue
        values = _values(reading, case)
        if len(values) < 2 or values.get(named[0]) != best(values.values()):
            yield Failure("derived", reading.statement.span, marks=reading.statement.marks)


def _values(reading: _Reading, case: Case) -> dict[str, float]:
    """What the ranking of the comparison, else the answer up to here, says of each city."""
    comparison = case.draft.comparison
    printed = {figure.citation: figure.value for figure in case.figures if figure.value is not None}
    if comparison is not None and comparison.ranking:
        return {item.city: printed[item.citation] for item in comparison.ranking if item.citation in printed}
    values = dict(case.told)
    for number in reading.numbers:
        city = _city_at(reading, number, case)
        if number.sort == "figure" and number.value is not None and city is not None:
            values.setdefault(city, number.value)
    return values


def _plans(reading: _Reading, case: Case) -> Iterator[Failure]:
    """What a report only intends must not be told as done."""
    sources = [case.sources[n] for n in reading.statement.marks if n in case.sources]
    if not sources or not all(source.citation.kind == "target" for source in sources):
        return
    prose = reading.text.replace(HELD, "")
    around = "".join(f"{source.around}{source.citation.period}" for source in sources)
    if (not reading.own and not _AHEAD_IN.search(prose + around)) or (
        _DONE.search(prose) and not _AS_PLAN.search(prose)
    ):
        yield Failure("target", reading.statement.span, marks=reading.statement.marks)


def _prose(reading: _Reading, case: Case) -> Iterator[Failure]:
    """Words that a model wrote: with marks they must be borne out, without marks they must state nothing."""
    statement, text = reading.statement, reading.text
    sources = [case.sources[n] for n in statement.marks if n in case.sources]
    prose = text.replace(HELD, " ")
    if statement.column is not None:
        return
    if sources:
        figures_only = all(one.sort != "figure" for one in reading.numbers) is False and _is_computed(reading, case)
        if not figures_only and not says(prose, sources, case.question, english=case.english, quoted=HELD in text):
            yield Failure("words", statement.span, marks=statement.marks)
        return
    if text.rstrip().endswith(("：", ":")) or _absent_as_known(reading, case):
        return
    if reading.numbers and not reading.cities and all(one.sort == "count" for one in reading.numbers):
        return  # 4份报告中2份给出
    if reading.cities or (len(content(prose, case.question, "")) > 4 if not case.english else len(prose.split()) > 4):
        yield Failure("source", statement.span)


def _is_computed(reading: _Reading, case: Case) -> bool:
    """Whether all figures of the statement are results of code, which need no words of a report."""
    figures = [one for one in reading.numbers if one.sort == "figure"]
    return bool(figures) and any(_is_derived(one, reading, case) for one in figures)


def _absent_as_known(reading: _Reading, case: Case) -> bool:
    """Whether the statement says of cities that they report nothing, and the comparison says the same."""
    comparison = case.draft.comparison
    if comparison is None or not _ABSENT.search(reading.text):
        return False
    missing = {city for warning in comparison.warnings if warning.kind == "missing" for city in warning.cities}
    named = {place.name for _, place in reading.cities}
    return bool(named) and named <= missing
