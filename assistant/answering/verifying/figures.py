"""Decides whether a report prints a number that an answer states: value, unit, qualifier, period, target or result.

Only the words that the answer cites count: the right figure from another passage is no proof. Nothing is corrected.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answering.verifying.numbers import Stated, stated_numbers
from assistant.errors import NotComputable
from assistant.figures import derive
from assistant.language.measure_words import same_class
from assistant.language.numerals import find_numbers
from assistant.models import AnswerFigure, Citation, Derived, Figure, Period, Report, Span

Why = Literal["mark", "city", "quote", "figure", "qualifier", "unit", "target", "period", "words", "source", "derived"]

_SAME_DIRECTION = (
    frozenset({"余", "超"}),
    frozenset({"近"}),
    frozenset({"约"}),
    frozenset({"不少于"}),
    frozenset({"不超过"}),
)
_AHEAD = re.compile(
    r"目标|目標|计划|計劃|规划|規劃|力争|力爭|争取|爭取|拟|擬|预期|預期|预计|打算|尚未|未来|未來|今后|今後|将|將|要|到(?:19|20)\d\d年|"
    r"\btargets?\b|\bplan(?:s|ned)?\b|\baims?\b|\bgoals?\b|\bwill\b|\bintend|\bby 20\d\d|\bnext\b|\bexpect|\bseeks?\b",
    re.I,
)
_TARGET = re.compile(r"目标|目標|力争|力爭|尚未实现|尚未實現|\btargets?\b|\bplans? to\b|\baims? to\b|\bnot yet\b", re.I)
_YEARS = re.compile(
    r"(?<![\d,.])((?:19|20)\d\d)(?:年?\s*[-—–~至到]+\s*((?:19|20)\d\d))?(?=年|$|[^\d\u4e00-\u9fff%.,]|[.,](?!\d))"
)
_INTENDS = re.compile(r"(?<=[市州县区年，,])(?:还|也|均|都)?(?:计划|拟|打算|准备)(?![的书表数])")
_OF_ONE_YEAR = re.compile(r"去年|上年|过去一年|一年来|全年|当年|年内")
_UP_TO = re.compile(r"截至|截止|到|至|底|末|\bby\b|\bend of\b|\bas of\b", re.I)
_SIZES = frozenset(
    {"平方米", "平方公里", "亩", "公顷", "公里", "米", "千米"}
)  # one is not as long or as large as another
_TIMES = tuple({"人次", people} for people in ("人", "名", "位"))  # who comes twice is counted twice, but is one
_CLOSE = 1e-9
_BEFORE_ROW = re.compile("约|近|超|突破|逾|不少于|不低于")
_TRIED = 400  # assignments of figures to operands that are tried at most


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation leads to: the repaired words, their whole sentences, these with their headings, their figures."""

    citation: Citation
    report: Report
    span: Span
    words: str
    sentences: str
    around: str
    figures: tuple[Figure, ...]
    numbers: tuple[Stated, ...]


def source_of(citation: Citation, report: Report) -> Source:
    """The source of a citation whose quote stands in `report`."""
    text = report.repaired.text
    span = report.repaired.offsets.to_repaired(Span(citation.start, citation.end))
    passages = [one for one in report.passages if one.span.overlaps(span)]
    sentences = " ".join(
        one.span.of(text) for passage in passages for one in passage.sentences if one.span.overlaps(span)
    )
    around = " ".join([*(heading for passage in passages for heading in passage.headings), sentences])
    figures = tuple(one for one in report.figures if span.contains(one.span))
    words = span.of(text)
    return Source(citation, report, span, words, sentences, around, figures, tuple(stated_numbers(words)))


def why_not(stated: Stated, sources: Sequence[Source], said: str) -> Why | None:
    """Why none of the cited `sources` proves the figure in the clause `said`, or None where one does."""
    reasons: list[Why] = []
    for source in sources:
        proofs = [*_proofs(stated, source, said)]
        if None in proofs:
            return None
        reasons += [reason for reason in proofs if reason is not None]
    for reason in ("target", "qualifier", "unit", "period"):
        if reason in reasons:
            return reason
    return "figure"


def _proofs(stated: Stated, source: Source, said: str) -> Iterable[Why | None]:
    """For each number of the source with the same value: None where all else agrees, or what does not."""
    bare = _bare(stated.text)
    named = False
    for figure in source.figures:
        if not figure.readable or not same_value(stated, figure.value, figure.text):
            continue
        named = True
        unit, qualifiers = _in_its_row(figure, source)
        differs = [_differs(stated, unit, one) for one in qualifiers]
        yield (None if None in differs else differs[0]) or _told_otherwise(figure, source, said)
    if named:
        return
    for number in source.numbers:
        if same_value(stated, number.value, number.text):
            without = stated.unit and not number.unit  # a number in a name, 12351热线, counts nothing
            yield "unit" if without else _differs(stated, number.unit, number.qualifier)
    lost = any(not figure.readable and bare in _bare(figure.text) for figure in source.figures)
    if stated.value is not None and not lost and not stated.unit and len(bare) >= 2 and bare.isdigit():
        codes = re.findall(r"\d+(?:\.\d+)?", source.words)  # numbers in names: 12351, 1+3
        if bare in codes and not any(bare == _bare(number.text) for number in source.numbers):
            yield None


