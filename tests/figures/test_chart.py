"""On one axis stand only figures that can be compared."""

from __future__ import annotations

from dataclasses import replace

from assistant.figures.chart import on_one_axis
from assistant.models import AnswerFigure

ONE = AnswerFigure("甲市", "驿站", "12家", 12, "家", None, "achieved", "2023年", 1)
TWO = AnswerFigure("乙市", "驿站", "近30家", 30, "家", "近", "achieved", "2024年", 2)


def test_figures_of_one_kind_of_unit_share_an_axis_in_their_order() -> None:
    counted_otherwise = replace(ONE, unit="个")
    assert on_one_axis([TWO, ONE, counted_otherwise]) == (TWO, ONE, counted_otherwise)


def test_a_target_stands_beside_results_so_that_it_can_be_hatched() -> None:
    target = replace(TWO, kind="target")
    assert on_one_axis([ONE, target]) == (ONE, target)


def test_unreadable_doubtful_and_negative_figures_are_not_drawn() -> None:
    unreadable = replace(TWO, value=None, readable=False)
    doubtful = replace(TWO, doubt="more_households_than_a_city_has")
    assert on_one_axis([unreadable, doubtful, replace(TWO, value=-3.0), ONE, TWO]) == (ONE, TWO)


def test_the_unit_of_most_figures_has_the_axis() -> None:
    money = replace(ONE, unit="元")
    assert on_one_axis([money, ONE, TWO]) == (ONE, TWO)


def test_a_single_figure_is_no_chart() -> None:
    assert on_one_axis([ONE, replace(TWO, unit="元")]) == ()
    assert on_one_axis([]) == ()


def test_more_person_times_than_persons_are_not_drawn_beside_them() -> None:
    persons = replace(ONE, unit="名")
    more = replace(TWO, unit="人次", value=10 * (ONE.value or 1))
    fewer = replace(TWO, unit="人次", value=(ONE.value or 1) / 10)
    assert on_one_axis([persons, replace(persons, city="丙市"), more]) == (persons, replace(persons, city="丙市"))
    assert on_one_axis([persons, fewer]) == (persons, fewer)
