"""Words come out alike for a report and for a question about it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.words import content_words, cuts_word, is_verb, words

CASES = Path(__file__).parents[1] / "data" / "words.jsonl"
_cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases, ids=lambda case: case["text"])
def test_a_text_gives_its_words(case: dict[str, object]) -> None:
    found = words(str(case["text"]))
    for term in case["has"]:  # type: ignore[attr-defined]
        assert term in found
    for term in case.get("lacks", []):  # type: ignore[attr-defined]
        assert term not in found


@pytest.mark.parametrize("case", [one for one in _cases if "content" in one], ids=lambda case: case["text"])
def test_content_words_are_words_only(case: dict[str, object]) -> None:
    assert content_words(str(case["text"])) == case["content"]


@given(st.text(max_size=60))
def test_any_text_gives_terms_that_can_be_indexed(text: str) -> None:
    for term in words(text):
        assert term
        assert not any(each.isspace() or each in "\"'()*,，。" for each in term)
        assert term == term.lower()
    assert set(content_words(text)) <= set(words(text))


@given(
    st.text(alphabet="全市工会新建驿站1,019家。万%a ", max_size=30), st.text(alphabet="，。；\n（）《》", min_size=1)
)
def test_punctuation_parts_words_and_is_dropped(text: str, marks: str) -> None:
    assert words(text + marks + text) == words(text) * 2


def test_full_width_print_gives_the_same_words() -> None:
    assert words("ＧＤＰ增长６．５％") == words("GDP增长6.5%")


def test_the_dictionary_is_loaded_at_first_use_only() -> None:
    code = "import sys, assistant.language.words; sys.exit('rjieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("实现经", "济社会又好又快发展", True),
        ("全力推进产", "业转型升级", True),
        ("以县城为载体的城镇", "化。支持分类发展", True),
        ("2022年工作回顾", "过去一年，我们坚持", False),
        ("加快推进项目建设", "项目建设跑出加速度", False),
        ("服务职工3", "万人", False),
        ("", "职工", False),
    ],
)
def test_a_border_that_cuts_a_word_is_told_from_one_where_two_words_meet(before: str, after: str, cut: bool) -> None:
    assert cuts_word(before, after) is cut


@pytest.mark.parametrize(("word", "verb"), [("引进", True), ("吸纳", True), ("人才", False), ("工作", False)])
def test_a_verb_is_told_from_a_noun_and_from_a_word_that_is_both(word: str, verb: bool) -> None:
    assert is_verb(word) is verb