def _in_its_row(figure: Figure, source: Source) -> tuple[str, list[str | None]]:
    """Unit and qualifiers of a figure, also where only the first or last number of its row bears them.

    突破2万元、3万元; 2个、3个、5个工作日以内.
    """
    at = figure.span.start - source.span.start
    index = next((index for index, one in enumerate(source.numbers) if one.span.start == at), None)
    if index is None:
        return figure.unit, [figure.qualifier]
    found, first = source.numbers[index], index
    while first and source.words[source.numbers[first - 1].span.end : source.numbers[first].span.start] in {"、", "和"}:
        first -= 1
    whole = len(found.unit) > len(figure.unit) and found.unit.startswith(figure.unit)
    qualifiers = [figure.qualifier, *([found.qualifier] if whole else [])]
    if first < index and _BEFORE_ROW.match(source.numbers[first].text):
        qualifiers.append(source.numbers[first].qualifier)
    return found.unit if whole else figure.unit, qualifiers


def same_value(stated: Stated, value: float | None, text: str) -> bool:
    """Whether a stated number has the value of a printed one; damaged print is compared by its characters."""
    if stated.value is None or value is None:
        return stated.value is None and value is None and _bare(stated.text) == _bare(text)
    return abs(stated.value - value) <= max(1e-6, 1e-13 * abs(value))


def _differs(stated: Stated, unit: str, qualifier: str | None) -> Why | None:
    if (
        ("%" in {stated.unit, unit} and not same_class(stated.unit, unit))
        or (stated.unit and unit and not same_class(stated.unit, unit) and not _same_money(stated.unit, unit))
        or {stated.unit, unit} in _TIMES
        or (stated.unit and unit and ("百分点" in stated.unit) != ("百分点" in unit))
        or (stated.unit != unit and {stated.unit, unit} <= _SIZES and {stated.unit, unit} != {"公里", "千米"})
    ):
        return "unit"
    if stated.qualifier != qualifier and not any({stated.qualifier, qualifier} <= group for group in _SAME_DIRECTION):
        return "qualifier"
    return None


def _same_money(first: str, second: str) -> bool:
    return "元" in first and "元" in second and ("美" in first) == ("美" in second)


def _told_otherwise(figure: Figure, source: Source, said: str) -> Why | None:
    """Whether a target is told as a result, a result as a target, or another year is named."""
    if figure.kind == "target" and not _AHEAD.search(said):
        return "target"
    if figure.kind == "achieved":
        if _TARGET.search(said) and not _TARGET.search(source.around):
            return "target"
        if _INTENDS.search(said) and not _AHEAD.search(source.around):
            return "target"
    years = years_of(source)
    start, end = figure.period.start, figure.period.end
    if figure.period.printed and start is not None and end is not None and end - start < 12:
        years = set(range(start, end + 1)) | years_in(_BASE_YEAR.sub("", source.words))
    told = years_in(_BASE_YEAR.sub("", _OF_REPORT.sub("", said)))
    if _JOINT in figure.period.label:
        told -= years_in(figure.period.label)  # 2016年和过去五年: told as the report tells it
    if (years_long(figure.period) or 0) > 2 and _is_of_one_year(said, told, source):
        return "period"
    if told and years and not told & years and not _DENIES.search(_NOT_YET.sub("", said)):
        return "period"
    return None


def years_long(period: Period) -> float | None:
    """How many years a period has, where it says so."""
    if period.start is not None and period.end is not None:
        return float(period.end - period.start + 1)
    numbers = find_numbers(period.label)
    return numbers[0].value if numbers and period.kind != "since" else None


def _is_of_one_year(said: str, told: set[int], source: Source) -> bool:
    """Whether what a report says of several years is told of one of them."""
    if _OF_ONE_YEAR.search(said):
        return not _OF_ONE_YEAR.search(source.around)
    return len(told) == 1 and not told & years_in(source.sentences) and not _UP_TO.search(said)


