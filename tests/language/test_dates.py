"""Periods as they are printed, and relative ones resolved."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.dates import find_periods, resolve_relative, small_number, year_of
from assistant.models import Period, Span


@pytest.mark.parametrize(
    ("text", "printed", "label", "kind", "start", "end"),
    [
        ("2024年，全市", "2024年", "2024年", "year", 2024, 2024),
        ("2024 年9月12日", "2024 年", "2024年", "year", 2024, 2024),
        ("二〇二四年", "二〇二四年", "2024年", "year", 2024, 2024),
        ("2018—2022年", "2018—2022年", "2018—2022年", "years", 2018, 2022),
        ("2018年至2022年，", "2018年至2022年", "2018—2022年", "years", 2018, 2022),
        ("（2021-2025年）", "2021-2025年", "2021—2025年", "years", 2021, 2025),
        ("2019年以来，", "2019年以来", "2019年以来", "since", 2019, None),
        ("过去五年，", "过去五年", "过去五年", "years", None, None),
        ("五年来，", "五年来", "过去五年", "years", None, None),
        ("近3年来", "近3年来", "过去3年", "years", None, None),
        ("一年来", "一年来", "过去一年", "year", None, None),
        ("过去的一年", "过去的一年", "过去一年", "year", None, None),
        ("今后五年，", "今后五年", "今后五年", "future", None, None),
        ("未来5年内", "未来5年内", "今后5年", "future", None, None),
        ("全市工会第九次代表大会以来", "全市工会第九次代表大会以来", "第九次代表大会以来", "since", None, None),
        ("市七届人大一次会议以来", "市七届人大一次会议以来", "市七届人大一次会议以来", "since", None, None),
        ("本届政府成立以来", "本届政府成立以来", "本届政府成立以来", "since", None, None),
        ("“十四五”期间", "“十四五”期间", "“十四五”时期", "years", 2021, 2025),
        ("十二五时期", "十二五时期", "“十二五”时期", "years", 2011, 2015),
        ("建功‘十四五’", "‘十四五’", "“十四五”时期", "years", 2021, 2025),
        ("比去年同期", "去年同期", "去年同期", "year", None, None),
        ("今年以来", "今年以来", "今年以来", "since", None, None),
        ("in 2024", "in 2024", "2024年", "year", 2024, 2024),
        ("from 2018 to 2022", "2018 to 2022", "2018—2022年", "years", 2018, 2022),
        ("in the past five years", "in the past five years", "in the past five years", "years", None, None),
        ("next five years", "next five years", "next five years", "future", None, None),
        ("last year", "last year", "last year", "year", None, None),
    ],
)  # fmt: skip
def test_a_printed_period_is_found(
    text: str, printed: str, label: str, kind: str, start: int | None, end: int | None
) -> None:
    [(span, period)] = find_periods(text)
    assert span.of(text) == printed
    assert (period.label, period.kind, period.start, period.end) == (label, kind, start, end)


@pytest.mark.parametrize(
    "text", ["第三年来到", "2024名职工", "十五名职工", "五年级", "1019家", "12345热线", "年来人往"]
)
def test_what_only_looks_like_a_period_is_none(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("label", "kind", "start", "end"),
    [
        ("今年", "year", 2022, 2022), ("去年", "year", 2021, 2021), ("明年", "year", 2023, 2023),
        ("过去一年", "year", 2021, 2021), ("过去五年", "years", 2017, 2021), ("过去十二年", "years", 2010, 2021),
        ("past five years", "years", 2017, 2021), ("今后五年", "future", None, None),
        ("第九次代表大会以来", "since", None, None), ("过去几年", "years", None, None),
    ],
)  # fmt: skip
def test_a_relative_period_gets_its_years_from_the_year_of_writing(
    label: str, kind: str, start: int | None, end: int | None
) -> None:
    resolved = resolve_relative(Period(label, kind), 2022)  # type: ignore[arg-type]
    assert (resolved.start, resolved.end) == (start, end)
    assert resolved.printed is (start is None)


def test_printed_years_are_never_changed() -> None:
    period = Period("2018—2022年", "years", 2018, 2022)
    assert resolve_relative(period, 2030) is period


def test_only_the_given_span_is_read() -> None:
    text = "2023年建成，2024年投用"
    assert [period.label for _, period in find_periods(text, Span(8, len(text)))] == ["2024年"]


def test_small_numbers_and_years_are_read_in_both_scripts() -> None:
    assert [small_number(text) for text in ("五", "十", "十二", "二十一", "7", "几")] == [5, 10, 12, 21, 7, None]
    assert [year_of(text) for text in ("2024", "二〇二四", "一九九八", "二○一○")] == [2024, 2024, 1998, 2010]


@given(st.text(alphabet="2019年—至今去过五来后“十四”时期以届 in past", max_size=80))
def test_periods_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find_periods(text)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))
    assert all(period.start is None or period.end is None or period.start <= period.end for _, period in found)
