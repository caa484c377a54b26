"""Lines up the figures of several reports: one row a comparable thing, one cell a city.

A figure that is narrowed in a way that was not asked (示范性, 国家级, 其中农民工) never stands in the row of the whole;
it gets a row of its own. Cities without a figure in a row have an empty cell: that report does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answering.comparing.row_candidates import (
    LEVEL_NAMES,
    LEVELS,
    NARROWER_THING,
    candidates,
    figure_of,
    row_key,
    told_of_its_like,
)
from assistant.answering.picking.fits import asks_target
from assistant.answering.picking.levels import levels_of, without_cities
from assistant.answering.picking.pick import Pick, Similar, home_of, pick_figures
from assistant.answering.picking.quote import label_of
from assistant.answering.picking.zones import plain
from assistant.figures.align import figures_by_topic
from assistant.language.measure_words import same_class
from assistant.language.words import is_verb
from assistant.models import Figure, Question, Report

_KIND_OF_PEOPLE = re.compile("(?:劳模|模范|工匠|能手|标兵|人才|监督员|骑手|会员|党员)$")
_ONLY_WHO = re.compile("(?:职工|子女|群众|劳动者|学生|居民|人员)$")
_OF_DOING = re.compile(r"(?:系列|专项|主题)?(?:活动|行动|工作)$")
_HEADS = frozenset({"人", "名", "位", "人次"})
KIND = 3  # characters at the end of a name that tell its kind (创业园)
HALF = 0.5  # share of the naming words that a figure printed as another city's must meet
BY_HEAD = 0.16  # what a name is worth less on the head than on the label
BETTER = 0.15  # by how much a figure must fit better than another to be preferred though it is narrower
_ABOVE = re.compile(r"以上|above|or higher")


@dataclass
class RowPicks:
    """The picks of one row by city; `key` says what narrows it ('' = the whole)."""

    key: str
    label: str
    picks: dict[str, Pick] = field(default_factory=dict)


def asked_levels(question: Question) -> frozenset[str]:
    """The levels that the question names, with those above where it says 以上."""
    named = levels_of(" ".join((without_cities(question), *(term.text for term in question.terms))))
    if "省部级" in question.text or any("省部级" in term.text for term in question.terms):
        named |= {"provincial"}
    if named and _ABOVE.search(question.text):
        lowest = max(LEVELS.index(level) for level in named)
        return frozenset(LEVELS[: lowest + 1])
    return named


def line_up(question: Question, reports: Sequence[Report], similar: Similar) -> list[RowPicks]:
    """The rows of a comparison, the whole first, then its parts; empty when no report gives a figure."""
    levels = asked_levels(question)
    rows: dict[str, RowPicks] = {}
    for report in reports:
        city = city_of(report)
        for pick in candidates(question, report, similar, levels):
            key = row_key(question, pick, levels)
            row = rows.setdefault(key, RowPicks(key, label_of(pick)))
            held = row.picks.get(city)
            if held is None or pick.score > held.score:
                row.picks[city] = pick
    if "" in rows:
        _add_printed_alike(question, rows, reports, similar)
        _add_same_money(question, rows, reports, similar)
    _drop_other_kinds(question, rows.values())
    _join_own_level(question, rows)
    ordered = sorted(rows.values(), key=lambda row: (row.key != "", _rank(row.key), -len(row.picks)))
    whole = next((row for row in ordered if row.key == ""), None)
    if whole is not None:
        _drop_weak(question, whole, ordered)
        _drop_results(question, whole)
        if whole.picks:
            # Beside a whole, parts matter only for the cities that give nothing else.
            for row in ordered[1:]:
                row.picks = {city: pick for city, pick in row.picks.items() if city not in whole.picks}
    return [row for row in ordered if row.picks]


def _add_printed_alike(
    question: Question, rows: dict[str, RowPicks], reports: Sequence[Report], similar: Similar
) -> None:
    """Gives a city that has none the figure that is printed as another's in the row is, though it meets fewer words."""
    held = [figure_of(pick) for pick in rows[""].picks.values()]
    for report in reports:
        city = city_of(report)
        if any(city in row.picks for row in rows.values()):
            continue
        for pick in pick_figures(question, report, similar)[:5]:
            half = pick.nouns >= HALF and not pick.lacking and not told_of_its_like(question, figure_of(pick))
            if half and any(_printed_alike(one, figure_of(pick)) for one in held):
                rows[""].picks[city] = pick
                break


def _printed_alike(one: Figure, other: Figure) -> bool:
    """Whether two labels are the same and their heads end in the same name (省级创业园: 就业, 县级创业园: 就业)."""
    if plain(one.label) != plain(other.label) or not same_class(one.unit, other.unit):
        return False
    first, second = (plain(figure.head or figure.label)[-KIND:] for figure in (one, other))
    return first == second and len(first) == KIND


