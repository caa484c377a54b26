"""Trains the bundled model from a folder of training files, in one command.

    python -m embeddings.train --data DIR --out embeddings/model

Count words, choose the tokens, make first vectors from running text, fine-tune on the pairs of all files together with
the project's own sentences and questions, several times with other seeds, and store the average. Everything is seeded. `--state FILE` keeps tokens and
first vectors, so that the fine-tuning can be run again alone when sentences are added. What is measured with is left
out (see `corpus`); measuring itself is done by `evaluate`.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.corpus import PROJECT_PAIRS, read_texts
from embeddings.finetune import Glosses, Recipe, Source, finetune
from embeddings.initial import initial_vectors
from embeddings.material import Material, count_all, domain_sources, gather, general_sources, glosses_of
from embeddings.store import save_model
from embeddings.tokenizer import build_tokenizer
from embeddings.vocabulary import choose_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger("embeddings.train")

# 52,000 rows of 256 bytes, the tokenizer and the pairs in `data` are 15.7 MB, just below what the repository should hold.
_VOCABULARY_SIZE = 52_000
_DIMENSIONS = 256
_LATIN_SHARE = 0.22
_SEED = 20261120
_STEPS = 1600
_RUNS = 4


def first_vectors(material: Material, *, size: int, dimensions: int) -> tuple[list[str], NDArray[np.float32]]:
    """The tokens, and the vectors that running text and dictionary give them."""
    tokens = choose_tokens(count_all(material), size=size, latin_share=_LATIN_SHARE)
    log.info("%d tokens", len(tokens) + 1)
    glosses = [pair for pair in material.pairs.get("pairs_cedict", []) if not pair.query.isascii()]
    texts = read_texts(material.data)
    table = initial_vectors(texts, glosses, build_tokenizer(tokens), dimensions=dimensions, seed=_SEED)
    log.info("first vectors are ready")
    return tokens, table


def train(data: Path, out: Path, *, options: argparse.Namespace) -> None:
    """All stages; `options` are those of the command line."""
    material = gather(data, options.project_pairs, for_weights=options.for_weights)
    log.info("%d sentences with questions", len(material.domain))
    if options.state and options.state.is_file():
        tokens, table = _read_state(options.state)
    else:
        tokens, table = first_vectors(material, size=options.size, dimensions=options.dimensions)
        if options.state:
            np.savez(options.state, tokens=np.array(tokens), table=table)
    tokenizer = build_tokenizer(tokens)
    sources = [*general_sources(material, tokenizer), *domain_sources(material, tokenizer)]
    log.info("%d pairs", sum(len(source.queries) for source in sources))
    save_model(out, tokenizer, average_of_runs(table, sources, glosses_of(material, tokenizer), options))
    log.info("saved in %s", out)


def average_of_runs(
    table: NDArray[np.float32], sources: Sequence[Source], glosses: Glosses, options: argparse.Namespace
) -> NDArray[np.float32]:
    """The mean of several fine-tunings that differ only in their seed; far better than each on what is new to it."""
    total = np.zeros_like(table)
    for run in range(options.runs):
        recipe = Recipe(steps=options.steps, seed=_SEED + run)
        log.info("run %d of %d", run + 1, options.runs)
        total += finetune(table, sources, recipe, glosses, report=_log_step)
    return total / np.float32(options.runs)


def _log_step(step: int, loss: float) -> None:
    log.info("step %d, loss %.3f", step, loss)


def _read_state(path: Path) -> tuple[list[str], NDArray[np.float32]]:
    """The tokens and their vectors, as an earlier run kept them before fine-tuning."""
    with np.load(path) as kept:
        return kept["tokens"].tolist(), kept["table"]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; progress goes to the log."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.train", description="Train the bundled model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of training files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--project-pairs", type=Path, default=PROJECT_PAIRS, help="folder of the project's own pairs")
    parser.add_argument("--state", type=Path, help="file (.npz) that keeps the first vectors")
    parser.add_argument("--size", type=int, default=_VOCABULARY_SIZE, help="number of tokens")
    parser.add_argument("--dimensions", type=int, default=_DIMENSIONS, help="length of a vector")
    parser.add_argument("--steps", type=int, default=_STEPS, help="steps of one fine-tuning")
    parser.add_argument("--runs", type=int, default=_RUNS, help="how many fine-tunings are averaged")
    parser.add_argument(
        "--for-weights", action="store_true", help="leave out the tenth on which the ranking's weights are chosen"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(options.data, options.out, options=options)


if __name__ == "__main__":
    main()
