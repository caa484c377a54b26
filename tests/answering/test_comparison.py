"""Comparisons over made reports: each cell the figure of that city and that thing, and nothing put together that differs."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.models import AnswerFigure, Comparison, TextCell
from tests.answering.compared_reports import compared, compared_years
from tests.conftest import read_lines

CASES = read_lines("comparison_cases.jsonl")


def comparison_of(question: str) -> Comparison:
    found = compared(question).comparison
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_comparison_holds_what_the_reports_say(case: dict[str, Any]) -> None:
    comparison = comparison_of(case["question"])
    row = comparison.rows[0]
    for city, text in case.get("cells", {}).items():
        cell = row.cells.get(city)
        assert (cell.text if cell is not None else None) == text
    assert {warning.kind for warning in comparison.warnings} >= set(case.get("kinds", ()))
    assert not {warning.kind for warning in comparison.warnings} & set(case.get("without", ()))
    assert case.get("told", "") in "".join(warning.text for warning in comparison.warnings)
    assert [item.city for item in comparison.apart] == case.get("apart", [item.city for item in comparison.apart])
    assert "derived" not in case or case["derived"] in [item.text for item in comparison.derived]


def test_a_city_that_gives_only_growth_stands_in_a_row_of_growth() -> None:
    comparison = comparison_of("丽江、曲靖和玉溪的地区生产总值分别是多少？")
    growth = comparison.rows[1]
    assert growth.label == "地区生产总值增速"
    cell = growth.cells["丽江市"]
    assert isinstance(cell, AnswerFigure) and cell.text == "5.2%"
    assert growth.cells["曲靖市"] is None


def test_what_differs_is_told_in_words_where_figures_are_of_other_things() -> None:
    draft = compared("保山和清远在调解劳动争议上有什么不同？")
    assert draft.comparison is not None
    cells = list(draft.comparison.rows[0].cells.values())
    assert all(isinstance(cell, TextCell) and len(cell.text) < 90 for cell in cells)
    assert draft.status == "answered"


def test_a_ranking_never_holds_a_target_nor_a_share_beside_an_amount() -> None:
    for case in CASES:
        comparison = comparison_of(case["question"])
        first = comparison.rows[0].cells
        ranked = [cell for item in comparison.ranking or () if isinstance(cell := first[item.city], AnswerFigure)]
        assert all(cell.kind != "target" for cell in ranked)
        assert len({cell.unit == "%" for cell in ranked}) <= 1


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("保山和清远的职工驿站、创业园各多少？", {"职工驿站": ["1326家", "274家"], "创业园": ["46家", "150家"]}),
        ("保山和清遠的職工驛站與創業園列個表", {"职工驿站": ["1326家", "274家"], "创业园": ["46家", "150家"]}),
        ("Compare staff stations and entrepreneurship parks of Baoshan and Qingyuan", {"staff stations": ["1326家", "274家"]}),
        ("保山、清远的义诊各办了多少场，多少人参加？", {"义诊（场）": ["23场次", "31场次"], "义诊（人）": ["1.2万余名", "8600人"]}),
        ("保山和清远的职工驿站和财政收入各多少？", {"职工驿站": ["1326家", "274家"]}),
        ("保山和清远搞的义诊，各办了几场，多少人参加？", {"义诊（场）": ["23场次", "31场次"], "义诊（人）": ["1.2万余名", "8600人"]}),
        ("保山和清远的急救宣传办了几场，听众多少？", {"宣传（场）": ["40场", "30场"], "宣传（人）": ["900人次", "700人次"]}),
        ("义诊，保山和清远参加的人谁多，办了几场？", {"义诊（人）": ["1.2万余名", "8600人"], "义诊（场）": ["23场次", "31场次"]}),
        ("义诊，保山和清远谁办的场次多？来的人呢？", {"义诊（场）": ["23场次", "31场次"], "义诊（人）": ["1.2万余名", "8600人"]}),
        ("义诊的场次和人数，保山和清远比一比", {"义诊（场）": ["23场次", "31场次"], "义诊（人）": ["1.2万余名", "8600人"]}),
    ],
)  # fmt: skip
def test_things_named_side_by_side_have_a_row_each(question: str, rows: dict[str, list[str]]) -> None:
    draft = compared(question)
    assert draft.comparison is not None and draft.comparison.ranking is None
    shown = {
        row.label: [cell.text for cell in row.cells.values() if isinstance(cell, AnswerFigure)]
        for row in draft.comparison.rows
    }
    assert {label: shown.get(label) for label in rows} == rows


def test_the_growth_that_the_last_thing_names_is_asked_of_all() -> None:
    comparison = comparison_of("丽江和曲靖的地区生产总值、跨境电商进出口增速各多少？")
    assert comparison.rows[0].label == "地区生产总值增速"
    assert all(
        cell.unit == "%" for row in comparison.rows for cell in row.cells.values() if isinstance(cell, AnswerFigure)
    )


@pytest.mark.parametrize(
    ("question", "first", "said"),
    [
        ("地区生产总值增速从高到低：丽江、曲靖和玉溪", "丽江市", "最高"),
        ("丽江、曲靖和玉溪的地区生产总值增速谁最低？", "玉溪市", "最低"),
        ("丽江、曲靖和玉溪谁的地区生产总值增得最慢？", "玉溪市", "最低"),
        ("保山和清远的职工驿站谁更多？", "保山市", "多于"),
    ],
)
def test_the_order_asked_is_the_order_told(question: str, first: str, said: str) -> None:
    draft = compared(question)
    assert draft.comparison is not None and draft.comparison.ranking is not None
    assert draft.comparison.ranking[0].city == first
    assert draft.text.startswith(first) and said in draft.text.split("。")[0]


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("技能竞赛场次第二多的是哪个市？", "排第二的是保山市 **68场次**"),
        ("职工驿站数量排第二的是哪个市？", "排第二的是清远市 **274家**"),
        ("Which city has the second most staff stations?", "Second: Qingyuan **274家**"),
    ],
)
def test_the_place_asked_for_is_told_first(question: str, lead: str) -> None:
    assert compared(question).text.startswith(lead)


def test_what_is_printed_as_one_thing_is_not_taken_apart() -> None:
    comparison = comparison_of("保山和清远惠及职工、劳模的疗休养活动各多少人？")
    assert len(comparison.rows) == 1


def test_among_several_things_what_holds_for_the_reports_is_told_once() -> None:
    comparison = comparison_of("各市的职工驿站、创业园、城镇新增就业各多少？")
    kinds = [warning.kind for warning in comparison.warnings]
    assert all(kinds.count(kind) <= 1 for kind in ("period", "target", "approximate", "scope"))
    assert kinds.count("missing") <= 2  # who gives nothing, and who gives only parts


def test_a_table_has_few_lines_of_warnings_the_most_telling_first() -> None:
    for case in CASES:
        draft = compared(case["question"])
        lines = [line for line in draft.text.splitlines() if line.startswith("> ")]
        assert draft.comparison is not None and len(lines) <= 5
        kinds = {warning.text: warning.kind for warning in draft.comparison.warnings}
        told = [kinds[line.removeprefix("> ")] for line in lines]
        assert "approximate" not in told[:-1] or told.index("approximate") >= len(told) - 2


def test_an_overview_says_of_which_rows_the_cities_do_not_count_the_same() -> None:
    draft = compared("保山和清远有什么不同？")
    assert draft.comparison is not None
    scope = next(warning for warning in draft.comparison.warnings if warning.kind == "scope")
    assert "工会驿站" in scope.text  # newly built here, all there are there


def test_two_years_of_one_city_are_two_columns_that_keep_the_city_s_name_in_their_sources() -> None:
    draft = compared_years("丽江市2022年和2024年城镇新增就业差多少？")
    assert draft.comparison is not None
    assert draft.comparison.cities == ("丽江市（2022年）", "丽江市（2024年）")
    cells = list(draft.comparison.rows[0].cells.values())
    assert [cell.text for cell in cells if isinstance(cell, AnswerFigure)] == ["1.8万人", "2.1万人"]
    assert {cell.city for cell in cells if isinstance(cell, AnswerFigure)} == {"丽江市"}
    assert {citation.city for citation in draft.citations} == {"丽江市"}
    assert [item.text for item in draft.comparison.derived] == ["3000人"]


def test_among_many_cities_a_caveat_names_only_those_that_differ() -> None:
    comparison = comparison_of("保山、清远、丽江、曲靖和玉溪的城镇新增就业分别是多少？")
    assert all(len(warning.text) < 90 for warning in comparison.warnings)
