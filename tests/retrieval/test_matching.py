"""How well texts meet the wants of a question, and what an English question looks for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.matching import present, rarities, shares, terms_of
from assistant.retrieval.wanted import NAME_WEIGHT, WIDE_FORM, WIDE_WEIGHT, Want, wants_of
from tests.conftest import read_lines

TEXTS = ["全市新建站点120家。", "组织技能大赛45场。", "培训职工1120人次，建成站点9家。"]


def asked(question: str, texts: list[str]) -> list[float]:
    wants = wants_of(question, "zh-Hans")
    return shares(wants, rarities(wants, {}, len(texts)), texts)


@given(
    st.text(alphabet="站点建成120大赛，。 a", max_size=20),
    st.lists(st.text(alphabet="站点建成120大赛，。 a", max_size=30)),
)
def test_every_share_lies_between_none_and_all(question: str, texts: list[str]) -> None:
    assert all(0 <= share <= 1 for share in asked(question, texts))


def test_the_text_with_the_words_asked_comes_first() -> None:
    found = asked("技能大赛办了几场", TEXTS)
    assert found.index(max(found)) == 1


def test_a_number_is_met_whole_only() -> None:
    found = asked("120", TEXTS)
    assert found[0] > 0 and found[2] == 0


def test_a_name_of_one_uncommon_character_is_met_in_the_middle_of_a_run() -> None:
    found = asked("蓍的数量", ["石蓍湖清淤", "数量的统计", "石湖清淤"])
    assert found[0] > found[2] == 0
    (want,) = (want for want in wants_of("蓍的数量", "zh-Hans") if want.text == "蓍")
    assert want.weight == NAME_WEIGHT


def test_a_text_that_meets_nothing_has_no_share() -> None:
    assert asked("天气", TEXTS) == [0, 0, 0]


def test_a_want_with_many_forms_counts_no_more_than_one_with_a_single_form() -> None:
    rare = [1.0, 1.0]
    many = (Want("a", (("站点", 1.0), ("驿站", 1.0), ("服务站", 1.0))), Want("b", (("大赛", 1.0),)))
    one = (Want("a", (("站点", 1.0),)), Want("b", (("大赛", 1.0),)))
    assert shares(many, rare, TEXTS) == shares(one, rare, TEXTS)


def test_a_want_is_as_common_as_its_forms_together() -> None:
    wants = (Want("a", (("站点", 1.0), ("驿站", 1.0))), Want("b", (("站点", 1.0),)), Want("c", (("无", 1.0),)))
    together, single, absent = rarities(wants, {"站点": 3, "驿站": 4}, 10)
    assert together < single < absent


def test_forms_that_stand_nowhere_are_not_looked_for() -> None:
    (want,) = present((Want("a", (("站点", 1.0), ("驿站", 1.0))),), {"站点": 2})
    assert want.forms == (("站点", 1.0),)


def test_names_and_numbers_weigh_more_and_asking_words_nothing() -> None:
    weights = {want.text: want.weight for want in wants_of("李大钊1919年在北京做什么", "zh-Hans")}
    assert weights["北京"] == weights["1919"] == NAME_WEIGHT
    assert "什么" not in weights


def test_traditional_script_looks_for_the_same() -> None:
    assert wants_of("職工書屋建了幾家", "zh-Hant") == wants_of("职工书屋建了几家", "zh-Hans")


def test_an_everyday_word_looks_for_its_official_forms_too() -> None:
    forms = {form for want in wants_of("歇脚点有几个", "zh-Hans") for form, _ in want.forms}
    assert "户外劳动者服务站点" in forms


@pytest.mark.parametrize("case", read_lines("english_words.jsonl"), ids=lambda case: str(case["question"]))
def test_an_english_question_looks_for_chinese_words(case: dict[str, Any]) -> None:
    forms = {form for want in wants_of(case["question"], "en") for form, _ in want.forms}
    assert forms >= set(case["forms"])


def test_an_everyday_word_looks_for_what_goes_with_it_but_less() -> None:
    weights = {form: want.weight for want in wants_of("没工会的公司有多少", "zh-Hans") for form, _ in want.forms}
    assert weights["未建会企业"] == WIDE_WEIGHT < 1
    english = {want.text: dict(want.forms) for want in wants_of("How many non-unionised firms are there?", "en")}
    assert english["non-unionised firms"]["未建会企业"] == WIDE_FORM < 1


def test_english_words_without_content_are_not_looked_for() -> None:
    assert wants_of("Who is he and what did they do?", "en") == ()


def test_the_index_terms_of_a_long_form_are_its_words_and_pairs() -> None:
    assert {"职工书屋", "职工", "书屋", "工书"} <= set(terms_of((Want("a", (("职工书屋", 1.0),)),)))
