"""Trains the bundled model from a folder of training files, in one command.

    python -m embeddings.train --data DIR --out embeddings/model

Count words, choose the tokens, make first vectors from running text, fine-tune on the pairs, store with eight bits a
number. Everything is seeded. `--initial FILE` keeps the state before fine-tuning, so that this last stage can be run
again alone. What is measured with is left out (see `corpus`); measuring itself is done by `evaluate`.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.corpus import (
    PROJECT_PAIRS,
    DomainRow,
    Pair,
    is_held_out,
    read_domain_rows,
    read_lexicon,
    read_pairs,
    read_texts,
    training_part,
)
from embeddings.finetune import Recipe, Source, TokenLists, finetune
from embeddings.initial import initial_vectors
from embeddings.tokenizer import build_tokenizer
from embeddings.vocabulary import choose_tokens, count_words

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

log = logging.getLogger("embeddings.train")

_VOCABULARY_SIZE = 52_000
_LATIN_SHARE = 0.22
_DIMENSIONS = 256
_SEED = 20261120
_DOMAIN_WEIGHT = 20.0
_KEYWORD = re.compile(r"^(?P<official>[^=]+?)\s*=\s*(?P<everyday>[^/]*?)\s*(?:/\s*(?P<english>.+))?$")
_TEXTS_A_CHUNK = 10_000
_LONGEST_GLOSS = 4
_SPLIT = re.compile(r"[、,，;；]\s*")


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


def parse_keyword(text: str) -> Keyword | None:
    """Reads `official = everyday、everyday / English`; None when the text has no such form."""
    match = _KEYWORD.match(text)
    if match is None:
        return None
    everyday = tuple(part for part in _SPLIT.split(match["everyday"].strip()) if part)
    return Keyword(match["official"].strip(), everyday, (match["english"] or "").strip())


def gather(data: Path, project_pairs: Path = PROJECT_PAIRS) -> Material:
    """Reads everything but the running texts, without what is held out."""
    pairs = {name: training_part(name, rows) for name, rows in read_pairs(data).items()}
    rows = read_domain_rows(data, project_pairs)
    return Material(data, pairs, [row for row in rows if not is_held_out(row.sentence)], read_lexicon(data))


def count_all(material: Material) -> Counter[str]:
    """Word counts over all material; the project's own sentences weigh more, since their words must be known."""
    counts = count_words(read_texts(material.data))
    for name, pairs in material.pairs.items():
        weight = {"pairs_gov": 0.0, "pairs_law": 0.0, "pairs_pydoc": 0.3, "pairs_cow": 0.5}.get(name, 1.0)
        if weight:
            counts.update(count_words((text for pair in pairs for text in (pair.query, pair.passage)), weight=weight))
    own = (text for row in material.domain for text in (row.sentence, *row.chinese, *row.english, *row.keywords))
    counts.update(count_words(own, weight=_DOMAIN_WEIGHT))
    counts.update(count_words((f"{p.query} {p.passage}" for p in material.lexicon), weight=_DOMAIN_WEIGHT))
    return counts


def _source(
    tokenizer: Tokenizer,
    name: str,
    pairs: Iterable[tuple[str, str]],
    *,
    weight: float,
    batch: int = 1024,
    overlap_dropout: float = 0.0,
    translated: float = 0.0,
) -> Source:
    """Cuts pairs into tokens; pairs with the same passage are of one group."""
    rows = list(pairs)
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(passage, len(numbers)) for _, passage in rows]
    return Source(
        name=name,
        queries=_cut(tokenizer, [query for query, _ in rows]),
        passages=_cut(tokenizer, [passage for _, passage in rows]),
        groups=groups,
        weight=weight if rows else 0.0,
        batch=batch,
        overlap_dropout=overlap_dropout,
        translated=translated,
    )


