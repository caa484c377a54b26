"""The warnings of a comparison, by rule: period, target, scope, unit, approximate, missing, unreadable, implausible.

Few and short; each names its cities. Nothing is ranked or computed here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.answering.picking.levels import levels_of
from assistant.answering.picking.pick import Pick
from assistant.answering.wording import city_name, listed, period_name
from assistant.language.measure_words import same_class
from assistant.models import AnswerFigure, Language, Warning, WarningKind

_TEXTS = {
    "period": (
        "统计期不同：{detail}，只能按印出的数字并列。",
        "Different periods: {detail}; the figures stand side by side only as printed.",
    ),
    "target": (
        "{cities}没有给出已实现的数字，只有目标，不参与排名。",
        "{cities}: a target, not yet achieved, and not ranked with results.",
    ),
    "scope": ("口径不同：{detail}。", "Different scope: {detail}."),
    "unit": ("计量单位不同：{detail}。", "Different units: {detail}."),
    "approximate": (
        "含约数（{detail}），比较和计算结果也是约数。",
        "Some figures are approximate ({detail}), so results are approximate too.",
    ),
    "missing": ("{cities}的报告没有给出这个数字。", "Not reported by {cities}."),
    "unreadable": (
        "{cities}的数字在原文中缺损，无法辨认。",
        "{cities}: the figure is damaged in the source and unreadable.",
    ),
    "implausible": (
        "{cities}的数字照原文印出，但不合常理，请核对原件。",
        "{cities}: the figure is quoted as printed but implausible; check the original.",
    ),
}
_SAID = {  # the same where words are compared, not figures
    "period": ("所说的时期不同：{detail}。", "They speak of different periods: {detail}."),
    "target": ("{cities}说的是今后的打算，不是已经做到的。", "{cities}: what is planned, not what was done."),
    "missing": ("{cities}的报告没有提到。", "Not mentioned by {cities}."),
}
_PARTLY = {"missing": ("{cities}没有给出总的数字，只有分项。", "{cities}: only parts, no figure of the whole.")}
_UNLIKE = {
    "scope": (
        "口径不同：{detail}，各市所指不尽相同，以所引原文为准。",
        "Different scope: of {detail} the cities do not count quite the same; see the passages.",
    )
}
_NOT_GIVEN = {"missing": ("没有给出数字的：{detail}。", "Not reported: {detail}.")}
_ONLY_PARTS = {"missing": ("没有总数、只有分项的：{detail}。", "Only parts, no figure of the whole: {detail}.")}
_OWN_NAME = re.compile("“[^”]*”(?=[^“”、]{2})")  # what an activity is called in its city
FAR_APART = 100  # times another: hardly the same thing counted (results of a city's own, results of all its firms)
MANY = 4  # cities beyond which a caveat names only those that differ
_GENERIC = re.compile(
    r"[的、，“”\"'（）()]|工会|职工|全[市县区州年]|各级|累计|开展|活动|人数|数量|预计|同比|可比|实现|增长|地方"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a comparison tells beside the figures of its first row, by city."""

    topic: Sequence[str] = ()  # the forms of the thing asked
    partly: Mapping[str, str] = field(default_factory=dict)  # gives only a part or another thing, and which
    spoken: Mapping[str, str] = field(default_factory=dict)  # speaks of it without a figure, with the period
    kinds: Mapping[str, str] = field(default_factory=dict)  # gives another kind of the thing besides, and which
    missing: Sequence[str] = ()
    computed: Sequence[str] = ()  # ranked or computed with
    parts: Mapping[str, str] = field(default_factory=dict)  # where parts are added up: which ones


def warnings_of(picks: Mapping[str, Pick], told: Told, language: Language) -> tuple[Warning, ...]:
    """The warnings for one row with the `picks` of its cities."""
    found: list[Warning] = []
    figures = {city: pick.figure for city, pick in picks.items() if pick.figure is not None}
    periods = {city: figure.period.label for city, figure in figures.items()} | dict(told.spoken)
    if len({_period(pick) for pick in picks.values()}) > 1 or (told.spoken and len(set(periods.values())) > 1):
        detail = _by_period(periods, language)
        found.append(_warning("period", tuple(periods), language, detail=detail))
    targets = tuple(city for city, figure in figures.items() if figure.kind == "target")
    if targets:
        found.append(_warning("target", targets, language))
    units = {city: figure.unit for city, figure in figures.items()}
    if len(set(units.values())) > 1 and any(not same_class(a, b) for a in units.values() for b in units.values()):
        detail = _join([f"{_named(c, language)}“{unit}”" for c, unit in units.items()], language)
        found.append(_warning("unit", tuple(units), language, detail=detail))
    found += _scope(picks, told, language)
    about = {
        city: figure
        for city, figure in figures.items()
        if city in told.computed and figure.qualifier is not None and figure.readable
    }
    if about:
        detail = _first_few([figure.text for figure in about.values()], language)
        found.append(_warning("approximate", tuple(about), language, detail=detail))
    unreadable = tuple(city for city, figure in figures.items() if not figure.readable)
    if unreadable:
        found.append(_warning("unreadable", unreadable, language))
    doubtful = tuple(city for city, figure in figures.items() if figure.doubt is not None)
    if doubtful:
        found.append(_warning("implausible", doubtful, language))
    return (*found, *_missing(told, language))


