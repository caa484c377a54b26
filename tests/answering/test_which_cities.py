"""Which cities: quoted words are met by themselves, and who asks who won is not told who strives."""

from __future__ import annotations

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
