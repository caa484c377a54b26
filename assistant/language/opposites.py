"""Words that exclude one another (城镇 and 农村, 进口 and 出口), to tell a figure of the one from one of the other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def opposed(asked: str, told: str) -> bool:
    """Whether `told` names only the opposite of what `asked` names: 出口 where 进口 is asked, but not 进出口.

    Where both texts name all of a group, or either names none of it, they agree.
    """
    for group in _groups():
        wanted = {word for word in group if word in asked}
        named = {word for word in group if word in told}
        if wanted and named and not wanted & named:
            return True
    return False


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    table = files("assistant.language").joinpath("data/opposites.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in table.splitlines() if line and not line.startswith("#"))