def _add_same_money(question: Question, rows: dict[str, RowPicks], reports: Sequence[Report], similar: Similar) -> None:
    """Gives a city that has none its money for the same doing (帮扶慰问资金 beside 慰问金), which is warned of as wider."""
    held = [figure_of(pick).label for pick in rows[""].picks.values() if pick.figure is not None]
    asked = plain("".join(term.text for term in question.terms))
    doings = {money[1] for label in held if (money := _MONEY_OF.fullmatch(plain(label))) and money[1] in asked}
    if question.unit != "元" or not doings:
        return
    for report in reports:
        city = city_of(report)
        if any(city in row.picks for row in rows.values()):
            continue
        for pick in pick_figures(question, report, similar)[:MONEYS]:
            figure = figure_of(pick)
            money = _MONEY_OF.fullmatch(plain(figure.label))
            alone = (
                figure.readable and figure.unit == "元" and not figure.head and not levels_of(" ".join(figure.scope))
            )
            if alone and money is not None and any(_is_of(doing, money[1]) for doing in doings):
                rows[""].picks[city] = pick
                break


def _is_of(doing: str, named: str) -> bool:
    """Whether money `named` so is of a doing, alone or with another doing before it (帮扶慰问), and of no group (劳模慰问)."""
    return named == doing or (named.endswith(doing) and is_verb(named.removesuffix(doing)))


_MONEY_OF = re.compile("([一-鿿]{2,6}?)(?:资金|金|款项|款|经费)")
MONEYS = 12  # figures of a report among which money of the same doing is looked for


def shared_topics(reports: Sequence[Report], *, most: int = 12) -> list[RowPicks]:
    """Without a topic: one row for each thing that at least two of the reports count, the most shared first."""
    found: dict[str, dict[str, Pick]] = {}
    for report in reports:
        for topic, figures in figures_by_topic(report.figures).items():
            if _ONLY_WHO.search(topic):
                continue  # 职工子女 may have been taught here and paid for there
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
        and not ("、" in figure.label or figure.label.count("“") > 1)  # several things in one number
        and figure.unit not in {"届", "年", "%"}
        and not (NARROWER_THING.search(words) or levels_of(words))
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
            if figure is not None and not same_class(top.figure.unit, figure.unit) and pick.nouns < top.nouns - BY_HEAD:
                del row.picks[city]


def _join_own_level(question: Question, rows: dict[str, RowPicks]) -> None:
    """A city that gives but its own level (市级成果) stands in the row of those that name none; it is warned of as scope.

    So does one whose own level has the whole name that was asked (市级优秀成果) beside a wider thing (成果).
    """
    whole, own = rows.get(""), rows.get(LEVEL_NAMES["municipal"])
    if whole is None or own is None or not whole.picks:
        return
    unit = figure_of(next(iter(whole.picks.values()))).unit
    for city, pick in list(own.picks.items()):
        rival = whole.picks.get(city)
        alone = not any(city in row.picks for row in rows.values() if row not in (own, whole))
        in_full = rival is not None and _in_full(question, pick) and not _in_full(question, rival)
        better = rival is None or in_full or pick.score > rival.score + BETTER  # it is what the question names
        if alone and better and same_class(unit, figure_of(pick).unit):
            whole.picks[city] = own.picks.pop(city)


def _in_full(question: Question, pick: Pick) -> bool:
    """Whether a label has the whole name that was asked, as it was asked."""
    names = [plain(term.text) for term in question.terms if term.noun and term.focus]
    return any(len(name) > 3 and name in plain(figure_of(pick).label) for name in names)


def is_level(label: str) -> bool:
    """Whether a row is one administrative level of a thing (省级工匠学院); levels do not overlap and may be added up."""
    return bool(levels_of(label))


def city_of(report: Report) -> str:
    """The name under which a report stands in a table."""
    return report.profile.city or report.profile.title or report.name


def _rank(key: str) -> int:
    names = list(LEVEL_NAMES.values())
    return next((index for index, name in enumerate(names) if key.startswith(name)), len(names))


def _drop_weak(question: Question, whole: RowPicks, rows: Sequence[RowPicks]) -> None:
    """A city whose parts fit clearly better than its alleged whole has no whole."""
    asked_people = any(term.focus and _KIND_OF_PEOPLE.search(term.text) for term in question.terms)
    named = max((_named(pick) for row in rows for pick in row.picks.values()), default=0.0)
    for city, pick in list(whole.picks.items()):
        parts = [row.picks[city] for row in rows if row is not whole and city in row.picks]
        better = parts and (
            max(part.nouns for part in parts) > pick.nouns + 0.15 or max(map(_named, parts)) > _named(pick) + 0.3
        )
        # Where another report's figure names the thing on its label, one that merely stands near it is another thing.
        beside = (pick.other and not _headed(question, pick)) or (
            asked_people and pick.figure is not None and pick.figure.unit in _HEADS
        )
        if better or (_named(pick) < named - 0.6 and beside):
            del whole.picks[city]


def _headed(question: Question, pick: Pick) -> bool:
    """Whether the figure is told of the thing by its name (送清凉活动: 资金50万元), whatever its own label says."""
    head = _OF_DOING.sub("", plain(figure_of(pick).head or ""))
    return any(head.endswith(plain(form)) for term in question.terms if term.noun and term.focus for form in term.forms)


def _drop_results(question: Question, whole: RowPicks) -> None:
    """Where targets are asked and given, a city that gives only the result has none: a result is no target."""
    told = {city: pick.figure.kind for city, pick in whole.picks.items() if pick.figure is not None}
    if asks_target(question) and "target" in told.values():
        for city in [city for city, kind in told.items() if kind == "achieved"]:
            del whole.picks[city]


def _named(pick: Pick) -> float:
    """The share of the naming words that the figure's own label meets."""
    return pick.on_label
