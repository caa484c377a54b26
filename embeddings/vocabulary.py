"""Chooses the tokens of a static model: which words, characters and numbers get a row of their own.

Chinese words come from running text cut by rjieba, English words from the English side of the pairs. Only counting
is done here; see `tokenizer` for the cutting with the chosen words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from embeddings.tokenizer import fold

_HAN = re.compile(r"[㐀-鿿]+")
_LATIN = re.compile(r"[a-z]+")
_LONGEST_WORD = 8
_YEARS = range(1900, 2051)
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def count_words(texts: Iterable[str], *, weight: float = 1.0) -> Counter[str]:
    """How often each Chinese word, Chinese character and English word occurs, times the weight.

    Characters are counted with an `=` before them, so that a character as a word and inside words stay apart.
    """
    import rjieba

    words: Counter[str] = Counter()
    for text in texts:
        folded = fold(text)
        words.update(_LATIN.findall(folded))
        for run in _HAN.findall(folded):
            words.update(rjieba.cut(run))
            words.update("=" + character for character in run)
    if weight != 1.0:
        words = Counter({word: count * weight for word, count in words.items()})
    return words


def choose_tokens(counts: Mapping[str, float], *, size: int, latin_share: float) -> dict[str, float]:
    """The tokens of the vocabulary with their counts: letters, digits, years, characters, then the commonest words.

    `size` is the number of tokens in all, `latin_share` the part of the words that is English. A character that is
    seldom a word of its own keeps that low count, so that the cutting prefers the words that hold it.
    """
    tokens: dict[str, float] = {sign: max(counts.get(sign, 0.0), 1.0) for sign in _ALPHABET}
    average = sum(counts.values()) / max(len(counts), 1)
    tokens.update({str(year): average for year in _YEARS})
    characters = sorted(word[1:] for word in counts if word.startswith("="))
    tokens.update({character: max(counts.get(character, 0.0), 1.0) for character in characters})
    room = max(size - 1 - len(tokens), 0)
    by_count = sorted(
        ((word, count) for word, count in counts.items() if word not in tokens and 1 < len(word) <= 2 * _LONGEST_WORD),
        key=lambda item: (-item[1], item[0]),
    )
    latin = [item for item in by_count if item[0].isascii() and not item[0].startswith("=")]
    han = [item for item in by_count if not item[0].startswith("=") and not item[0].isascii()]
    latin = latin[: int(room * latin_share)]
    tokens.update(latin)
    tokens.update([item for item in han if len(item[0]) <= _LONGEST_WORD][: room - len(latin)])
    return tokens
