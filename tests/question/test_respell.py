"""A slip of the pen is put right by its sound, only to a word that the reports print, and never where it is a word."""

from __future__ import annotations

import pytest

from assistant.language.sounds import near_readings
from assistant.question.respell import respell

SOURCES = [
    "为骑手免费体检2100人次，办好职工疗休养。",
    "建成“蓝钟鲸”书吧36家，蓝钟鲸书吧全天开放，另有2家在建。",
    "举办招聘会。",
]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("为骑手体捡了多少人次？", ("体捡", "体检")),
        ("职工疗修养去了多少人？", ("疗修养", "疗休养")),
        ("免费送了多少一线优秀职工去疗修养", ("疗修养", "疗休养")),
        ("去年开了多少场招娉会？", ("招娉会", "招聘会")),  # no dictionary cuts it
        ("有多少职工享受了疗修养", ("疗修养", "疗休养")),
        ("参加疗养休的有多少人？", ("疗养休", "疗休养")),  # two characters in the wrong order
        ("免费休检了多少人次？", ("休检", "体检")),  # looks alike
        ("有多少家蓝钟晶？", ("蓝钟晶", "蓝钟鲸")),  # a name that the report prints more than once
    ],
)
def test_a_miswritten_word_is_read_as_the_word_that_the_reports_print(text: str, slip: tuple[str, str]) -> None:
    assert respell(text, SOURCES) == slip


@pytest.mark.parametrize(
    "text",
    [
        "为骑手体检了多少人次？",  # as printed
        "培训了多少名电工？",  # a word, printed or not
        "发展成了多少会员？",  # grammar
        "书吧还要再建几家？",  # an adverb and a verb, though 在建 is printed
        "有几家乐购？",  # nothing that sounds alike is printed
        "",
    ],
)
def test_what_is_no_slip_stays_as_written(text: str) -> None:
    assert respell(text, SOURCES) is None


def test_two_words_that_no_report_prints_together_are_read_as_the_name_that_one_prints() -> None:
    assert respell("职工的心里健康谁来管？", ["办好职工心理健康讲座。"]) == ("心里健康", "心理健康")
    assert respell("职工的心里健康谁来管？", ["在职工心里，健康第一。心里健康。"]) is None


def test_a_slip_is_not_read_as_a_word_that_no_report_prints() -> None:
    assert respell("为骑手体捡了多少人次？", ["组织职工疗休养。"]) is None
    assert respell("为骑手体捡了多少人次？", []) is None


def test_a_word_is_no_slip_although_another_word_that_is_printed_sounds_alike() -> None:
    assert respell("公开权利清单多少项？", ["公开权力清单。"]) is None


def test_what_a_report_itself_prints_is_no_slip() -> None:
    assert respell("为骑手体捡了多少人次？", ["为骑手体捡2100人次。开展体检。"]) is None


def test_a_name_that_is_printed_once_may_be_a_chance_meeting_of_characters() -> None:
    assert respell("有多少家蓝钟晶？", ["建成蓝钟鲸书吧。"]) is None


@pytest.mark.parametrize(("one", "other"), [("检", "捡"), ("休", "修"), ("斯", "诗"), ("金", "京"), ("馆", "官")])
def test_characters_that_sound_alike_share_a_reading(one: str, other: str) -> None:
    assert near_readings(one) & near_readings(other)


@pytest.mark.parametrize(("one", "other"), [("检", "查"), ("屋", "和"), ("书", "驿")])
def test_characters_that_sound_apart_share_none(one: str, other: str) -> None:
    assert not near_readings(one) & near_readings(other)
