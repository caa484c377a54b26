"""Words that name two things in one (城乡居民, 存贷款), taken apart into both.

The words are data (`language/data/ellipses.tsv`); where two numbers follow such a word, each counts one of the two.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def both_of(label: str) -> list[str]:
    """The two full labels of one that names two things; empty where it names one."""
    for word, first, second in _table():
        if word in label:
            return [label.replace(word, first, 1), label.replace(word, second, 1)]
    return []


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    table = files("assistant.language").joinpath("data/ellipses.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((word, first, second) for word, first, second in sorted(rows, key=lambda row: -len(row[0])))
