"""Chooses the weights of the ranking on questions that nothing else is measured with.

    python -m embeddings.train --for-weights --data DIR --out MODEL
    python -m tests.quality.weights --data DIR --model MODEL

DIR is the folder of training files. The questions are another tenth of them than the one held out for measuring
(`embeddings.corpus.weights_part`, `is_for_weights`), and MODEL is trained without both and without the whole collection of
the encyclopedia, since a model makes meaning look better than it is on what it has seen. Every combination of power,
closeness and weight of meaning (see `assistant.retrieval.fusion`) ranks the same candidates; printed are recall@1 and
recall@5 of each set and, best first, the mean of them all. Chosen is, of those whose mean lies within one standard error
of the best (of the difference, question by question), the one that lets meaning count least beside a text that meets half
of the question's words: names and numbers keep the first word.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.retrieval import _fill, _report
from assistant.index.build import Index
from assistant.language.script import script_of
from assistant.retrieval.fusion import CLOSENESS, MEANING_WEIGHT, WORDS_POWER
from assistant.retrieval.ranking import Ranker
from embeddings.corpus import (
    PROJECT_PAIRS,
    is_for_weights,
    is_held_out,
    read_domain_rows,
    read_pairs,
    read_texts,
    weights_part,
)
from embeddings.load import describe, load_model

POWERS = (1.5, 1.75, 2.0, 2.5, 3.0)
CLOSENESSES = (0.0, 0.3, 0.45, 0.6, 0.9, 1.2, 1.6)
MEANINGS = (0.2, 0.27, 0.34, 0.42, 0.52, 0.65, 0.8)
TRIED = (POWERS, CLOSENESSES, MEANINGS)
LAW = "text_law_articles.jsonl.gz"
ARTICLES = 6_000  # of law, beside those asked about
SENTENCES = 800


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's candidates: whether each answers it, and what the fusion is made of."""

    gold: NDArray[np.bool_]
    words: NDArray[np.float64]
    likeness: NDArray[np.float64]
    closeness: NDArray[np.float64]
    weight: float


def sets_of(data: Path) -> Iterator[tuple[str, list[str], list[tuple[str, str]]]]:
    """Each set's name, its passages, and its questions with the passage that answers them."""
    pairs = read_pairs(data)
    drcd = [pair for pair in pairs["pairs_drcd_dev"] if pair.kind == "qa"]
    asked = [pair for pair in weights_part("pairs_drcd_dev", pairs["pairs_drcd_dev"]) if pair.kind == "qa"]
    told = {pair.query: pair.passage for pair in pairs["pairs_drcd_dev"] if pair.kind == "qs"}
    windows = list(dict.fromkeys(pair.passage for pair in drcd))  # of a paragraph there are several, which overlap
    golden = [(pair.query, one) for pair in asked for one in windows if told.get(pair.query, pair.passage) in one]
    yield "encyclopedia", windows, golden
    asked = weights_part("pairs_stard", pairs["pairs_stard"])
    asked = [pair for pair in asked if pair.kind == "qa"]
    articles = list(read_texts(data, LAW))
    articles = [pair.passage for pair in pairs["pairs_stard"]] + articles[:: len(articles) // ARTICLES]
    yield "law", articles, [(pair.query, pair.passage) for pair in asked]
    rows = [row for row in read_domain_rows(data, PROJECT_PAIRS) if not is_held_out(row.sentence)]
    chosen = [row for row in rows if is_for_weights(row.sentence)]
    sentences = [row.sentence for row in (*chosen, *rows)][: max(SENTENCES, len(chosen))]
    yield "everyday Chinese", sentences, [(question, row.sentence) for row in chosen for question in row.chinese]
    yield "everyday English", sentences, [(question, row.sentence) for row in chosen for question in row.english]


def candidates(passages: Sequence[str], questions: Sequence[tuple[str, str]], model: str) -> Iterator[Asked]:
    """What the application's ranking finds for each question."""
    passages = list(dict.fromkeys(passages))
    numbers = {passage: number for number, passage in enumerate(passages)}
    golden: dict[str, set[int]] = {}
    for question, passage in questions:
        golden.setdefault(question, set()).add(numbers[passage])
    embeddings = load_model(model)
    with (
        tempfile.TemporaryDirectory() as folder,
        Index(Path(folder), embeddings, model=describe(embeddings)) as index,
    ):
        _fill(index, embeddings, _report(passages))
        ranker = Ranker(index)
        with index.library.at_hand():
            for question, gold in golden.items():
                found = sorted(ranker.passages(ranker.query(question, script_of(question))), key=lambda one: one.place)
                close = np.array([one.closeness for one in found])
                yield Asked(
                    np.array([one.place.passage in gold for one in found]),
                    np.array([one.words for one in found]),
                    np.array([one.meaning for one in found]) - CLOSENESS * close,
                    close,
                    found[0].weight / MEANING_WEIGHT if found else 0.0,
                )


def recalls(asked: Sequence[Asked], power: float, closeness: float, meaning: float) -> NDArray[np.float64]:
    """For each question, whether it is answered first, and whether among the first five, with these weights."""
    ranks = []
    for one in asked:
        scores = one.words**power + meaning * one.weight * (one.likeness + closeness * one.closeness)
        best = max(scores[one.gold], default=-np.inf)
        ranks.append(int((scores > best).sum()) if one.gold.any() else len(scores))
    return np.array([(rank < 1, rank < 5) for rank in ranks], dtype=np.float64)


def mean_of(found: Sequence[NDArray[np.float64]]) -> float:
    """The mean of both recalls of all sets."""
    return float(np.mean([one.mean() for one in found]))


def behind(found: Sequence[NDArray[np.float64]], best: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """How far the mean of some weights lies below the best, and the standard error of that."""
    apart = [(b - f).mean(axis=1) for f, b in zip(found, best, strict=True)]
    error = np.sqrt(sum(one.var(ddof=1) / len(one) for one in apart)) / len(apart)
    return float(np.mean([one.mean() for one in apart])), float(error)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.weights", description="Choose the ranking's weights."
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of training files")
    parser.add_argument("--model", required=True, help="folder of a model trained with --for-weights")
    options = parser.parse_args()
    sets: dict[str, list[Asked]] = {}
    for name, passages, questions in sets_of(options.data):
        sets[name] = list(candidates(passages, questions, options.model))
        sys.stderr.write(f"{name}: {len(sets[name])} questions\n")
    tried = {weights: [recalls(asked, *weights) for asked in sets.values()] for weights in product(*TRIED)}
    ranked = sorted(tried, key=lambda weights: -mean_of(tried[weights]))
    near = [one for one in ranked if (apart := behind(tried[one], tried[ranked[0]]))[0] <= apart[1]]
    chosen = min(near, key=lambda one: one[2] * (1 + one[1]) / 0.5 ** one[0])
    sys.stdout.write(f"power closeness meaning   mean   {'   '.join(sets)}\n")
    for weights in ranked:
        notes = "  near the best" if weights in near else ""
        notes += "  chosen" if weights == chosen else ""
        notes += "  in use" if weights == (WORDS_POWER, CLOSENESS, MEANING_WEIGHT) else ""
        told = "   ".join("{:.3f} {:.3f}".format(*one.mean(axis=0)) for one in tried[weights])
        row = f"{weights[0]:5} {weights[1]:9} {weights[2]:7}   {mean_of(tried[weights]):.4f}   {told}{notes}"
        sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main()
