"""Cuts text into the words that the index keeps and that a question is looked up with.

One tokenizer for both sides, so that whatever is written alike is found. The input is Simplified
Chinese; nothing here converts script, translates, or knows synonyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

VERSION = "words 3"  # part of the name of an index: change it whenever the same text gives other words

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_HAN}]"
_PIECE = re.compile(
    rf"(?P<latin>[0-9]*{_LETTER}(?:{_LETTER}|[0-9])*)"
    r"|(?P<number>[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?(?:[百千]?万亿|[百千]?[万亿]|[%‰])?)"
    rf"|(?P<han>[{_HAN}]+)"
)
# Full-width ASCII prints the same words in other code points; one to one, so it costs one pass.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Grammar, not content, where one stands alone between numbers or marks. Within Chinese text every
# single character goes: it stands in most sentences, and its bigrams tell more.
_FUNCTION_WORDS = frozenset("的了和与及或在是为对把被等从到以其之也都就而并有个我你他她它们这那吗呢啊吧将向由于则又不")

_REACH = 8  # characters on each side of a border that decide how it is cut


def words(text: str) -> list[str]:
    """The index terms of a text, in reading order, with repetitions.

    Chinese gives its words (long ones also in parts) and its character bigrams, so that a word that
    is cut differently in question and report still meets, and its uncommon characters, which mostly
    are names or parts of them. Numbers stay whole, without thousands separators and with a magnitude
    that stands behind them (1,019 -> 1019, 1.5万 -> 1.5万, 12.5%). Latin words are lower-cased.
    Punctuation is dropped.
    """
    terms: list[str] = []
    for kind, piece in _pieces(text):
        if kind == "han":
            terms += _cut(piece)
            terms += (piece[i : i + 2] for i in range(len(piece) - 1))
            terms += _uncommon(piece)
        else:
            terms.append(piece)
    return terms


def content_words(text: str) -> list[str]:
    """The words of a text without bigrams and lone characters; long ones also in parts, first."""
    found: list[str] = []
    for kind, piece in _pieces(text):
        found += _cut(piece) if kind == "han" else (piece,)
    return found


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether a Chinese word is a verb and nothing else, by the dictionary's part of speech (引进, not 工作)."""
    import rjieba

    tagged = rjieba.tag(word)
    return len(tagged) == 1 and tagged[0][1] == "v"


def cuts_word(before: str, after: str) -> bool:
    """Whether the border of two neighbouring stretches of Chinese cuts a word of the dictionary.

    Words may meet so that a third stands across (回顾 and 过去: 顾过 is none, but 回顾过去 is a phrase); so a lone
    character must be left over on one side: before the border, or behind it and before a mark.
    """
    import rjieba

    left = re.search(f"[{_HAN}]{{0,{_REACH}}}$", before)
    right = re.match(f"[{_HAN}]{{0,{_REACH}}}", after)
    if not left or not left.group() or not right or not right.group():
        return False
    rest_before = rjieba.cut(left.group(), hmm=False)[-1]
    if len(rest_before) > 1 and len(right.group()) > 1:
        return False
    at = 0
    for word in rjieba.cut(left.group() + right.group(), hmm=False):
        if at < len(left.group()) < at + len(word):
            return True
        at += len(word)
    return False


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for match in _PIECE.finditer(text.translate(_NARROW).lower()):
        kind = match.lastgroup or ""
        piece = match.group()
        yield kind, piece.replace(",", "") if kind == "number" else piece


def _uncommon(han: str) -> list[str]:
    """The characters beyond the 3,755 of everyday, without one that is a piece of its own, which `_cut` gives."""
    if len(han) == 1 or _common().issuperset(han):
        return []
    return [char for char in han if char not in _common()]


@cache
def _common() -> frozenset[str]:
    """The characters of GB 2312's first level."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(codes).decode("gb2312", "ignore"))


def _cut(han: str) -> list[str]:
    import rjieba  # loading its dictionary takes 0.16 s, which --help need not pay

    if len(han) == 1:  # often a measure word behind a number
        return [] if han in _FUNCTION_WORDS else [han]
    return [word for word in rjieba.cut_for_search(han) if len(word) > 1]
