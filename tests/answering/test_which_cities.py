"""Which cities: quoted words are met by themselves, and who asks who won is not told who strives."""

from __future__ import annotations

import re

import pytest

from tests.answering.asking import answered

BODIES = (
    "全市29家企业获评全国模范职工之家。举办“匠心杯”焊工比武12场。",
    "力争明年创建全国模范职工之家。举办钳工比武9场，打磨一颗匠心。",
    "荣获全国模范职工之家2个。举办“匠心杯”骑手比武3场。",
)


def named(text: str) -> list[str]:
    return [one.city for one in answered(text, *BODIES).citations]


@pytest.mark.parametrize("verb", ["获得", "荣获", "获评"])
def test_who_asks_which_cities_won_is_not_told_those_that_strive(verb: str) -> None:
    assert named(f"哪些城市{verb}了全国模范职工之家？") == ["保山市", "丽江市"]


def test_who_asks_who_speaks_of_it_is_told_those_that_strive_too() -> None:
    assert named("哪些城市提到了全国模范职工之家？") == ["保山市", "清远市", "丽江市"]


def test_quoted_words_are_met_by_themselves() -> None:
    assert named("哪些城市举办了“匠心杯”？") == ["保山市", "丽江市"]
    assert named("哪些城市提到“一颗匠心”？") == ["清远市"]


def test_quoted_words_are_not_met_by_their_parts_apart() -> None:
    draft = answered("哪些城市提到了“阳光课堂”？", "开办“阳光课堂”36期。", "推行阳光厂务，开办职工课堂8期。")
    assert [one.city for one in draft.citations] == ["保山市"]


def test_a_kind_of_thing_is_met_by_other_names_too() -> None:
    answer = answered("哪些城市有“匠心杯”这类比武？", *BODIES)
    assert len(answer.citations) >= 2


def test_no_city_is_named_where_no_report_says_it() -> None:
    answer = answered("哪些城市提到“云端书屋”？", *BODIES)
    assert answer.status == "not_found" and not answer.citations
    assert "云端书屋" in answer.text


def test_what_a_name_begins_with_is_not_the_thing() -> None:
    answer = answered("Which city built a model worker theme park?", "建成劳模主题公园1个。", "推荐省劳动模范12人。")
    assert [one.city for one in answer.citations] == ["保山市"]


@pytest.mark.parametrize("text", ["几个城市举办了骑手比武？都有谁", "谁家搞了骑手比武", "哪几个市办过骑手比武？"])
def test_cities_are_asked_for_in_many_ways(text: str) -> None:
    assert named(text) == ["丽江市"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("哪个城市的报告讲的是今后五年的打算？", ["清远市"]),
        ("Which reports are plans?", ["Qingyuan"]),
        ("哪些报告是总结？", ["保山市"]),
        ("哪些报告是2024年的？", ["保山市"]),
    ],
)
def test_which_reports_are_of_a_kind_or_a_year_is_told_from_their_profiles(text: str, told: list[str]) -> None:
    plan = "#清远市工会今后五年规划\n\n今后五年，清远市工会将新建驿站50家，力争培训职工2万人次。"
    draft = answered(text, "建成驿站12家。", plan)
    assert re.findall(r"\*\*(.+?)\*\*", draft.text) == told


def test_whose_unions_have_a_thing_is_asked_of_the_thing() -> None:
    draft = answered("谁家的工会有在线学习平台？", "建成工会干部在线学习平台。", "加强工会干部学习培训。")
    assert [one.city for one in draft.citations] == ["保山市"]
