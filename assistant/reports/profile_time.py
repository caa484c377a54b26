"""Finds out of what time a report is, when it was written, and whether it reviews or plans.

Printed dates come first: of delivery, in the title, on the page; then what a text lets conclude
("今年是新中国成立75周年"), noted as reasoned. Which period a single figure belongs to is decided elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Literal

from assistant.language.dates import FOUNDING_YEARS, find_periods, resolve_relative, small_number, year_of
from assistant.models import Period, Span
from assistant.reports.profile_notes import LEAD, Certainty, Notes
from assistant.reports.profile_title import NO_TITLE

ReportKind = Literal["work report", "plan", "news", "unknown"]

_CN = r"[〇○Oo一二三四五六七八九十零\d]"
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|二[〇零○Oo0]{_CN}{{2}})\s*年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?:\s*(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日)?"
)
_PAGE_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DATE_HEAD = re.compile(r"[\W_]*(?:(?:政府)?工作报告)?[\W_]*(?:于|在)?\s*(?:19|20|二)")
_AND = re.compile(r"(?:[\u4e00-\u9fff]{0,8}?)(?:及|和|与|暨|、|以及)(?:其中)?")
# Who signs an article; a report only tells of reporters.
_REPORTER = re.compile(
    r"(?:^|\n|[ 　（(])\s{0,20}(?:[\u4e00-\u9fff·]{2,12}(?:报|网|台|中心|壹点)\s*)?(?:本报)?(?:首席|见习)?(?:记者|通讯员)[\s:：/]*[\u4e00-\u9fff]{2,4}(?=\s|$|[）)，,；;])"
)
_NEWS = re.compile(r"(?:记者|通讯员|本报讯|客户端讯|日电|讯\s)")
_PLANNED = re.compile(
    r"(?P<y>20\d\d|199\d)\s*年(?:的|全市|全州|全区|我市|我州)?[^，。；\n]{0,6}(?:(?:重点|主要|政府)?工作(?:安排|部署|任务|打算|思路|建议|重点|的总体)|"
    r"(?:主要|总体|工作|奋斗|预期|发展)目标|经济社会发展(?:的)?(?:主要|总体|预期)|重点工作|主要任务|总体要求|国民经济和社会发展计划)|"
    r"(?:做好|抓好|完成|关于)(?P<z>20\d\d)年|(?P<x>20\d\d)年(?:，)?是[^。]{2,60}(?:之年|一年|开局)"
)
_REPORTS = re.compile(r"报告(?:政府)?工作|工作报告|过去|回顾|[一二三四五六七八九十几两0-9]年来|以来")
_LONG_AGO = 5  # years; a review of more is told in passing
_PLAN_TITLE = re.compile(
    r"(?:工作)?(?:计划|要点|安排|打算|规划|方案|纲要|思路|任务清单)(?:[（(].{1,24}[)）])?$|规划.{0,24}纲要|远景目标"
)
_HEADING_MARK = re.compile(r"[\W_]*(?:第?[一二三四五六七八九十]{1,3}(?:部分|[、.．)）])?)?[\W_]*")
_ANNIVERSARY = re.compile(rf"(?P<what>{'|'.join(FOUNDING_YEARS)})(?P<n>\d{{2,3}})周年")
_NOW = re.compile(r"今年是[^。]{0,20}$|站在[^。]{0,10}$|(?:值此|喜迎|迎来)[^。]{0,10}$")


def find_written(text: str, blanked: str, title_span: Span, notes: Notes) -> str | None:
    """The ISO date (or year) of writing: of delivery, of the title, of the page, or reasoned."""
    dates = [
        (date, how, certainty, Span(*match.span()))
        for how, span, certainty in _written_zones(blanked, title_span)
        if (match := _DATE.search(blanked, span.start, span.end)) and (date := _iso(match))
    ]
    if dates:
        # "2023年1月" above the report and "2023年1月6日" in its title are one date, the second the fuller.
        date, how, certainty, place = max(dates, key=lambda item: item[0].startswith(dates[0][0]) and len(item[0]))
        notes.note("written", how, certainty, place)
        return date
    year = re.search(r"(?:19|20)\d\d(?=年)", title_span.of(blanked))
    if year and "政府工作报告" in title_span.of(blanked):
        span = Span(title_span.start + year.start(), title_span.start + year.end())
        notes.note("written", "year in the title", "likely", span)
        return year.group()
    for match in _PAGE_DATE.finditer(text, 0, 600):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if re.search(r"时间|日期|发布|date", line, re.IGNORECASE) and (date := _iso(match)):
            notes.note("written", "date on the page", "likely", Span(*match.span()))
            return date
    return _reasoned_year(blanked, notes)


def _written_zones(text: str, title_span: Span) -> list[tuple[str, Span, Certainty]]:
    zones: list[tuple[str, Span, Certainty]] = []
    for match in re.finditer(r"[^\n]+", text[:LEAD]):
        line = match.group()
        if (
            len(line) < 120
            and re.search(r"(?:会议|大会)(?:第[^，。]{1,12}次?会议)?(?:上|通过|$)?\W*$", line)
            and _DATE_HEAD.match(line)
        ):
            zones.append(("date of delivery", Span(*match.span()), "certain"))
    zones.append(("date in the title", title_span, "certain"))
    for match in re.finditer(r"[^\n]+", text[:LEAD]):
        if len(match.group().strip()) < 30:
            zones.append(("date line", Span(*match.span()), "likely"))
    return zones


def _iso(match: re.Match[str]) -> str | None:
    year, month = year_of(match["y"]), small_number(match["m"])
    if month is None or not 1 <= month <= 12:
        return None
    day = small_number(match["d"]) if match["d"] else None
    return f"{year}-{month:02d}-{day:02d}" if day and 1 <= day <= 31 else f"{year}-{month:02d}"


def _reasoned_year(text: str, notes: Notes) -> str | None:
    """The year in which "今年是新中国成立75周年" was written; a plan for a later year says that it tells of the past."""
    planned = _planned_year(text)
    for match in _ANNIVERSARY.finditer(text):
        if _NOW.search(text[max(0, match.start() - 30) : match.start()]):
            year = FOUNDING_YEARS[match["what"]] + int(match["n"])
            if planned is not None and planned > year:
                continue
            notes.note("written", f"reasoned: {match.group()}", "likely", Span(*match.span()))
            return str(year)
    return None


# --- period and kind --------------------------------------------------------------------------


def reporter_of(text: str) -> Span | None:
    """Where a reporter signs the text, or None; a report that only tells of reporters has none."""
    match = _REPORTER.search(text)
    return Span(*match.span()) if match else None


def find_period_and_kind(
    text: str,
    title: str,
    title_span: Span,
    body: str | None,
    written: str | None,
    notes: Notes,
    *,
    signed: Span | None = None,
) -> tuple[Period, ReportKind]:
    """The period a report tells of and its kind; `signed` is where a reporter signs it, which `text` may have blanked."""
    lead = _lead(text, title_span)
    plan = _plan_mark(text, title, title_span, lead)
    if plan is not None:
        span, period = plan
        notes.note("kind", "the title or opening announces a plan", "likely", span)
        notes.note("period", "title" if title_span.contains(span) else "opening", "certain", span)
        return period, "plan"
    if re.search(r"工作报告", title) or body == "人民政府":
        notes.note("kind", "title", "certain", title_span)
        return _review_period(text, title_span, lead, written, notes), "work report"
    period = _review_period(text, title_span, lead, written, notes)
    if signed is not None and not re.search(r"总结|报告|要点|材料", title):
        notes.note("kind", "a reporter signs it", "likely", signed)
        return period, "news"
    if period.kind in ("year", "years", "since") or re.search(r"总结|回顾|纪实|综述", title):
        notes.note(
            "kind", "reviews a period", "likely", notes.findings["period"].span if "period" in notes.findings else None
        )
        return period, "work report"
    if _NEWS.search(text):
        notes.note("kind", "a reporter's lines", "likely", None)
        return period, "news"
    return period, "unknown"


def _lead(text: str, title_span: Span) -> Span:
    """The title and the first paragraphs."""
    return Span(title_span.start, min(len(text), title_span.end + LEAD))


def _plan_mark(text: str, title: str, title_span: Span, lead: Span) -> tuple[Span, Period] | None:
    if re.search(r"工作报告|总结|回顾|纪实|综述", title):
        return None
    opening = Span(title_span.end, min(lead.end, title_span.end + 500))
    for zone in (title_span, opening):
        if zone is opening and _REPORTS.search(zone.of(text)):
            continue  # "向大会报告工作 … 对今后五年的工作提出建议"
        for span, period in find_periods(text, zone):
            if period.kind == "future":
                return span, period
    if _PLAN_TITLE.search(title):
        years = [item for item in find_periods(text, title_span) if item[1].kind in ("year", "years")]
        if years:  # of "第十四个五年规划和2035年远景目标纲要" the years of the plan
            return next((item for item in years if item[1].kind == "years"), years[0])
        return title_span, Period("计划", "future", printed=False)
    return None


def _review_period(text: str, title_span: Span, lead: Span, written: str | None, notes: Notes) -> Period:
    """The time reviewed: by heading, title, opening, then reasoned from the date of writing."""
    base = _base_year(written) or _planned_year(text)
    titled = notes.findings["title"].how != NO_TITLE
    for how, zone in (
        ("title", title_span if titled and "政府工作报告" not in title_span.of(text) else None),
        ("heading", _review_heading(text)),
        ("opening", Span(title_span.end if titled else title_span.start, lead.end)),
    ):
        if zone is None:
            continue
        chosen = _best_period(text, zone, base, in_heading=how == "heading")
        if chosen is not None:
            span, period = chosen
            notes.note("period", how, "certain" if period.printed else "likely", span)
            return period
    if base is not None:
        source = notes.findings.get("written")
        notes.note("period", "reasoned from the date of writing", "guess", source.span if source else None)
        return Period(f"{base - 1}年", "year", base - 1, base - 1, printed=False)
    most_named = _most_named_year(text)
    if most_named is not None:
        notes.note("period", "the year named most", "likely", most_named[0])
        return most_named[1]
    return Period("", "unknown", printed=False)


def _review_heading(text: str) -> Span | None:
    for match in re.finditer(r"[^\n]+", text[:6000]):
        line = match.group().strip()
        if (
            4 <= len(line) <= 60
            and re.search(r"回顾|总结|取得|成就|成绩|工作情况|以来|[一五]年来|过去", line)
            and not re.search(r"会议", line)
        ):
            return Span(*match.span())
    return None


def _best_period(text: str, zone: Span, base: int | None, *, in_heading: bool) -> tuple[Span, Period] | None:
    """The widest period reviewed that a zone names: five years before one year; what lies ahead does not count.

    A five-year plan ("十二五") counts in a heading that names nothing else; elsewhere it is mostly the plan itself.
    """
    options: list[tuple[int, int, Span, Period]] = []
    for span, period in find_periods(text, zone):
        if period.kind in ("future", "unknown"):
            continue
        if period.label.startswith("“"):
            if in_heading and (base is None or period.end is None or period.end <= base):
                options.append((4, span.start, span, period))
            continue
        if period.label in ("今年", "明年", "来年", "同期", "去年同期", "上年同期", "前年", "上年"):
            continue
        if re.search(r"党的|中国工会|习近平|改革开放|新中国|建国|十[八九]大|二十大|三中全会", period.label):
            continue
        rank = {"years": 0, "since": 1, "year": 2}[period.kind]
        if period.label in ("今年以来", "去年以来"):
            rank = 4
        if base is not None and period.end is not None and period.end != base - 1:
            continue
        if period.kind == "years" and not in_heading and _is_long_ago(period):
            rank = 5
        relative = period.kind == "year" and period.start is None
        options.append((rank + relative, span.start, span, period))
    if not options:
        return None
    _, _, span, period = min(options, key=lambda item: item[:2])
    if in_heading:
        span, period = _joined(text, options, span, period, base)
    if base is None and period.kind == "year" and period.start is None:
        named = _most_named_year(text)
        return named if named is not None else (span, period)
    if base is not None:
        period = resolve_relative(period, base)
        if period.kind == "year" and period.start is not None and not period.label.startswith(str(period.start)):
            period = replace(period, label=f"{period.start}年")
    return span, period


def _is_long_ago(period: Period) -> bool:
    seen = resolve_relative(period, 2000)
    return seen.start is not None and seen.end is not None and seen.end - seen.start >= _LONG_AGO


def _joined(
    text: str, options: list[tuple[int, int, Span, Period]], span: Span, period: Period, base: int | None
) -> tuple[Span, Period]:
    """A heading that reviews two periods ("过去五年和2021年工作回顾") names both; the years are the wider one's."""
    in_order = sorted(((item[2], item[3]) for item in options), key=lambda item: item[0])
    first, last = in_order[0][0], in_order[-1][0]
    if len(in_order) != 2 or not _AND.fullmatch(text[first.end : last.start]):
        return span, period
    wider = next((item for _, item in in_order if item.kind == "years"), None)
    if wider is None:
        return span, period
    wider = resolve_relative(wider, base) if base is not None else wider
    return Span(first.start, last.end), replace(wider, label="和".join(item.label for _, item in in_order))


