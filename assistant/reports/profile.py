"""Finds out whose report a text is, of what time, and whether it reviews or plans.

Each field comes with its place in the text, how it was decided and how sure. What the print does not
say stays None; the file name is the last resort, and named as such. Corrections by the reader are
kept elsewhere.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Literal

from assistant.language.dates import FOUNDING_YEARS, find_periods, resolve_relative, small_number, year_of
from assistant.language.places import Place, find_places, place_of
from assistant.models import Finding, Original, Period, Profile, RepairedText, Span

Certainty = Literal["certain", "likely", "guess"]
ReportKind = Literal["work report", "plan", "news", "unknown"]

_NO_TITLE = "no title line: the opening words"
_LEAD = 1500  # characters of the opening in which a report says what it is
_CN = r"[〇一二三四五六七八九十零\d]"
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|二[〇零○]{_CN}{{2}})\s*年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?:\s*(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日)?"
)
_PAGE_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DATE_HEAD = re.compile(r"[\W_]*(?:(?:政府)?工作报告)?[\W_]*(?:于|在)?\s*(?:19|20|二)")
_BODIES = (
    ("人民政府", re.compile(r"政府工作报告|代表(?:[\u4e00-\u9fff]{0,12})?(?:人民)?政府|(?:省|市|州|县|区)人民政府")),
    ("总工会", re.compile(r"总工会|(?:市|县|区|州|省)工会|工会工作")),
    ("人民代表大会常务委员会", re.compile(r"人大常委会工作报告|人民代表大会常务委员会工作报告")),
    ("中级人民法院", re.compile(r"法院工作报告")),
    ("人民检察院", re.compile(r"检察院工作报告")),
)
_OWN = r"(?P<own>总工会|工会|人民政府|政府|人大常委会|市委|县委|区委|州委|检察院|中级人民法院|人民法院|妇联|团委)"
_AFTER_PLACE = re.compile(rf"(?:各级|市级|市|州|县|区|广大|全体)?{_OWN}")
_TITLE_WORDS = re.compile(r"报告|总结|纪实|回顾|综述|计划|要点|规划|安排|方案|总工会|工会|政府|工作|——|篇章|奋进|担当")
_CAPTION = re.compile(
    r"^(?:举行|举办|召开|参加|开展|组织|走访|慰问|承办|启动|图为|资料图|▲|△)|(?:仪式|现场|一角|活动|大赛|比赛|会议)$"
)
_NAVIGATION = re.compile(
    r"首页|当前位置|您的位置|>\s*\S+\s*>|登录|注册|^\s*时间[：:]|来源[：:]|^source:|^date:|^url:|^---$", re.IGNORECASE
)
_AND = re.compile(r"(?:[\u4e00-\u9fff]{0,8}?)(?:及|和|与|暨|、|以及)(?:其中)?")
_NEWS = re.compile(r"(?:记者|通讯员|本报讯|客户端讯|日电|讯\s)")
_PLANNED = re.compile(
    r"(?P<y>20\d\d|199\d)\s*年(?:的|全市|全州|全区|我市|我州)?[^，。；\n]{0,6}(?:(?:重点|主要|政府)?工作(?:安排|部署|任务|打算|思路|建议|重点|的总体)|"
    r"(?:主要|总体|工作|奋斗|预期|发展)目标|经济社会发展(?:的)?(?:主要|总体|预期)|重点工作|主要任务|总体要求|国民经济和社会发展计划)|"
    r"(?:做好|抓好|完成|关于)(?P<z>20\d\d)年|(?P<x>20\d\d)年(?:，)?是[^。]{2,60}(?:之年|一年|开局)"
)
_ANNIVERSARY = re.compile(rf"(?P<what>{'|'.join(FOUNDING_YEARS)})(?P<n>\d{{2,3}})周年")
_NOW = re.compile(r"今年是[^。]{0,20}$|站在[^。]{0,10}$|(?:值此|喜迎|迎来)[^。]{0,10}$")


# A place is told by name, province and prefecture: there are four districts named 鼓楼区.
_PlaceKey = tuple[str, str | None, str | None]
_ENOUGH_CHILDREN = 3
_DECISIVE = 8.0  # points from which a single sign (title, opening line) is hardly outweighed


@dataclass(slots=True)
class _Candidate:
    """What speaks for a place being the one that reports."""

    place: Place
    score: float = 0.0
    mentions: int = 0
    how: str = "frequency"
    best: float = 0.0
    span: Span | None = None

    def add(self, points: float, how: str, span: Span | None) -> None:
        self.score += points
        if points > self.best:
            self.best, self.how, self.span = points, how, span


@dataclass(slots=True)
class _Found:
    """The findings gathered on the way."""

    findings: dict[str, Finding] = field(default_factory=dict)

    def note(self, name: str, how: str, certainty: Certainty, span: Span | None) -> None:
        self.findings[name] = Finding(how, certainty, span)


def profile(original: Original, repaired: RepairedText) -> Profile:
    """The profile of a report; every decided field has its finding."""
    found = _Found()
    text = repaired.text
    blanked = _without_remains(repaired)
    captions = sum(1 for remain in repaired.remains if remain.kind == "caption" and remain.span.start < _LEAD)
    title, title_span = _title(text, blanked, captions, found)
    written = _written(text, blanked, title_span, found)
    place = _place(original, text, blanked, title_span, found)
    body = _body(blanked, title_span, found)
    period, kind = _period_and_kind(blanked, title, title_span, body, written, found)
    return Profile(
        title=title,
        city=place.name if place else None,
        short=place.short if place else None,
        province=(place.name if place.level == "province" else place.province) if place else None,
        level=place.level if place else None,
        body=body,
        kind=kind,
        period=period,
        written=written,
        findings=found.findings,
    )


def _without_remains(repaired: RepairedText) -> str:
    """The text with page remains blanked out, offsets kept."""
    text = repaired.text
    for remain in repaired.remains:
        hole = re.sub(r"[^\n]", " ", remain.span.of(text))
        text = text[: remain.span.start] + hole + text[remain.span.end :]
    return text


# --- title ----------------------------------------------------------------------------------


def _title(text: str, blanked: str, captions: int, found: _Found) -> tuple[str, Span]:
    """The title line with its sub-title; the opening words where a report has no title."""
    front = re.search(r"^title:\s*(?P<title>.+?)\s*$", text[:600], re.MULTILINE)
    if front:
        span = Span(front.start("title"), front.end("title"))
        found.note("title", "front matter", "certain", span)
        return _plain(front["title"]), span
    lines = [
        Span(match.start() + len(match.group()) - len(match.group().lstrip()), match.end())
        for match in re.finditer(r"[^\n]+", blanked[:_LEAD])
        if match.group().strip()
    ]
    lines = [line for line in lines if not _NAVIGATION.search(line.of(blanked))]
    short = []
    for line in lines:
        if len(line) > 70:
            break
        short.append(line)
    start = _first_title(blanked, short, captions)
    if start is None:
        span = _opening(blanked, lines)
        found.note("title", _NO_TITLE, "guess", span)
        return span.of(blanked), span
    first = short[start]
    end = first.end
    title = _plain(first.of(blanked))
    if start + 1 < len(short) and re.match(r"\s*[—\-－]{1,2}", short[start + 1].of(blanked)):
        title += _plain(short[start + 1].of(blanked))
        end = short[start + 1].end
    found.note("title", "first title line", "likely", Span(first.start, end))
    return title, Span(first.start, end)


def _first_title(text: str, short: list[Span], captions: int) -> int | None:
    """The first short line that is no caption; a run of captions at the top holds no title."""
    captions += sum(1 for line in short if _CAPTION.search(_plain(line.of(text))))
    for at, line in enumerate(short):
        plain = _plain(line.of(text))
        if len(plain) < 4 or re.match(r"[—\-－•|]|[（(]?[一二三四五六七八九十]{1,2}[、)）]", plain):
            continue
        if captions >= 3 and not re.search(r"报告|总结|纪实|回顾|计划|要点|规划", plain):
            continue
        if at == 0 or _TITLE_WORDS.search(plain) or len(short) <= 3 or not _CAPTION.search(plain):
            return at
    return None


def _opening(text: str, lines: list[Span]) -> Span:
    """The first clause of the first paragraph."""
    for line in lines:
        if len(line) > 40:
            clause = re.match(r"[^，,。；;！!？?]{2,60}", line.of(text))
            return Span(line.start, line.start + (clause.end() if clause else 40))
    return lines[0] if lines else Span(0, 0)


def _plain(line: str) -> str:
    return re.sub(r"\*\*|^#+\s*", "", line).strip()


# --- date of writing ------------------------------------------------------------------------


def _written(text: str, blanked: str, title_span: Span, found: _Found) -> str | None:
    """The ISO date (or year) of writing: of delivery, of the title, of the page, or reasoned."""
    dates = [
        (date, how, certainty, Span(*match.span()))
        for how, span, certainty in _written_zones(blanked, title_span)
        if (match := _DATE.search(blanked, span.start, span.end)) and (date := _iso(match))
    ]
    if dates:
        # "2023年1月" above the report and "2023年1月6日" in its title are one date, the second the fuller.
        date, how, certainty, place = max(dates, key=lambda item: item[0].startswith(dates[0][0]) and len(item[0]))
        found.note("written", how, certainty, place)
        return date
    year = re.search(r"(?:19|20)\d\d(?=年)", title_span.of(blanked))
    if year and "政府工作报告" in title_span.of(blanked):
        span = Span(title_span.start + year.start(), title_span.start + year.end())
        found.note("written", "year in the title", "likely", span)
        return year.group()
    for match in _PAGE_DATE.finditer(text, 0, 600):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if re.search(r"时间|日期|发布|date", line, re.IGNORECASE) and (date := _iso(match)):
            found.note("written", "date on the page", "likely", Span(*match.span()))
            return date
    return _reasoned_year(blanked, found)


def _written_zones(text: str, title_span: Span) -> list[tuple[str, Span, Certainty]]:
    zones: list[tuple[str, Span, Certainty]] = []
    for match in re.finditer(r"[^\n]+", text[:_LEAD]):
        line = match.group()
        if (
            len(line) < 120
            and re.search(r"(?:会议|大会)(?:第[^，。]{1,12}次?会议)?(?:上|通过|$)?\W*$", line)
            and _DATE_HEAD.match(line)
        ):
            zones.append(("date of delivery", Span(*match.span()), "certain"))
    zones.append(("date in the title", title_span, "certain"))
    for match in re.finditer(r"[^\n]+", text[:_LEAD]):
        if len(match.group().strip()) < 30:
            zones.append(("date line", Span(*match.span()), "likely"))
    return zones


def _iso(match: re.Match[str]) -> str | None:
    year, month = year_of(match["y"]), small_number(match["m"])
    if month is None or not 1 <= month <= 12:
        return None
    day = small_number(match["d"]) if match["d"] else None
    return f"{year}-{month:02d}-{day:02d}" if day and 1 <= day <= 31 else f"{year}-{month:02d}"


def _reasoned_year(text: str, found: _Found) -> str | None:
    """The year in which "今年是新中国成立75周年" was written."""
    for match in _ANNIVERSARY.finditer(text):
        if _NOW.search(text[max(0, match.start() - 30) : match.start()]):
            year = FOUNDING_YEARS[match["what"]] + int(match["n"])
            found.note("written", f"reasoned: {match.group()}", "likely", Span(*match.span()))
            return str(year)
    return None


# --- place ----------------------------------------------------------------------------------


def _place(original: Original, text: str, blanked: str, title_span: Span, found: _Found) -> Place | None:
    """The place that reports: by title, delivery, "X市总工会", first naming and frequency."""
    candidates = _candidates(blanked, title_span)
    if candidates:
        ranked = sorted(candidates, key=lambda item: -item.score)
        first = ranked[0]
        rival = ranked[1].score if len(ranked) > 1 else 0.0
        if first.score >= 3 and first.score > 1.15 * rival:
            certainty: Certainty = "certain" if first.best >= _DECISIVE and first.score > 1.5 * rival else "likely"
            for name in ("city", "level", "province"):
                found.note(name, first.how, certainty, first.span)
            return first.place
    named = [place for _, place in find_places(PurePath(original.name).stem) if place.level != "province"]
    if named and (not candidates or any(item.place.name == named[0].name for item in candidates)):
        for name in ("city", "level", "province"):
            found.note(name, "file name", "likely", None)
        return named[0]
    return None


def _candidates(text: str, title_span: Span) -> list[_Candidate]:
    mentions = find_places(text)
    table: dict[_PlaceKey, _Candidate] = {}
    delivered = _delivery_zone(text)
    first_seen = False
    for span, place in mentions:
        candidate = table.setdefault((place.name, place.province, place.prefecture), _Candidate(place))
        candidate.mentions += 1
        if title_span.contains(span):
            candidate.add(10, "title", span)
        if delivered is not None and delivered.contains(span):
            candidate.add(18, "opening line", span)
        own = _AFTER_PLACE.match(text, span.end)
        if own:
            candidate.add(
                4 if own["own"] in ("总工会", "工会", "人民政府", "政府") else 1, f"named with {own['own']}", span
            )
        if not first_seen and span.start < _LEAD and place.level != "province":
            candidate.add(2, "first naming", span)
            first_seen = True
    _add_parents(table)
    for candidate in table.values():
        _count_frequency(candidate, text)
    _lift_to_parent(list(table.values()))
    _weigh_by_scope(list(table.values()), text)
    return list(table.values())


def _delivery_zone(text: str) -> Span | None:
    """The line that says before which congress the report was given."""
    for match in re.finditer(r"[^\n]+", text[:_LEAD]):
        line = match.group()
        if len(line) < 120 and re.search(r"(?:代表大会|人大).{0,24}会议|第[^，。]{1,8}次代表大会", line):
            return Span(*match.span())
    return None


def _add_parents(table: dict[_PlaceKey, _Candidate]) -> None:
    """A city whose own short name is an ordinary word is told by three or more of its counties."""
    below: dict[tuple[str, str | None], int] = defaultdict(int)
    for candidate in table.values():
        if candidate.place.prefecture:
            below[candidate.place.prefecture, candidate.place.province] += 1
    for (name, province), count in below.items():
        if count >= _ENOUGH_CHILDREN and (name, province, None) not in table:
            parent = place_of(name, province=province)
            if parent is not None:
                table[name, province, None] = _Candidate(parent)


def _count_frequency(candidate: _Candidate, text: str) -> None:
    place = candidate.place
    if place.level == "prefecture":
        candidate.mentions = max(candidate.mentions, text.count(place.short))
    points = 2.5 * math.log2(1 + candidate.mentions)
    if place.level == "province" and not place.name.endswith("市"):
        points *= 0.4
    candidate.add(points, "frequency", candidate.span)


def _lift_to_parent(candidates: list[_Candidate]) -> None:
    """Counties and districts that a city report names speak for the city, and less for themselves."""
    below: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.place.level in ("county", "district"):
            parent = candidate.place.prefecture or candidate.place.province
            if parent:
                below[parent].add(candidate.place.name)
    for candidate in candidates:
        children = len(below.get(candidate.place.name, ()))
        if candidate.place.level == "prefecture" or candidate.place.name.endswith("市"):
            candidate.add(1.4 * min(children, 6), "its counties and districts", candidate.span)
        siblings = len(below.get(candidate.place.prefecture or "", ()))
        if siblings >= _ENOUGH_CHILDREN and candidate.best < _DECISIVE:
            candidate.score *= 0.6


def _weigh_by_scope(candidates: list[_Candidate], text: str) -> None:
    """A report that says 全市 again and again is none of a county or a province."""
    counts = {scope: text.count("全" + scope) for scope in "市县州省盟"}
    scope = max(counts, key=lambda key: counts[key])
    if counts[scope] < 3:
        return
    for candidate in candidates:
        if not candidate.place.name.endswith(scope) and not (scope == "市" and candidate.place.name.endswith("区")):
            candidate.score *= 0.6


# --- body, period, kind ---------------------------------------------------------------------


def _body(text: str, title_span: Span, found: _Found) -> str | None:
    """Who reports: named in the title, else most often in the text."""
    for zone, how, certainty in ((title_span, "title", "certain"), (Span(0, _LEAD), "opening", "likely")):
        hits = [
            (match.start(), name, Span(*match.span()))
            for name, pattern in _BODIES
            if (match := pattern.search(text, zone.start, zone.end))
        ]
        if hits:
            _, name, span = min(hits)
            found.note("body", how, certainty, span)  # type: ignore[arg-type]
            return name
    counts = {name: len(pattern.findall(text)) for name, pattern in _BODIES}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] >= 3:
        match = next(pattern for name, pattern in _BODIES if name == best).search(text)
        found.note("body", "frequency", "likely", Span(*match.span()) if match else None)
        return best
    return None


def _period_and_kind(
    text: str, title: str, title_span: Span, body: str | None, written: str | None, found: _Found
) -> tuple[Period, ReportKind]:
    lead = _lead(text, title_span)
    plan = _plan_mark(text, title, title_span, lead)
    if plan is not None:
        span, period = plan
        found.note("kind", "the title or opening announces a plan", "likely", span)
        found.note("period", "title" if title_span.contains(span) else "opening", "certain", span)
        return period, "plan"
    if re.search(r"工作报告", title) or body == "人民政府":
        found.note("kind", "title", "certain", title_span)
        return _review_period(text, title_span, lead, written, found), "work report"
    period = _review_period(text, title_span, lead, written, found)
    if period.kind in ("year", "years", "since") or re.search(r"总结|回顾|纪实|综述", title):
        found.note(
            "kind", "reviews a period", "likely", found.findings["period"].span if "period" in found.findings else None
        )
        return period, "work report"
    if _NEWS.search(text):
        found.note("kind", "a reporter's lines", "likely", None)
        return period, "news"
    return period, "unknown"


def _lead(text: str, title_span: Span) -> Span:
    """The title and the first paragraphs."""
    return Span(title_span.start, min(len(text), title_span.end + _LEAD))


def _plan_mark(text: str, title: str, title_span: Span, lead: Span) -> tuple[Span, Period] | None:
    if re.search(r"工作报告|总结|回顾|纪实", title):
        return None
    for zone in (title_span, Span(title_span.end, min(lead.end, title_span.end + 500))):
        for span, period in find_periods(text, zone):
            if period.kind == "future":
                return span, period
    plan = re.search(r"(?:工作)?(?:计划|要点|安排|打算|规划|方案)$", title)
    if plan:
        years = [item for item in find_periods(text, title_span) if item[1].kind in ("year", "years")]
        if years:
            return years[0]
        return title_span, Period("计划", "future", printed=False)
    return None


def _review_period(text: str, title_span: Span, lead: Span, written: str | None, found: _Found) -> Period:
    """The time reviewed: by heading, title, opening, then reasoned from the date of writing."""
    base = _base_year(written) or _planned_year(text)
    named = found.findings["title"].how != _NO_TITLE
    for how, zone in (
        ("title", title_span if named and "政府工作报告" not in title_span.of(text) else None),
        ("heading", _review_heading(text)),
        ("opening", Span(title_span.end if named else title_span.start, lead.end)),
    ):
        if zone is None:
            continue
        chosen = _best_period(text, zone, base, in_heading=how == "heading")
        if chosen is not None:
            span, period = chosen
            found.note("period", how, "certain" if period.printed else "likely", span)
            return period
    if base is not None:
        source = found.findings.get("written")
        found.note("period", "reasoned from the date of writing", "guess", source.span if source else None)
        return Period(f"{base - 1}年", "year", base - 1, base - 1, printed=False)
    named = _most_named_year(text)
    if named is not None:
        found.note("period", "the year named most", "likely", named[0])
        return named[1]
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
        if period.kind == "year" and period.start is not None:
            period = replace(period, label=f"{period.start}年")
    return span, period


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
    """The year that a report plans for ("2014年工作安排"), which follows the year that it reviews."""
    years = [
        int(match["y"] or match["z"] or match["x"])
        for match in _PLANNED.finditer(text)
        if not match["x"] or match.start() > len(text) // 4  # before that it opens the review: "2022年是不平凡的一年"
    ]
    return max(set(years), key=years.count) if years else None


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
