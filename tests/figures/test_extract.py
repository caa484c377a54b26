"""Every figure of a report is bound to what it counts; damaged print gets no value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Period
from tests.figures.reports import figures_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "figure_cases.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_a_figure_is_bound_to_what_it_counts(case: dict[str, Any]) -> None:
    found = figures_of(case["text"])
    assert [figure.text for figure in found] == [gold["text"] for gold in case["figures"]]
    for figure, gold in zip(found, case["figures"], strict=True):
        assert gold["label"] in figure.label, figure
        assert gold.get("head") in (None, figure.head), figure
        assert gold.get("verb") is None or gold["verb"] in (figure.verb or ""), figure
        assert set(gold.get("scope", ())) <= set(figure.scope), figure
        assert gold.get("period") in (None, figure.period.label), figure
        assert figure.qualifier == gold["qualifier"] if "qualifier" in gold else True, figure


def test_spans_give_the_print_and_lie_inside_one_another() -> None:
    text = "前文。开展活动12场，覆盖职工4000余人次；发放物资80万元。"
    for figure in figures_of(text):
        assert figure.span.of(text) == figure.text
        assert figure.sentence.contains(figure.clause)
        assert figure.clause.contains(figure.span)
    assert [figure.clause.of(text) for figure in figures_of(text)][1] == "覆盖职工4000余人次"


@pytest.mark.parametrize(
    ("text", "lost", "print_", "label"),
    [
        ("全市劳模16人，劳动奖?x)?3人，先锋号3个。", "?x)?", "?x)?3人", "劳动奖"),
        ("全市劳模16人，劳动奖?x)?人，先锋号3个。", "?x)?", "?x)?人", "劳动奖"),
        ("接待群众咨?000余人次，发放资料60份。", "?", "?000余人次", "群众咨"),
        ("建成驿站10□□家，投入使用。", "□□", "10□□家", "驿站"),
        ("建成驿站10?，投入使用。", "?", "10?", "驿站"),
        ("慰问职工1**9人。", "**", "1**9人", "职工"),
    ],
)
def test_a_number_that_a_loss_touches_is_kept_without_a_value(text: str, lost: str, print_: str, label: str) -> None:
    [damaged] = [figure for figure in figures_of(text, lost=(lost,)) if not figure.readable]
    assert damaged.value is None
    assert damaged.text == print_
    assert label in damaged.label
    assert lost not in damaged.label


def test_a_loss_elsewhere_in_the_sentence_leaves_a_figure_readable() -> None:
    text = "劳动奖?x)?3人，先锋号3个。"
    readable = [figure for figure in figures_of(text, lost=("?x)?",)) if figure.readable]
    assert [(figure.text, figure.value) for figure in readable] == [("3个", 3)]


def test_a_number_without_one_value_is_readable_and_has_none() -> None:
    [figure] = figures_of("每月开展1至2次文体活动。")
    assert (figure.text, figure.value, figure.readable, figure.label) == ("1至2次", None, True, "文体活动")


def test_money_printed_without_its_unit_is_still_money() -> None:
    [figure] = figures_of("返还工会经费476.4余万。")
    assert (figure.text, figure.value, figure.unit) == ("476.4余万", 4_764_000, "元")


def test_the_kind_is_the_sentence_s() -> None:
    [figure] = figures_of("每年培训职工6万人次。", kind="target")
    assert figure.kind == "target"


def test_a_figure_for_a_year_to_come_is_a_target() -> None:
    now, then = figures_of("现有驿站40家，到2027年建成驿站90家。")
    assert (now.kind, then.kind, then.period.label) == ("achieved", "target", "2027年")


def test_a_year_in_the_sentence_goes_before_the_report_s() -> None:
    first, second = figures_of("2021年建成驿站12家。建成书屋30家。")
    assert (first.period.start, second.period.start) == (2021, 2023)


def test_a_year_that_is_only_compared_with_is_not_the_figure_s() -> None:
    [figure] = figures_of("会员比2019年增长12%。")
    assert figure.period.start == 2023


def test_a_year_in_a_name_is_not_the_figure_s() -> None:
    [figure] = figures_of("落实《行动方案（2018-2020年）》，建成驿站12家。")
    assert figure.period.start == 2023


def test_this_year_is_counted_from_the_year_of_writing() -> None:
    [figure] = figures_of("今年新建驿站12家。", written="2024-02-01")
    assert (figure.period.start, figure.period.end) == (2024, 2024)


def test_the_past_year_of_a_review_is_the_review_s_period() -> None:
    [figure] = figures_of("过去一年，建成驿站12家。", period=Period("2022年", "year", 2022, 2022))
    assert figure.period.label == "2022年"


@pytest.mark.parametrize(
    ("text", "level", "rule"),
    [
        ("帮助3241万户困难职工解困。", "prefecture", "more_households_than_a_city_has"),
        ("帮助3241户困难职工解困。", "prefecture", None),
        ("登记商户430万户。", "prefecture", None),
        ("帮扶居民260万户。", "county", "more_households_than_a_city_has"),
        ("培训职工5200万人。", "prefecture", "more_people_than_a_city_has"),
        ("接待游客5200万人次。", "prefecture", None),
        ("满意率103%。", "prefecture", "share_above_100"),
        ("产值增长103%。", "prefecture", None),
    ],
)
def test_a_figure_of_impossible_scale_is_kept_and_doubted(text: str, level: str, rule: str | None) -> None:
    [figure] = figures_of(text, level=level)
    assert figure.doubt == rule
    assert figure.readable
    assert figure.value is not None


def test_the_same_text_gives_the_same_figures() -> None:
    text = CASES[2]["text"]
    assert figures_of(text) == figures_of(text)


@given(
    st.text(
        alphabet="建成新增其中分别国家级驿站职工企业的和、，；。：“”（）增长达到12345.万亿余近家名%?年", max_size=60
    )
)
def test_any_text_is_measured_without_failing_and_every_figure_has_a_label_and_a_place(text: str) -> None:
    lost = ("?",) if "?" in text else ()
    for figure in figures_of(text, lost=lost):
        assert figure.span.of(text) == figure.text
        assert figure.readable or figure.value is None
