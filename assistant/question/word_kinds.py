"""Kinds of words in questions: question words, fillers, generic things, weak verbs; data in `stopwords.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

LEVEL_WORD = re.compile(
    r"(?:国家|省部|省|市|县|区|乡镇|镇|村|企业)级|(?:全|本)[国省市县]|省|全国性|全省性|占比|比例|比重|比率"
)
QUESTION_WORD = re.compile(
    r"多少|几(?=[^乎]|$)|哪[些个几里儿]?|什么|啥|谁|怎么|怎样|如何|咋|how many|how much|what|which|who|when|where|how"
)

FOLLOW_UP_WORDS = re.compile(
    r"排(?:个|一?下|一)?(?:序|名|队)|比比|比一比|对比(?:一下)?|比较一下|换成|换|改成|加上|再加|去掉|去除|除去|除掉|剔除|排除|拿掉|删掉|删去|不要|不算|不看|不包括|不含|抛开|只看|做成|画个?图|(?:整理|汇总|归纳|列|做|出|拉|制)(?:成|个|一?张|成一?[张个])(?:对比|比较)?表格?(?![彰演明现达率扬示])|列表(?![彰演明现达率扬示])|按.{1,6}排|倍数|之比|比值|那边|同类|同期|说清楚|限定词|一览表?|(?:没有?写|没提|未写|未提)的也?请?(?:说明|注明)|(?:并|请|也)*注明[^，,。？?]{0,6}没[写提有][^，,。？?]{0,3}|倒数第[一二三]|垫底|请说明|说明一下|一句话|一行|one line (?:for|per) each city|请用.{1,6}回答"
    r"|做(?:个|成|一?张)?(?:表格?|图)|用?表格|\b(?i:(?:in|as|into) an? (?:\w+ )?(?:table|chart|graph|list)|(?:draw|make|plot|show)(?: me)? an? (?:\w+ )?(?:table|chart|graph)|added|(?:ranks?|ranked|comes?) (?:second|third|fourth|fifth)(?: in)?|(?:second|third|fourth|fifth)[- ](?:most|fewest|highest|lowest|largest|biggest|smallest)|without|remove|drop|exclud(?:e|ing)|leave out|except)\b"
)
"""Words that ask for another view of what was spoken of, and name no topic."""


@cache
def scaffolding() -> re.Pattern[str]:
    """Phrases of a Chinese question that ask or set a time but name no topic (百分之几, 今后五年, 叫什么名字)."""
    return re.compile("|".join(sorted(stopwords("phrase"), key=len, reverse=True)))


@cache
def stopwords(kind: str) -> frozenset[str]:
    """The words of one kind: question, filler, verb, generic, modifier, phrase, english, care."""
    lines = files("assistant.language").joinpath("data/stopwords.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(
        word
        for line in lines
        if line and not line.startswith("#")
        for name, words in [line.split("\t")]
        if name == kind
        for word in words.split()
    )


def whole_words(tagged: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words of a cutter that takes 线上 apart where it does not expect it, with that put together again."""
    held: tuple[str, str] | None = None
    for word, tag in tagged:
        if held is not None and word in {"上", "下"}:
            yield held[0] + word, "f"
            held = None
            continue
        if held is not None:
            yield held
        held = (word, tag) if word == "线" else None
        if held is None:
            yield word, tag
    if held is not None:
        yield held


def is_filler(word: str) -> bool:
    """Whether a Chinese word says nothing about the topic."""
    return word in stopwords("question") or word in stopwords("filler")


def is_generic(word: str) -> bool:
    """Whether a word names nothing in particular: verbs of doing, 职工, 活动, 项目."""
    return word in stopwords("verb") or word in stopwords("generic") or is_filler(word)
