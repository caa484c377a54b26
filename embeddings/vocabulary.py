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
_SURELY_A_WORD = 150.0
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


def choose_tokens(counts: Mapping[str, float], *, size: int, latin_share: float) -> list[str]:
    """The tokens of the vocabulary: letters, digits, years, all characters, then the commonest words.

    `size` is the number of tokens in all with the unknown one, `latin_share` the part of the words that is English.
    """
    tokens = dict.fromkeys([*_ALPHABET, *map(str, _YEARS), *sorted(word[1:] for word in counts if word[0] == "=")])
    room = max(size - 1 - len(tokens), 0)
    words = sorted(
        ((word, count) for word, count in counts.items() if word[0] != "=" and word not in tokens and len(word) > 1),
        key=lambda item: (-item[1], item[0]),
    )
    latin = [word for word, _ in words if word.isascii() and len(word) <= 2 * _LONGEST_WORD][: int(room * latin_share)]
    tokens.update(dict.fromkeys(latin))
    for word, count in words:
        if len(tokens) >= size - 1:
            break
        if not word.isascii() and len(word) <= _LONGEST_WORD and (count >= _SURELY_A_WORD or _is_in_dictionary(word)):
            tokens[word] = None
    return list(tokens)


def _is_in_dictionary(word: str) -> bool:
    """Whether rjieba knows the word; it guesses others from their characters, often wrongly."""
    import rjieba

    return bool(rjieba.cut(word, False) == [word])
