"""Sentences and clauses: where they end, and where they must not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.sentences import split_clauses, split_groups, split_sentences
from assistant.models import Span


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成驿站30家。服务职工2万人次！", ["建成驿站30家。", "服务职工2万人次！"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("“工会真好。我们放心。”他说。大家点头。", ["“工会真好。我们放心。”他说。", "大家点头。"]),
        ("提出“五个一”。”之后", ["提出“五个一”。”", "之后"]),
        ("占比3.5%，共1,019家。", ["占比3.5%，共1,019家。"]),
        ("接待群众咨?000余人次。", ["接待群众咨?000余人次。"]),
        ("幸福是什么？是托底。", ["幸福是什么？", "是托底。"]),
        ("相亲、心理咨询……打开看看。", ["相亲、心理咨询……", "打开看看。"]),
        ("It reached 3.5 million. Then it grew! Why? Nobody knows.",
         ["It reached 3.5 million.", "Then it grew!", "Why?", "Nobody knows."]),
        ("（含农民工。下同）共5家。", ["（含农民工。下同）共5家。"]),
        ("没有结束的“引号。后面还有。", ["没有结束的“引号。", "后面还有。"]),
        ("  前后空白。  ", ["前后空白。"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_at_their_marks_and_nowhere_else(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建30家，提升20家；培训2万人次。", ["新建30家", "提升20家", "培训2万人次"]),
        ("共1,019家,占3.5%", ["共1,019家", "占3.5%"]),
        ("评选153家（其中国家级17家，省级25家），覆盖全市", ["评选153家（其中国家级17家，省级25家）", "覆盖全市"]),
        ("开展“送清凉，送健康”活动，惠及500人", ["开展“送清凉，送健康”活动", "惠及500人"]),
    ],
)
def test_clauses_end_at_commas_outside_numbers_quotes_and_brackets(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in split_clauses(text, Span(0, len(text)))] == expected


def test_a_semicolon_ends_a_group_of_clauses() -> None:
    text = "新建30家，提升20家；培训2万人次，惠及5万人。"
    assert [span.of(text) for span in split_groups(text, Span(0, len(text)))] == [
        "新建30家，提升20家",
        "培训2万人次，惠及5万人",
    ]


def test_offsets_count_from_the_given_start() -> None:
    text = "前言。正文一。正文二。"
    assert [span.of(text) for span in split_sentences(text[3:], 3)] == ["正文一。", "正文二。"]


def test_a_long_quotation_is_cut_at_its_sentences() -> None:
    quoted = "“" + "工会坚持服务职工，办好实事。" * 20 + "”"
    assert len(sentences(quoted)) == 20


@given(st.text(alphabet="工会家，。；！？\n“”（）1,.5?% abA…", max_size=120))
def test_no_character_but_white_space_is_lost_or_doubled(text: str) -> None:
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    for span in spans:
        for clause in split_clauses(text, span):
            assert span.contains(clause)