_JOINT = "和"  # joins the year and the span in the label of a report of both
_OF_REPORT = re.compile(r"(?:19|20)\d\d年?(?:《?[\u4e00-\u9fff]{0,6}工作报告|(?:的|度)?报告)")
_BASE_YEAR = re.compile(
    r"(?:比|较|是|相当于|\bthan in |\bfrom )(?:19|20)\d\d(?:年(?!比|较|以)|\b)|(?:19|20)\d\d年(?=水平|同期|的\d)"
)  # what a figure is only set beside
_NOT_YET = re.compile(r"尚未|\bnot (?:yet|a result|achieved)\b", re.I)
_DENIES = re.compile(r"不是|并非|而非|没有|沒有|\bnot\b|\bno\b", re.I)


def years_in(text: str) -> set[int]:
    """The years that a text names, with those between the ends of a span."""
    found: set[int] = set()
    for match in _YEARS.finditer(text):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        found |= set(range(first, last + 1)) if last - first < 12 else {first, last}
    return found


def years_of(source: Source) -> set[int]:
    """The years that an answer may name for a citation: printed in it, of its figures, of its report."""
    years = years_in(source.words) | years_in(source.citation.period or "") | years_in(source.around)
    profile = source.report.profile
    years |= _years_of_periods([profile.period, *(figure.period for figure in source.figures)])
    return years or years_in(profile.title) | years_in(profile.written or "")


def years_of_report(report: Report) -> set[int]:
    """The years that an answer may name where it cites nothing: all that the report prints or speaks of."""
    return years_in(report.repaired.text) | _years_of_periods([report.profile.period]) | years_in(report.profile.title)


def _years_of_periods(periods: Iterable[Period]) -> set[int]:
    years: set[int] = set()
    for period in periods:
        if period.start is not None and period.end is not None and period.end - period.start < 12:
            years |= set(range(period.start, period.end + 1))
        years |= {year for year in (period.start, period.end) if year is not None}
        years |= years_in(period.label)
    return years


def recomputed(item: Derived, figures: Sequence[AnswerFigure]) -> bool:
    """Whether code gets the same result from the cited operands; `figures` are those that their reports print."""
    by_citation = [[one for one in figures if one.citation == n and one.value is not None] for n in item.operands]
    if not by_citation or not all(by_citation):
        return False
    for operands in itertools.islice(itertools.product(*by_citation), _TRIED):
        if _each_once(item, operands) and _gives(item, operands):
            return True
    return False


def _each_once(item: Derived, operands: Sequence[AnswerFigure]) -> bool:
    """Whether no figure is counted twice; the part of which a share is told stands before the sum and within it."""
    summed = operands
    if item.kind == "share" and len(operands) > 2:
        summed = operands[1:]
        if operands[0] not in summed:
            return False
    return len({id(one) for one in summed}) == len(summed)


def _gives(item: Derived, operands: Sequence[AnswerFigure]) -> bool:
    try:
        results = list(_results(item, operands))
    except NotComputable:
        return False
    return any(abs(result - item.value) <= _CLOSE * max(1.0, abs(result)) for result in results)


def _results(item: Derived, operands: Sequence[AnswerFigure]) -> Iterable[float]:
    if item.kind == "conversion":
        numbers = find_numbers(item.text)
        if operands[0].value == item.value and (not numbers or numbers[0].value == item.value):
            yield item.value
        elif numbers and numbers[0].value is not None:
            yield from _in_other_units(item, operands[0])
    elif item.kind == "total":
        yield derive.total(operands).value
    elif len(operands) > 2 and item.kind in {"difference", "ratio"}:  # of two sums
        kind: Literal["difference", "ratio"] = "difference" if item.kind == "difference" else "ratio"
        for at in range(1, len(operands)):
            yield derive.of_totals(kind, operands[:at], operands[at:]).value
    elif len(operands) > 2 and item.kind == "share":
        yield derive.share_of_sum(operands[0], operands[1:]).value
    elif len(operands) == 2:
        compute = {"difference": derive.difference, "ratio": derive.ratio, "share": derive.share}[item.kind]
        yield compute(operands[0], operands[1]).value


def _in_other_units(item: Derived, operand: AnswerFigure) -> Iterable[float]:
    units = {one.unit for one in stated_numbers(item.text) if one.unit}
    for unit in sorted(units):
        yield derive.conversion(operand, unit).value


def printed(figure: AnswerFigure, source: Source) -> bool:
    """Whether a figure that an answer carries is printed in its citation, with its value, in the report of its city."""
    if figure.city != source.report.profile.city:
        return False
    known = [one for one in source.figures if _bare(one.shown) == _bare(figure.text)]
    if _bare(figure.text) not in _bare(source.words) and not any(
        _bare(one.text) in _bare(source.words) for one in known
    ):
        return False
    return not known or any(one.value == figure.value and one.kind == figure.kind for one in known)


def _bare(text: str) -> str:
    return re.sub(r"[\s,，*]", "", text)
