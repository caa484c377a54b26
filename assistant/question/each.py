"""Writes a question for two things at once (A和B各多少) as the two questions that it is."""

from __future__ import annotations

import re


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