def _cut(tokenizer: Tokenizer, texts: Sequence[str]) -> TokenLists:
    """The token numbers of the texts; one without any known token gets the unknown one."""
    return TokenLists(
        [token for token in encoding.ids if token] or [0]
        for start in range(0, len(texts), _TEXTS_A_CHUNK)
        for encoding in tokenizer.encode_batch_fast(texts[start : start + _TEXTS_A_CHUNK], add_special_tokens=False)
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How often a batch is taken from a file, and what part of its questions is thinned out or translated."""

    weight: float
    overlap_dropout: float = 0.0
    translated: float = 0.0


_SHARES = {
    "pairs_gov": Share(3.0, 0.5, 0.15),
    "pairs_law": Share(2.0, 0.5, 0.15),
    "pairs_stard": Share(1.0, 0.5),
    "pairs_lecoqa": Share(1.0, 0.5),
    "pairs_cmrc2019": Share(0.3, 0.3, 0.2),
    "pairs_drcd_dev": Share(2.0, 0.4, 0.3),
    "pairs_tatoeba": Share(2.0),
    "pairs_ntrex": Share(2.0),
    "pairs_pydoc": Share(1.0),
    "pairs_cedict": Share(3.0),
    "pairs_cow": Share(0.5),
}
_OTHER_SHARE = Share(1.0, 0.5)


def sources_of(material: Material, tokenizer: Tokenizer) -> list[Source]:
    """The pairs of all files and of the project's own sentences, as sources of batches."""
    sources = []
    for name, pairs in material.pairs.items():
        share = _SHARES.get(name, _OTHER_SHARE)
        sources.append(
            _source(
                tokenizer,
                name,
                ((pair.query, pair.passage) for pair in pairs),
                weight=share.weight,
                overlap_dropout=share.overlap_dropout,
                translated=share.translated,
            )
        )
    domain = material.domain
    chinese = [(question, row.sentence) for row in domain for question in row.chinese]
    english = [(question, row.sentence) for row in domain for question in row.english]
    across = [(en, zh) for row in domain for en in row.english for zh in row.chinese]
    terms: list[tuple[str, str]] = [(pair.passage, pair.query) for pair in material.lexicon]
    for row in domain:
        for keyword in filter(None, map(parse_keyword, row.keywords)):
            terms += [(everyday, keyword.official) for everyday in keyword.everyday]
            terms += [(keyword.english, keyword.official)] if keyword.english else []
    return [
        *sources,
        _source(tokenizer, "domain_zh", chinese, weight=4.0, batch=512),
        _source(tokenizer, "domain_en", english, weight=3.0, batch=512),
        _source(tokenizer, "domain_across", across, weight=1.0, batch=512),
        _source(tokenizer, "domain_terms", terms, weight=1.0, batch=512),
    ]


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


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight bits a number and one factor a row; `rows * factors[:, None]` is the table again."""
    factors = np.abs(table).max(axis=1) / 127.0
    rows = np.rint(table / np.where(factors > 0, factors, 1.0)[:, None]).astype(np.int8)
    return rows, factors.astype(np.float32)


def save_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Writes a sentence-transformers folder (StaticEmbedding and Normalize) in model2vec's form of the weights."""
    from safetensors.numpy import save

    rows, factors = quantise(table)
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "model.safetensors").write_bytes(save({"embeddings": rows, "weights": factors}))
    static = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
    normalise = "sentence_transformers.base.modules.normalize.Normalize"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": static},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": normalise},
    ]
    settings: dict[str, object] = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    for path, value in {
        "modules.json": modules,
        "config_sentence_transformers.json": settings,
        "1_Normalize/config.json": {},
    }.items():
        (folder / path).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def prepare(material: Material, *, size: int, dimensions: int) -> tuple[list[str], NDArray[np.float32]]:
    """The tokens and the first vectors."""
    tokens = choose_tokens(count_all(material), size=size, latin_share=_LATIN_SHARE)
    log.info("%d tokens", len(tokens) + 1)
    tokenizer = build_tokenizer(tokens)
    glosses = [pair for pair in material.pairs.get("pairs_cedict", []) if not pair.query.isascii()]
    texts = read_texts(material.data)
    return tokens, initial_vectors(texts, glosses, tokenizer, dimensions=dimensions, seed=_SEED)


def _read_initial(path: Path) -> tuple[list[str], NDArray[np.float32]]:
    """The tokens and the first vectors, as an earlier run kept them."""
    with np.load(path) as kept:
        return kept["tokens"].tolist(), kept["table"]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; progress goes to the log."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.train", description="Train the bundled model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of training files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--initial", type=Path, help="file that keeps the state before fine-tuning")
    parser.add_argument("--project-pairs", type=Path, default=PROJECT_PAIRS, help="folder of the project's own pairs")
    parser.add_argument("--size", type=int, default=_VOCABULARY_SIZE, help="number of tokens")
    parser.add_argument("--dimensions", type=int, default=_DIMENSIONS)
    parser.add_argument("--steps", type=int, default=3000, help="steps of fine-tuning")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    material = gather(options.data, options.project_pairs)
    log.info("%d sentences with questions", len(material.domain))
    if options.initial and options.initial.is_file():
        tokens, table = _read_initial(options.initial)
    else:
        tokens, table = prepare(material, size=options.size, dimensions=options.dimensions)
        if options.initial:
            np.savez(options.initial, tokens=np.array(tokens), table=table)
    log.info("first vectors are ready")
    tokenizer = build_tokenizer(tokens)
    recipe = Recipe(steps=options.steps, seed=_SEED)
    table = finetune(
        table,
        sources_of(material, tokenizer),
        recipe,
        glosses_of(material, tokenizer),
        report=lambda step, loss: log.info("step %d of %d, loss %.3f", step, recipe.steps, loss),
    )
    save_model(options.out, tokenizer, table)
    log.info("saved in %s", options.out)


if __name__ == "__main__":
    main()
