"""Writes a question for two things at once (A和B各多少), or for a thing of each of two cities, as the two that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.places import Place
from assistant.language.script import to_simplified
from assistant.question.cities import name_cities


def each_asked(text: str) -> str:
    """A和B各多少 as A多少，B多少; A和B的收入各多少 as A的收入多少，B的收入多少."""

    def apart(match: re.Match[str]) -> str:
        first, second, asked = match[1], match[2], f"{match[4]}{match[5]}"
        _, of, thing = second.partition("的")
        if not of:  # 城镇和农村居民收入: what follows the second name is of the first as well
            other = next((two for one, two in PAIRED if first.endswith(one) and second.startswith(two)), "")
            thing = second.removeprefix(other) if other else ""
        return f"{first}{of}{thing}{asked}，{second}{asked}"

    return _EACH.sub(apart, text)


PAIRED = (("城镇", "农村"), ("城市", "农村"), ("城镇", "乡村"), ("男", "女"), ("进口", "出口"), ("存款", "贷款"))
_EACH = re.compile(
    r"([^，,。？?和与、及]{2,14})(?:和|与|、|及|跟)([^，,。？?和与、及]{2,10}?)(各自?|分别)(?:都)?((?:是|有|为|达|达到|增长|下降|办|建|新增|完成)?了?)((?:百分之)?(?:多少|几)[个家名项条场次件人位户]?)"
)


def each_with_its_city(text: str, library: Sequence[Place]) -> list[str]:
    """The two halves of 甲市的驿站和乙市的疗休养, each with its city; none where a city has nothing of its own."""
    plain = to_simplified(text)
    spans = sorted(name_cities(plain, library).spans)
    if (
        len(spans) != 2
        or not _LED.fullmatch(plain[: spans[0].start])
        or (joint := _JOINT.search(plain, spans[0].end, spans[1].start)) is None
    ):
        return []
    if joint.end() != spans[1].start or (spans[0].start and joint.start() == spans[0].end):
        return []  # 甲市和乙市 behind a name: both are asked the same
    return [plain[: joint.start()], plain[spans[1].start :]]


# What is compared may stand before the first city (就业人数，甲市的园区是乙市的…).
_LED = re.compile(r"(?:[^，,。？?；;]{2,16}[，,：:])?")
_JOINT = re.compile(r"[，,、]?(?:和|与|跟|以及|、|，|是|为|相当于|比)$")
