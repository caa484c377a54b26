"""The tokenizer: what it folds together and where it cuts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from embeddings.tokenizer import UNKNOWN, build_tokenizer, fold
from embeddings.vocabulary import choose_tokens, count_words

COUNTS = {"经济": 50.0, "增长": 40.0, "经": 1.0, "济": 1.0, "增": 1.0, "长": 1.0, "台": 1.0, "湾": 1.0, "2023": 5.0}
COUNTS |= {"union": 9.0} | dict.fromkeys("0123456789abcdefghijklmnopqrstuvwxyz", 1.0)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(COUNTS)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("經濟增長", ["经济", "增长"]),
        ("２０２３年", ["2023", "年"]),
        ("19,876.5", ["1", "9", "8", "7", "6", "5"]),
        ("Union，台灣！", ["union", "台", "湾"]),
        ("(ＵＮＩＯＮ)", ["union"]),
        ("…—「」\n", []),
        ("", []),
    ],
)
def test_a_text_is_folded_and_cut(tokenizer: Tokenizer, text: str, tokens: list[str]) -> None:
    assert tokenizer.encode(text, add_special_tokens=False).tokens == tokens


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_words_are_counted_on_the_same_folded_text_that_the_tokenizer_sees(text: str) -> None:
    # The compiled map takes letters with their combining marks one by one, as `fold` does.
    folded = build_tokenizer(COUNTS).normalizer.normalize_str(text)
    assert folded.split() == fold(text).split()


def test_unknown_characters_become_the_unknown_token_and_nothing_else(tokenizer: Tokenizer) -> None:
    encoding = tokenizer.encode("龘经济", add_special_tokens=False)
    assert encoding.ids[0] == tokenizer.token_to_id(UNKNOWN) == 0
    assert encoding.tokens[1:] == ["经济"]


def test_a_long_text_without_any_blank_takes_no_longer_than_its_length(tokenizer: Tokenizer) -> None:
    start = time.monotonic()
    assert len(tokenizer.encode("经济增长" * 50_000, add_special_tokens=False).ids) == 100_000
    assert time.monotonic() - start < 5.0


def test_the_saved_file_holds_the_whole_tokenizer(tokenizer: Tokenizer) -> None:
    again = Tokenizer.from_str(tokenizer.to_str())
    text = "２０２３年臺灣經濟增長"
    assert again.encode(text).ids == tokenizer.encode(text).ids


def test_the_vocabulary_has_letters_digits_years_characters_and_the_commonest_words() -> None:
    counts = count_words(["全市经济增长，经济发展", "经济工作 the union and the city"])
    tokens = choose_tokens(counts, size=220, latin_share=0.3)
    assert {"经济", "the", "2023", "7", "q", "展"} <= tokens.keys()
    assert len(tokens) <= 219
    assert tokens["经济"] > tokens["展"]
