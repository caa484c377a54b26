"""Reads the numbers that an answer states, in Chinese and English, with unit, qualifier and what kind of number each is.

It reads; whether a report prints the number is decided in `figures`. Dates, ordinals and counts of reports are
told apart here, because nothing of them is looked for among the figures of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.language.dates import find_periods
from assistant.language.numerals import Number, find_numbers
from assistant.language.quantities import Quantity, find_quantities
from assistant.models import Span

Sort = Literal["figure", "year", "day", "ordinal", "count"]

_ENGLISH_SCALE = re.compile(r"\s*(hundred thousand|hundred|thousand|million|billion|trillion)\b", re.I)
_SCALES = {
    "hundred thousand": 1e5,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_PERCENT = re.compile(r"\s*(?:%|per ?cent\b)", re.I)
_POINTS = re.compile(r"\s*percentage points?\b", re.I)
_YUAN = re.compile(r"\s*(?:yuan|RMB|CNY)\b", re.I)
_QUALIFIERS: tuple[tuple[str, str], ...] = (
    ("不少于", r"at least|no fewer than|no less than|not less than|a minimum of"),
    (
        "不超过",
        r"at most|no more than|not more than|(?<!add )(?<!adds )(?<!sum )up to|fewer than|less than|under|below|not exceeding",
    ),
    ("余", r"more than|over|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|upwards of|in excess of|above"),
    ("近", r"nearly|almost|close to|approaching|just under"),
    ("约", r"about|around|approximately|roughly|some|circa"),
)
_ENGLISH_BEFORE = re.compile("|".join(f"(?P<q{n}>\\b(?:{words}))" for n, (_, words) in enumerate(_QUALIFIERS)), re.I)
_ENGLISH_AFTER = re.compile(r"\s*(?:or more|and more|and above|-?plus\b|\+)", re.I)
_WORD_BEFORE = re.compile(
    r"(约|大约|将近|接近|近|超过|突破|逾|超|不少于|不低于|至少|不超过|不足|不到|最多|至多)\s*(?:了|为|达)?\s*$"
)
_WORDS = {
    "约": "约", "大约": "约", "将近": "近", "接近": "近", "近": "近", "超过": "超", "突破": "超", "逾": "超", "超": "超", "不少于": "不少于",
    "不低于": "不少于", "至少": "不少于", "不超过": "不超过", "不足": "不超过", "不到": "不超过", "最多": "不超过", "至多": "不超过",
}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_A_YEAR = re.compile(r"\s*(?:[万亿千百余多]|[个家名人位户件项条场次元份座所处%]|people|workers|yuan|stations)")
_DAY = re.compile(r"\s*(?:月(?!份?均)|日|号(?=[，。、\s]|$))")
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s*$")
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b")
_COUNTED = re.compile(
    r"\s*(?:份|篇|项|个城市|座城市|个市(?=[的都均中里，。、；：\s]|$|报告|没有|提到|有)|份报告|个报告)|\s*(?:of (?:the )?(?:\d+|\w+) )?(?:reports?|cit(?:y|ies)|things)\b",
    re.I,
)
_OF_REPORTS = re.compile(r"\s*of (?:the )?\d+ (?:reports?|cities)", re.I)
_OF_A_PLAN = re.compile(r"-Year Plan", re.I)
_LIST_NUMBER = re.compile(r"^\s*(?:[-*>]\s*)*$")
_ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SPELT = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[-\s](?P<ones>{'|'.join(list(_ONES)[1:10])}))?|(?P<small>{'|'.join(list(_ONES)[2:])}))"
    r"\b(?P<scale>\s+(?:hundred|thousand|million|billion))?",
    re.I,
)
_OF_THE_ROW = re.compile("(?:以内|以上|以下|左右)$")
_TELLS_TIME = re.compile(r"(?:past|last|next|coming|following|first|these|all|other|the|of)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of an answer; `value` is None where no single number is printed, `unit` empty where none is."""

    span: Span
    text: str
    value: float | None
    unit: str
    qualifier: str | None
    sort: Sort = "figure"


def stated_numbers(text: str) -> list[Stated]:
    """Every number of an answer's plain text, in reading order; `text` is Simplified or English, without markup."""
    quantities = find_quantities(text)
    periods = [span for span, _ in find_periods(text)]
    found: list[Stated] = []
    for quantity in quantities:
        found += _year_of(text, quantity) or [_of_quantity(text, quantity, periods)]
    for number in find_numbers(text):
        if not any(item.span.overlaps(number.span) for item in found):
            found += _of_number(text, number, periods)
    found += [item for item in _spelt(text) if not any(other.span.overlaps(item.span) for other in found)]
    return _with_shared_units(sorted(found, key=lambda item: item.span), text)


