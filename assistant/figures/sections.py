"""Of which time each sentence of a report tells: the year or the span that its section speaks of.

A report that reviews five years and the last of them says at the head of a section which it means (五年来, …;
2020年是极不平凡的一年), and one that plans says for how long (今后五年的目标, 2021年主要工作). What is said there holds for
the sentences after it, up to the next such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.language.dates import find_periods
from assistant.models import Passage, Period, Profile, Span

_BEFORE = r"(?:[^一-鿿\d“]|各位代表|[一二三四五六七八九十]+、|同志们|回[首顾望]|总结|刚刚|即将|特别是|尤其是)*"
_YEAR = re.compile(
    rf"{_BEFORE}(?:过去的?)?(?P<year>(?:19|20)\d\d)年(?=是|，|来|里|各项|全市|全州|我们|我市|[^，。；]{{0,8}}工作(?:回顾|情况|$))"
)
_SPAN = re.compile(
    rf"{_BEFORE}(?:(?:过去的?|这|本届政府(?:履职|任期)?)?(?P<count>[三四五])年(?:来|间|里)?(?=是|，|我们|中)|“?十[一二三四五]五”?(?:时期|期间|以来)(?=是|，|我们|全市))"
)
_LAST_YEAR = re.compile(rf"{_BEFORE}(?:过去的?(?:这)?一年(?![前后])|一年来(?=[，的]|我们|主要|各项))")
_PARAGRAPH = re.compile(r"(?:\A|\n)[\s*]*(?:各位代表[！!，,：:][\s*]*)?$|各位代表[！!，,：:][\s*]*$")
_YEARS = {"三": 3, "四": 4, "五": 5}
_OPENS = re.compile(rf"{_BEFORE}(?P<year>(?:19|20)\d\d)年")
_BOTH = "和"  # joins the two periods in the label of a report of both


def told_periods(text: str, passages: Sequence[Passage], profile: Profile) -> Iterator[tuple[Span, Period]]:
    """The sentences of which a section tells the time, each with that time.

    In a report of one year only what follows 五年来 in its own passage is told of another time.
    """
    whole = profile.period
    if whole.kind == "since":
        yield from _of_the_year_just_past(passages, text)
    if whole.kind not in {"year", "years"} or whole.start is None or whole.end is None:
        return
    parts = whole.label.split(_BOTH)
    year = Period(f"{whole.end}年", "year", whole.end, whole.end)
    span = replace(whole, label=next((part for part in parts if part != year.label), whole.label))
    one_year = whole.start == whole.end
    now: Period | None = None
    headings: tuple[str, ...] = ()
    end = 0
    for passage in passages:
        if one_year:
            now = None if "\n" in text[end : passage.span.start] else now  # long paragraphs are cut in two
            end = passage.span.end
        elif passage.headings != headings:
            headings = passage.headings
            now = _said(headings[-1] if headings else "", year, span, now)
        for sentence in passage.sentences:
            words = sentence.span.of(text)
            now = _in_one_year(words, whole.end, now) if one_year else _said(words, year, span, now)
            first = not one_year and _PARAGRAPH.search(text, max(0, sentence.span.start - 12), sentence.span.start)
            opens = _OPENS.match(words) if first else None
            if opens is not None and int(opens["year"]) == whole.end and not _SPAN.match(words):
                now = year  # 各位代表！2025年承前启后
            if now is not None:
                yield sentence.span, now


def _of_the_year_just_past(passages: Sequence[Passage], text: str) -> Iterator[tuple[Span, Period]]:
    """In a report since a meeting: the sentences after 刚刚过去的2022年 up to the next heading, of that year."""
    now: Period | None = None
    headings: tuple[str, ...] = ()
    for passage in passages:
        now = now if passage.headings == headings else None
        headings = passage.headings
        for sentence in passage.sentences:
            if named := _JUST_PAST.match(sentence.span.of(text)):
                last = int(named["year"])
                now = Period(f"{last}年", "year", last, last)
            if now is not None:
                yield sentence.span, now


_JUST_PAST = re.compile(rf"{_BEFORE}过去的(?P<year>(?:19|20)\d\d)年")


def _in_one_year(words: str, last: int, now: Period | None) -> Period | None:
    """The span of years that `words` of a report of one year begin to speak of."""
    spanned, named = _SPAN.match(words), _YEAR.match(words)
    if spanned is None:
        return None if named else now
    count = next((number for sign, number in _YEARS.items() if f"{sign}年" in spanned.group()), None)
    return Period(f"过去{spanned['count']}年", "years", last - count + 1, last, printed=False) if count else None


def _said(words: str, year: Period, span: Period, now: Period | None) -> Period | None:
    """The time that `words` begin to speak of, `now` where they name none; None for one outside the review."""
    named, spanned = _YEAR.match(words), _SPAN.match(words)
    if _LAST_YEAR.match(words):
        return year  # 刚刚过去的一年殊为不易
    if (
        named
        and re.search(r"[三四五]年|十[一二三四五]五”?时期", words[named.end() : named.end() + 12])
        and len(words) < 40
    ):
        return None  # a heading over both
    if named:
        return year if int(named["year"]) == year.end else None
    return span if spanned else now


def planned_periods(text: str, passages: Sequence[Passage], profile: Profile) -> Iterator[tuple[Span, Period]]:
    """The sentences in sections that plan for several years, each with these years."""
    last = profile.period.end
    if last is None or profile.kind == "plan":
        return
    now: Period | None = None
    headings: tuple[str, ...] = ()
    for passage in passages:
        if passage.headings != headings:
            new = [heading for heading in passage.headings if heading not in headings]
            headings = passage.headings
            for heading in new:
                now = _planned(heading, last, now)
        for sentence in passage.sentences:
            now = _planned(sentence.span.of(text), last, now)
            if now is not None:
                yield sentence.span, now


def _planned(words: str, last: int, now: Period | None) -> Period | None:
    """The years that `words` begin to plan for, `now` where they name none; None for the year after the report's."""
    if (
        _NEXT_YEAR.search(words)
        or (_YEAR.match(words) and f"{last + 1}年" in words[:20])
        or f"做好{last + 1}年" in words
    ):
        return None
    lead = words[:40]
    if ahead := _AHEAD.search(lead):
        count = _YEARS[ahead["count"]]
        return Period(f"今后{ahead['count']}年", "future", last + 1, last + count, printed=False)
    plan = next((period for _, period in find_periods(lead) if period.label.startswith("“")), None)
    if plan is not None and plan.start is not None and plan.start == last + 1 and _OF_A_PLAN.search(lead):
        return plan
    return now


_AHEAD = re.compile(r"(?:今后|未来|下一个|接下来)(?:的|这)?(?P<count>[三四五])年")
_OF_A_PLAN = re.compile(r"时期|期间|目标|任务|思路|发展")
_NEXT_YEAR = re.compile(
    r"今年(?:全市|全州|我市)?(?:政府|经济社会发展)?(?:的)?(?:主要|总体|各项|重点)?(?:预期)?(?:目标|任务|工作)|"
    r"^[\W_]*(?:[一二三四五六七八九十]+、)?(?:19|20)\d\d年(?:的|政府|主要|重点|全市|经济社会|各项)*(?:工作|目标|任务|安排|发展)"
)
