"""Builds the tokenizer of a static model: a word list becomes one self-contained `tokenizer.json`.

The text is folded (NFKC, lower case, Traditional to Simplified character by character, punctuation to spaces) by one
compiled character map, split at white space, and cut into the likeliest words of the list (a unigram model). One
map instead of a chain of normalisers, and no regular expression anywhere: that is what makes it fast. Numbers are cut
into single digits, except those in the list (years). Nothing is trained here; counts are given.
"""

from __future__ import annotations

import io
import math
import sys
import tempfile
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
# A word seen once in 10**8 words; a rarer one would be cut into its characters only by chance.
_LEAST_SHARE = 1e-8


def build_tokenizer(counts: Mapping[str, float]) -> Tokenizer:
    """The tokenizer whose tokens are the unknown token (number 0) and the words of `counts`, in their order.

    `counts` are occurrences, of any scale. Single characters should be among the words, otherwise texts that hold
    them get unknown tokens.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    total = sum(counts.values())
    scores = [(word, math.log(max(count / total, _LEAST_SHARE))) for word, count in counts.items()]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, 0.0), *scores], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Precompiled(_compiled_map())
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def fold(text: str) -> str:
    """The text as the tokenizer folds it, for counting words; punctuation and blanks become spaces."""
    return text.translate(_character_map())


@cache
def _character_map() -> dict[int, str]:
    """What each character becomes; characters that stay as they are, are left out."""
    import opencc

    to_simplified = opencc.OpenCC("t2s")
    folded: dict[int, str] = {}
    for code in range(0x21, sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in ("Cn", "Co", "Cs"):
            continue
        plain = unicodedata.normalize("NFKC", character).lower()
        plain = unicodedata.normalize("NFKC", to_simplified.convert(plain))
        result = "".join(part if part.isalnum() else " " for part in plain)
        result = " " if not result.strip() else result
        if result != character:
            folded[code] = result
    return folded


@cache
def _compiled_map() -> bytes:
    """The character map in the form of the `Precompiled` normaliser (a double-array trie, as sentencepiece makes it).

    sentencepiece compiles its map only while it trains, so that a throw-away model of a few letters is trained.
    """
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    rules = "".join(
        f"{code:X}\t{' '.join(f'{ord(part):X}' for part in result)}\n" for code, result in _character_map().items()
    )
    model = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.tsv"
        path.write_text(rules, encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["a b c d e"] * 10),
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
