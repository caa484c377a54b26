"""Pinyin that a crawler left behind characters: 產(chǎn)業(yè) becomes 產業.

Real annotations stay: a reading behind a rare character or behind a character that is written
alike in both scripts (亳(bó)州), several syllables together, English, formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.language.script import HAN, is_common, to_simplified, to_traditional
from assistant.language.sounds import without_phrases
from assistant.reports.offsets import Edit

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
_BEHIND = re.compile(f"([{HAN}])[(（]([a-z{_TONED}]{{1,6}})[)）]")
_ENOUGH = 3  # different Simplified characters with a reading: then it is a machine, not a writer


def pinyin_edits(text: str) -> Iterator[Edit]:
    """Take off each bracketed reading that stands behind a character and is a reading of it.

    Behind a Traditional form of an everyday character one is enough. Behind a Simplified form at
    least three different characters must bear their usual reading.
    """
    found = [m for m in _BEHIND.finditer(text) if m[2] in _readings(m[1])]
    simplified = {m[1] for m in found if _is_simplified_form(m[1]) and m[2] == _usual_reading(m[1])}
    for match in found:
        char = match[1]
        traditional = to_simplified(char) != char and is_common(to_simplified(char))
        if traditional or (char in simplified and len(simplified) >= _ENOUGH):
            yield Edit(match.start(), match.end(), char)


def _is_simplified_form(char: str) -> bool:
    return is_common(char) and to_traditional(char) != char


def _usual_reading(char: str) -> str:
    without_phrases()
    from pypinyin import Style, pinyin

    return str(pinyin(char, style=Style.TONE)[0][0])


@cache
def _readings(char: str) -> frozenset[str]:
    without_phrases()
    from pypinyin import Style, pinyin

    with_tone = pinyin(char, style=Style.TONE, heteronym=True)[0]
    without = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return frozenset([*with_tone, *without])
