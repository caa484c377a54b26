"""Turned questions: another city is refused, a changed digit is followed, swapped reports swap their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.conftest import assistant_over

NORTH = """甲辰市总工会2024年工作总结

乌海市总工会2024年工作总结

一、服务职工
2024年，乌海市总工会建成工会驿站312家，服务户外劳动者4.6万余人。开办职工夜校23期，培训职工1860人次。
二、维护权益
全年调解劳动争议案件87件，调解成功率91.5%。"""
SOUTH = """玉溪市总工会2024年工作总结

一、服务职工
2024年，玉溪市总工会建成工会驿站458家，服务户外劳动者近9万人。举办职工运动会6场。
二、维护权益
全年为职工提供法律援助134件。"""


def files(north: str = NORTH, south: str = SOUTH) -> list[tuple[str, bytes]]:
    return [("north.txt", north.split("\n\n", 1)[1].encode()), ("south.txt", south.encode())]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("pair"), files())


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("乌海建了多少家工会驿站？", "312家"),
        ("玉溪建了多少家工会驿站？", "458家"),
        ("乌海的劳动争议调解成功率是多少？", "91.5%"),
        ("乌海职工夜校培训了多少人次？", "1860人次"),
        ("玉溪提供了多少件法律援助？", "134件"),
    ],
)
def test_a_figure_is_given_for_the_city_that_prints_it(question: str, figure: str, pair: Assistant) -> None:
    answer = pair.ask(question)
    assert answer.status == "answered"
    assert figure in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "玉溪的劳动争议调解成功率是多少？",
        "玉溪职工夜校培训了多少人次？",
        "乌海办了多少场职工运动会？",
        "乌海提供了多少件法律援助？",
        "呼和浩特建了多少家工会驿站？",
        "乌海2019年建了多少家工会驿站？",
    ],
)
def test_what_the_report_of_the_city_does_not_say_is_refused(question: str, pair: Assistant) -> None:
    answer = pair.ask(question)
    assert answer.status == "not_found"
    assert not answer.figures


def test_the_answer_follows_a_changed_digit(tmp_path: Path) -> None:
    changed = assistant_over(tmp_path, files(north=NORTH.replace("312家", "372家")))
    assert "372家" in changed.ask("乌海建了多少家工会驿站？").text
    changed.close()


def test_swapped_reports_swap_their_answers(tmp_path: Path) -> None:
    swapped = assistant_over(tmp_path, files(north=NORTH.replace("乌海", "玉溪"), south=SOUTH.replace("玉溪", "乌海")))
    assert "312家" in swapped.ask("玉溪建了多少家工会驿站？").text
    assert "458家" in swapped.ask("乌海建了多少家工会驿站？").text
    swapped.close()


def test_a_qualifier_is_kept_and_explained(pair: Assistant) -> None:
    assert "4.6万余人" in pair.ask("乌海的驿站服务了多少户外劳动者？").text
    assert "近9万人" in pair.ask("玉溪的驿站服务户外劳动者超过9万了吗？").text


def test_a_comparison_computes_with_operands_shown(pair: Assistant) -> None:
    answer = pair.ask("乌海和玉溪的工会驿站差多少？")
    assert answer.comparison is not None
    assert [item.city for item in answer.comparison.ranking or ()] == ["玉溪市", "乌海市"]
    assert [item.text for item in answer.derived] == ["146家"]
    assert "458家" in answer.text and "312家" in answer.text
