"""Turns the training files into what the training takes: word counts, sources of pairs, a word-by-word dictionary.

How often each file is drawn from, and how its pairs are varied, is decided here and nowhere else. What is held out
(see `corpus`) never gets in. Nothing is trained here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.corpus import (
    PROJECT_PAIRS,
    DomainRow,
    Pair,
    is_for_weights,
    is_held_out,
    read_domain_rows,
    read_lexicon,
    read_pairs,
    read_texts,
    training_part,
)
from embeddings.finetune import Source, TokenLists
from embeddings.vocabulary import count_words

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_TEXTS_A_CHUNK = 10_000
_LONGEST_GLOSS = 4
_KEYWORD = re.compile(r"^(?P<official>[^=]+?)\s*=\s*(?P<everyday>[^/]*?)\s*(?:/\s*(?P<english>.+))?$")
_SPLIT = re.compile(r"[、,，;；]\s*")


@dataclass(frozen=True, slots=True)
class Share:
    """How often a batch is drawn from a kind of pairs, its size, and what part of the questions is varied."""

    weight: float
    overlap_dropout: float = 0.0
    translated: float = 0.0
    batch: int = 1024


_SHARES = {
    "pairs_gov": Share(2.0, 0.7, 0.15),
    "pairs_law": Share(1.4, 0.7, 0.15),
    "pairs_stard": Share(1.0, 0.5),
    "pairs_lecoqa": Share(1.0, 0.5),
    "pairs_cmrc2019": Share(0.3, 0.3, 0.2),
    "pairs_drcd_dev": Share(2.0, 0.5, 0.3),
    "pairs_tatoeba": Share(2.0),
    "pairs_ntrex": Share(2.0),
    "pairs_pydoc": Share(1.0),
    "pairs_cedict": Share(3.0),
    "pairs_cow": Share(0.5),
}
_OTHER_SHARE = Share(1.0, 0.5)
_DOMAIN_SHARES = {
    "chinese question, sentence": Share(2.2, batch=512),
    "English question, sentence": Share(1.7, batch=512),
    "English question, Chinese question": Share(0.6, batch=512),
    "Chinese question, another of the same sentence": Share(0.6, batch=512),
    "wording, official term": Share(0.6, batch=512),
}
# How much a file's words count for the vocabulary; the running texts hold the words of laws and reports already, and
# the words of the project's own sentences and questions must be known.
_COUNT_WEIGHTS = {"pairs_gov": 0.0, "pairs_law": 0.0, "pairs_pydoc": 0.3, "pairs_cow": 0.5}
_DOMAIN_COUNT_WEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class Material:
    """All that is trained on; nothing that is held out is in it."""

    data: Path
    pairs: dict[str, list[Pair]]
    domain: list[DomainRow]
    lexicon: list[Pair]


@dataclass(frozen=True, slots=True)
class Keyword:
    """An official term, its everyday wordings and its English one (empty when there is none)."""

    official: str
    everyday: tuple[str, ...]
    english: str


def gather(data: Path, project_pairs: Path = PROJECT_PAIRS, *, for_weights: bool = False) -> Material:
    """Reads everything but the running texts, without what is held out.

    `for_weights` also leaves out the tenth on which the weights of the ranking are chosen.
    """
    pairs = {name: training_part(name, rows, for_weights=for_weights) for name, rows in read_pairs(data).items()}
    rows = [row for row in read_domain_rows(data, project_pairs) if not is_held_out(row.sentence)]
    if for_weights:
        rows = [row for row in rows if not is_for_weights(row.sentence)]
    return Material(data, pairs, rows, read_lexicon(data))


def count_all(material: Material) -> Counter[str]:
    """Word counts over all material, running texts included."""
    counts = count_words(read_texts(material.data))
    for name, pairs in material.pairs.items():
        if weight := _COUNT_WEIGHTS.get(name, 1.0):
            counts.update(count_words((text for pair in pairs for text in (pair.query, pair.passage)), weight=weight))
    own = (text for row in material.domain for text in (row.sentence, *row.chinese, *row.english, *row.keywords))
    counts.update(count_words(own, weight=_DOMAIN_COUNT_WEIGHT))
    terms = (f"{pair.query} {pair.passage}" for pair in material.lexicon)
    counts.update(count_words(terms, weight=_DOMAIN_COUNT_WEIGHT))
    return counts


def parse_keyword(text: str) -> Keyword | None:
    """Reads `official = everyday、everyday / English`; None when the text has no such form."""
    match = _KEYWORD.match(text)
    if match is None:
        return None
    everyday = tuple(part for part in _SPLIT.split(match["everyday"].strip()) if part)
    return Keyword(match["official"].strip(), everyday, (match["english"] or "").strip())


def general_sources(material: Material, tokenizer: Tokenizer) -> list[Source]:
    """The pairs of all files."""
    return [
        _source(tokenizer, name, [(pair.query, pair.passage) for pair in pairs], _SHARES.get(name, _OTHER_SHARE))
        for name, pairs in material.pairs.items()
        if pairs
    ]


def domain_sources(material: Material, tokenizer: Tokenizer) -> list[Source]:
    """The project's own kind of pairs: questions and sentences, questions in two languages, wordings and terms."""
    rows = material.domain
    terms = [(pair.passage, pair.query) for pair in material.lexicon]
    for keyword in filter(None, (parse_keyword(text) for row in rows for text in row.keywords)):
        terms += [(wording, keyword.official) for wording in (*keyword.everyday, keyword.english) if wording]
    kinds = (
        [(question, row.sentence) for row in rows for question in row.chinese],
        [(question, row.sentence) for row in rows for question in row.english],
        [(english, chinese) for row in rows for english in row.english for chinese in row.chinese],
        [pair for row in rows for pair in combinations(row.chinese, 2)],
        terms,
    )
    named = zip(_DOMAIN_SHARES.items(), kinds, strict=True)
    return [_source(tokenizer, name, pairs, share) for (name, share), pairs in named if pairs]


