"""Which cities are above a number, and which speak of any one of several things."""

from __future__ import annotations

import pytest

from tests.answering.asking import answered

GROWTH = ("生产总值增长8.2%。", "生产总值增长5.1%。力争明年生产总值增长9%。", "生产总值突破7000亿元。")


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("哪些城市的GDP增速超过6%？", ["保山市"]),
        ("GDP增速低于6%的有哪些城市？", ["清远市"]),
        ("哪些城市的GDP增速不低于5.1%？", ["保山市", "清远市"]),
        ("Which cities had GDP growth above 6%?", ["保山市"]),
    ],
)
def test_a_city_is_named_where_its_own_figure_meets_the_condition(question: str, cities: list[str]) -> None:
    draft = answered(question, *GROWTH)
    named = [figure.city for figure in draft.figures if f"**{figure.text}**" in draft.text]
    assert named == cities


def test_a_target_meets_no_condition() -> None:
    draft = answered("哪些城市的GDP增速超过8%？", "生产总值增长8.2%。", "力争明年生产总值增长9%。")
    assert [figure.text for figure in draft.figures] == ["8.2%"]


def test_where_no_report_gives_the_figure_nothing_is_named() -> None:
    assert answered("哪些城市的森林覆盖率超过50%？", *GROWTH).status == "not_found"


def test_any_one_of_several_things_names_a_city() -> None:
    bodies = ("加大欠薪治理力度。", "大力整治拖欠农民工工资。", "支持农民工返乡创业。")
    draft = answered("哪些城市提到了欠薪或者拖欠农民工工资的问题？", *bodies)
    assert [one.city for one in draft.citations] == ["保山市", "清远市"]


def test_two_doings_of_one_thing_are_one_question() -> None:
    draft = answered("哪些城市新建或改建了文化宫？", "新建文化宫5个。", "新建驿站3个。")
    assert [one.city for one in draft.citations] == ["保山市"]


def test_those_that_only_plan_what_is_asked_are_told_apart() -> None:
    draft = answered("哪些城市办了马拉松？", "成功举办马拉松赛。", "明年将举办马拉松赛。", "建成公园。")
    named, *_, planned, without = draft.text.splitlines()
    assert "保山市" in named and "清远市" not in named
    assert planned == "尚未做到、只写在计划里的：清远市[2]。"
    assert without == "没有提到的：丽江市。"


def test_who_and_when_asked_together_get_both() -> None:
    report = "#保山市政府工作报告\n\n——2025年1月8日在保山市第五届人民代表大会第四次会议上\n\n代理市长 克敏\n\n各位代表：\n\n全市建成驿站8家。"
    draft = answered("保山的市长是谁？哪天作的报告？", report)
    assert "克敏" in draft.text and "2025年1月8日" in draft.text
