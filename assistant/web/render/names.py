"""Names of cities, periods, topics and units in the reader's language; words of a report stay as printed.

What has no English name keeps its Chinese one: a name is never invented.
"""

from __future__ import annotations

from assistant.answering import wording
from assistant.language.english_names import english_name
from assistant.language.measure_words import english_unit
from assistant.models import AnswerFigure, Figure
from assistant.web.i18n import Words


def city_name(city: str, say: Words) -> str:
    """A city or province as the reader's language names it."""
    return wording.city_name(city, "en") if say.language == "en" else say.script(city)


def period_name(label: str, say: Words) -> str:
    """A period as the reader's language names it: 过去五年 or the past five years."""
    return wording.period_name(label, "en") if say.language == "en" else say.script(label)


def topic_name(label: str, say: Words) -> str:
    """A topic as the reader's language names it, in English by the glossary."""
    if say.language != "en":
        return say.script(label)
    return english_topic(label) or label


def english_topic(label: str) -> str | None:
    """The English name of a topic as a caption."""
    name = english_name(label)
    return name[:1].upper() + name[1:] if name else None


def topic_gloss(label: str, say: Words) -> str:
    """For English readers what a Chinese topic is: its English name, or that of the thing that it is a kind of.

    The head of a Chinese noun phrase is its end: a 省级先进单位 is an 先进单位; "… " stands for the rest.
    """
    if say.language != "en" or label.isascii():
        return ""
    whole = english_topic(label)
    if whole is not None:
        return whole
    ends = (label[at:] for at in range(1, len(label) - 1))
    head = next((name for end in ends if (name := english_topic(end)) is not None), None)
    return f"… {head[:1].lower()}{head[1:]}" if head else ""


def unit_name(unit: str | None, say: Words) -> str:
    """A measure word for a caption; empty where English needs none."""
    if not unit:
        return ""
    return english_unit(unit) if say.language == "en" else say.script(unit)


def gloss(figure: AnswerFigure | Figure, say: Words) -> str:
    """For English readers the printed figure written out: 1.2万余人 as more than 12,000 people."""
    if say.language != "en" or not figure.readable:
        return ""
    spoken = wording.spoken_value(figure.value, figure.unit or "", figure.qualifier) or ""
    bare = spoken.replace(",", "")
    return "" if bare.isdigit() and bare in figure.text else spoken
