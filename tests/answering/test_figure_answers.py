"""Which figure or sentence of a report answers: stock or added, now or before, whose, of what level, in what direction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.picking.answer_kinds import answer_type
from assistant.answering.picking.decide import figure_found
from assistant.answering.picking.fits import holder_fit, lacks, unit_fit
from assistant.answering.picking.pick import pick_figures, sentences_of
from assistant.answering.picking.stock import start_fit, stock_fit
from assistant.models import Figure
from tests.answering.asking import answered, asked, no_model, reports
from tests.conftest import read_lines

FIGURES = read_lines("figure_answers.jsonl")
FACTS = read_lines("fact_answers.jsonl")


def figures(body: str) -> tuple[Figure, ...]:
    return reports(body)[0].figures


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: case["id"])
def test_the_figure_that_answers_is_the_one_asked_for(case: dict[str, Any]) -> None:
    draft = answered(case["question"], case["report"], history=case["history"])
    assert [figure.text for figure in draft.figures] == case["figures"]
    assert draft.status == case["status"]
    assert all(words in draft.text for words in case["says"]), draft.text
    assert not any(words in draft.text for words in case["silent"]), draft.text


@pytest.mark.parametrize("case", FACTS, ids=lambda case: case["id"])
def test_the_sentence_that_answers_holds_the_kind_of_thing_asked_for(case: dict[str, Any]) -> None:
    assert answered(case["question"], case["report"]).citations[0].quote == case["first"]


@pytest.mark.parametrize(
    ("question", "with_it", "without"),
    [
        ("保山哪个县建成了驿站？", "施甸县建成驿站。", "全市建成驿站。"),
        ("保山哪个区建成了驿站？", "隆阳区建成驿站。", "区域内建成驿站。"),
        ("保山哪所高校开了工匠班？", "滇西应用技术大学开了工匠班。", "企业开了工匠班。"),
        ("保山哪个平台能报名？", "在“工友圈”平台报名。", "到窗口报名。"),
        ("保山的工匠学院叫什么名字？", "成立“永昌”工匠学院。", "成立工匠学院。"),
        ("保山的驿站哪年建成的？", "2021年建成驿站。", "建成驿站。"),
    ],
)
def test_a_sentence_with_the_kind_of_thing_asked_for_fits_better(question: str, with_it: str, without: str) -> None:
    understood, scores = asked(question, reports(with_it)), []
    for body in (with_it, without):
        passage, sentence = sentences_of(reports(body)[0])[-1]
        scores.append(answer_type(understood, sentence.span.of(reports(body)[0].repaired.text), passage))
    assert scores[0] > scores[1]


def test_a_total_fits_a_question_for_the_stock_and_an_addition_does_not() -> None:
    body = "新增职工书屋18家。职工书屋总数达到240家。"
    (added, total), text = figures(body), reports(body)[0].repaired.text
    now, new = (asked(one, ()) for one in ("现在有多少家职工书屋？", "新增了多少家职工书屋？"))
    assert stock_fit(now, total, text) > 0 > stock_fit(now, added, text)
    assert stock_fit(new, total, text) < 0 <= stock_fit(new, added, text)


def test_what_a_number_rose_from_is_held_against_it() -> None:
    text = "规上企业由上年的9户增加到12户。"
    before, now = figures(text)
    question, repaired = asked("有多少户规上企业？", ()), reports(text)[0].repaired.text
    assert start_fit(question, before, repaired) < 0 == start_fit(question, now, repaired)


def test_a_county_s_figure_is_held_against_it_unless_the_county_is_asked() -> None:
    [figure] = figures("施甸县地区生产总值达到380亿元。")
    assert holder_fit(asked("地区生产总值是多少？", ()), figure) < 0
    assert holder_fit(asked("施甸的地区生产总值是多少？", ()), figure) == 0


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("有多少名全国劳模？", ("全国",)),
        ("劳模人数全国排第几？", ()),  # a place among all is no national thing
        ("有多少名省劳模？", ()),
        ("有多少名农民工劳模？", ("农民工",)),
    ],
)
def test_what_a_figure_lacks_of_the_question_is_told(question: str, missing: tuple[str, ...]) -> None:
    text = "命名省劳模16人。"
    [figure] = figures(text)
    assert lacks(asked(question, ()), figure, (), reports(text)[0].repaired.text) == missing


@pytest.mark.parametrize(
    ("question", "report", "found"),
    [
        ("保山还有多少户贫困户？", "脱贫贫困户1200户。", False),
        ("保山还有多少户贫困户？", "现有贫困户310户。", True),
        ("保山脱贫了多少户贫困户？", "脱贫贫困户1200户。", True),
        ("保山有多少个安置点？", "安置点安置群众19.77万人。", False),
        ("保山有多少个安置点？", "建成安置点28处。", True),
        ("保山表彰了多少个劳模？", "表彰劳模48人。", True),
        ("保山妈妈小屋培训了多少人？", "建成培训妈妈小屋188个。", False),
    ],
)
def test_a_figure_is_found_only_where_it_counts_what_is_asked(question: str, report: str, found: bool) -> None:
    [made] = reports(report)
    understood = asked(question, (made,))
    [pick] = pick_figures(understood, made, no_model)
    assert figure_found(understood, pick) is found


def test_things_counted_in_one_class_of_units_fit_one_another_better_than_people_do() -> None:
    [rooms] = figures("建成母婴室26个。")
    question = replace(asked("有多少个母婴室？", ()), unit="家")
    people = replace(rooms, unit="人")
    assert unit_fit(question, rooms) > unit_fit(question, people)
