"""Finds the periods that a text names: years, spans of years, plans, "since a congress", 去年, "past five years".

Relative periods (今年, 过去五年) keep their years open until `resolve_relative` is told the year of
writing. Which period a report or a figure belongs to is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.models import Period, Span

_DIGITS = (
    {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2} | dict.fromkeys("○ＯOo0", 0)
)
# The first years of the five-year plans; each runs for five years.
_PLANS = {
    "八五": 1991, "九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011,
    "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031,
}  # fmt: skip
# Anniversaries of these tell the year in which a text was written.
FOUNDING_YEARS = {
    "新中国成立": 1949, "中华人民共和国成立": 1949, "建国": 1949, "中国共产党成立": 1921, "建党": 1921, "建军": 1927,
    "全总成立": 1925, "中华全国总工会成立": 1925, "改革开放": 1978, "长征胜利": 1936, "抗战胜利": 1945,
    "抗日战争胜利": 1945, "香港回归": 1997, "澳门回归": 1999,
}  # fmt: skip

_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零○ＯOo0][〇零○ＯOo0一二三四五六七八九]{2})"
_FEW = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3}|几)"
_DASH = r"\s*(?:[—–\-－~～至到]|——)\s*"
_PART = rf"[上下]半年|第?[一二三四]季度|前三季度|1{_DASH}\d{{1,2}}月份?"
_PLAN = "|".join(sorted(_PLANS, key=len, reverse=True))
_MEETING = (
    r"(?:代表大会|党代会|人代会|人大[一二三四五六七八九十]次会议|[次届](?:人民)?(?:代表)?大会|次会议|次全会|"
    r"(?:十[一二三四五六七八九]|二十|十)大|三中全会)"
)
_NUMBERED = r"(?:[\u4e00-\u9fff]{0,6}?第?[一二三四五六七八九十]{1,3}[次届])?[\u4e00-\u9fff]{0,4}?"
_TERM = r"本届(?:政府|班子|委员会)?(?:成立|任期|履职|组成)?"
_ENGLISH_YEARS = r"(?:past|last|next|coming|following) (?:\d+|two|three|four|five|ten) years"

_Maker = Callable[[re.Match[str]], Period | None]


def find_periods(text: str, span: Span | None = None) -> list[tuple[Span, Period]]:
    """Every period named within `span` of the text (default: all), in reading order.

    Of overlapping readings the one that starts first wins, then the longer ("2018—2022年" over "2018").
    """
    start, end = (span.start, span.end) if span else (0, len(text))
    found: list[tuple[Span, Period]] = []
    for pattern, make in _RULES:
        for match in pattern.finditer(text, start, end):
            period = make(match)
            if period is not None:
                found.append((Span(*match.span()), period))
    found.sort(key=lambda item: (item[0].start, -item[0].end))
    kept: list[tuple[Span, Period]] = []
    for item in found:
        if not kept or item[0].start >= kept[-1][0].end:
            kept.append(item)
    return kept


def resolve_relative(period: Period, base_year: int) -> Period:
    """The period with its years filled in, `base_year` being the year that the text calls 今年.

    Reviews look back from the year before: 过去五年 of a text of 2022 is 2017-2021. What lies ahead and
    what began at a congress keeps its years open: the words alone do not tell them. A period that has
    years is returned as it is.
    """
    if period.start is not None or period.end is not None:
        return period
    offset = _OFFSETS.get(period.label)
    if offset is not None:
        year = base_year + offset
        return replace(period, start=year, end=year, printed=False)
    count = _count_of_years(period.label)
    if period.kind == "years" and count:
        return replace(period, start=base_year - count, end=base_year - 1, printed=False)
    if period.kind == "since" and period.label in _SINCE_OFFSETS:
        return replace(period, start=base_year + _SINCE_OFFSETS[period.label], printed=False)
    return period


def year_of(print_: str) -> int:
    """The year that four digits, Arabic or Chinese (二〇二四), print."""
    return int("".join(char if char.isdigit() and char.isascii() else str(_DIGITS[char]) for char in print_))


def small_number(print_: str) -> int | None:
    """A small whole number in Arabic or Chinese digits (五 -> 5, 十二 -> 12); None for 几."""
    if print_.isascii() and print_.isdigit():
        return int(print_)
    if not print_ or any(char not in _DIGITS and char != "十" for char in print_):
        return None
    if "十" in print_:
        tens, _, ones = print_.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[print_[-1]]


_OFFSETS = {
    "今年": 0, "本年": 0, "本年度": 0, "当年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2,
    "明年": 1, "来年": 1,
    "过去一年": -1, "一年来": -1, "这一年": -1, "去年同期": -1, "上年同期": -1, "同期": -1,
    "this year": 0, "last year": -1, "next year": 1, "the past year": -1,
}  # fmt: skip
_SINCE_OFFSETS = {"今年以来": 0, "去年以来": -1}


def _count_of_years(label: str) -> int | None:
    match = re.search(_FEW + r"(?=\s*(?:年|years))", label)
    if match:
        return small_number(match.group())
    words = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    return next((count for word, count in words.items() if f" {word} " in f" {label} "), None)


def _years(match: re.Match[str]) -> Period | None:
    start, end = year_of(match["a"]), year_of(match["b"])
    if not start < end <= start + 30:
        return None
    return Period(f"{start}—{end}年", "years", start, end)


def _year(match: re.Match[str]) -> Period:
    year = year_of(match["a"])
    return Period(f"{year}年", "year", year, year)


def _part_of_year(match: re.Match[str]) -> Period:
    year = year_of(match["a"])
    return Period(f"{year}年{re.sub(_DASH, '—', match['part'])}", "year", year, year)


def _since_year(match: re.Match[str]) -> Period:
    return Period(f"{year_of(match['a'])}年以来", "since", year_of(match["a"]), None)


def _plan(match: re.Match[str]) -> Period:
    start = _PLANS[match["plan"]]
    return Period(f"“{match['plan']}”时期", "years", start, start + 4)


def _numbered_plan(match: re.Match[str]) -> Period:
    plan = match["ordinal"] + "五"
    return Period(f"“{plan}”时期", "years", _PLANS[plan], _PLANS[plan] + 4)


def _past(match: re.Match[str]) -> Period:
    few = match["n"]
    if small_number(few) == 1:
        return Period("过去一年", "year")
    return Period(f"过去{few}年", "years")


def _ahead(match: re.Match[str]) -> Period:
    return Period(f"今后{match['n']}年", "future")


def _since(match: re.Match[str]) -> Period:
    label = re.sub(r"\s", "", match.group())
    congress = re.search(r"第[一二三四五六七八九十]+次代表大会.*", label)
    return Period(congress.group() if congress else label, "since")


def _word(match: re.Match[str]) -> Period:
    label = match.group()
    if label == "过去的一年" or label.endswith("过去的一年"):
        label = "过去一年"
    return Period(label, "since" if label in _SINCE_OFFSETS else "year")


def _english(match: re.Match[str]) -> Period:
    words = re.sub(r"\s+", " ", match.group().lower())
    if words in _OFFSETS:
        return Period(words, "year")
    return Period(words, "future" if re.search(r"next|coming|following", words) else "years")


def _english_years(match: re.Match[str]) -> Period | None:
    start, end = int(match["a"]), int(match["b"])
    return Period(f"{start}—{end}年", "years", start, end) if start < end <= start + 30 else None


_RULES: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (re.compile(rf"(?P<a>{_YEAR})\s*年?{_DASH}(?P<b>{_YEAR})\s*年?"), _years),
    (re.compile(rf"(?P<a>{_YEAR})\s*年(?:\d{{1,2}}月)?(?:换届|开始|届)?以来"), _since_year),
    (re.compile(rf"(?P<a>{_YEAR})\s*年(?P<part>{_PART})"), _part_of_year),
    (re.compile(rf"(?P<a>{_YEAR})\s*年(?:度|末|底|初)?"), _year),
    (re.compile(r"(?P<a>(?:19|20)\d\d)(?=[-/.]\d{1,2}[-/.]\d{1,2})"), _year),
    (re.compile(rf"[“‘\"']?(?P<plan>{_PLAN})[”’\"']?\s*(?:期间|时期|以来|规划(?:期间|时期)?|末|[五5]年)"), _plan),
    (re.compile(rf"[“‘\"'](?P<plan>{_PLAN})[”’\"']"), _plan),
    (re.compile(r"第(?P<ordinal>[八九十]|十[一二三四五六])个五年(?:规划|计划)"), _numbered_plan),
    (re.compile(rf"(?:(?:刚刚)?过去(?:的|这)?|最近|近|这)(?P<n>{_FEW})年(?:来|间|里)?"), _past),
    (re.compile(rf"(?<![第\d十百])(?P<n>{_FEW})年(?:多)?(?:以)?来"), _past),
    (re.compile(rf"(?:今后|未来|下一个|接下来)(?:的|这)?(?P<n>{_FEW})年(?:间|里|内)?"), _ahead),
    (re.compile(rf"{_NUMBERED}{_MEETING}(?:召开)?以来"), _since),
    (re.compile(rf"(?:{_TERM}|换届|改革开放|建市|撤地设市|(?:新中国|建国)(?:成立)?)以来"), _since),
    (re.compile(r"(?:今年|去年)以来|(?:去年|上年)同期|今年|去年|上一年|上年|前年|明年|来年|本年度|这一年|同期"), _word),
    (re.compile(r"(?:刚刚)?过去的一年"), _word),
    (re.compile(rf"(?:the |over the |in the |during the )?{_ENGLISH_YEARS}", re.IGNORECASE), _english),
    (re.compile(r"\b(?:this year|last year|next year|the past year)\b", re.IGNORECASE), _english),
    (re.compile(r"\b(?P<a>(?:19|20)\d\d)\s*(?:to|and|until|-|–|—)\s*(?P<b>(?:19|20)\d\d)\b"), _english_years),
    (re.compile(r"\b(?:in|of|for|during|by|since)\s+(?P<a>(?:19|20)\d\d)\b(?!\s*年)", re.IGNORECASE), _year),
)  # fmt: skip
