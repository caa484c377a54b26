"""Words that exclude one another (城镇 and 农村, 进口 and 出口), to tell a figure of the one from one of the other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def opposed(asked: str, told: str) -> bool:
    """Whether `told` names only the opposite of what `asked` names: 出口 where 进口 is asked, but not 进出口.

    Where both texts name all of a group, or either names none of it, they agree.
    """
    for both, each in _BOTH.items():
        asked, told = asked.replace(both, each), told.replace(both, each)
    for group in _groups():
        wanted = {word for word in group if word in asked}
        named = {word for word in group if word in told}
        if wanted and named and not wanted & named:
            return True
    return False


_BOTH = {"进出口": "进口、出口", "存贷款": "存款、贷款", "出入境": "出境、入境", "一二三产": "一产、二产、三产"}


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    table = files("assistant.language").joinpath("data/opposites.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in table.splitlines() if line and not line.startswith("#"))