def _with_shared_units(found: list[Stated], text: str) -> list[Stated]:
    """Gives the numbers of a row what only the last one bears whole: 9.7、5.1和8.1个百分点, 2个、3个、5个工作日以内."""
    last: Stated | None = None  # of the row
    for one, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = text[one.span.end : following.span.start]
        last = (last or following) if between in {"、", "和", "与"} else None
        if last is None or one.sort != "figure" or last.sort != "figure":
            continue
        if len(one.unit) < len(last.unit) and last.unit.startswith(one.unit):
            shared = last.qualifier if one.qualifier is None and _OF_THE_ROW.search(last.text) else one.qualifier
            found[found.index(one)] = replace(one, unit=last.unit, qualifier=shared)
    return found


def _year_of(text: str, quantity: Quantity) -> list[Stated]:
    word = quantity.number_span.of(text)
    if _YEAR.fullmatch(word) and quantity.unit in {"", "年"}:
        return [Stated(quantity.span, word, float(word), "", None, "year")]
    return []


def _of_quantity(text: str, quantity: Quantity, periods: list[Span]) -> Stated:
    sort: Sort = "figure"
    after = text[quantity.number_span.end :]
    if quantity.unit in {"年", "月"} and any(span.contains(quantity.span) for span in periods):
        sort = "ordinal"  # 过去5年: the name of a period, not a figure
    elif _COUNTED.match(after) and _speaks_of_reports(text, quantity.span):
        sort = "count"
    qualifier = quantity.qualifier or _before(text, quantity.span.start)
    return Stated(quantity.span, quantity.text, quantity.value, quantity.unit, qualifier, sort)


def _of_number(text: str, number: Number, periods: list[Span]) -> Iterator[Stated]:
    word = number.span.of(text)
    if not word[0].isdigit():
        if number.value is not None and number.value >= 100 and len(word) >= 3:
            sort = _sort(text, number.span, periods)
            yield Stated(number.span, word, number.value, "", _before(text, number.span.start), sort)
        return
    end, value = number.span.end, number.value
    if (scale := _ENGLISH_SCALE.match(text, end)) and value is not None:
        value, end = value * _SCALES[scale.group(1).lower()], scale.end()
    unit = "%" if number.share else ""
    if points := _POINTS.match(text, end):
        unit, end = "个百分点", points.end()
    elif percent := _PERCENT.match(text, end):
        unit, end = "%", percent.end()
    elif _YUAN.match(text, end):
        unit = "元"
    span = Span(number.span.start, end)
    qualifier = number.mark or _before(text, span.start) or ("不少于" if _ENGLISH_AFTER.match(text, end) else None)
    yield Stated(span, span.of(text), value, unit, qualifier, _sort(text, span, periods))


def _sort(text: str, span: Span, periods: list[Span]) -> Sort:
    word, before, after = span.of(text), text[: span.start], text[span.end :]
    if _YEAR.fullmatch(word) and not _NOT_A_YEAR.match(after):
        return "year"
    if _DAY.match(after) or _MONTH.search(before):
        return "day"
    if before.rstrip().endswith("第") or _ORDINAL_AFTER.match(after) or any(one.contains(span) for one in periods):
        return "ordinal"
    if _LIST_NUMBER.match(before) and re.match(r"[.)、](?!\d)", after):
        return "ordinal"
    if (_COUNTED.match(after) or re.search(r"\bof (?:the )?$", before)) and _speaks_of_reports(text, span):
        return "count"
    return "count" if _OF_REPORTS.match(after) else "figure"


def _speaks_of_reports(text: str, span: Span) -> bool:
    near = text[max(0, span.start - 12) : span.end + 16]
    return re.search(r"报告|材料|城市|个市|座|report|cit(?:y|ies)|things|数字", near, re.I) is not None


def _before(text: str, at: int) -> str | None:
    """The qualifier that stands directly before a place."""
    head = text[max(0, at - 20) : at]
    if match := _WORD_BEFORE.search(head):
        return _WORDS[match.group(1)]
    last = None
    for match in _ENGLISH_BEFORE.finditer(head):
        if not head[match.end() :].strip():
            last = _QUALIFIERS[int((match.lastgroup or "q0")[1:])][0]
    return last


def _spelt(text: str) -> Iterator[Stated]:
    """Numbers written out in English, but for those that count reports or name a period."""
    for match in _SPELT.finditer(text):
        if _OF_A_PLAN.match(text, match.end()) or _TELLS_TIME.search(text[: match.start()]) or match.group().isspace():
            continue
        value = float(
            _TENS.get((match["tens"] or "").lower(), 0)
            + _ONES.get((match["ones"] or "").lower(), 0)
            + _ONES.get((match["small"] or "").lower(), 0)
        )
        if match["scale"]:
            value *= _SCALES[match["scale"].strip().lower()]
        span = Span(*match.span())
        sort: Sort = "count" if _COUNTED.match(text, span.end) else "figure"
        yield Stated(span, match.group(), value, "", _before(text, span.start), sort)