OF_REPORTS: frozenset[WarningKind] = frozenset({"period", "target", "approximate"})
"""Kinds of warnings that are of a whole report, so that they are told once, whatever is compared."""


def over_things(
    figures: Sequence[AnswerFigure], kinds: Collection[WarningKind], language: Language
) -> tuple[Warning, ...]:
    """For several things: the warnings of the `kinds` that are of a whole report, over all figures shown."""
    by_city: dict[str, list[AnswerFigure]] = {}
    for figure in figures:
        by_city.setdefault(figure.city or "", []).append(figure)
    found = []
    if "period" in kinds:
        periods = {city: "、".join(dict.fromkeys(f.period or "" for f in own)) for city, own in by_city.items()}
        found.append(_warning("period", tuple(periods), language, detail=_by_period(periods, language)))
    if targets := tuple(city for city, own in by_city.items() if any(f.kind == "target" for f in own)):
        found.append(_warning("target", targets, language))
    if "approximate" in kinds:
        about = {city: f for city, own in by_city.items() for f in own if f.qualifier is not None and f.readable}
        detail = _first_few([f.text for own in by_city.values() for f in own if f in about.values()], language)
        found.append(_warning("approximate", tuple(about), language, detail=detail))
    return tuple(found)


def _missing(told: Told, language: Language) -> list[Warning]:
    """Who gives nothing, and who gives parts but no figure of the whole."""
    silent = tuple(city for city in told.missing if city not in told.partly)
    only_parts = tuple(city for city in told.missing if city in told.partly)
    found = [_warning("missing", silent, language)] if silent else []
    if only_parts:
        found.append(_warning("missing", only_parts, language, texts=_PARTLY))
    return found


def text_warnings(
    periods: Mapping[str, str],
    targets: Sequence[str],
    missing: Sequence[str],
    language: Language,
    *,
    doubtful: Sequence[str] = (),
) -> tuple[Warning, ...]:
    """The warnings for a comparison of approaches; `doubtful` cities quote a figure whose print is implausible."""
    found, said = [], {**_TEXTS, **_SAID}
    if doubtful:
        found.append(_warning("implausible", tuple(dict.fromkeys(doubtful)), language))
    if targets:
        found.append(_warning("target", tuple(targets), language, texts=said))
    if len(set(periods.values())) > 1:
        detail = _by_period(periods, language)
        found.append(_warning("period", tuple(periods), language, detail=detail, texts=said))
    if missing:
        found.append(_warning("missing", tuple(missing), language, texts=said))
    return tuple(found)


def _period(pick: Pick) -> tuple[object, ...]:
    period = pick.figure.period if pick.figure is not None else pick.report.profile.period
    if period.start is not None:
        return (period.start, period.end)
    # A year without a number of its own (今年, 去年) is the report's year; two reports' years may differ.
    return (period.kind, period.label, pick.report.profile.period.label)


def _scope(picks: Mapping[str, Pick], told: Told, language: Language) -> list[Warning]:
    if told.parts:
        details = [f"{_named(city, language)}“{parts}”" for city, parts in told.parts.items()]
        alike = len(set(told.parts.values())) < 2
        return [] if alike else [_warning("scope", tuple(told.parts), language, detail=_join(details, language))]
    cores = {city: f"{_core(pick, told.topic)}{_times(pick)}{_levels_of_head(pick)}" for city, pick in picks.items()}
    details = []
    if len(set(cores.values())) > 1:
        details += _by_label(picks, cores, language)
    besides = "besides " if language == "en" else "另有"
    details += [f"{_named(city, language)}{besides}“{_quotable(kind)}”" for city, kind in told.kinds.items()]
    details += [f"{_named(city, language)}“{part}”" for city, part in told.partly.items()]
    if told.spoken:
        details = details or [f"{_named(city, language)}“{_shown(pick)}”" for city, pick in picks.items()]
        without = "no figure, only words" if language == "en" else "只有文字，没有数字"
        details += [f"{city_name(city, language)} {without}" for city in told.spoken]
    named = list(dict.fromkeys([*picks, *told.partly, *told.spoken]))
    if not details or len(named) < 2:
        return []
    return [_warning("scope", tuple(named), language, detail=_join(details, language))]


def _levels_of_head(pick: Pick) -> str:
    """The levels of the thing that a figure is told of (省、市两级创业园: 就业, 县级以上创业园: 就业), where it names any."""
    head = pick.figure.head or "" if pick.figure is not None else ""
    return " ".join([*sorted(levels_of(head)), *_REACH.findall(head)]) if "级" in head else ""


_REACH = re.compile("以上|以下|[两二三四]级")


