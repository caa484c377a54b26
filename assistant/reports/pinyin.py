"""Pinyin that a crawler left behind characters: 產(chǎn)業(yè) becomes 產業.

Real annotations stay: a reading behind a rare character, a reading that is not the usual one (银行(háng)), one or two
in a text of Simplified print, several syllables together, English, formulas.
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
_ENOUGH = 3  # different characters that differ between the scripts and bear a reading: a machine, not a writer


def pinyin_edits(text: str) -> Iterator[Edit]:
    """Take off each bracketed reading that stands behind a character and is a reading of it.

    Behind a Traditional form of an everyday character one is enough. Behind other everyday characters it must be the
    usual reading, with or without its tone, in a text where such readings are a machine's work.
    """
    found = [m for m in _BEHIND.finditer(text) if m[2] in _readings(m[1]) | _readings(to_simplified(m[1]))]
    traditional = {m[1] for m in found if _is_traditional_form(m[1])}
    simplified = {m[1] for m in found if _is_simplified_form(m[1]) and m[2] in _usual_readings(m[1])}
    by_machine = len(traditional | simplified) >= _ENOUGH
    for match in found:
        char = match[1]
        if char in traditional or (by_machine and is_common(char) and match[2] in _usual_readings(char)):
            yield Edit(match.start(), match.end(), char)


def _is_traditional_form(char: str) -> bool:
    simplified = to_simplified(char)
    return simplified != char and is_common(simplified)


def _is_simplified_form(char: str) -> bool:
    return is_common(char) and to_traditional(char) != char


@cache
def _usual_readings(char: str) -> frozenset[str]:
    """The most frequent reading, with its tone and without."""
    return _written_ways(char, heteronym=False)


@cache
def _readings(char: str) -> frozenset[str]:
    return _written_ways(char, heteronym=True)


def _written_ways(char: str, *, heteronym: bool) -> frozenset[str]:
    without_phrases()
    from pypinyin import Style, pinyin

    with_tone = pinyin(char, style=Style.TONE, heteronym=heteronym)[0]
    without = pinyin(char, style=Style.NORMAL, heteronym=heteronym)[0]
    return frozenset([*with_tone, *without, *(reading.replace("v", "ü") for reading in without)])
