"""Chinese in its two scripts, and telling which script or language a text is in.

Traditional to Simplified and back with OpenCC, always one character for one character, so that
positions stay valid. It converts characters, not regional vocabulary (軟體 becomes 软体, not 软件),
and it knows nothing of reports.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

    from assistant.models import Language

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Simplified forms that Big5, the character set of Traditional print, has as well, for another or an old word.
_RARE_IN_TRADITIONAL = frozenset(
    "万与么于价优伙体党几划听厂吨并庄异怀怜惊愿扑扰据极构机洁洒灶离种确篱网肮胜虫适筑杰柜栖气复坏夸宁荐触赶"
)
_SENTENCE = 3  # English words that make a sentence around Chinese names
_HAN_RUN = re.compile(f"[{HAN}]+")
# OpenCC leaves 著 alone, because Simplified writes 著 in words of writing and fame, else 着
_ZHE = re.compile("(?<![名原专編编论論土巨遗遺合卓昭显顯拙译譯所新旧舊])著(?![名作述称稱者书書有录錄译譯])")


def to_simplified(text: str) -> str:
    """The text in Simplified characters, of the same length.

    Follows OpenCC's `t2s` table, which weighs neighbouring characters (乾坤 but 干燥), and writes
    着 for 著 outside the words of writing and fame (著力 but 著名). In a text that is not
    Traditional as a whole, characters that Simplified print uses as well stay (乾, 藉 in names).
    """
    converted = _convert("t2s", text)
    if converted == text:
        return text
    if script_of(text) == "zh-Hant":
        return _ZHE.sub("着", converted)
    return "".join(old if is_simplified_print(old) else new for old, new in zip(text, converted, strict=True))


def to_traditional(text: str) -> str:
    """The text in Traditional characters, of the same length, after OpenCC's `s2t` table."""
    return _convert("s2t", text)


def script_of(text: str) -> Language:
    """Which language and script a text is written in.

    English where the letters of English words outweigh Han characters by far (a Chinese question
    may hold `5G` or a name); Traditional where it holds more characters that only Traditional
    uses than characters that only Simplified uses; Simplified otherwise, also for a text that
    has neither letters nor Han.
    """
    if text.isascii():
        return "en" if re.search(r"[A-Za-z]{2,}", text) else "zh-Hans"
    han = "".join(_HAN_RUN.findall(text))
    words = len(re.findall(r"[A-Za-z]{2,}", text))
    if words > len(han) / 2 or (words >= _SENTENCE and words * 3 >= len(han)):
        return "en"
    traditional, simplified = _script_marks(han)
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def is_simplified_print(char: str) -> bool:
    """Whether the character stands in GB 2312, the character set of Simplified print."""
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def is_common(char: str) -> bool:
    """Whether the character is one of the 3,755 of GB 2312's first level (everyday characters)."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _script_marks(han: str) -> tuple[int, int]:
    """How many characters only Traditional uses, and how many only Simplified uses."""
    simplified = _convert("t2s", han)
    if simplified == han:
        return 0, 0
    only_traditional = sum(a != b and not is_simplified_print(a) for a, b in zip(han, simplified, strict=True))
    only_simplified = sum(a == b and _is_only_simplified(a) for a, b in zip(han, simplified, strict=True))
    return only_traditional, only_simplified


def _is_only_simplified(char: str) -> bool:
    """Whether Traditional print has another form of the character.

    Told by the character sets of both prints, since OpenCC's table into Traditional takes 26 MB of memory.
    """
    if char in _RARE_IN_TRADITIONAL:
        return True
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return char != "着" and is_simplified_print(char)
    return False


def _convert(table: str, text: str) -> str:
    converter = _converter(table)
    converted = _run(converter, text)
    if len(converted) == len(text):
        return converted
    return "".join(new if len(new := _run(converter, char)) == 1 else char for char in text)


def _run(converter: OpenCC, text: str) -> str:
    try:
        return str(converter.convert(text))
    except UnicodeEncodeError:  # a lone surrogate cannot be handed to the C++ side
        return "".join(char if "\ud800" <= char <= "\udfff" else str(converter.convert(char)) for char in text)


@cache
def _converter(table: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(table)
