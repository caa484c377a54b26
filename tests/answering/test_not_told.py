"""What a report mentions without telling what is asked of it: said so, and nothing quoted in its place."""

from __future__ import annotations

import pytest

from assistant.service import Assistant
from tests.answering.asking import answered


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("保山的文化宫得了个什么全国性的称号？", "新建文化宫5个。"),
        (
            "保山的“三抓三促”是哪三抓？",
            "整治形式主义、官僚主义、享乐主义，推进“三抓三促”行动，工作效能提高，跟快的比、同强的争、与好的赛。",
        ),
        ("保山的工匠学院什么时候揭牌的？", "加强工匠学院建设，工匠学院揭牌后组织培训3216人。"),
    ],
)
def test_a_sentence_without_the_kind_of_thing_asked_is_no_answer(question: str, report: str) -> None:
    draft = answered(question, report)
    assert draft.status == "not_found" and not draft.citations
    assert "提到了" in draft.text


@pytest.mark.parametrize(
    ("question", "report", "said"),
    [
        ("保山的文化宫得了个什么全国性的称号？", "市文化宫被评为全国标准化文化宫。", "标准化"),
        ("保山的工匠学院什么时候揭牌的？", "工匠学院6月18日揭牌。", "6月18日"),
    ],
)
def test_a_sentence_with_it_answers(question: str, report: str, said: str) -> None:
    draft = answered(question, report)
    assert draft.status == "answered" and said in draft.text


def test_a_topic_that_no_report_knows_is_told_as_not_given(assistant: Assistant) -> None:
    for topic in ("x", "区块链"):
        found = assistant.compare([], topic)
        assert found.status == "not_found" and topic in found.text
        assert found.comparison is not None and not found.comparison.rows


PLANNED = "# 保山市总工会今后五年工作计划\n\n力争打造技能竞赛平台，建成工匠学院。"


@pytest.mark.parametrize("question", ["保山去年打造了哪些平台？", "What platforms has Baoshan built last year?"])
def test_who_asks_what_was_done_is_told_that_it_is_only_planned(question: str) -> None:
    draft = answered(question, PLANNED)
    assert draft.status == "partial"
    assert draft.text.splitlines()[0] in {
        "保山市的报告没有写这方面已经做到的，只写了今后的打算：",
        "Baoshan's report says nothing of this as done, only as planned:",
    }


def test_who_asks_what_is_planned_is_told_just_that() -> None:
    draft = answered("保山打算打造哪些平台？", PLANNED)
    assert draft.status == "answered" and draft.text.startswith("保山市")
