"""Of a city's several reports the latest answers, an earlier one where it is silent; a slip of the pen is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from tests.conftest import assistant_over

EARLIER = "保山市总工会2022年工作总结\n\n2022年，举办招聘会41场，提供岗位1.6万个。建成职工游泳馆3座。\n"
LATEST = "保山市总工会2024年工作总结\n\n2024年，举办招聘会58场，提供岗位2.2万个。为骑手免费体检2100人次。\n"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = [("earlier.txt", EARLIER.encode()), ("latest.txt", LATEST.encode())]
    made = assistant_over(tmp_path_factory.mktemp("years"), files)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("保山办了多少场招聘会？", "58场", "2024年"),
        ("保山2022年办了多少场招聘会？", "41场", "2022年"),
        ("保山建成几座职工游泳馆？", "3座", "2022年"),  # the latest is silent
    ],
)
def test_the_latest_report_answers_and_an_earlier_one_where_it_is_silent(
    years: Assistant, text: str, figure: str, period: str
) -> None:
    answer = years.ask(text)
    assert answer.status == "answered"
    assert [one.text for one in answer.figures] == [figure]
    assert [one.period for one in answer.citations] == [period]


def test_a_year_that_is_named_is_kept_to(years: Assistant) -> None:
    answer = years.ask("保山2024年建成几座职工游泳馆？")
    assert answer.status == "not_found" and not answer.figures


def test_what_no_report_of_the_city_says_is_not_found(years: Assistant) -> None:
    assert years.ask("保山建成几座职工滑雪场？").status == "not_found"


def test_the_reader_is_told_how_a_slip_of_the_pen_was_read(years: Assistant) -> None:
    answer = years.ask("保山为骑手体捡了多少人次？")
    assert [one.text for one in answer.figures] == ["2100人次"]
    assert "按“体检”查找，没有“体捡”这个词" in answer.text
    assert "没有“" not in years.ask("保山为骑手体检了多少人次？").text
