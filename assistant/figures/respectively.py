"""The labels of numbers in a row (A、B分别为3和5), from the row of nouns before them.

A noun that says something for all of a row (旅客吞吐量 of 机场、高铁旅客吞吐量) is given to each, and a word that names two
things in one (城乡居民, 存贷款; `language/data/ellipses.tsv`) is taken apart into both. Which number of a sentence counts
what outside of such rows is decided in `binding`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from assistant.figures.phrases import tidy
from assistant.figures.places import Place
from assistant.figures.words import cut
from assistant.language.words import is_verb

COMPARED = re.compile(
    r"高于|低于|快于|优于|高出|领先|同比|环比|年均|分别|按可?比?|扣除|剔除|实际|连续$|"
    r"[比较](?=上|去|前|同期|年初|年均|五年|十[一二三四]|“|(?:19|20)\d\d|全[国省]|规划|目标|计划)"
)
"""Where a comparison begins behind a measure: 收入|同比, 收入|比上年."""
_ORDINALS = frozenset("一二三四五")
SUMS = frozenset({"总数", "总量", "总额", "数量", "存量", "总规模"})
"""What sums up a thing that the words before it name: 总数达到96家."""
_ADDED = re.compile(r"^(?:新增|净增)|(?:新增|净增|增加)$")


def labels_in_a_row(places: list[Place], seen: Sequence[str], row: Sequence[str]) -> list[str | None]:
    """分别: the labels of a row of numbers, from a row of nouns or from the row of numbers before.

    A clause may hold a row after another: 城乡居民收入由2.3万元、0.8万元分别提高到3.5万元、1.3万元.
    """
    starts = [at for at, place in enumerate(places) if not place.listed] or [0]
    labels: list[str | None] = []
    for start, end in pairwise([*starts, len(places)]):
        labels += _of_one_row(places[start:end], [*seen, *(label or "" for label in labels)], row)
    return labels


def _of_one_row(places: list[Place], seen: Sequence[str], row: Sequence[str]) -> list[str | None]:
    alone: list[str | None] = [None] * len(places)
    first, count = places[0], len(places)
    in_row = all(place.listed and not place.before.noun and not place.after.noun for place in places[1:])
    respectively = "分别" in first.before_text
    alike = count > 1 and len({place.quantity.unit for place in places}) == 1
    two = count == 2 and bool(both_of(first.before.noun))
    named = alike and ("、" in first.before.noun or two)
    if count < 2 or not in_row or not (respectively or first.before.change or named):
        return alone
    change = first.before.change or ""
    items = _row_of_nouns(first.before_text) if respectively or first.before.noun else []
    if len(items) != count:
        items = both_of(tidy(COMPARED.split(first.before.noun or first.before_text)[0])) if count == 2 else []
    if len(items) == count:
        return [f"{item}{change}" for item in items]
    if respectively and len(row) == count:  # 甲商场、乙商场，销售额分别增长3%和2%
        measure = measure_of(first.before.noun)
        return [f"{item}{measure}{change}" for item in row]
    earlier = list(dict.fromkeys(seen[-count:]))
    measure = measure_of(first.before.noun)
    if len(earlier) == count and measure in SUMS:
        return [f"{_ADDED.sub('', label)}{measure}" for label in earlier]
    if not measure and len(earlier) == count and all(earlier):
        return [f"{label}{change}" for label in earlier]
    return alone


def _row_of_nouns(before_text: str) -> list[str]:
    """The labels in a row such as 甲产业、乙产业和丙产业产值, each complete in itself."""
    nouns = COMPARED.split(re.sub(r"^[\s、，,]+", "", before_text))[0]
    items = [item for item in re.split(r"[、和与及]", nouns) if item]
    if len(items) > 1 and all(item in _ORDINALS for item in items[:-1]) and items[-1][0] in _ORDINALS:
        return [f"{item[0]}{items[-1][1:]}" for item in items]  # 一、二、三产业增加值
    tail = _common_tail(items) if len(items) > 1 else ""
    labels = [tidy(f"{item.partition('等')[0]}{tail}") for item in items[:-1]] + [tidy(item) for item in items[-1:]]
    head = _common_head(labels[0]) if any(_BARE.fullmatch(one) for one in labels[1:]) else ""
    return [f"{head}{one}" if at and _BARE.fullmatch(one) else one for at, one in enumerate(labels)]


# A measure that names no thing: its thing is that of the first of the row (旅游 of 旅游人数、综合收入).
_BARE = re.compile(r"(?:总|综合)(?:收入|花费|消费|产值|产量|面积|人数|人次)")


def _common_head(label: str) -> str:
    """The thing that the first label of a row begins with: 旅游 of 旅游接待人次; empty where it begins with a verb."""
    first = next(iter(cut(label)), None)
    return "" if first is None or len(first.text) != 2 or is_verb(first.text) else first.text


def _common_tail(items: list[str]) -> str:
    """What the last of a row says for all: 旅客吞吐量 of 机场、高铁旅客吞吐量; empty where each item is complete."""
    for head, kinds in _heads():  # 保险 of 失业、工伤保险参保人数
        kind = next((kind for kind in kinds if f"{kind}{head}" in items[-1]), None)
        if kind is not None and any(item.endswith(kinds) for item in items[:-1]):
            return items[-1][items[-1].index(f"{kind}{head}") + len(kind) :]
    for size in range(min(4, len(items[0])), 1, -1):  # 标准 of 城市低保、农村低保标准: both name 低保
        at = items[-1].find(items[0][-size:])
        if at > 0 and at + size < len(items[-1]):
            return items[-1][at + size :]
    if min(map(len, items[:-1])) >= 4 or len({item[-1] for item in items}) == 1:
        return ""
    taken = 0
    for word in cut(items[-1]):
        if taken >= len(items[0]):
            return items[-1][taken:]
        if taken + len(word.text) - len(items[0]) >= 2:
            return items[-1][len(items[0]) :]  # 农村居民 is one word, 居民 is common
        taken += len(word.text)
    return ""


def measure_of(noun: str) -> str:
    """The measure before a comparison: 收入比上年, 收入同比; 实际利用外资 begins like one and is none."""
    parts = COMPARED.split(noun)
    return noun if not parts[0] and noun.startswith("实际") and len(noun) > 3 else parts[0]


def both_of(label: str) -> list[str]:
    """The two full labels of one that names two things; empty where it names one."""
    for word, first, second in _table():
        if word in label:
            return [label.replace(word, first, 1), label.replace(word, second, 1)]
    return []


@cache
def _heads() -> tuple[tuple[str, tuple[str, ...]], ...]:
    table = files("assistant.language").joinpath("data/shared_heads.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((head, tuple(kinds.split())) for head, kinds in rows)


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    table = files("assistant.language").joinpath("data/ellipses.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((word, first, second) for word, first, second in sorted(rows, key=lambda row: -len(row[0])))
