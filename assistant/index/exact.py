"""Exact search by meaning: the cosine with every vector of the library, in NumPy.

It answers while Chroma is opened, built or owned by another process, and it gives the final score
of what Chroma finds, so that both ways give the same result. It writes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.library import Library
from assistant.index.places import WHOLE, Place, Scored, Unit
from assistant.index.rows import Matrix, Places, Stored

DECIMALS = 6  # of a score: finer differences come from the order of adding, not from meaning
_BLOCK = 4096  # rows made single precision at a time
_SLACK = 1e-5  # by how much single precision may misjudge a cosine
Floats = Sequence[float] | NDArray[np.floating]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The vectors of one report's sentences or passages, with where each belongs."""

    report_id: str
    places: Places
    vectors: Matrix
    lengths: NDArray[np.float32]

    def row(self, passage: int, sentence: int) -> int | None:
        """The row of a place, or None; rows stand in reading order."""
        at = int(np.searchsorted(self.places[:, 0], passage)) + max(sentence, 0)
        there = at < len(self.places) and tuple(self.places[at]) == (passage, sentence) and self.lengths[at] > 0
        return at if there else None


class ExactSearch:
    """Cosine search over the vectors of one model that the library keeps; safe for threads."""

    def __init__(self, library: Library, model: str) -> None:
        self._library = library
        self._model = model
        self._lock = threading.Lock()
        self._reports: tuple[int, dict[str, Stored]] = (-1, {})
        self._held: dict[tuple[Unit, str], tuple[int, _Rows]] = {}

    def query(self, vector: Floats, report_ids: Sequence[str] | None, limit: int, unit: Unit) -> list[Scored]:
        """The sentences (or passages) nearest to the vector, best first, ties in reading order."""
        asked = unit_length(vector)
        if asked is None or limit < 1:
            return []
        parts = [part for part in self._rows(unit, report_ids) if part.vectors.shape[1:] == asked.shape]
        if not parts:
            return []
        rough = np.concatenate([_cosines(part, asked.astype(np.float32)) for part in parts])
        floor = np.partition(rough, -limit)[-limit] - _SLACK if len(rough) > limit else -2.0
        starts = np.cumsum([0] + [len(part.places) for part in parts])
        found = []
        for at in np.flatnonzero(rough >= max(floor, -2.0)):
            which = int(np.searchsorted(starts, at, side="right")) - 1
            found.append(_scored(parts[which], int(at - starts[which]), asked))
        return sorted(found, key=_best_first)[:limit]

    def score(self, vector: Floats, places: Iterable[Place]) -> list[Scored]:
        """The cosine of each place that there is, best first; sentences and passages may be mixed."""
        asked = unit_length(vector)
        if asked is None:
            return []
        found, there = [], self._present()
        for place in dict.fromkeys(places):
            if place.report_id in there:
                part = self._of(there[place.report_id], "passage" if place.sentence == WHOLE else "sentence")
                row = part.row(place.passage, place.sentence)
                if row is not None and part.vectors.shape[1:] == asked.shape:
                    found.append(_scored(part, row, asked))
        return sorted(found, key=_best_first)

    def size(self, unit: Unit, report_ids: Sequence[str]) -> int:
        """How many vectors those reports have that can be found."""
        return sum(int(np.count_nonzero(part.lengths)) for part in self._rows(unit, report_ids))

    def _rows(self, unit: Unit, report_ids: Sequence[str] | None) -> list[_Rows]:
        there = self._present()
        if report_ids is None:
            return [self._of(one, unit) for one in there.values()]
        return [self._of(there[one], unit) for one in dict.fromkeys(report_ids) if one in there]

    def _present(self) -> dict[str, Stored]:
        revision = self._library.revision()
        with self._lock:
            known, reports = self._reports
        if known != revision:
            reports = {one.id: one for one in self._library.ids()}
            with self._lock:
                self._reports = (revision, reports)
                self._held = {key: held for key, held in self._held.items() if key[1] in reports}
        return reports

    def _of(self, stored: Stored, unit: Unit) -> _Rows:
        key = (unit, stored.id)
        with self._lock:
            held = self._held.get(key)
        if held is not None and held[0] == stored.version:
            return held[1]
        places, vectors = self._library.vectors(stored, unit, self._model)
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float32)) if len(places) else np.zeros(0)
        rows = _Rows(stored.id, places, vectors, lengths.astype(np.float32))
        with self._lock:
            self._held[key] = (stored.version, rows)
        return rows


def unit_length(vector: Floats) -> Vector | None:
    """The vector with length 1; None for one without direction, which resembles nothing."""
    asked = np.asarray(vector, np.float64)
    if asked.ndim != 1 or not asked.size or not np.isfinite(asked).all() or not asked.any():
        return None
    asked = asked / np.abs(asked).max()  # or the squares of a tiny vector would vanish
    unit: Vector = asked / np.linalg.norm(asked)
    return unit


def _cosines(part: _Rows, asked: NDArray[np.float32]) -> NDArray[np.float32]:
    rough = np.full(len(part.vectors), -np.inf, np.float32)
    for start in range(0, len(rough), _BLOCK):
        block, lengths = part.vectors[start : start + _BLOCK], part.lengths[start : start + _BLOCK]
        products = block.astype(np.float32) @ asked
        np.divide(products, lengths, out=rough[start : start + _BLOCK], where=lengths > 0)
    return rough


def _scored(part: _Rows, at: int, asked: Vector) -> Scored:
    row = part.vectors[at].astype(np.float64)
    cosine = float(row @ asked) / float(np.linalg.norm(row))
    passage, sentence = part.places[at]
    return Scored(part.report_id, int(passage), int(sentence), round(cosine, DECIMALS))


def _best_first(found: Scored) -> tuple[float, str, int, int]:
    return (-found.score, *found.place)
