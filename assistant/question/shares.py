"""Whether a question asks what share one city has of several cities together, or of another city.

A share that a report prints (第三产业占比) is a figure like any other and not meant here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import City, Share, Span

_MUCH = r"(?:百分之[几多]少?|几成|多[少大](?:的?比[例重]|份额)?|几分之[几一]|(?:的)?(?:比[例重]|份额))(?:是|为|有)?(?:多少|多大)?"
_PLACES = r"(?:(?:全省|[一-鿿]{2,3}?省?)?(?:这|那)?(?:[两二三四五六七八九十\d]+|几|各|全部|所有)(?:个|座)?(?:城市|地市|市|地|家|者)的?)"
_SUM = r"(?:合计|总[数量和计]|总共|一共|加起来|全部|之和)"
_OF_ALL = re.compile(
    rf"(?P<each>各自?|分别)?(?:所)?占(?:了)?(?:(?P<whole>[^，,。？?占]{{0,16}}?){_SUM}|[^，,。？?占]{{0,12}}?(?P<places>{_PLACES}))(?:的|数|量)*{_MUCH}"
    rf"|(?P<bare>各自?|分别)(?:所)?占(?:了)?(?:的)?{_MUCH}"
    r"|\bwhat (?:share|percentage|proportion|fraction|part|per ?cent) of (?:all|the (?:total|combined|sum)|their (?:total|sum))\b",
    re.I,
)
_TOGETHER = re.compile(rf"{_SUM}|\btogether\b|\bin total\b|\bcombined\b", re.I)
_OF_SUM = re.compile(rf"(?:所)?占(?:了)?(?:其中)?(?:的)?{_MUCH}")
_OF_OTHER = re.compile(r"(?:相当于|是|为|等于)(?P<other>[^，,。？?]{2,14}?)的?(?:百分之[几多]少?|几成)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A share that is asked for, and the words that ask for it."""

    share: Share
    span: Span


def share_asked(text: str, cities: Sequence[City], *, all_named: bool) -> Asked | None:
    """The share of a sum of cities, or of the other city, that Simplified or English `text` asks for, else None."""
    match = _OF_ALL.search(text)
    if match is not None and not _is_of_cities(match, cities, all_named=all_named):
        return None
    if match is None and len(cities) > 1 and _TOGETHER.search(text):
        match = _OF_SUM.search(text)
    if match is not None and (cities or all_named):
        each = match.re is _OF_ALL and bool(match["each"] or match["bare"])
        return Asked(Share("all", None if each else _part(text, match.start(), cities)), Span(*match.span()))
    other = _OF_OTHER.search(text) if len(cities) == 2 else None
    if other is not None and any(city.short in other["other"] for city in cities):
        return Asked(Share("other", cities[0].name), Span(other.end("other"), other.end()))
    return None


def _is_of_cities(match: re.Match[str], cities: Sequence[City], *, all_named: bool) -> bool:
    """Whether the whole is cities together and no other thing of one report (职工总数)."""
    whole = match["whole"]
    if whole is None:
        return bool(match["places"]) or all_named or len(cities) > 1 or match[0].isascii()
    for city in cities:
        whole = whole.replace(city.name, "").replace(city.short, "")
    rest = re.sub(rf"{_PLACES}|[和与及、的市]", "", whole)
    return not rest and (whole != "" or all_named or len(cities) > 1)


def _part(text: str, before: int, cities: Sequence[City]) -> str | None:
    """The city whose share is asked: the one named in the clause that asks, else the first; each where it names several."""
    clause = re.split("[，,。；;]", text[:before])[-1]
    named = [city.name for city in cities if city.short in clause]
    return None if len(named) > 1 else next(iter(named), next((city.name for city in cities), None))
