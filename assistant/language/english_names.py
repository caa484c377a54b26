"""English names of what reports count, from the glossaries; a level in front of the name is told too.

For readers beside the printed Chinese label, never in its place.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.glossary import glossary, wide_glossary

LEVELS = {
    "全国": "national",
    "国家级": "national",
    "省级": "provincial",
    "市级": "municipal",
    "县级": "county-level",
    "区级": "district-level",
    "镇级": "town-level",
    "企业": "company",
    "新增": "new",
    "新建": "new",
}
_LEVEL = re.compile("|".join(LEVELS))


@lru_cache(maxsize=1024)
def english_name(label: str) -> str | None:
    """The first English phrase of the glossaries for exactly this label, or for it without its level; else None."""
    phrase = _phrase(label)
    if phrase is not None:
        return phrase
    level = _LEVEL.match(label)
    phrase = _phrase(label[level.end() :]) if level else None
    return f"{LEVELS[level[0]]} {phrase}" if level and phrase else None


def _phrase(label: str) -> str | None:
    return next(
        (
            entry.english[0]
            for words in (glossary(), wide_glossary())
            for entry in words.entries_of(label)
            if entry.english
        ),
        None,
    )
