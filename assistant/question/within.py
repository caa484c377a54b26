"""Finds the two things of one report that a question wants computed with: A比B多几个, A和B差多少, A是B的几倍.

Also whether what is left over is asked for (没建会的有多少). Works on words alone, over Simplified or English text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Computes = Literal["difference", "ratio", "share", "rest"]
_COUNTED = r"(?:多少|几)(?P<unit>[个家名项条场次件人位户所处座元种篇本册份]|人次|场次|平方米)?"
# 除了省级的，驿站还有多少: the whole less that part of it.
_LESS = re.compile(
    rf"(?:除了?|不算|不含|去掉|刨去)(?P<part>[^，,。？?]{{2,14}}?)的?(?:之外|以外|外)?[，,](?P<a>[^，,。？?]{{2,24}}?)(?:还|一共|总共)?(?:有|剩下?)(?:的)?{_COUNTED}"
)
_PAIRS: tuple[tuple[Computes, re.Pattern[str]], ...] = (
    (
        "difference",
        re.compile(rf"^(?P<a>.{{2,30}}?)比(?P<b>.{{1,30}}?)(?:要|还)?(?:多|少|高|低|大|小)(?:了|出|出了)?{_COUNTED}"),
    ),
    (
        "difference",
        re.compile(
            rf"^(?P<a>.{{2,30}}?)(?:和|与|跟|同)(?P<b>.{{1,30}}?)(?:之间|两者|的数量|的数)?(?:相差|差距|差)(?:了|是|有)?{_COUNTED}"
        ),
    ),
    ("ratio", re.compile(rf"^(?P<a>.{{2,30}}?)(?:是|为|相当于)(?P<b>.{{2,30}}?)的{_COUNTED}倍")),
    (
        "share",
        re.compile(
            r"^(?P<a>.{2,30}?)占(?:了|到)?(?:全部|所有|总)?(?P<b>.{2,30}?)的?(?:百分之(?:几|多少)|几成|(?:多大|多少)(?:比例|比重))(?P<unit>)?"
        ),
    ),
    (
        "difference",
        re.compile(
            r"how (?:many|much) (?:more|fewer|less) (?P<a>.{3,60}?) than (?P<b>.{3,60}?)(?: (?:does|did|do|has|have|are|were|is)\b.*)?[?.]?$(?P<unit>)?",
            re.I,
        ),
    ),
    (
        "difference",
        re.compile(
            r"difference between (?:the (?:number|amount) of )?(?P<a>.{3,60}?) and (?P<b>.{3,60}?)[?.]?$(?P<unit>)?",
            re.I,
        ),
    ),
)
_REST = re.compile(
    r"(?<!有)(?:没有?|尚未|未)(?:能|被|得到)?[一-鿿]{1,4}?的?(?:还)?(?:有)?(?:多少|几)|"
    r"(?<!有)(?:没有?|尚未|未)(?:能|被|得到)?[一-鿿]{1,12}?的[一-鿿]{0,10}?(?:还)?(?:有)?(?:多少|几)|"
    r"(?:多少|几)[一-鿿]{1,14}?(?:还|尚)?(?<!有)(?:没有?|未)(?:能|被|得到)?[一-鿿]{1,6}|"
    r"how many .{3,60}\b(?:not|n't|without)\b",
    re.I,
)


_OTHER_TIME = re.compile(r"年|同期|以前|之前|上[次届]|计划|目标|预期|全国|全省|last|previous|before|plan|target")


@dataclass(frozen=True, slots=True)
class Pair:
    """The wordings of two things and the measure word that is asked for."""

    computes: Computes
    first: str
    second: str
    unit: str | None


def pair_of(text: str) -> Pair | None:
    """The two things that `text` wants computed with, or None."""
    if (less := _LESS.search(text)) is not None:
        return Pair("rest", less["a"], f"{less['part']}的{less['a']}", less["unit"] or None)
    for computes, pattern in _PAIRS:
        match = pattern.search(text)
        if match is not None and not _OTHER_TIME.search(match["b"]):
            return Pair(computes, match["a"], match["b"], match["unit"] or None)
    return None


def asks_rest(text: str) -> bool:
    """Whether `text` asks how many are left that something was not done with."""
    return bool(_REST.search(text))
