"""Results and intentions are told apart sentence by sentence; a target is never told as a result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Period, Profile
from assistant.reports.plan_or_actual import Section, section_by_content, section_of, tell, turns_to_plan

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "plan_or_actual.jsonl").read_text("utf-8").splitlines()
]


def profile(kind: str = "work report", body: str = "人民政府", period: Period | None = None) -> Profile:
    period = period or Period("2023年", "year", 2023, 2023)
    return Profile("", None, None, None, None, body, kind, period)  # type: ignore[arg-type]


def test_the_table_holds_sixty_decisions_from_forty_reports() -> None:
    assert len(CASES) >= 60
    assert len({case["source"] for case in CASES}) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['source']}-{case['sentence'][:14]}")
def test_a_hand_checked_sentence_is_told(case: dict[str, Any]) -> None:
    of = profile(case["kind"], case["body"], Period(*case["period"]))
    kind, cue = tell(case["sentence"], case["headings"], of, closing=case.get("closing", False))
    assert kind == case["expected"]
    assert kind == "unknown" or cue


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("一、2023年工作回顾", "achieved"), ("二、2024年工作安排", "target"), ("今年工作的总体要求", "target"),
        ("过去五年工作总结", "achieved"), ("今后五年的奋斗目标", "target"), ("二、2024年", "target"),
        ("重点工作完成情况", "achieved"),
        ("下一步工作打算", "target"), ("名词解释", "unknown"), ("主要做法和成效", "achieved"),
        ("三、加强自身建设", None),
        ("强化思想引领", None),
    ],
)  # fmt: skip
def test_a_heading_opens_a_review_or_a_plan(heading: str, expected: str | None) -> None:
    section = section_of([heading], profile())
    assert (section.kind if section else None) == expected


def test_a_part_without_a_telling_heading_is_judged_by_what_it_says() -> None:
    back = [
        "完成投资30亿元，同比增长8%。",
        "建成驿站30家。",
        "新增就业2.1万人。",
        "获得全国先进。",
        "累计帮扶800人。",
        "实现了突破。",
    ]
    ahead = [
        "加快推进项目建设。",
        "力争新增企业30家。",
        "确保全年完成投资40亿元。",
        "着力改善民生。",
        "积极扩大开放。",
        "要坚持为民。",
    ]
    review = section_by_content("一、稳中向好", back, profile(), None)
    assert review is not None and review.kind == "achieved"
    plan = section_by_content("二、乘势而上", ahead, profile(), review)
    assert plan is not None and plan.kind == "target"
    assert section_by_content("三、自身建设", back, profile(), plan) == plan


def test_a_report_turns_to_its_plan_only_in_a_later_year() -> None:
    assert turns_to_plan("2024年是实施规划的关键之年。", profile()) is not None
    assert turns_to_plan("2023年是极不平凡的一年。", profile()) is None
    assert turns_to_plan("政府工作的总体要求是：坚持稳中求进。", profile()) is not None


@pytest.mark.parametrize(
    "sentence", ["建成驿站30家。", "培训职工2万人次。", "新增会员1.2万人。", "工会会员达到30万人。", "完成改造60个。"]
)
def test_in_a_plan_even_words_of_completion_are_intentions(sentence: str) -> None:
    assert tell(sentence, ["二、2024年工作安排"], profile())[0] == "target"
    assert tell(sentence, [], profile("plan", "总工会", Period("今后五年", "future")))[0] == "target"
    assert tell(sentence, [], profile(), section=Section("target", "政府工作的总体要求是"))[0] == "target"
