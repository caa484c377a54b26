"""Trains the bundled model from a folder of training files, in one command.

    python -m embeddings.train --data DIR --out embeddings/model

Count words, choose the tokens, make first vectors from running text, fine-tune on the pairs, store with eight bits a
number. Everything is seeded. `--initial FILE` keeps the state before fine-tuning, so that this last stage can be run
again alone. What is measured with is left out (see `corpus`); measuring itself is done by `evaluate`.
"""

from __future__ import annotations

import argparse
import logging
import pickle
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
from embeddings.finetune import Recipe, Source, finetune
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
    in_order: bool = False,
) -> Source:
    """Cuts pairs into tokens; pairs with a side that has no token are left out."""
    rows = list(pairs)
    cut = [
        [encoding.ids for encoding in tokenizer.encode_batch_fast([row[side] for row in rows], add_special_tokens=False)]
        for side in (0, 1)
    ]
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(passage, len(numbers)) for _, passage in rows]
    kept = [place for place in range(len(rows)) if any(cut[0][place]) and any(cut[1][place])]
    return Source(
        name=name,
        queries=[cut[0][place] for place in kept],
        passages=[cut[1][place] for place in kept],
        groups=[groups[place] for place in kept],
        weight=weight if kept else 0.0,
        batch=batch,
        overlap_dropout=overlap_dropout,
        in_order=in_order,
    )


_FILE_WEIGHTS = {
    "pairs_gov": (3.0, 0.5),
    "pairs_law": (2.0, 0.5),
    "pairs_stard": (1.0, 0.5),
    "pairs_lecoqa": (1.0, 0.5),
    "pairs_cmrc2019": (0.3, 0.3),
    "pairs_drcd_dev": (2.0, 0.5),
    "pairs_tatoeba": (2.0, 0.0),
    "pairs_ntrex": (2.0, 0.0),
    "pairs_pydoc": (1.0, 0.0),
    "pairs_cedict": (3.0, 0.0),
    "pairs_cow": (0.5, 0.0),
}
"""How often a batch is taken from a file, and the part of its pairs whose shared words are thinned out."""


def sources_of(material: Material, tokenizer: Tokenizer) -> list[Source]:
    """The pairs of all files and of the project's own sentences, as sources of batches."""
    sources = [
        _source(
            tokenizer,
            name,
            ((pair.query, pair.passage) for pair in pairs),
            weight=_FILE_WEIGHTS.get(name, (1.0, 0.5))[0],
            overlap_dropout=_FILE_WEIGHTS.get(name, (1.0, 0.5))[1],
        )
        for name, pairs in material.pairs.items()
    ]
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


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight bits a number and one factor a row; `rows * factors[:, None]` is the table again."""
    factors = np.abs(table).max(axis=1) / 127.0
    rows = np.rint(table / np.where(factors > 0, factors, 1.0)[:, None]).astype(np.int8)
    return rows, factors.astype(np.float32)


def save_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Writes a sentence-transformers folder (StaticEmbedding and Normalize) in model2vec's form of the weights."""
    import json

    from safetensors.numpy import save_file

    rows, factors = quantise(table)
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_file({"embeddings": rows, "weights": factors}, folder / "model.safetensors")
    package = "sentence_transformers.sentence_transformer.modules"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{package}.static_embedding.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"},
    ]
    settings = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    for path, value in {
        "modules.json": modules,
        "config_sentence_transformers.json": settings,
        "1_Normalize/config.json": {},
    }.items():
        (folder / path).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def prepare(material: Material, *, size: int, dimensions: int) -> tuple[dict[str, float], NDArray[np.float32]]:
    """The tokens with their counts, and the first vectors."""
    tokens = choose_tokens(count_all(material), size=size, latin_share=_LATIN_SHARE)
    log.info("%d tokens", len(tokens) + 1)
    tokenizer = build_tokenizer(tokens)
    glosses = [pair for pair in material.pairs.get("pairs_cedict", []) if not pair.query.isascii()]
    texts = read_texts(material.data)
    return tokens, initial_vectors(texts, glosses, tokenizer, dimensions=dimensions, seed=_SEED)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; progress goes to the log."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.train", description="Train the bundled model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of training files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--initial", type=Path, help="file that keeps the state before fine-tuning")
    parser.add_argument("--size", type=int, default=_VOCABULARY_SIZE, help="number of tokens")
    parser.add_argument("--dimensions", type=int, default=_DIMENSIONS)
    parser.add_argument("--steps", type=int, default=3000, help="steps of fine-tuning")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    material = gather(options.data)
    log.info("%d sentences with questions", len(material.domain))
    if options.initial and options.initial.is_file():
        tokens, table = pickle.loads(options.initial.read_bytes())
    else:
        tokens, table = prepare(material, size=options.size, dimensions=options.dimensions)
        if options.initial:
            options.initial.write_bytes(pickle.dumps((tokens, table)))
    log.info("first vectors are ready")
    tokenizer = build_tokenizer(tokens)
    recipe = Recipe(steps=options.steps, seed=_SEED)
    table = finetune(
        table,
        sources_of(material, tokenizer),
        recipe,
        report=lambda step, loss: log.info("step %d of %d, loss %.3f", step, recipe.steps, loss),
    )
    save_model(options.out, tokenizer, table)
    log.info("saved in %s", options.out)


if __name__ == "__main__":
    main()