def _base_year(written: str | None) -> int | None:
    """The year that a report calls 今年: a report of December looks back on its own year."""
    if written is None:
        return None
    year, month = int(written[:4]), int(written[5:7]) if len(written) > 4 else 1
    return year + 1 if month >= 10 else year


def _planned_year(text: str) -> int | None:
    """The year that a report plans for ("2014年工作安排"), which follows the year that it reviews.

    A heading says so more surely than a sentence; between years named alike the later one is the plan's.
    """
    votes: dict[int, int] = defaultdict(int)
    for match in _PLANNED.finditer(text):
        if match["x"] and match.start() <= len(text) // 4:
            continue  # there it opens the review: "2022年是不平凡的一年"
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        heads = bool(match["y"]) and bool(_HEADING_MARK.fullmatch(line))
        votes[int(match["y"] or match["z"] or match["x"])] += 3 if heads else 1
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _most_named_year(text: str) -> tuple[Span, Period] | None:
    """The year that more than half of a text's dates name."""
    counts: dict[int, list[Span]] = defaultdict(list)
    for span, period in find_periods(text):
        if period.kind == "year" and period.start is not None:
            counts[period.start].append(span)
    if not counts:
        return None
    year = max(counts, key=lambda item: len(counts[item]))
    if len(counts[year]) * 2 <= sum(len(spans) for spans in counts.values()):
        return None
    return counts[year][0], Period(f"{year}年", "year", year, year)
