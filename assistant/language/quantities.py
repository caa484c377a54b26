"""Finds what a text counts or measures: a number, its unit and its qualifier, with their spans.

Numbers without a unit count only where their size says so (476.4余万, 百万职工). Numbers in dates,
ordinals and names count nothing. What is counted is decided elsewhere (`figures`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import zip_longest

from assistant.language.number_names import find_number_names
from assistant.language.numerals import Number, find_numbers, fold
from assistant.models import Span

_BEFORE = {
    "约": ("大约", "约为", "约有", "约占", "约达", "约合", "约", "大概"),
    "近": ("将近", "接近", "近达", "近乎", "近"),
    "超": ("超过了", "超过", "突破了", "突破", "超出", "超", "逾", "多于", "高于", "大于"),
    "不少于": ("不得少于", "不少于", "不低于", "不得低于", "至少", "最少", "不小于"),
    "不超过": ("不得超过", "不超过", "不高于", "不多于", "最多", "至多", "不足", "不到", "低于", "少于", "小于"),
}
_AFTER = {
    "约": ("左右", "上下", "前后"),
    "不少于": ("及以上", "以上"),
    "不超过": ("及以下", "以内", "以下", "之内"),
}
_MARKS = {word: mark for mark, words in _BEFORE.items() for word in words}
_TAIL_MARKS = {word: mark for mark, words in _AFTER.items() for word in words}


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_QUALIFIER_BEFORE = re.compile(rf"({_one_of(_MARKS)})\s*$")
_QUALIFIER_AFTER = re.compile(rf"\s*({_one_of(_TAIL_MARKS)})")
_PAST = re.compile(r"(?<![通经超不举召])过$")
_UPWARD = re.compile(r"(?<![以向线网之])上$")
_ORDINAL = re.compile(r"第\s*$|(?<![目此之提以年日月会赛生产当])前\s*$|[名位]列(?:全[国省市])?$|[A-Za-z][-+]?$")
_EACH = re.compile(r"[这那哪各任某另其此每]$")
_DETERMINER = re.compile(r"[这那哪各任某另其此每]$|其[他它]$|[上下头首]$")
_RANGE = re.compile(r"\s*(?:[-—–~～至到或]|——)\s*")
_PEOPLE = re.compile(
    r"(?:名|位)?[\u4e00-\u9fff]{0,4}?"
    r"(?:职工|群众|人民|市民|居民|农民|工人|学子|游客|人口|青年|大军|党员|会员|劳动者)"
)
# What only a body of some size is or has: 百人以上企业, 50人以上会议室.
_SIZED = re.compile(r"的?(?:大?企业|单位|自然村|会议室|村|镇|居民点|集会)")
# A class of projects or firms by their size: 超1亿元(工业)项目, 过10亿元8家.
_CLASSED = re.compile(
    r"\s*(?:\d|的?(?:大|工业|产业|重大|重点|龙头|单体|外资|大型)?(?:项目|企业|园区|集群|产业链|乡镇|县|镇|村))"
)
_NOUN_FOLLOWS = re.compile(r"[的\u4e00-\u9fffA-Za-z“《]")
_COUNT_FOLLOWS = re.compile(r"\s*(?:的\s*)?\d+\s*[个家户项]")
_THRESHOLD_KINDS = {"money", "age", "area", "mass", "length", "power", "volume", "person"}
# A scale without a numeral names a class (万亩公园) or has lost its numeral (**万户), unless a word says that it is reached.
_SCALES = re.compile("[百千]?[万亿]+")
_REACHED = re.compile(rf"(?:达到?|[到至破跨过上超逾近满约数几在]|跨越|{_one_of(_MARKS)})了?$")
_MORE_BEFORE_UNIT = re.compile(r"个[多余](?=月|小时)")
_MORE_BEHIND_UNIT = re.compile(r"[多余](?![个名家项次种样元方数])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the table: its printed form, what it measures and the name that figures carry."""

    text: str
    kind: str
    canonical: str
    small: bool
    not_before: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as printed.

    `span` covers qualifier, number and unit; `value` has 万 and 亿 multiplied out and shares in per
    cent, and is None where no single number is printed (数十家, 3至5家).
    """

    span: Span
    number_span: Span
    unit_span: Span
    text: str
    value: float | None
    unit: str
    kind: str
    qualifier: str | None


def find_quantities(text: str, span: Span | None = None) -> list[Quantity]:
    """The quantities of the text, or of the part that `span` covers, from left to right."""
    part = span or Span(0, len(text))
    piece = part.of(text)
    return [_moved(quantity, part.start) for quantity in _quantities(piece)]


def unit_of(canonical: str) -> Unit | None:
    """The unit whose printed or canonical name is given, or None."""
    return next((unit for unit in _units().values() if canonical in (unit.canonical, unit.text)), None)


def unit_words(*, without: str = "") -> str:
    """A pattern for whatever stands behind a number that counts, except the units of a kind."""
    longest_first = sorted(
        (unit for unit in _units().values() if unit.kind != without), key=lambda unit: -len(unit.text)
    )
    return "|".join(re.escape(unit.text) for unit in longest_first)


def _moved(quantity: Quantity, by: int) -> Quantity:
    def shift(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return replace(
        quantity,
        span=shift(quantity.span),
        number_span=shift(quantity.number_span),
        unit_span=shift(quantity.unit_span),
    )


def _quantities(text: str) -> Iterator[Quantity]:
    folded = fold(text)
    names = find_number_names(text)
    numbers = find_numbers(text)
    done = 0
    for number, following in zip_longest(numbers, numbers[1:]):
        if number.span.start < done or any(name.overlaps(number.span) for name in names):
            continue
        quantity = _range(folded, number, following) or _single(folded, number)
        if quantity is not None:
            done = quantity.span.end
            yield replace(quantity, text=quantity.span.of(text))


def _range(folded: str, low: Number, high: Number | None) -> Quantity | None:
    """Two numbers joined by 至 or a dash are one quantity without a single value."""
    if high is None:
        return None
    between = folded[low.span.end : high.span.start]
    unit = _unit_at(folded, high)
    if unit is None or (unit[0].kind == "time" and unit[0].canonical == "年"):
        return None
    if not _RANGE.fullmatch(between):
        own = _unit_at(folded, low)
        if own is None or own[0].canonical != unit[0].canonical:
            return None
        if not _RANGE.fullmatch(folded[own[1].end : high.span.start]):
            return None
    start = low.span.start
    return Quantity(
        Span(start, unit[1].end), Span(start, high.span.end), unit[1], "", None, unit[0].canonical, unit[0].kind, None
    )


def _single(folded: str, number: Number) -> Quantity | None:
    if _ORDINAL.search(folded, 0, number.span.start):
        return None
    found = _unit_at(folded, number)
    if found is None:
        return _bare(folded, number)
    unit, unit_span, more = found
    if not _counts(folded, number, unit, unit_span):
        return None
    start, mark = _before(folded, number, unit.kind)
    tail = _QUALIFIER_AFTER.match(folded, unit_span.end)
    if tail and unit.kind in _THRESHOLD_KINDS and _is_threshold(folded, tail.end(), unit):
        return None
    if unit.kind == "money" and mark == "超" and not tail and _is_class(folded, unit_span.end):
        return None
    after = _TAIL_MARKS[tail[1]] if tail else None
    end = tail.end() if tail else unit_span.end
    qualifier = mark or number.mark or more or after
    number_span = _digits(folded, number)
    return Quantity(Span(start, end), number_span, unit_span, "", number.value, unit.canonical, unit.kind, qualifier)


def _digits(folded: str, number: Number) -> Span:
    """The number without a per-cent sign, which is its unit."""
    end = number.span.end
    if number.share and folded[end - 1] in "%成":
        end -= 1
    return Span(number.span.start, end)


def _is_class(folded: str, at: int) -> bool:
    """超1亿元项目407个, 过10亿元8家: the amount describes what is counted behind it."""
    return bool(_CLASSED.match(folded, at))


def _is_threshold(folded: str, at: int, unit: Unit) -> bool:
    """亿元以上项目 and 60岁以上老人 describe a class of things; 4800亿元以上 is a result."""
    if unit.kind == "money" and _COUNT_FOLLOWS.match(folded, at):
        return True  # 其中亿元以上26个
    follows = _NOUN_FOLLOWS.match(folded, at)
    if not follows:
        return False
    if unit.kind == "person":
        return unit.text == "人" and bool(_SIZED.match(folded, at))
    return True


def _before(folded: str, number: Number, unit: str) -> tuple[int, str | None]:
    match = _QUALIFIER_BEFORE.search(folded, max(0, number.span.start - 5), number.span.start)
    if match and not (match[1] == "近" and folded[match.start() - 1 : match.start()] in ("最", "附", "新")):
        return match.start(), _MARKS[match[1]]
    if unit == "money" and _PAST.search(folded, 0, number.span.start):
        return number.span.start - 1, "超"
    if number.text[0] in "百千万" and _UPWARD.search(folded, 0, number.span.start):
        return number.span.start - 1, "约"
    return number.span.start, None


def _counts(folded: str, number: Number, unit: Unit, unit_span: Span) -> bool:
    """Whether number and unit count something, for the prints that often belong to a name."""
    word = folded[number.span.start : number.span.end]
    if folded[unit_span.end : unit_span.end + 1] == "级":
        return False
    if word == "万" and unit.text == "人" and not _QUALIFIER_BEFORE.search(folded, 0, number.span.start):
        return False  # 万人有效专利拥有量: a base, not a count
    if unit.canonical == "年" and re.fullmatch(r"\d{4}", word):
        return False
    if number.value is None and word[0] not in "数几" and not unit.small:
        return False  # 一二期: which ones, not how many
    if _SCALES.fullmatch(word) and not number.share:
        return bool(_REACHED.search(folded, 0, number.span.start))
    if word[0] in "-−0123456789" or number.share or len(word) > 1 or word in "百千":
        return not (word in "十百千" and _EACH.search(folded, 0, number.span.start))
    if word == "零":
        return False
    if word == "一":
        return unit.kind in ("multiple", "share", "points", "money")
    return unit.small and not _DETERMINER.search(folded, 0, number.span.start)


def _bare(folded: str, number: Number) -> Quantity | None:
    """A number without a unit counts where it is written with 万 or 亿, or counts people."""
    word = folded[number.span.start : number.span.end]
    after = folded[number.span.end : number.span.end + 12]
    if word[0].isdigit():
        if not re.search(r"[万亿]", word) or after[:1] == "级":
            return None
    elif len(word) < 2 or number.value is None or number.value < 10**4 or not _PEOPLE.match(after):
        return None
    start, mark = _before(folded, number, "bare")
    tail = _QUALIFIER_AFTER.match(folded, number.span.end)
    end = tail.end() if tail else number.span.end
    qualifier = mark or number.mark or (_TAIL_MARKS[tail[1]] if tail else None)
    at = Span(number.span.end, number.span.end)
    return Quantity(Span(start, end), number.span, at, "", number.value, "", "bare", qualifier)


def _unit_at(folded: str, number: Number) -> tuple[Unit, Span, str | None] | None:
    """The unit that follows a number, its span, and 余 where 多 stands between its parts."""
    end = number.span.end
    if number.share:
        sign = 1 if folded[end - 1] in "%成" else 0
        return _units()["%"], Span(end - sign, end), None
    at = end + len(folded[end:]) - len(folded[end:].lstrip(" \u3000")) if folded[end : end + 1] in " \u3000" else end
    more = _MORE_BEFORE_UNIT.match(folded, at)
    if more:
        name = "个月" if folded[more.end()] == "月" else "个小时"
        return _units()[name], Span(at, more.end() + len(name) - 1), "余"
    match = _unit_pattern().match(folded, at)
    if not match:
        return None
    unit = _units()[match[1]]
    per = _per_pattern().match(folded, match.end()) if unit.kind != "share" else None
    if per:
        unit = Unit(match[1] + per[0], unit.kind, f"{unit.canonical}/{_units()[per[1]].canonical}", unit.small, "")
        return unit, Span(at, per.end()), None
    behind = _MORE_BEHIND_UNIT.match(folded, match.end()) if unit.kind in ("time", "length", "mass", "area") else None
    return unit, Span(at, behind.end() if behind else match.end()), "余" if behind else None


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    table = files("assistant.language").joinpath("data/units.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {text: Unit(text, kind, canonical, small == "1", no) for text, kind, canonical, small, no in rows}


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    def alternative(unit: Unit) -> str:
        return re.escape(unit.text) + (f"(?![{unit.not_before}])" if unit.not_before else "")

    longest_first = sorted(_units().values(), key=lambda unit: len(unit.text), reverse=True)
    return re.compile(f"({'|'.join(map(alternative, longest_first))})")


@lru_cache(maxsize=1)
def _per_pattern() -> re.Pattern[str]:
    units = sorted((text for text in _units() if "/" not in text), key=len, reverse=True)
    return re.compile(f"/({'|'.join(map(re.escape, units))})")


def unit_at(text: str, at: int) -> tuple[str, str, Span] | None:
    """The unit that is printed at a place (canonical name, kind, span), or None."""
    match = _unit_pattern().match(fold(text), at)
    if not match:
        return None
    unit = _units()[match[1]]
    return unit.canonical, unit.kind, Span(*match.span())
