"""Measures an embedding model alone on questions and the passages that answer them.

    python -m embeddings.evaluate PASSAGES QUESTIONS [--model DIR_OR_NAME] [--json]

PASSAGES holds `{"text": ...}` a line; QUESTIONS holds `{"question": ..., "gold": ...}` a line, where gold is
the line of the passage that answers, counted from 0 (blank lines too), or a list of such lines.
Told are recall@1, recall@5 and mrr@10, once with the vector of the whole passage and once with passage and best
sentence together, which is how the application ranks. Word search and fusion are measured elsewhere.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from embeddings.errors import EmbeddingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_QUESTIONS_A_BLOCK = 256


class Embedder(Protocol):
    """What is measured: anything with LangChain's two methods."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the numbers of the passages that answer it, counted from 0."""

    text: str
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Scores:
    """Parts of one (recall) and the mean reciprocal rank among the first ten."""

    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float


def read_passages(path: Path) -> list[str]:
    """The passages of a file, one JSON object with `text` a line; a blank line counts as an empty passage."""
    return [str(row["text"]) if row else "" for row in _json_lines(path)]


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, one JSON object with `question` and `gold` a line."""
    rows = [row for row in _json_lines(path) if row]
    golds = [row["gold"] if isinstance(row["gold"], list) else [row["gold"]] for row in rows]
    return [Question(str(row["question"]), frozenset(map(int, gold))) for row, gold in zip(rows, golds, strict=True)]


def measure(embedder: Embedder, passages: Sequence[str], questions: Sequence[Question]) -> dict[str, Scores]:
    """The scores with the passages' vectors alone (`passage`) and with their best sentences (`passage+sentence`)."""
    if not passages or not questions:
        raise EmbeddingError(
            en="There is nothing to measure: no passages or no questions.", zh="没有可测的内容：缺少段落或问题。"
        )
    asked = np.asarray([embedder.embed_query(question.text) for question in questions], dtype=np.float32)
    whole = np.asarray(embedder.embed_documents(list(passages)), dtype=np.float32)
    pieces, starts = _sentences(passages)
    parts = np.asarray(embedder.embed_documents(pieces), dtype=np.float32)
    alone: list[int] = []
    together: list[int] = []
    for start in range(0, len(questions), _QUESTIONS_A_BLOCK):
        block = asked[start : start + _QUESTIONS_A_BLOCK]
        by_passage = block @ whole.T
        by_sentence = np.maximum.reduceat(block @ parts.T, starts, axis=1)
        golds = [question.gold for question in questions[start : start + _QUESTIONS_A_BLOCK]]
        alone += _ranks(by_passage, golds)
        together += _ranks(_standardised(by_passage) + _standardised(by_sentence), golds)
    return {"passage": _scores(alone), "passage+sentence": _scores(together)}


def _sentences(passages: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """All sentences of all passages, and where each passage's begin; a passage without any is its own."""
    pieces: list[str] = []
    starts: list[int] = []
    for passage in passages:
        starts.append(len(pieces))
        pieces += _SENTENCE.findall(passage) or [passage]
    return pieces, np.asarray(starts, dtype=np.int64)


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each question's scores with mean 0 and standard deviation 1."""
    spread = scores.std(axis=1, keepdims=True)
    standardised: NDArray[np.float32] = (scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return standardised


def _ranks(scores: NDArray[np.float32], golds: Sequence[frozenset[int]]) -> list[int]:
    """The best rank of each question's gold passages, from 1; of equal scores the lower number comes first."""
    ranks = []
    for row, gold in zip(scores, golds, strict=True):
        best = min(gold, key=lambda number: (-row[number], number))
        ahead = row > row[best]
        level = row[:best] == row[best]
        ranks.append(1 + int(ahead.sum()) + int(level.sum()))
    return ranks


def _scores(ranks: Sequence[int]) -> Scores:
    count = len(ranks)
    return Scores(
        recall_at_1=round(sum(rank <= 1 for rank in ranks) / count, 4),
        recall_at_5=round(sum(rank <= 5 for rank in ranks) / count, 4),
        mrr_at_10=round(sum(1 / rank for rank in ranks if rank <= 10) / count, 4),
    )


def _json_lines(path: Path) -> list[dict[str, Any]]:
    try:
        # Not splitlines: other line ends may stand inside a string.
        text = path.read_text(encoding="utf-8-sig").rstrip()
        return [json.loads(line) if line.strip() else {} for line in (text.split("\n") if text else [])]
    except (OSError, ValueError) as error:
        raise EmbeddingError(en=f"{path} cannot be read: {error}.", zh=f"无法读取 {path}：{error}。") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; results go to standard output, errors to standard error with exit code 1."""
    from embeddings.load import load_embeddings

    parser = argparse.ArgumentParser(prog="python -m embeddings.evaluate", description="Measure an embedding model.")
    parser.add_argument("passages", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--model", help="folder or name; the bundled model when left out")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    try:
        scores = measure(
            load_embeddings(options.model), read_passages(options.passages), read_questions(options.questions)
        )
    except EmbeddingError as error:
        sys.stderr.write(f"{error.en}\n")
        return 1
    if options.json:
        sys.stdout.write(json.dumps({name: asdict(value) for name, value in scores.items()}) + "\n")
    else:
        sys.stdout.write(f"{'':18}recall@1 recall@5  mrr@10\n")
        for name, value in scores.items():
            sys.stdout.write(f"{name:18}{value.recall_at_1:8.3f} {value.recall_at_5:8.3f} {value.mrr_at_10:7.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