def glosses_of(material: Material, tokenizer: Tokenizer) -> dict[int, list[list[int]]]:
    """For each Chinese token the English tokens of its dictionary glosses, the short ones only."""
    glosses: dict[int, list[list[int]]] = {}
    words = tokenizer.get_vocab()
    pairs = [pair for pair in material.pairs.get("pairs_cedict", []) if pair.kind == "dict1"]
    pairs = [pair for pair in pairs if pair.query.isascii() and pair.passage in words]
    pairs += [Pair(pair.passage, pair.query, pair.kind) for pair in material.lexicon if pair.query in words]
    cut = tokenizer.encode_batch_fast([pair.query for pair in pairs], add_special_tokens=False)
    for pair, encoding in zip(pairs, cut, strict=True):
        if 0 < len(encoding.ids) <= _LONGEST_GLOSS:
            glosses.setdefault(words[pair.passage], []).append(encoding.ids)
    return glosses


def _source(tokenizer: Tokenizer, name: str, pairs: Sequence[tuple[str, str]], share: Share) -> Source:
    """Cuts pairs into tokens; pairs with the same passage are of one group."""
    numbers: dict[str, int] = {}
    return Source(
        name=name,
        queries=_cut(tokenizer, [query for query, _ in pairs]),
        passages=_cut(tokenizer, [passage for _, passage in pairs]),
        groups=[numbers.setdefault(passage, len(numbers)) for _, passage in pairs],
        weight=share.weight,
        batch=share.batch,
        overlap_dropout=share.overlap_dropout,
        translated=share.translated,
    )


def _cut(tokenizer: Tokenizer, texts: Sequence[str]) -> TokenLists:
    """The token numbers of the texts; a text without any known token gets the unknown one."""
    return TokenLists(
        encoding.ids or [0]
        for start in range(0, len(texts), _TEXTS_A_CHUNK)
        for encoding in tokenizer.encode_batch_fast(texts[start : start + _TEXTS_A_CHUNK], add_special_tokens=False)
    )
