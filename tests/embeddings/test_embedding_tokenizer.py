"""The tokenizer: what it folds together and where it cuts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from embeddings.tokenizer import UNKNOWN, build_tokenizer, fold
from embeddings.vocabulary import choose_tokens, count_words

WORDS = ["经济", "增长", "union", "2023", "葡萄", *"经济增长台湾年", *"0123456789abcdefghijklmnopqrstuvwxyz"]


TOKENIZER = build_tokenizer(WORDS)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("經濟增長", ["经济", "增长"]),
        ("２０２３年", ["2023", "年"]),
        ("19,876.5", ["1", "9", "8", "7", "6", "5"]),
        ("Union，台灣！", ["union", "台", "湾"]),
        ("(ＵＮＩＯＮ)", ["union"]),
        ("龘经济ไทย增长", ["经济", "增长"]),
        ("台" * 60, ["台"] * 60),
        ("…—「」\n", []),
        ("", []),
    ],
)
def test_a_text_is_folded_and_cut(text: str, tokens: list[str]) -> None:
    assert TOKENIZER.encode(text, add_special_tokens=False).tokens == tokens


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(min_codepoint=1, exclude_categories=["Cs", "Cn", "Co", "Cf"]), max_size=60))
def test_words_are_counted_on_the_folded_text_that_the_tokenizer_sees(text: str) -> None:
    known = "".join(character for character in fold(text) if character in WORDS)
    # Format characters (Cf) are left out of the examples: the compiled map works by grapheme, and some of them join the
    # next character. Blanks are left out: the compiled map drops some combining marks that `fold` turns into a space.
    assert "".join(TOKENIZER.normalizer.normalize_str(text).split()) == known


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("经济增长台湾年龘经濟Ａbꓘ，。 9é\ue010\ud7fc"), max_size=80))
def test_no_unknown_token_ever_hides_its_neighbours(text: str) -> None:
    encoding = TOKENIZER.encode(text, add_special_tokens=False)
    assert TOKENIZER.token_to_id(UNKNOWN) == 0
    assert 0 not in encoding.ids
    known = [character for character in fold(text) if character in WORDS]
    assert "".join(encoding.tokens) == "".join(known)


def test_a_long_text_without_any_blank_is_cut_into_its_words() -> None:
    assert len(TOKENIZER.encode("经济增长" * 50_000, add_special_tokens=False).ids) == 100_000


def test_the_saved_file_holds_the_whole_tokenizer() -> None:
    again = Tokenizer.from_str(TOKENIZER.to_str())
    text = "２０２３年臺灣經濟增長"
    assert again.encode(text).ids == TOKENIZER.encode(text).ids


def test_the_vocabulary_has_letters_digits_years_characters_and_the_commonest_words() -> None:
    counts = count_words(["全市经济增长，经济发展", "经济工作 the union and the city"])
    tokens = choose_tokens(counts, size=220, latin_share=0.3)
    assert {"经济", "the", "2023", "7", "q", "展"} <= set(tokens)
    assert len(tokens) == len(set(tokens)) <= 219


def test_a_guessed_word_needs_many_occurrences() -> None:
    counts = {"经济": 2.0, "省和市": 3.0, "网约车": 500.0, "=经": 2.0}
    tokens = choose_tokens(counts, size=300, latin_share=0.0)
    assert "经济" in tokens and "网约车" in tokens and "省和市" not in tokens
