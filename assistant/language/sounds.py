"""How characters sound: their readings without tones, and which readings are taken for one another in writing.

Only a way to recognise a word behind a slip of the pen; nothing is decided here.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

# What speakers of many regions do not tell apart, and input methods correct.
_ALIKE = ((re.compile(r"^(z|c|s)h"), r"\1"), (re.compile(r"(a|e|i)ng$"), r"\1n"))


def without_phrases() -> None:
    """Lets pypinyin leave its phrases out (43 MB) when it is first imported: only single characters are looked up."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """The toneless readings of a character; the character itself where it has none."""
    without_phrases()
    from pypinyin.pinyin_dict import pinyin_dict

    marked = pinyin_dict.get(ord(character))
    if marked is None:
        return frozenset(character)
    bare = "".join(
        one for one in unicodedata.normalize("NFD", marked) if not unicodedata.combining(one) or one == "\u0308"
    )
    return frozenset(unicodedata.normalize("NFC", bare).replace("ü", "v").split(","))


def _usual(character: str) -> frozenset[str]:
    """The most frequent reading alone: rare ones make strangers sound alike."""
    without_phrases()
    from pypinyin.pinyin_dict import pinyin_dict

    marked = pinyin_dict.get(ord(character), character).split(",")[0]
    bare = "".join(
        one for one in unicodedata.normalize("NFD", marked) if not unicodedata.combining(one) or one == "\u0308"
    )
    return frozenset({unicodedata.normalize("NFC", bare).replace("ü", "v")})


@lru_cache(maxsize=8192)
def near_readings(character: str) -> frozenset[str]:
    """The readings with zh and z, ang and an and their like made one."""
    found = set()
    for reading in _usual(character):
        for pattern, plain in _ALIKE:
            reading = pattern.sub(plain, reading)
        found.add(reading)
    return frozenset(found)
