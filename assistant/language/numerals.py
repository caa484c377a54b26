"""Reads printed numbers: 1204, 1,204, １２０４, 1.5万, 15.3余万, 三千余, 七成, 76.05%, 百分之五, 三分之一.

It finds every number, also those inside names and dates; which of them count something is decided
in `quantities`. Shares (per cent, tenths, fractions) are given in per cent: 七成 is 70.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.models import Span

_FULL_WIDTH = {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_FOLD = str.maketrans(
    {
        **_FULL_WIDTH,
        "％": "%",
        "．": ".",
        "萬": "万",
        "億": "亿",
        "餘": "余",
        "兩": "两",
        "幾": "几",
        "數": "数",
        "來": "来",
        "貳": "二",
        "參": "三",
        "〇": "零",
        "○": "零",
    }
)
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8, "万亿": 10**12}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:[十百千]?万亿|[十百千]?[亿万]|[百千])"
_WORD = r"[零一二两三四五六七八九十百千万亿]"
_VAGUE = r"[数几]"
_MORE = r"[余多来]"
_TENTH = r"成(?![为立员果功本效绩长年熟品因交分就套型语都不一])"
_NO_NUMBER = re.compile(rf"[0-9]{{31,}}|{_WORD}{{31,}}")  # data or a filled line; no amount has so many digits
# 增长-12.7%, 利润为-2.3亿元; a dash behind a unit or between two numbers is a range (1.2万-20万元)
_MINUS = (
    r"(?:(?<=[长到至为达比是降])|(?<=[\u4e00-\u9fff（：，、])(?<![万亿千百十成倍])(?=[-−][0-9.]+(?:%|个百分点)))[-−]"
)
_NUMBER = re.compile(
    rf"""
    (?P<per_cent_word>百分之(?P<of_hundred>{_ARABIC}|{_WORD}+))
  | (?P<per_mille_word>千分之(?P<of_thousand>{_ARABIC}|{_WORD}+))
  | (?P<fraction>(?P<below>{_WORD}+|\d+)分之(?P<above>{_WORD}+|\d+))
  | (?P<minus>{_MINUS})?(?<![\d.A-Za-z])(?P<arabic>{_ARABIC})
      (?P<inner>{_MORE}(?={_SCALE}))?(?P<scale>{_SCALE}(?P<low>{_ARABIC}万)?)?(?P<after>{_MORE}(?!{_WORD}))?
      (?P<per_cent>%|{_TENTH})?
  | (?P<vague>{_VAGUE}(?P<vague_scale>[十百千万亿]+)(?P<vague_after>{_MORE})?)
  | (?P<word>{_WORD}+)(?P<few>几(?=[个名家人位项万千百岁年天]))?
      (?:(?P<word_inner>{_MORE})(?P<word_scale>[十百千]?[亿万]))?(?P<word_after>{_MORE})?
      (?P<tenths>{_TENTH})?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number; `value` is None where the print gives no single number (数十, 七八).

    `mark` is the approximation printed inside (余 for 余, 多 and 来), `share` says that the value
    is in per cent.
    """

    span: Span
    text: str
    value: float | None
    mark: str | None = None
    share: bool = False


def fold(text: str) -> str:
    """The text with full-width digits and Traditional number words made plain, equally long.

    A row of digits that is too long for a number is blotted out.
    """
    return _NO_NUMBER.sub(lambda row: "#" * len(row[0]), text.translate(_FOLD))


def parse_number(text: str) -> float | None:
    """The value of a text that is nothing but one number, or None.

    Shares come in per cent: "76.05%" is 76.05, "七成" is 70, "三分之一" is 33.33.
    """
    stripped = text.strip()
    for number in find_numbers(stripped):
        return number.value if len(number.span) == len(stripped) else None
    return None


def find_numbers(text: str) -> list[Number]:
    """Every number of the text from left to right, also those in names, dates and ordinals."""
    return list(_numbers(fold(text), text))


def _numbers(folded: str, text: str) -> Iterator[Number]:
    at = 0
    while match := _NUMBER.search(folded, at):
        number = _read(match, folded, text)
        yield number
        at = number.span.end


def _read(match: re.Match[str], folded: str, text: str) -> Number:
    value: float | None
    mark, share, end = None, False, match.end()
    if match["per_cent_word"]:
        value, share = _plain(match["of_hundred"]), True
    elif match["per_mille_word"]:
        thousandths = _plain(match["of_thousand"])
        value, share = None if thousandths is None else thousandths / 10, True
    elif match["fraction"]:
        value, share = _fraction(match["above"], match["below"]), True
    elif match["arabic"]:
        value = _arabic(match) * (-1 if match["minus"] else 1)
        mark = "余" if match["inner"] or match["after"] else None
        share = bool(match["per_cent"])
        if match["per_cent"] == "成":
            value *= 10
    elif match["vague"]:
        value = None
        mark = "余" if match["vague_after"] else None
    else:
        value = None if match["few"] else _word(match)
        mark = "余" if match["word_inner"] or match["word_after"] else None
        if match["tenths"] and value is not None and value < 10:
            value, share = value * 10, True
    return Number(Span(match.start(), end), text[match.start() : end], value, mark, share)


def _arabic(match: re.Match[str]) -> float:
    value = float(match["arabic"].replace(",", ""))
    if match["low"]:
        return value * 10**8 + float(match["low"][:-1].replace(",", "")) * 10**4
    return _scaled(value, match["scale"] or "")


def _scaled(value: float, scale: str) -> float:
    factor = 1
    for sign in scale:
        factor *= _TENS.get(sign, 0) or _MYRIADS[sign]
    # Rounding undoes what binary fractions add: 42.7 * 10000 is 427000.00000000006.
    return round(value * factor, 4)


def _plain(print_: str) -> float | None:
    return float(print_.replace(",", "")) if print_[0].isdigit() else word_value(print_)


def _fraction(above: str, below: str) -> float | None:
    upper, lower = _plain(above), _plain(below)
    if upper is None or not lower:
        return None
    return round(upper / lower * 100, 2)


def _word(match: re.Match[str]) -> float | None:
    value = word_value(match["word"])
    if value is None or not match["word_scale"]:
        return value
    return _scaled(value, match["word_scale"])


def word_value(word: str) -> float | None:
    """The value of a number written in characters: 一百二十三, 二零二三, 四万三千七百六十亿.

    None where it is no single number: 三五 and 七八十 are ranges, 亿万 a figure of speech.
    """
    if all(sign in _DIGITS for sign in word):
        if len(word) == 1:
            return float(_DIGITS[word])
        # Years and codes are read digit by digit; two digits without a zero (七八) mean "or".
        return float("".join(str(_DIGITS[sign]) for sign in word)) if len(word) > 2 or "零" in word else None
    if re.search(r"[一二两三四五六七八九]{2}", word) or word.startswith("亿万"):
        return None
    for sign, factor in (("亿", 10**8), ("万", 10**4)):
        if sign in word:
            above, _, below = word.rpartition(sign)
            upper = word_value(above) if above else 1.0
            lower = word_value(below.lstrip("零")) if below.strip("零") else 0.0
            return None if upper is None or lower is None else upper * factor + lower
    return _below_ten_thousand(word)


def _below_ten_thousand(word: str) -> float:
    total, digit = 0, None
    for sign in word:
        if sign in _TENS:
            total += (1 if digit is None else digit) * _TENS[sign]
            digit = None
        else:
            digit = _DIGITS[sign]
    return float(total + (digit or 0))


def in_characters(number: int) -> str:
    """A number below a hundred as it is written in names: 19 as 十九, 20 as 二十."""
    signs = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    above = "" if tens == 0 else "十" if tens == 1 else f"{signs[tens]}十"
    return above + (signs[ones] if ones or not tens else "")
