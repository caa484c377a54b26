"""Checks the numbers of a statement: figures, years, ordinals, counts of reports, results that code computed.

Each must stand in the words that its own claim cites, in the report of the city that it is said of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from assistant.answering.verifying.case import Case, Failure, Reading, city_at, is_derived
from assistant.answering.verifying.counted import (
    are_mispaired,
    is_of_another,
    is_told_otherwise,
    likeness,
    row_disagrees,
    stands_in_row,
)
from assistant.answering.verifying.figures import (
    Source,
    Why,
    same_value,
    why_not,
    years_in,
    years_of,
    years_of_report,
)
from assistant.answering.verifying.numbers import Stated, stated_numbers
from assistant.language.numerals import find_numbers
from assistant.language.places import find_places
from assistant.language.script import to_simplified
from assistant.models import Span

_DENIES = re.compile(r"不是|并非|而非|没有|并不|有误|不对|\bnot\b|\bno\b|n't|rather than|instead of", re.I)
_OF_REPORTS = re.compile(r"\s*(?:份报告|个城市的报告|(?:of \d+ )?reports?\b)", re.I)
_COMMA = re.compile(r"[，；;。：、]|[,:](?!\d)|[—]")
_DONE = re.compile(r"已|了|建成|完成|实现|达到|现有|共有|\b(?:has|have|had|was|were|already)\b", re.I)
_NTH = re.compile(
    r"(?:第(?=.{1,5}[次届位名])|(?<=[\u4e00-\u9fff])第)([〇零一二三四五六七八九十百]{1,5})(?=[次届位名]|\s*(?:[，。；、）]|$))"
)
_RANK = re.compile("[位名]")
_PRINTED_RANK = re.compile(r"第([\d〇零一二三四五六七八九十百]{1,5})")
_CONGRESS = re.compile(r"次|届|(?:th|nd|rd|st)\b")


def check_numbers(reading: Reading, case: Case) -> Iterator[Failure]:
    """The numbers of a statement that are not proved."""
    for number in reading.numbers:
        claim = reading.claim_of(number.span.start)
        marks = claim.marks or reading.statement.marks
        sources = [case.sources[n] for n in marks if n in case.sources]
        why = _fails(number, reading, sources, case)
        if why is not None:
            yield Failure(why, reading.at(number.span), withheld=number.sort != "ordinal", marks=marks)
    yield from _congresses(reading, case)
    yield from _told_twice(reading, case)
    if not reading.own:
        yield from _mispaired(reading, case)


def _told_twice(reading: Reading, case: Case) -> Iterator[Failure]:
    """A figure that is told more often in one statement than it is printed: one time it is told of another thing.

    Our own arithmetic shows an operand twice: as the part and in the sum.
    """
    if reading.own and any(is_derived(one, reading, case) for one in reading.numbers):
        return
    told: dict[tuple[float, str], list[Stated]] = {}
    for one in reading.numbers:
        is_named = re.search("[\u4e00-\u9fff]{2}", _beside(reading, one)[0])  # （即3253万平方米） only repeats
        if one.sort == "figure" and one.value is not None and one.unit and is_named:
            told.setdefault((one.value, one.unit), []).append(one)
    sources = [case.sources[n] for n in dict.fromkeys(reading.statement.marks) if n in case.sources]
    for numbers in told.values():
        printed = {
            (source.report.id, source.span.start + one.span.start)
            for source in sources
            for one in source.numbers
            if same_value(numbers[0], one.value, one.text)
        }
        if len(numbers) > len(printed) > 0:
            least = min(numbers, key=lambda one: likeness(one, sources, _beside(reading, one)[0]))
            yield Failure("words", reading.at(least.span), withheld=True, marks=reading.statement.marks)


def _mispaired(reading: Reading, case: Case) -> Iterator[Failure]:
    """Two figures in one clause that the report prints in different pairs, or a row in another order."""
    cited = [case.sources[n] for n in reading.statement.marks if n in case.sources]
    wrong = row_disagrees(reading.text, reading.numbers, cited)
    if wrong is not None:
        yield Failure("words", reading.at(wrong.span), withheld=True, marks=reading.statement.marks)
    figures = [one for one in reading.numbers if one.sort == "figure"]
    for first, second in pairwise(figures):
        between = reading.text[first.span.end : second.span.start]
        marks = reading.claim_of(second.span.start).marks or reading.statement.marks
        sources = [case.sources[n] for n in marks if n in case.sources]
        if not _COMMA.search(between) and are_mispaired(first, second, sources):
            yield Failure("words", reading.at(second.span), withheld=True, marks=marks)


def _congresses(reading: Reading, case: Case) -> Iterator[Failure]:
    """Congresses, sessions and ranks written in characters, which are no figures: 第八次, 第十六届, 第二位."""
    sources = [case.sources[n] for n in reading.statement.marks if n in case.sources]
    for match in _NTH.finditer(reading.text):
        numbers = find_numbers(match.group(1))
        if not numbers or not sources:
            continue
        value, is_rank = numbers[0].value, reading.text[match.end() : match.end() + 1] not in {"次", "届"}
        known = value in _ranks(sources, case) if is_rank else any(_speaks_of(source, value) for source in sources)
        if not known:
            yield Failure("period", reading.at(Span(*match.span())), marks=reading.statement.marks)


def _fails(number: Stated, reading: Reading, sources: Sequence[Source], case: Case) -> Why | None:
    if number.sort == "count":
        after = reading.text[number.span.start :].lstrip("0123456789一二三四五六七八九十")
        if number.value in case.counts(reading.text[: number.span.start], after):
            return None
        if _OF_REPORTS.match(after):
            return "figure"
    if number.sort == "year":
        return _year_fails(number, reading, sources, case)
    if number.sort == "ordinal":
        return _ordinal_fails(number, reading, sources, case)
    if number.sort == "day":
        around = "".join(f"{source.around} {source.citation.period}" for source in sources)
        return None if re.search(rf"(?<!\d){re.escape(number.text)}(?!\d)", around) else "figure"
    if is_derived(number, reading, case) or _repeats_question(number, reading, case):
        return None
    if not sources:
        return "source"
    city = city_at(reading, number, case)
    right = [source for source in sources if city is None or source.report.profile.city == city]
    said = _clause(reading, number, case)
    found = why_not(number, right, said) if right else "city"
    if found is None and not reading.own and _says_another_thing(number, right, reading):
        return "words"
    return found


def _says_another_thing(number: Stated, sources: Sequence[Source], reading: Reading) -> bool:
    edges = [match.span() for match in _COMMA.finditer(reading.text)]
    start = max((end for _, end in edges if end <= number.span.start), default=0)
    stop = min((start for start, _ in edges if start >= number.span.end), default=len(reading.text))
    in_row = stands_in_row(number, reading.text, reading.numbers)
    beside = _beside(reading, number, {source.report.profile.city for source in sources})
    return (not in_row and is_of_another(number, sources, *beside)) or is_told_otherwise(
        number, sources, reading.text[start:stop]
    )


def _beside(reading: Reading, number: Stated, of: Collection[str | None] = ()) -> tuple[str, str]:
    """What stands before and behind a number, up to the commas and the numbers around it, without the cities `of`."""
    edges = [match.span() for match in _COMMA.finditer(reading.text)]
    edges += [(one.span.start, one.span.end) for one in reading.numbers if one.span != number.span]
    start = max((end for _, end in edges if end <= number.span.start), default=0)
    stop = min((start for start, _ in edges if start >= number.span.end), default=len(reading.text))
    text = reading.text
    for at, place in reading.cities:
        if place.name in of:
            end = at + (len(place.name) if text.startswith(place.name, at) else len(place.short))
            text = text[:at] + " " * (end - at) + text[end:]
    return text[start : number.span.start], text[number.span.end : stop]


def _clause(reading: Reading, number: Stated, case: Case) -> str:
    """The words around a number that say whether it is a target and of which year: its claim, and what is put behind."""
    claim = reading.claim_of(number.span.start)
    said = claim.span.of(case.draft.text)
    if not _DONE.search(said) and not find_places(to_simplified(said)):
        said = case.draft.text[reading.statement.span.start : claim.span.end]  # 拟建甲[1]，改造乙[2]: both are planned
    behind = case.draft.text[claim.span.end : reading.statement.span.end]
    if reading.statement.column is not None or behind.lstrip(" [0123456789]").startswith(("（", "(")):
        said += re.split(r"[）)]", behind)[0]
    if case.english and not reading.own:
        said = re.sub("“[^”]*”", "", said)  # that it is a plan must be said in the reader's language
    return to_simplified(said)


def _repeats_question(number: Stated, reading: Reading, case: Case) -> bool:
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


def _year_fails(number: Stated, reading: Reading, sources: Sequence[Source], case: Case) -> Why | None:
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


def _ordinal_fails(number: Stated, reading: Reading, sources: Sequence[Source], case: Case) -> Why | None:
    """A congress, a session and a rank must be the one that the report speaks of; list numbers are not checked."""
    after = reading.text[number.span.end : number.span.end + 3]
    if not sources or number.value is None:
        return None
    if _RANK.match(after):
        return None if number.value in _ranks(sources, case) else "figure"
    if not _CONGRESS.match(after):
        return None
    return None if any(_speaks_of(source, number.value) for source in sources) else "period"


def _ranks(sources: Sequence[Source], case: Case) -> set[float]:
    """The ranks that the sources print, and those of the answer's own ranking."""
    comparison = case.draft.comparison
    ranks = {float(one.rank) for one in (comparison.ranking or () if comparison is not None else ())}
    for source in sources:
        printed = [match.group(1) for match in _PRINTED_RANK.finditer(to_simplified(source.sentences))]
        ranks |= {one.value for text in printed for one in find_numbers(text) if one.value is not None}
    return ranks


def _speaks_of(source: Source, value: float | None) -> bool:
    profile = source.report.profile
    around = f"{source.around} {source.citation.period} {profile.title} {profile.period.label}"
    return any(one.value == value for one in find_numbers(around))