def _times(pick: Pick) -> str:
    """人次 where person-times are counted: persons are another count."""
    return "人次" if pick.figure is not None and pick.figure.unit == "人次" else ""


def counted_unlike(picks: Mapping[str, Pick], topic: Sequence[str]) -> bool:
    """Whether the figures of a row are not of one scope, as far as their words and their sizes tell."""
    values = [pick.figure.value for pick in picks.values() if pick.figure is not None and pick.figure.value]
    far_apart = bool(values) and max(values) >= FAR_APART * min(values)
    return far_apart or len({_core(pick, topic) for pick in picks.values()}) > 1


def unlike_rows(rows: Sequence[tuple[str, Sequence[str]]], language: Language) -> Warning:
    """One warning for all rows of an overview whose cities do not count quite the same; with the cities of each row."""
    cities = tuple(dict.fromkeys(city for _, named in rows for city in named))
    names = listed([label for label, _ in rows], language)
    return _warning("scope", cities, language, detail=names, texts=_UNLIKE)


def missing_in(rows: Sequence[tuple[str, Sequence[str]]], language: Language, *, parts: bool) -> Warning:
    """One warning for several things: of which of them which cities give nothing, or only `parts`."""
    cities = tuple(dict.fromkeys(city for _, named in rows for city in named))
    told = [
        f"{label}{' ' if language == 'en' else '（'}{listed([city_name(city, language) for city in named], language)}"
        f"{'' if language == 'en' else '）'}"
        for label, named in rows
    ]
    detail = "; ".join(told) if language == "en" else "、".join(told)
    return _warning("missing", cities, language, detail=detail, texts=_ONLY_PARTS if parts else _NOT_GIVEN)


def _core(pick: Pick, topic: Sequence[str]) -> str:
    """What is left of a label without the topic itself and words that narrow nothing."""
    figure = pick.figure
    assert figure is not None
    text = "".join(word for word in figure.scope if word not in figure.label and word != "其中") + figure.label
    for form in sorted(topic, key=len, reverse=True):
        text = text.replace(form, "")
    profile = pick.report.profile
    for place in (profile.city, profile.province):  # 云南省五一劳动奖状 and 省五一劳动奖状 are the same thing
        text = text.replace(place, place[-1]) if place else text
    return _GENERIC.sub("", _OWN_NAME.sub("", text))


def _shown(pick: Pick) -> str:
    figure = pick.figure
    assert figure is not None
    scope = "".join(word for word in figure.scope if word not in figure.label and word not in {"其中"})
    head = f"{figure.head}：" if _levels_of_head(pick) else ""
    label = _quotable(f"{head}{scope}{figure.label}")
    return f"{label}（{figure.unit}）" if figure.unit else label


def _quotable(label: str) -> str:
    return label.replace("“", "‘").replace("”", "’")


def _by_period(periods: Mapping[str, str], language: Language) -> str:
    """Which city speaks of which time; among many cities, those of the most usual time are only the others."""
    usual = _usual(list(periods.values()))
    said = [f"{city_name(city, language)} {period_name(p, language)}" for city, p in periods.items() if p != usual]
    if usual is not None:
        said.append(f"{'the others' if language == 'en' else '其余'} {period_name(usual, language)}")
    return _join(said, language)


def _by_label(picks: Mapping[str, Pick], cores: Mapping[str, str], language: Language) -> list[str]:
    """What each city counts; among many cities, those that count the usual thing are only the others."""
    usual = _usual(list(cores.values()))
    said = [f"{_named(city, language)}“{_shown(pick)}”" for city, pick in picks.items() if cores[city] != usual]
    like = next((pick for city, pick in picks.items() if cores[city] == usual), None)
    if like is not None and said:
        said.append(f"{'the others ' if language == 'en' else '其余'}“{_shown(like)}”")
    return said


def _usual(values: list[str]) -> str | None:
    """What most of many values are; None for few values, or where they do not differ."""
    usual = max(values, key=values.count) if len(values) > MANY and len(set(values)) > 1 else None
    return usual if usual is not None and values.count(usual) > 1 else None


def _first_few(texts: Sequence[str], language: Language) -> str:
    different = list(dict.fromkeys(texts))
    more = " …" if language == "en" else "等"
    return _join(different[:MANY], language) + (more if len(different) > MANY else "")


def _named(city: str, language: Language) -> str:
    """The city as it stands before a quotation."""
    return city_name(city, language) + (" " if language == "en" else "")


def _join(parts: list[str], language: Language) -> str:
    return ("; " if language == "en" else "，").join(parts)


def _warning(
    kind: WarningKind,
    cities: tuple[str, ...],
    language: Language,
    *,
    detail: str = "",
    texts: Mapping[str, tuple[str, str]] = MappingProxyType(_TEXTS),
) -> Warning:
    chinese, english = texts[kind]
    names = listed([city_name(city, language) for city in cities], language)
    text = (english if language == "en" else chinese).format(cities=names, detail=detail)
    return Warning(kind, cities, text)
