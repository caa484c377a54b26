"""The sentences of the built-in answers, in Simplified Chinese and English; Traditional is converted from Simplified.

Only words: nothing is decided here. Verbatim pieces of a report are fenced so that no conversion touches them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from assistant.language.measure_words import english_unit
from assistant.language.numerals import parse_number
from assistant.language.places import lookup
from assistant.language.script import to_traditional
from assistant.models import Language

_FENCE = re.compile("\u0002(.*?)\u0003", re.S)

_PHRASES: dict[str, tuple[str, str]] = {
    key: (chinese, english)
    for key, (chinese, english) in json.loads(Path(__file__).with_name("phrases.json").read_text("utf-8")).items()
}
_KINDS = {
    "work report": ("工作总结", "a report of work done"),
    "plan": ("计划，尚未实现", "a plan, not results"),
    "news": ("新闻报道", "a news report"),
    "unknown": ("性质不明", "kind unknown"),
}
_DOUBTS = {
    "more_households_than_a_city_has": (
        "户数比这一级行政区可能有的总户数还多",
        "more households than any place of this level has",
    ),
    "more_people_than_a_city_has": (
        "人数比这一级行政区可能有的人口还多",
        "more people than any place of this level has",
    ),
    "share_above_100": ("这样的比率不会多过全部", "such a share cannot exceed the whole"),
}
_PLAN = re.compile(r"“?([一二三四五六七八九十]{1,2})五”?(?:规划)?(?:时期|期间)?")
_YEARS_OF = re.compile(r"(过去|今后|未来|近)([二两三四五六七八九十\d]{1,2})年来?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SINCE_CONGRESS = re.compile(r".*?第([一二三四五六七八九十]+)次(?:全国)?代表大会以来")
# In words, so that nobody takes the number of a congress for a figure of the report.
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_PERIOD_EN = (
    (r"(\d{4})年", r"\1"),
    (r"五年来", "the past five years"),
    (r"过去一年|一年来", "the past year"),
    (r"今年以?来?", "this year"),
    (r"去年", "last year"),
    (r"每年", "each year"),
    (r"今年", "this year"),
    (r"上一?年", "the previous year"),
    (r"同期", "the same period"),
    (r"(\d{4})年以来", r"since \1"),
    (r"(\d{4})[—\-至](\d{4})年", r"\1–\2"),
)


_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")


def verbatim(text: str) -> str:
    """Fences words of a report against conversion, on one line: a crawler's break within a sentence is no paragraph."""
    return f"\u0002{_BREAK.sub('', text)}\u0003"


def finish(text: str, language: Language) -> str:
    """Converts what is ours to the reader's script and takes the fences away."""
    if language == "zh-Hant":
        pieces, at = [], 0
        for match in _FENCE.finditer(text):
            pieces += [to_traditional(text[at : match.start()]), match.group(1)]
            at = match.end()
        pieces.append(to_traditional(text[at:]))
        return "".join(pieces)
    return _FENCE.sub(r"\1", text)


def say(key: str, language: Language, **values: object) -> str:
    """The phrase `key` with its values."""
    chinese, english = _PHRASES[key]
    return (english if language == "en" else chinese).format(**values)


def kind_name(kind: str, language: Language) -> str:
    """What a kind of report is called."""
    chinese, english = _KINDS.get(kind, _KINDS["unknown"])
    return english if language == "en" else chinese


def doubt_name(rule: str, language: Language) -> str:
    """Why a print is doubtful."""
    chinese, english = _DOUBTS[rule]
    return english if language == "en" else chinese


def city_name(city: str | None, language: Language) -> str:
    """A city in the reader's language: 芜湖市 or Wuhu."""
    if city is None:
        return "A report without a city" if language == "en" else "（未注明城市）"
    if language == "en":
        name, _, period = city.removesuffix("）").partition("（")  # 铁岭市（2022年）: one of several years of a city
        place = lookup(name)
        english = place.english if place is not None else name
        return f"{english} ({period_name(period, language)})" if period else english
    return city


def period_name(label: str | None, language: Language) -> str:
    """A period in the reader's language; what has no common English name stays as printed."""
    if not label:
        return "period not stated" if language == "en" else "时期未注明"
    if language != "en":
        return label
    since = _SINCE_CONGRESS.fullmatch(label)
    if since and (count := parse_number(since.group(1))) and count < len(_ORDINALS):
        return f"since the {_ORDINALS[int(count)]} congress"
    plan = _PLAN.fullmatch(label)
    if plan and (count := parse_number(plan.group(1))) and count < len(_ORDINALS):
        return f"the {_ORDINALS[int(count)]} Five-Year Plan"
    several = _YEARS_OF.fullmatch(label)
    if several and (count := parse_number(several.group(2))) and count < len(_NUMBERS):
        return f"the {'past' if several.group(1) in '过去近' else 'next'} {_NUMBERS[int(count)]} years"
    both = label.split("和")
    if len(both) == 2 and all(both):
        first, second = (period_name(part, language) for part in both)
        return label if both[0] == first or both[1] == second else f"{first} and {second}"
    for pattern, english in _PERIOD_EN:
        if re.fullmatch(pattern, label):
            return re.sub(pattern, english, label)
    return label


def listed(names: list[str], language: Language) -> str:
    """Names as a list in a sentence."""
    if language == "en":
        return ", ".join(names)
    return "、".join(names)


def where(city: str | None, period: str | None, language: Language) -> str:
    """City and period at the head of a sentence."""
    if language == "en":
        return f"{city_name(city, language)} ({period_name(period, language)}) "
    return f"{city_name(city, language)}（{period_name(period, language)}）"


_QUALIFIERS_EN = {
    "余": "more than ",
    "近": "nearly ",
    "约": "about ",
    "超": "more than ",
    "不少于": "at least ",
    "不超过": "at most ",
}


_ONE_OF = {"people": "person", "copies": "copy"}


def spoken_value(value: float | None, unit: str, qualifier: str | None = None) -> str | None:
    """A value written out for English readers: 1.58万余人次 -> more than 15,800 person-times."""
    if value is None:
        return None
    return _QUALIFIERS_EN.get(qualifier or "", "") + _spoken(value, unit)


def _spoken(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"
    if unit == "%":
        return f"{number}%"
    name = english_unit(unit)
    if value == 1:
        name = _ONE_OF.get(name, name.removesuffix("s"))
    return f"{number} {name}".strip()
