"""Passages follow headings and sentences, and lose nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.models import OffsetMap, Original, PageRemain, Passage, RepairedText, Run, Span
from assistant.reports.headings import find_headings
from assistant.reports.passages import BYLINE, split
from assistant.reports.profile import profile
from assistant.reports.repair import repair

REPORT = """宿迁市总工会2023年工作总结

2023年，宿迁市总工会坚持服务职工，各项工作取得新成效。

一、强化思想引领

开展劳模宣讲120场次，覆盖职工1.8万人次。建成职工书屋60家。

（一）深化主题教育。全市举办培训班32期，培训工会干部2400人。

二、下一步工作打算

新建驿站60家，培训职工3万人次。
"""


def repaired_of(text: str, *remains: PageRemain) -> RepairedText:
    return RepairedText(text, OffsetMap((Run(0, len(text), 0, len(text)),)), remains=remains)


def passages_of(text: str, *remains: PageRemain) -> tuple[RepairedText, tuple[Passage, ...]]:
    repaired = repaired_of(text, *remains) if remains else repair(text)
    return repaired, split(repaired, profile(Original("report.txt", "", text, "txt", "utf-8"), repaired))


def test_a_passage_carries_its_heading_path_and_its_sentences_their_kind() -> None:
    repaired, passages = passages_of(REPORT)
    told = {
        sentence.span.of(repaired.text): (passage.headings, sentence.kind)
        for passage in passages
        for sentence in passage.sentences
    }
    assert told["建成职工书屋60家。"] == (("一、强化思想引领",), "achieved")
    assert told["全市举办培训班32期，培训工会干部2400人。"] == (("一、强化思想引领", "（一）深化主题教育"), "achieved")
    assert told["新建驿站60家，培训职工3万人次。"] == (("二、下一步工作打算",), "target")


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# 总结\n\n## 成效\n\n建成驿站30家。\n", ["总结", "成效"]),
        ("**一、工作回顾**\n\n建成驿站30家。\n", ["一、工作回顾"]),
        ("旌旗猎猎\n思想引领有方向\n建成驿站30家，服务职工2万人次，覆盖全市。\n", ["旌旗猎猎", "思想引领有方向"]),
        ("1.扎实推进建家\n建成驿站30家。\n", ["1.扎实推进建家"]),
        ("各位代表：\n建成驿站30家。\n", []),
    ],
)  # fmt: skip
def test_headings_of_every_form_are_found(text: str, headings: list[str]) -> None:
    assert [heading.text for heading in find_headings(repaired_of(text))] == headings


def test_two_plain_lines_that_touch_are_one_heading() -> None:
    _, passages = passages_of("旌旗猎猎\n思想引领有方向\n" + "建成驿站30家，服务职工2万人次，覆盖全市各个街道。\n" * 2)
    assert passages[-1].headings in (("旌旗猎猎 思想引领有方向",), ("思想引领有方向",))


def test_a_plain_line_above_numbered_headings_stands_above_them() -> None:
    text = "2023年工作回顾\n\n一、抓竞赛\n\n举办竞赛30场。\n\n二、抓服务\n\n建成驿站30家。\n\n"
    text += "2024年工作安排\n\n一、抓竞赛\n\n举办竞赛40场。\n"
    _, passages = passages_of("宿迁市工会工作\n\n2023年，宿迁市总工会全面推进工作，各项事业取得了新成效。\n\n" + text)
    assert [(passage.headings, passage.sentences[0].kind) for passage in passages[-3:]] == [
        (("2023年工作回顾", "一、抓竞赛"), "achieved"),
        (("2023年工作回顾", "二、抓服务"), "achieved"),
        (("2024年工作安排", "一、抓竞赛"), "target"),
    ]


def test_a_table_row_is_a_passage_and_carries_its_header() -> None:
    text = "一、数据\n\n| 指标 | 数量 |\n| --- | --- |\n| 驿站 | 30家 |\n| 会员 | 2万人 |\n"
    repaired = repaired_of(text)
    passages = split(repaired, profile(Original("report.md", "", text, "md", "utf-8"), repaired))
    rows = {passage.span.of(text): passage.headings for passage in passages}
    assert rows["| 驿站 | 30家 |"] == ("一、数据", "指标 ｜ 数量")
    assert rows["| 会员 | 2万人 |"] == ("一、数据", "指标 ｜ 数量")


def test_page_remains_are_left_out_but_for_the_byline() -> None:
    text = "首页 > 新闻\n\n建成驿站30家，服务职工2万人次。\n\n记者 王明\n\n评论列表\n"
    spans = {
        kind: Span(text.index(words), text.index(words) + len(words))
        for kind, words in (("navigation", "首页 > 新闻"), ("byline", "记者 王明"), ("comments", "评论列表"))
    }
    _, passages = passages_of(text, *(PageRemain(kind, span) for kind, span in spans.items()))
    assert [(passage.span.of(text), passage.headings) for passage in passages][-1] == ("记者 王明", (BYLINE,))
    assert passages[-1].sentences[0].kind == "unknown"
    assert not any(passage.span.overlaps(spans[kind]) for passage in passages for kind in ("navigation", "comments"))


def test_a_very_long_paragraph_is_cut_at_sentences() -> None:
    sentence = "全市各级工会开展劳动竞赛30场，参与职工2万人次，建成驿站40家。"
    repaired, passages = passages_of(sentence * 60)
    assert len(passages) > 3
    assert all(len(passage.span) <= 560 for passage in passages)
    assert all(passage.span.of(repaired.text).endswith("。") for passage in passages)


WORDS = st.sampled_from(
    ["一、工作回顾", "（一）建家", "下一步工作打算", "建成驿站30家，服务2万人次。", "力争新增会员1万人。",
     "**重点工作**", "| 指标 | 数 |",
     "| --- | --- |", "| 驿站 | 3 |", "# 标题", "各位代表：", "——宿迁市工会工作纪实", "“引号。”他说",
     "宿迁市总工会2023年工作总结", "", " "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14), st.sets(st.integers(0, 13), max_size=3))
def test_every_character_belongs_to_a_passage_a_heading_or_a_remain(lines: list[str], left_out: set[int]) -> None:
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    remains = [
        PageRemain("caption", Span(starts[at], starts[at] + len(lines[at])))
        for at in sorted(left_out)
        if at < len(lines) and lines[at].strip()
    ]
    repaired = repaired_of(text, *remains)
    passages = split(repaired, profile(Original("report.txt", "", text, "txt", "utf-8"), repaired))
    covered = [passage.span for passage in passages]
    assert all(a.end <= b.start for a, b in pairwise(covered))
    covered += [heading.span for heading in find_headings(repaired)] + [remain.span for remain in remains]
    missed = [
        at
        for at, char in enumerate(text)
        if not char.isspace() and not any(span.start <= at < span.end for span in covered)
    ]
    assert missed == []
    for passage in passages:
        assert all(passage.span.contains(sentence.span) for sentence in passage.sentences)


def test_a_review_paragraph_in_a_plan_and_an_outlook_in_a_review_are_told_by_their_opening_words() -> None:
    plan = (
        "台州市工会第六次代表大会召开\n\n今后五年，全市各级工会将坚持服务职工。\n\n"
        "五年来，全市各级工会服务大局。新建驿站310家。\n\n今后五年，工会将争先。新建驿站200家。\n"
    )
    review = "株洲市总工会2023年工作总结\n\n2023年，建成驿站120家。\n\n下一步，工会将争先。新建驿站60家。\n"
    told = {}
    for text in (plan, review):
        repaired, passages = passages_of(text)
        told |= {item.span.of(repaired.text): item.kind for passage in passages for item in passage.sentences}
    assert told["新建驿站310家。"] == "achieved"
    assert told["新建驿站200家。"] == "target"
    assert told["2023年，建成驿站120家。"] == "achieved"
    assert told["新建驿站60家。"] == "target"


def test_a_title_marked_as_the_only_top_heading_does_not_make_its_plan_a_result() -> None:
    text = (
        "---\ntitle: 温州市总工会2024年报告\n---\n\n# 温州市总工会2024年工作报告\n\n## 一、主要成绩\n\n新建驿站312家。\n\n"
        "## 二、2025年计划\n\n- 新建驿站86家。\n"
    )
    repaired, passages = passages_of(text)
    kinds = {sentence.span.of(repaired.text): sentence.kind for one in passages for sentence in one.sentences}
    assert kinds["新建驿站312家。"] == "achieved"
    assert kinds["- 新建驿站86家。"] == "target"


def test_what_follows_the_promise_to_mend_what_is_wanting_is_a_plan() -> None:
    paragraphs = (
        "通化市政府工作报告",
        "一、2021年工作回顾",
        *(f"去年建成公园{count}个，增长{count}%。" for count in range(11, 17)),
        "我们清醒地认识到，发展中还存在不少困难和问题。我们将采取有力措施，切实加以解决。",
        "（三）增强动力。培育高新技术企业10户。",
    )
    _, passages = passages_of("\n\n".join(paragraphs))
    kinds = {one.span: one.kind for passage in passages for one in passage.sentences}
    assert list(kinds.values())[-1] == "target"
    assert "achieved" in kinds.values()
