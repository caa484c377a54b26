"""Finds the stretches whose numbers count nothing: dates, ordinals, names, codes, figures of speech.

The patterns are data (`data/number_names.tsv`); this file only applies them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from assistant.language.numerals import fold
from assistant.models import Span


def find_number_names(text: str) -> list[Span]:
    """The spans of the text that are dates, ordinals or names, in order of their patterns."""
    folded = fold(text)
    return [Span(*match.span()) for pattern in _patterns() for match in pattern.finditer(folded)]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = files("assistant.language").joinpath("data/number_names.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(re.compile(pattern) for pattern, _example in lines)
