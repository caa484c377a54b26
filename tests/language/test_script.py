"""Scripts of Chinese: one character for one character, and which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.script import is_common, script_of, to_simplified, to_traditional


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("總工會建成工會驛站", "总工会建成工会驿站"),
        ("著力提升，著名勞模，顯著成效", "着力提升，著名劳模，显著成效"),
        ("乾隆年間的乾坤與乾燥", "乾隆年间的乾坤与干燥"),
        ("香港總工會與內地交流", "香港总工会与内地交流"),
        ("半繁半简：總工会", "半繁半简：总工会"),
        ("乾县与乾安县的驿站", "乾县与乾安县的驿站"),
        ("慰藉、瞭望、著书", "慰藉、瞭望、著书"),
        ("5G App 42.7%", "5G App 42.7%"),
        ("", ""),
    ],
)
def test_traditional_becomes_simplified_and_simplified_stays(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("亳州建成多少家工会驿站？", "zh-Hans"),
        ("亳州建成多少家工會驛站？", "zh-Hant"),
        ("How many stations did Bozhou build?", "en"),
        ("Which city has the most 工会驿站?", "en"),
        ("How many 工会驿站 in 亳州?", "en"),
        ("APP下载量", "zh-Hans"),
        ("齐鲁工惠App有多少用户？", "zh-Hans"),
        ("5G", "zh-Hans"),
        ("谢谢", "zh-Hans"),
        ("謝謝", "zh-Hant"),
        ("2024年", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_language_and_script_of_a_text_are_told(text: str, language: str) -> None:
    assert script_of(text) == language


@given(st.text())
def test_conversion_keeps_the_length_of_any_text(text: str) -> None:
    assert len(to_simplified(text)) == len(to_traditional(text)) == len(text)


@given(st.text(st.characters(codec="gb2312")))
def test_characters_of_simplified_print_are_never_touched(text: str) -> None:
    assert to_simplified(text) == text


def test_lone_surrogates_pass_through_conversion() -> None:
    assert to_simplified("總\ud800工會") == "总\ud800工会"


def test_everyday_characters_are_told_from_rare_ones() -> None:
    assert is_common("工")
    assert not is_common("亳")
    assert not is_common("會")
    assert not is_common("a")
