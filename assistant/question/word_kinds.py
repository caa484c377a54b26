"""Kinds of words in questions: question words, fillers, generic things, weak verbs; data in `stopwords.tsv`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

LEVEL_WORD = re.compile(
    r"(?:国家|省部|省|市|县|区|乡镇|镇|村|企业)级|(?:全|本)[国省市县]|省|全国性|全省性|占比|比例|比重|比率"
)
QUESTION_WORD = re.compile(
    r"多少|几(?=[^乎]|$)|哪[些个几里儿]?|什么|啥|谁|怎么|怎样|如何|咋|how many|how much|what|which|who|when|where|how"
)


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


def is_filler(word: str) -> bool:
    """Whether a Chinese word says nothing about the topic."""
    return word in stopwords("question") or word in stopwords("filler")


def is_generic(word: str) -> bool:
    """Whether a word names nothing in particular: verbs of doing, 职工, 活动, 项目."""
    return word in stopwords("verb") or word in stopwords("generic") or is_filler(word)
