"""Finds out which place a report is of, among all that it names.

Title, the line that says before which congress it was given, "X市总工会", the first naming and frequency
speak for a place; counties speak for their city. The file name is the last resort, and named as such.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePath

from assistant.language.places import Place, find_places, place_of
from assistant.models import Span
from assistant.reports.profile_notes import LEAD, Certainty, Notes

_OWN = r"(?P<own>总工会|工会|人民政府|政府|人大常委会|市委|县委|区委|州委|检察院|中级人民法院|人民法院|妇联|团委)"
_AFTER_PLACE = re.compile(rf"(?:各级|市级|市|州|县|区|广大|全体)?{_OWN}")
# A place is told by name, province and prefecture: there are four districts named 鼓楼区.
_PlaceKey = tuple[str, str | None, str | None]
_ENOUGH_CHILDREN = 3
_ZONE = re.compile(
    "(?:国家)?(?:级)?(?:工业园区|(?:高新|高新技术|经济|经济技术)(?:产业)?开发区|高新区|经开区|开发区|(?:综合)?保税区)"
    "(?=总工会|工会|管委会|管理委员会|党工委|[0-9]{4}年|工作)"
)
_NAMED_WITH = "named with "
_SURE_SIGNS = ("title", "opening line")
_MARGIN = 1.15  # how much more must speak for a place than for the next one
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


def find_place(file_name: str, text: str, title_span: Span, notes: Notes) -> Place | None:
    """The place that reports: by title, delivery, "X市总工会", first naming and frequency."""
    candidates = _candidates(text, title_span)
    if candidates:
        ranked = sorted(candidates, key=lambda item: -item.score)
        first = ranked[0]
        rival = ranked[1].score if len(ranked) > 1 else 0.0
        if first.score >= 3 and first.score > _MARGIN * rival and not _stands_beside(first, candidates):
            certainty: Certainty = "certain" if first.best >= _DECISIVE and first.score > 1.5 * rival else "likely"
            for name in ("city", "level", "province"):
                notes.note(name, first.how, certainty, first.span)
            return _zone(first, text) or first.place
    named = [place for _, place in find_places(PurePath(file_name).stem) if place.level != "province"]
    if named and (not candidates or any(item.place.name == named[0].name for item in candidates)):
        for name in ("city", "level", "province"):
            notes.note(name, "file name", "likely", None)
        return named[0]
    return None


def _zone(first: _Candidate, text: str) -> Place | None:
    """The zone of a city whose report it is (苏州工业园区): what it counts is not the city's."""
    zone = _ZONE.match(text, first.span.end) if first.span and first.how in _SURE_SIGNS else None
    if zone is None or first.span is None:
        return None
    name, place = text[first.span.start : zone.end()], first.place
    return Place(name, name, "district", place.province, place.name, "", "", ())


def _stands_beside(first: _Candidate, candidates: list[_Candidate]) -> bool:
    """Whether a text tells of several places side by side ("南京市总工会 …；杭州市总工会 …"), no title naming one."""
    return first.how not in _SURE_SIGNS and any(
        other is not first
        and other.place.level == first.place.level
        and other.how.startswith(_NAMED_WITH)
        and first.mentions < 2 * other.mentions
        for other in candidates
    )


def _candidates(text: str, title_span: Span) -> list[_Candidate]:
    mentions = find_places(text)
    table: dict[_PlaceKey, _Candidate] = {}
    delivered = _delivery_zone(text)
    first_seen = False
    for at, (span, place) in enumerate(mentions):
        if _addresses(mentions, at):
            continue
        candidate = table.setdefault((place.name, place.province, place.prefecture), _Candidate(place))
        candidate.mentions += 1
        if title_span.contains(span):
            candidate.add(10, "title", span)
        if delivered is not None and delivered.contains(span):
            candidate.add(18, "opening line", span)
        own = _AFTER_PLACE.match(text, span.end)
        if own:
            candidate.add(
                4 if own["own"] in ("总工会", "工会", "人民政府", "政府") else 1, _NAMED_WITH + own["own"], span
            )
        if not first_seen and span.start < LEAD and place.level != "province":
            candidate.add(2, "first naming", span)
            first_seen = True
    _add_parents(table)
    for candidate in table.values():
        _count_frequency(candidate, text)
    _lift_to_parent(list(table.values()))
    _weigh_by_scope(list(table.values()), text)
    return list(table.values())


def _addresses(mentions: list[tuple[Span, Place]], at: int) -> bool:
    """Whether a place only says where the next one lies: 福州市 in 福州市鼓楼区."""
    if at + 1 == len(mentions):
        return False
    span, place = mentions[at]
    following, below = mentions[at + 1]
    return following.start == span.end and place.name in (below.prefecture, below.province)


def _delivery_zone(text: str) -> Span | None:
    """The line that says before which congress the report was given."""
    for match in re.finditer(r"[^\n]+", text[:LEAD]):
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
