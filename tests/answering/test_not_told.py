"""What a report mentions without telling what is asked of it: said so, and nothing quoted in its place."""

from __future__ import annotations

import pytest

from assistant.service import Assistant
from tests.answering.asking import answered


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("保山的文化宫得了个什么全国性的称号？", "新建文化宫5个。"),
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
