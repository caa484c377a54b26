"""The members of a numbered set are told only where a way of printing gives exactly as many as the question names."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.built_in.members import members_of
from tests.answering.asking import answered, asked, reports
from tests.conftest import read_lines

CASES = read_lines("numbered_sets.jsonl")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_members_of_a_set_are_those_that_the_report_counts(case: dict[str, Any]) -> None:
    [report] = reports(case["report"])
    found = members_of(asked(case["question"], (report,)), report)
    assert [span.of(report.repaired.text) for span in found] == case["members"]


def test_members_side_by_side_are_one_quotation_and_others_each_their_own() -> None:
    side_by_side = answered("保山推出了哪四大品牌？", "推出四大品牌：云岭课堂、暖心驿站、职工书市、滨江夜跑。")
    assert [one.quote for one in side_by_side.citations] == ["云岭课堂、暖心驿站、职工书市、滨江夜跑"]
    apart = answered(
        "保山办了哪三件大事？",
        "全年办成三件大事。一是建成职工医院，床位翻番；二是开通职工班车，覆盖园区；三是成立骑手合作社。",
    )
    assert [one.quote for one in apart.citations] == ["建成职工医院", "开通职工班车", "成立骑手合作社"]


def test_a_set_of_another_number_is_not_told_in_its_place() -> None:
    draft = answered("保山推出了哪五大品牌？", "推出四大品牌：云岭课堂、暖心驿站、职工书市、滨江夜跑。")
    assert draft.status == "not_found" and not draft.citations
