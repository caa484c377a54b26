"""Lines up the figures of several reports: one row a comparable thing, one cell a city.

A figure that is narrowed in a way that was not asked (示范性, 国家级, 其中农民工) never stands in the row of the whole;
it gets a row of its own. Cities without a figure in a row have an empty cell: that report does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answering.decide import figure_found
from assistant.answering.fits import levels_of
from assistant.answering.pick import Pick, Similar, home_of, pick_figures
from assistant.answering.quote import label_of
from assistant.figures.align import figures_by_topic
from assistant.language.measure_words import same_class
from assistant.models import Figure, Question, Report

# Narrowings that make a different thing; the others (一线, 困难 ...) stay in the row and are warned of.
_HARD = re.compile(
    r"示范|智能化|智慧|特色|最美|标准化|共享|其中|女职工|女性|农民工|新就业形态|线上|线下|流动|24小时|星级|百人以上|社会组织|首批|模范|人均|单位|季度|上半年|年均|月均|全村|全镇|全乡|全街道"
)
_LEVEL_NAMES = {"national": "国家级", "provincial": "省级", "municipal": "市级", "county": "县级", "company": "企业"}
_SEVERAL_LEVELS = re.compile(r"[两二三四]级|各级|级(?:及|和)?以上")
_ABOVE = re.compile(r"以上|above|or higher")
_ORDER = ("national", "provincial", "municipal", "county", "company")
NAMED = 0.9  # share of the naming words that a label must meet to name the thing by itself
CLOSE = 0.24  # how far below the best figure of its report another still counts as the same topic


@dataclass
class RowPicks:
    """The picks of one row by city; `key` says what narrows it ('' = the whole)."""

    key: str
    label: str
    picks: dict[str, Pick] = field(default_factory=dict)


def asked_levels(question: Question) -> frozenset[str]:
    """The levels that the question names, with those above where it says 以上."""
    named = levels_of(" ".join((question.text, *(term.text for term in question.terms))))
    if "省部级" in question.text or any("省部级" in term.text for term in question.terms):
        named |= {"provincial"}
    if named and _ABOVE.search(question.text):
        lowest = max(_ORDER.index(level) for level in named)
        return frozenset(_ORDER[: lowest + 1])
    return named


def line_up(question: Question, reports: Sequence[Report], similar: Similar) -> list[RowPicks]:
    """The rows of a comparison, the whole first, then its parts; empty when no report gives a figure."""
    levels = asked_levels(question)
    rows: dict[str, RowPicks] = {}
    for report in reports:
        city = city_of(report)
        for pick in _same_topic(question, report, similar, levels):
            key = _key(pick, levels)
            row = rows.setdefault(key, RowPicks(key, label_of(pick)))
            held = row.picks.get(city)
            if held is None or pick.score > held.score:
                row.picks[city] = pick
    _drop_other_kinds(question, rows.values())
    ordered = sorted(rows.values(), key=lambda row: (row.key != "", _rank(row.key), -len(row.picks)))
    whole = next((row for row in ordered if row.key == ""), None)
    if whole is not None:
        _drop_weak(whole, ordered)
        if whole.picks:
            # Beside a whole, parts matter only for the cities that give nothing else.
            for row in ordered[1:]:
                row.picks = {city: pick for city, pick in row.picks.items() if city not in whole.picks}
    return [row for row in ordered if row.picks]


def shared_topics(reports: Sequence[Report], *, most: int = 12) -> list[RowPicks]:
    """Without a topic: one row for each thing that at least two of the reports count, the most shared first."""
    found: dict[str, dict[str, Pick]] = {}
    for report in reports:
        for topic, figures in figures_by_topic(report.figures).items():
            plain = [figure for figure in figures if _of_the_whole(figure)]
            home = home_of(report, plain[0]) if plain else None
            if home is not None:
                found.setdefault(topic, {})[city_of(report)] = Pick(report, home[1], home[2], plain[0], 1.0, 1.0, {})
    rows = [
        RowPicks("", topic, picks)
        for topic, picks in found.items()
        if len(picks) >= min(2, len(reports)) and _one_kind(picks)
    ]
    rows.sort(key=lambda row: (-len(row.picks), row.label))
    return rows[:most]


def _of_the_whole(figure: Figure) -> bool:
    """Whether a figure counts its thing without a level or another narrowing, and is no ordinal or duration."""
    words = " ".join((*figure.scope, figure.label))
    return (
        figure.readable
        and figure.doubt is None
        and figure.unit not in {"届", "年", "%"}
        and not (_HARD.search(words) or levels_of(words))
    )


def _one_kind(picks: dict[str, Pick]) -> bool:
    units = [pick.figure.unit for pick in picks.values() if pick.figure is not None]
    return all(same_class(units[0], unit) for unit in units)


def _drop_other_kinds(question: Question, rows: Iterable[RowPicks]) -> None:
    """A figure of another kind (名 where the others count 家) that does not even name the topic is another thing."""
    picks = [pick for row in rows for pick in row.picks.values() if pick.figure is not None]
    top = max(picks, key=lambda pick: pick.score, default=None)
    if top is None or top.figure is None or question.unit is not None:
        return
    for row in rows:
        for city, pick in list(row.picks.items()):
            figure = pick.figure
            if figure is not None and not same_class(top.figure.unit, figure.unit) and pick.nouns < top.nouns - 0.1:
                del row.picks[city]


def is_level(label: str) -> bool:
    """Whether a row is one administrative level of a thing (省级工匠学院); levels do not overlap and may be added up."""
    return bool(levels_of(label))


def city_of(report: Report) -> str:
    """The name under which a report stands in a table."""
    return report.profile.city or report.profile.title or report.name


def _same_topic(question: Question, report: Report, similar: Similar, levels: frozenset[str]) -> list[Pick]:
    """The figures of `report` that count the thing asked or a part of it; one for each narrowing."""
    picks = [pick for pick in pick_figures(question, report, similar)[:30] if figure_found(question, pick)]
    if not picks:
        return []
    picks = _named_first(picks)
    best = picks[0]
    close = CLOSE if not levels else 0.5
    kept: dict[str, Pick] = {}
    for pick in picks:
        if pick.score < best.score - close or pick.nouns < best.nouns - 0.2:
            continue
        if best.figure is not None and pick.figure is not None and not same_class(best.figure.unit, pick.figure.unit):
            continue
        if levels and not _levels(pick) & levels:
            continue
        if pick is not best and pick.figure is not None and pick.figure.label.count("、") >= 2:
            continue  # the sum of several things
        key = _key(pick, levels)
        # Without a narrowing there is one figure of the topic; with one, each part is another row.
        kept.setdefault(key, pick)
    return list(kept.values())


def _named_first(picks: list[Pick]) -> list[Pick]:
    """`picks` led by one whose own label names the thing, where the best one's label names another (奖章 beside 先锋号)."""
    best = picks[0]
    if not best.other or best.on_label > 0.1:
        return picks
    named = next((p for p in picks if p.on_label >= NAMED and not p.other and p.score >= best.score - CLOSE), None)
    return picks if named is None else [named, *(pick for pick in picks if pick is not named)]


