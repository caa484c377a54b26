"""Reads the files that a static model is trained on and measured with, and says which rows are held out.

Three kinds of files: `text_*.jsonl.gz` (`{"t": text}`), `pairs_*.jsonl.gz` (`{"a": query-like, "b": passage-like,
"t": kind}`) and `*pairs*.jsonl` with one official sentence a line and its everyday questions (`DomainRow`). Nothing
is tokenised or changed here.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.errors import EmbeddingError

HELD_OUT_FILES = frozenset({"pairs_cmrc_trial"})
"""Pair files that are for measuring only."""

HELD_OUT_ENDS = frozenset({"pairs_drcd_dev", "pairs_ntrex", "pairs_stard"})
"""Pair files whose last tenth is for measuring only (the rows of one document stand together)."""

UNSEEN_FOR_WEIGHTS = "pairs_drcd_dev"
"""The pair file that the model for choosing weights sees nothing of, as a model sees nothing of most people's texts."""

PROJECT_PAIRS = Path(__file__).parent / "data"
"""The project's own sentences with questions."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A query-like text, the passage-like text that belongs to it, and what kind of pair it is."""

    query: str
    passage: str
    kind: str


@dataclass(frozen=True, slots=True)
class DomainRow:
    """An official sentence, the everyday questions that it answers, and `official = everyday / English` words."""

    topic: str
    sentence: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    keywords: tuple[str, ...]


def read_texts(folder: Path, files: str = "text_*.jsonl.gz") -> Iterator[str]:
    """Every running text of the folder, file by file in the order of their names."""
    for path in sorted(folder.glob(files)):
        for row in _rows(path):
            yield str(row["t"])


def read_pairs(folder: Path) -> dict[str, list[Pair]]:
    """The pairs of each pair file, by the file's name without its suffixes."""
    return {
        path.name.removesuffix(".jsonl.gz"): [Pair(row["a"], row["b"], row.get("t", "")) for row in _rows(path)]
        for path in sorted(folder.glob("pairs_*.jsonl.gz"))
    }


def training_part(name: str, pairs: list[Pair], *, for_weights: bool = False) -> list[Pair]:
    """The pairs of a file that may be trained on; `for_weights` leaves `weights_part` out as well."""
    if name in HELD_OUT_FILES or (for_weights and name == UNSEEN_FOR_WEIGHTS):
        return []
    tenths = (2 if for_weights else 1) if name in HELD_OUT_ENDS else 0
    return pairs[: len(pairs) - tenths * (len(pairs) // 10)]


def weights_part(name: str, pairs: list[Pair]) -> list[Pair]:
    """The tenth before the one held out: the weights of the ranking are chosen on it, with a model trained without it."""
    tenth = len(pairs) // 10 if name in HELD_OUT_ENDS else 0
    return pairs[len(pairs) - 2 * tenth : len(pairs) - tenth]


def read_domain_rows(*folders: Path) -> list[DomainRow]:
    """The sentences with questions of all folders, each sentence once, in the order of the files' names."""
    seen: dict[str, DomainRow] = {}
    for folder in folders:
        for path in sorted(folder.glob("*pairs*.jsonl")):
            for row in _rows(path):
                seen.setdefault(
                    row["sentence"],
                    DomainRow(
                        topic=row.get("topic", ""),
                        sentence=row["sentence"],
                        chinese=tuple(row.get("zh", ())),
                        english=tuple(row.get("en", ())),
                        keywords=tuple(row.get("keywords", ())),
                    ),
                )
    return list(seen.values())


def read_lexicon(folder: Path) -> list[Pair]:
    """The terms of `lexicon.tsv` with their English or everyday wording; empty when there is no such file."""
    path = folder / "lexicon.tsv"
    if not path.is_file():
        return []
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return [Pair(row[0].strip(), row[1].strip(), "lexicon") for row in rows]


def is_held_out(text: str) -> bool:
    """Whether a row belongs to the tenth that is for measuring only; by hash, so that it stays so for ever."""
    return zlib.crc32(text.encode()) % 10 == 0


def is_for_weights(text: str) -> bool:
    """Whether a row belongs to another tenth, on which the weights of the ranking are chosen (see `weights_part`)."""
    return zlib.crc32(text.encode()) % 10 == 1


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line; raises EmbeddingError that names a line that is none."""
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise EmbeddingError(
                    en=f"Line {number} of {path} is not JSON: {error}.", zh=f"{path} 第 {number} 行不是 JSON：{error}。"
                ) from error
            yield row
