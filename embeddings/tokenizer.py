"""Builds the tokenizer of a static model: a list of words becomes one self-contained `tokenizer.json`.

The text is folded (NFKC, lower case, Traditional to Simplified character by character; punctuation and characters
without a token become spaces) by one compiled character map, split at white space, and cut from the left into the
longest words of the list. One map instead of a chain of normalisers, no regular expression, and no lattice: that is
what makes it fast and small (LOG.md has the alternatives). Nothing is counted or trained here.
"""

from __future__ import annotations

import io
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
# Cutting takes time with the square of a run's length: runs without blanks are cut into pieces of this length first.
_LONGEST_RUN = 24
_FIRST_PLANE = 0xFFFF
_SPACE = 0x20


def build_tokenizer(words: Iterable[str]) -> Tokenizer:
    """The tokenizer whose tokens are the unknown token (number 0) and the words, in their order.

    Every character of the words should be a word itself, since a run with a character that is none becomes unknown as
    a whole; a character that stands in no word is taken for a space.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    numbers = {word: number for number, word in enumerate((UNKNOWN, *words))}
    model = models.WordPiece(
        numbers, unk_token=UNKNOWN, continuing_subword_prefix="", max_input_chars_per_word=_LONGEST_RUN
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Precompiled(_compiled_map(frozenset(w for w in numbers if len(w) == 1)))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.FixedLength(_LONGEST_RUN)]
    )
    return tokenizer


def fold(text: str) -> str:
    """The text as the tokenizer folds it, for counting words; punctuation and blanks become spaces."""
    return text.translate(_character_map())


def _characters() -> Iterator[int]:
    """The codes that a text may hold: all of the first plane (private ones too), beyond it the assigned ones."""
    for code in range(1, sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category != "Cs" and code != _SPACE and (code <= _FIRST_PLANE or category not in ("Cn", "Co")):
            yield code


@cache
def _character_map() -> dict[int, str]:
    """What each character becomes; characters that stay as they are, are left out."""
    import opencc

    to_simplified = opencc.OpenCC("t2s")
    folded: dict[int, str] = {}
    for code in _characters():
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character).lower()
        plain = unicodedata.normalize("NFKC", to_simplified.convert(plain))
        result = "".join(part if part.isalnum() else " " for part in plain)
        result = " " if not result.strip() else result
        if result != character:
            folded[code] = result
    return folded


@cache
def _compiled_map(known: frozenset[str]) -> bytes:
    """The character map, with spaces for all but the known characters, as the `Precompiled` normaliser wants it.

    That is a double-array trie, as sentencepiece makes it. sentencepiece compiles its map only while it trains, so
    that a throw-away model of two private characters, which no map touches, is trained.
    """
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    mapping = {ord(character): " " for character in map(chr, _characters()) if character not in known}
    for code, result in _character_map().items():
        mapping[code] = "".join(part if part in known else " " for part in result)
    rules = "".join(
        f"{code:X}\t{' '.join(f'{ord(part):X}' for part in result)}\n" for code, result in sorted(mapping.items())
    )
    model = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.tsv"
        path.write_text(rules, encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["\U000f0000 \U000f0001"] * 10),
            model_writer=model,
            model_type="char",
            vocab_size=10,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(path),
            minloglevel=2,
        )
    parsed = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
    parsed.ParseFromString(model.getvalue())
    compiled: bytes = parsed.normalizer_spec.precompiled_charsmap
    return compiled