def _levels(pick: Pick) -> frozenset[str]:
    """The one level that narrows a figure; none for 省、市两级, 县级以上 and 各级, which mean the whole."""
    figure = pick.figure
    assert figure is not None
    words = " ".join((*figure.scope, figure.label))
    return frozenset() if _SEVERAL_LEVELS.search(words) else levels_of(words)


def _narrowings(pick: Pick) -> list[str]:
    """The words that make the figure one of another, narrower thing than the one asked."""
    figure = pick.figure
    assert figure is not None
    own = " ".join((*figure.scope, figure.label, figure.clause.of(pick.report.repaired.text)))
    listing = "、" in (figure.head or "")  # a head that lists several things narrows none of them
    hard = [word for word in pick.extra if _HARD.search(word) and (word in own or not listing)]
    if pick.on_label >= NAMED or _levels(pick):
        return [word for word in hard if word != "其中"]  # 其中农民工会员 is the whole of 农民工会员
    return hard


def _key(pick: Pick, levels: frozenset[str]) -> str:
    """What narrows the figure: a level, a hard narrowing, or nothing."""
    hard = _narrowings(pick)
    level = _levels(pick)
    if level and (not levels or len(levels) > 1):
        return "·".join([_LEVEL_NAMES[next(item for item in _ORDER if item in level)], *hard])
    return "·".join(hard)


def _rank(key: str) -> int:
    names = list(_LEVEL_NAMES.values())
    return next((index for index, name in enumerate(names) if key.startswith(name)), len(names))


def _drop_weak(whole: RowPicks, rows: Sequence[RowPicks]) -> None:
    """A city whose parts fit clearly better than its alleged whole has no whole."""
    named = max((_named(pick) for row in rows for pick in row.picks.values()), default=0.0)
    for city, pick in list(whole.picks.items()):
        parts = [row.picks[city] for row in rows if row is not whole and city in row.picks]
        better = parts and (
            max(part.nouns for part in parts) > pick.nouns + 0.15 or max(map(_named, parts)) > _named(pick) + 0.3
        )
        # Where another report's figure names the thing on its label, one that merely stands near it is another thing.
        if better or (_named(pick) < named - 0.6 and pick.other):
            del whole.picks[city]


def _named(pick: Pick) -> float:
    """The share of the naming words that the figure's own label meets."""
    return pick.on_label
