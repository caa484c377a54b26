"""The index: the library, its vectors in Chroma, and the embedding model that made them, as one.

Putting a report in embeds it and keeps it in one transaction; Chroma follows. The embedding model
and the reading of files are given from outside, so nothing here knows which ones they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingModelError, ReportError
from assistant.index.exact import Floats
from assistant.index.library import Library
from assistant.index.places import Place, Scored, Unit
from assistant.index.rows import Matrix
from assistant.index.texts import unit_texts
from assistant.index.upkeep import Progress
from assistant.index.vectors import State, Vectors
from assistant.models import AddResult, Period, Report, ReportKind

__all__ = ["Embeddings", "Found", "Index", "Place", "Progress", "Scored", "Unit"]

Reading = Callable[[str, bytes, ReportKind | None], Report]
"""File name, content, and the kind of report where a reader has said it -> report."""


class Embeddings(Protocol):
    """What is needed of a LangChain `Embeddings`."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""


@runtime_checkable
class WordByWord(Protocol):
    """What a model has, beside its vectors, that can compare the words of two texts."""

    def closeness(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How close the words of each text come to those of the question (-1..1)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one question found: by its words (BM25) and by its meaning (cosine), each best first."""

    words: tuple[Scored, ...]
    meaning: tuple[Scored, ...]


class Index:
    """Everything under one home folder that can be searched.

        index = Index(home, embeddings, model="bundled-1", reading="repair 1; passages 1")
        index.add(report, content)                       # AddResult; Chroma follows in the background
        index.search(index.embed(text), words(text))     # Found(words, meaning)
        index.close()

    `model` names the embedding model in the index: vectors of different names are never compared.
    `reading` names the rules that make a Report of a file (see `Library`). `chroma` is the address
    of a Chroma server, else a folder in home is used. Opening takes milliseconds and loads neither
    Chroma nor the model; `warm` opens Chroma, until then searches are exact with the same results.
    Any number of processes may use one home at once. Raises IndexFolderError and its kinds.
    """

    def __init__(
        self, home: Path, embeddings: Embeddings, *, model: str, reading: str = "", chroma: str | None = None
    ) -> None:
        self.library = Library(home / "library.sqlite3", reading=reading)
        self.model = model
        self._embeddings = embeddings
        self._vectors = Vectors(self.library, model, folder=home / "chroma", url=chroma)

    @property
    def state(self) -> State:
        """What Chroma is doing; for the page's status line."""
        return self._vectors.state

    def warm(self, progress: Progress | None = None) -> Future[bool]:
        """Opens Chroma in the background (builds it when it is missing, damaged or of another model).

        Wait for the future's result to be sure that Chroma answers; False: the exact search does.
        """
        return self._vectors.bring_level(progress)

    # --- reports --------------------------------------------------------------------------

    def unchanged(self, name: str, content: bytes) -> AddResult | None:
        """The result of adding a file that is there already, else None; to be asked before reading it."""
        return self.library.unchanged(name, content)

    def add(self, report: Report, content: bytes) -> AddResult:
        """Embeds and keeps a report in one transaction; it can be asked about when this returns.

        `outcome` is added, unchanged (the same content: costs nothing) or replaced (the same name,
        other content). Chroma follows in the background.
        """
        there = self.library.unchanged(report.name, content)
        if there is not None:
            return there
        sentences, passages = self._embedded(report)
        result = self.library.add(
            report, content, sentence_vectors=sentences, passage_vectors=passages, model=self.model
        )
        self.warm()
        return result

    def remove(self, *ids_or_names: str) -> int:
        """Takes reports out with all their text; the number taken out. Raises ReportNotFound."""
        count = self.library.remove(*ids_or_names)
        self.warm()
        return count

    def refresh(self, read: Reading, progress: Progress | None = None) -> int:
        """Brings reports made by other rules or another embedding model up to date; how many.

        Stale reports are read anew with `read` from the file kept in the library; corrections stay.
        A report that `read` refuses is left as it is (and out of every search); its error is raised
        when all others are done. Safe to break off: what is done is done, the rest waits.
        """
        stale = self.library.stale()
        bare = self.library.without_vectors(self.model)
        total, refused = len(stale) + len(bare), None
        if total:
            _tell(progress, 0, total)
        for done, one in enumerate(stale, start=1):
            content = self.library.content(one.id)
            try:
                self._renew(read(one.name, content, self.library.corrected_kind(one.id)), content)
            except ReportError as error:
                refused = refused or error
            _tell(progress, done, total)
        for done, one in enumerate(bare, start=len(stale) + 1):
            self.library.set_vectors(one.id, self.model, *self._embedded(self.library.report(one.id)))
            _tell(progress, done, total)
        if bare:
            self.library.forget_vectors_but(self.model)
        if total:
            self.warm()
        if refused is not None:
            raise refused
        return total

    def reread(self, id_or_name: str, read: Reading) -> None:
        """Reads one stored file anew; its name and its corrections stay. Raises ReportNotFound."""
        self._reread(id_or_name, read, self.library.corrected_kind(id_or_name))
        self.warm()

    def correct(
        self, id_or_name: str, read: Reading, fields: Mapping[str, str | Period | None], take_back: Iterable[str] = ()
    ) -> None:
        """Sets fields of a profile by hand and takes others back, in one transaction; see `Library.set_profile`.

        What a report is decides which of its sentences are plans: with another kind it is read anew.
        """
        back = tuple(take_back)
        before = self.library.corrected_kind(id_or_name)
        kind = fields.get("kind", None if "kind" in back else before)
        with self.library.together():
            if back:
                self.library.clear_profile(id_or_name, *back)
            if fields:
                self.library.set_profile(id_or_name, **fields)
            if kind != before:
                self._reread(id_or_name, read, cast("ReportKind | None", kind))
        self.warm()

    # --- searching ------------------------------------------------------------------------

    def embed(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._embeddings.embed_query(text)

    def search(
        self,
        vector: Floats,
        terms: Iterable[str],
        report_ids: Sequence[str] | None = None,
        limit: int = 50,
        unit: Unit = "sentence",
    ) -> Found:
        """The best sentences (or passages) by words and by meaning, within some reports or all.

        `terms` come from `assistant.language.words.words`. Scores: BM25 above 0, cosine -1 to 1.
        """
        return Found(
            tuple(self.library.search_words(terms, report_ids, limit, unit)),
            tuple(self._vectors.query(vector, report_ids, limit, unit)),
        )

    def search_words(
        self, terms: Iterable[str], report_ids: Sequence[str] | None = None, limit: int = 50, unit: Unit = "sentence"
    ) -> list[Scored]:
        """Only by words; see `Library.search_words`."""
        return self.library.search_words(terms, report_ids, limit, unit)

    def search_meaning(
        self, vector: Floats, report_ids: Sequence[str] | None = None, limit: int = 50, unit: Unit = "sentence"
    ) -> list[Scored]:
        """Only by meaning: exact cosines, best first."""
        return self._vectors.query(vector, report_ids, limit, unit)

    def score_meaning(self, vector: Floats, places: Sequence[Place]) -> list[Scored]:
        """The cosine of given sentences and passages (sentence -1), best first."""
        return self._vectors.score(vector, places)

    def closeness(self, question: str, texts: Sequence[str]) -> list[float]:
        """How close the words of each text come to those of the question; 0 from a model that compares none."""
        if not texts or not isinstance(self._embeddings, WordByWord):
            return [0.0] * len(texts)
        return [float(value) for value in self._embeddings.closeness(question, texts)]

    def close(self) -> None:
        """Finishes what Chroma is doing, leaves it in order, and closes the library."""
        self._vectors.close()
        self.library.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reread(self, id_or_name: str, read: Reading, kind: ReportKind | None) -> None:
        name, content = self.library.name(id_or_name), self.library.content(id_or_name)
        self._renew(read(name, content, kind), content)

    def _renew(self, report: Report, content: bytes) -> None:
        sentences, passages = self._embedded(report)
        self.library.renew(report, content, sentence_vectors=sentences, passage_vectors=passages, model=self.model)

    def _embedded(self, report: Report) -> tuple[Matrix, Matrix]:
        sentences = [text for _, _, text in unit_texts(report, "sentence")]
        passages = [text for _, _, text in unit_texts(report, "passage")]
        rows = np.asarray(self._embeddings.embed_documents(sentences + passages), np.float32)
        if not sentences and not passages:
            rows = np.zeros((0, 0), np.float32)
        elif rows.ndim != 2 or len(rows) != len(sentences) + len(passages) or not np.isfinite(rows).all():
            raise EmbeddingModelError(
                en=f"The embedding model {self.model} gave vectors of shape {rows.shape} for "
                f"{len(sentences) + len(passages)} texts, or some that are no numbers. Choose another model.",
                zh=f"句向量模型 {self.model} 未能给出可用的向量，请更换模型。",
            )
        lengths = np.linalg.norm(rows, axis=1, keepdims=True) if rows.size else np.ones((len(rows), 1))
        unit_rows = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float16)
        return unit_rows[: len(sentences)], unit_rows[len(sentences) :]


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
