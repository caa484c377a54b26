"""Kinds of doing: which verbs of reports and questions mean the same kind of act.

The verbs are data (`data/doings.tsv`); whether two doings must agree is decided by who asks.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

TELLING = frozenset({"visit", "train", "recover", "mediate", "hire", "raise", "recommend", "propose"})
"""The kinds that say what a number is of, where nothing else does (慰问了多少人); building and holding do not."""


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = files("assistant.language").joinpath("data/doings.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        name, words = line.split("\t")
        forms = sorted(words.split(), key=len, reverse=True)
        chinese = [re.escape(form) for form in forms if not form.isascii()]
        english = [re.escape(form.replace("-", " ")) for form in forms if form.isascii()]
        found.append((name, re.compile(f"{'|'.join(chinese)}|\\b(?:{'|'.join(english)})\\b", re.IGNORECASE)))
    return tuple(found)


@lru_cache(maxsize=4096)
def doings_in(text: str) -> frozenset[str]:
    """The kinds of doing that `text` names; the longest verb at a place counts (新建 is no 建 of its own)."""
    return frozenset(name for name, pattern in _kinds() if pattern.search(text))
