"""Chroma, as this program uses it: two collections of vectors with the report as their only filter.

The only file that imports chromadb, and only when a collection is opened (0.7 s). No text goes
in, no embedding function is ever used, and whatever Chroma raises comes out as `ChromaUnusableError`.
When to build, trust or drop a collection is decided in `vectors`.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant.index.places import UNITS, WHOLE, Place, Unit

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Rest = Callable[[float], None]  # what to do after a batch, given the seconds that it took

BATCH = 5000  # Chroma takes at most 5461
FOLDER_BATCH = 100  # no thread of the program goes on while Chroma takes a batch into its folder
EXACT_UP_TO = 4000  # vectors that a search may look at: below that, all of them
HTTP_BATCH = 500
HTTP_SECONDS = 5.0  # for one call to a server
_HAIR = 3e-3  # of a vector's length; a cosine changes by a hundred-thousandth
_TRIED = 200  # vectors that must find themselves in a check
_LOST = 0.02  # of them may not: a graph is not perfect, a damaged one loses far more
_CHROMAS = {"chromadb", "httpx", "httpcore", "pydantic_core", "pyo3_runtime"}  # whose errors are Chroma's
_HARMLESS = {"none", "default", "legacy", "known", "unknown", ""}


class ChromaUnusableError(Exception):
    """Chroma could not do it; the library still can."""


class Collections:
    """The two collections of one generation, in a folder or on a server."""

    def __init__(self, client: ClientAPI, prefix: str, batch: int, sessions: Sequence[httpx.Client] = ()) -> None:
        self._client = client
        self._sessions = sessions
        self._prefix = prefix
        self._batch = batch
        self._open: dict[Unit, Collection] = {}

    @classmethod
    def open_folder(cls, folder: Path) -> Collections:
        """The collections in a folder, which this process must own. Raises ChromaUnusableError."""
        with _told():
            import chromadb
            from chromadb.config import Settings

            # _env_file: Chroma would else read .env of whatever folder the program is started in.
            settings = Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
            return cls(chromadb.PersistentClient(str(folder), settings=settings), "", FOLDER_BATCH)

    @classmethod
    def open_server(cls, url: str, prefix: str) -> Collections:
        """The collections with a prefix on a Chroma server. Raises ChromaUnusableError."""
        parts = urlsplit(url)
        with _told():
            import chromadb
            import httpx
            from chromadb.config import Settings

            secure = parts.scheme == "https"
            # Chroma's own client waits for ever; so it is only made for a server that answers.
            httpx.get(f"{url}/api/v2/heartbeat", timeout=HTTP_SECONDS).raise_for_status()
            client = chromadb.HttpClient(
                host=parts.hostname or "",
                port=parts.port or (443 if secure else 8000),
                ssl=secure,
                settings=Settings(_env_file=None, anonymized_telemetry=False),  # type: ignore[call-arg]
            )
            # Closing a client leaves the connections of its two halves open; and they never time out.
            halves: tuple[Any, ...] = (client, client._admin_client)  # type: ignore[attr-defined]
            sessions: list[httpx.Client] = [half._server._session for half in halves]
            for session in sessions:
                session.timeout = httpx.Timeout(HTTP_SECONDS)
            return cls(client, prefix, HTTP_BATCH, sessions)

    def create(self, expected: int) -> None:
        """Makes both collections, for about `expected` vectors. Raises ChromaUnusableError."""
        hnsw = {
            "space": "cosine",
            "ef_construction": 100,
            "max_neighbors": 16,
            "ef_search": EXACT_UP_TO,
            # How many vectors lie in the log only. Few are quick to open, many are quick to add.
            "sync_threshold": min(20000, max(1000, expected // 5)),
        }
        with _told():
            for unit in UNITS:
                self._open[unit] = self._client.create_collection(
                    self._prefix + unit,
                    embedding_function=None,
                    configuration={"hnsw": hnsw},  # type: ignore[arg-type]
                )

    def add(
        self, unit: Unit, report_id: str, places: NDArray[np.int32], vectors: NDArray[np.float32], rest: Rest
    ) -> int:
        """Adds or replaces the vectors of a report; the number added. Raises ChromaUnusableError.

        A vector without direction is left out: Chroma would give it to any question. `rest` is called after
        each batch with the seconds that it took.
        """
        kept = np.flatnonzero(np.linalg.norm(vectors, axis=1) > 0).tolist() if len(places) else []
        vectors = _apart(vectors, f"{report_id} {unit}")
        with _told():
            collection = self._collection(unit)
            for batch in self._batches(kept):
                began = time.monotonic()
                collection.upsert(
                    ids=[_id(report_id, *map(int, places[at])) for at in batch],
                    embeddings=vectors[batch],
                    metadatas=[{"report": report_id} for _ in batch],
                )
                rest(time.monotonic() - began)
        return len(kept)

    def remove(self, unit: Unit, report_id: str) -> int:
        """Takes out the vectors of a report; the number that there were. Raises ChromaUnusableError."""
        with _told():
            collection = self._collection(unit)
            ids = collection.get(where={"report": report_id}, include=[])["ids"]
            for batch in self._batches(ids):
                collection.delete(ids=batch)
        return len(ids)

    def count(self, unit: Unit) -> int:
        """The number of vectors. Raises ChromaUnusableError."""
        with _told():
            return self._collection(unit).count()

    def query(
        self, unit: Unit, vector: NDArray[np.float32], report_ids: Sequence[str] | None, limit: int
    ) -> list[tuple[Place, float]]:
        """The nearest places with Chroma's own cosine, best first. Raises ChromaUnusableError."""
        where: dict[str, Any] | None = None if report_ids is None else {"report": {"$in": list(report_ids)}}
        with _told():
            found = self._collection(unit).query(
                query_embeddings=vector[np.newaxis], n_results=limit, where=where, include=["distances"]
            )
            distances = found["distances"] or [[]]
            return [(_place(each), 1 - far) for each, far in zip(found["ids"][0], distances[0], strict=True)]

    def sound(self, counts: dict[str, int]) -> bool:
        """Whether the counts are right and vectors spread over each collection find themselves (98 %)."""
        return all(self.count(unit) == counts.get(unit, 0) and self._finds_its_own(unit) for unit in UNITS)

    def drop_others(self, prefix: str) -> None:
        """Deletes the collections with that prefix but these (on a server). Raises ChromaUnusableError."""
        with _told():
            for one in self._client.list_collections(limit=1000):
                if one.name.startswith(prefix) and not one.name.startswith(self._prefix):
                    self._client.delete_collection(one.name)

    def close(self) -> None:
        """Lets go of the files; nothing can be asked afterwards."""
        with _told():
            for session in self._sessions:
                session.close()
            self._client.close()  # type: ignore[attr-defined]  # both clients have it, their interface not

    def _finds_its_own(self, unit: Unit) -> bool:
        with _told():
            collection = self._collection(unit)
            step = max(1, collection.count() // _TRIED)
            some = collection.get(include=["embeddings"], limit=BATCH)
            ids, vectors = some["ids"][::step], np.asarray(some["embeddings"], np.float32)[::step]
            if not ids:
                return True
            nearest = collection.query(query_embeddings=vectors, n_results=1, include=["distances"])
            lost = sum(not row or row[0] > 1e-4 for row in nearest["distances"] or [])
            return lost <= _LOST * len(ids)

    def _batches(self, items: list[Any]) -> Iterator[list[Any]]:
        return (items[at : at + self._batch] for at in range(0, len(items), self._batch))

    def _collection(self, unit: Unit) -> Collection:
        if unit not in self._open:
            collection = self._client.get_collection(self._prefix + unit, embedding_function=None)
            _refuse_foreign_code(collection)
            self._open[unit] = collection
        return self._open[unit]


@contextmanager
def _told() -> Iterator[None]:
    """Gives every way in which Chroma can fail one name; what is none of Chroma's passes through."""
    try:
        yield
    except BaseException as error:  # a panic of Chroma's Rust part is no Exception
        source = type(error).__module__.partition(".")[0]
        if source in _CHROMAS or isinstance(error, ValueError | RuntimeError | OSError | ImportError):
            raise ChromaUnusableError(f"{type(error).__name__}: {error}") from error
        raise


def _refuse_foreign_code(collection: Collection) -> None:
    """Refuses a collection that names an embedding function.

    Chroma would build the named class when vectors are added, with whatever arguments the server
    gives, and that can be anybody's code.
    """
    model = collection._model
    for stored in (getattr(model, "configuration_json", None), getattr(model, "serialized_schema", None)):
        for name in _named_functions(stored):
            if name not in _HARMLESS:
                raise ChromaUnusableError(f"the collection {collection.name} names an embedding function: {name}")


def _named_functions(stored: Any) -> Iterator[str]:
    if isinstance(stored, dict):
        for key, value in stored.items():
            if key == "embedding_function" and isinstance(value, dict):
                yield str(value.get("name") or value.get("type") or "")
            yield from _named_functions(value)
    elif isinstance(stored, list):
        for value in stored:
            yield from _named_functions(value)


def _apart(vectors: NDArray[np.float32], seed: str) -> NDArray[np.float32]:
    """The vectors a hair apart from each other, always by the same.

    Vectors that are equal by the hundred become an island in the graph, out of which and into which
    no search finds: of 2,300 with 2,000 equal in two groups 231 were found, and 2,299 with this.
    """
    if not vectors.size:
        return vectors
    noise = np.random.default_rng(zlib.crc32(seed.encode())).standard_normal(vectors.shape, np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    apart: NDArray[np.float32] = (vectors + noise * lengths * (_HAIR / vectors.shape[1] ** 0.5)).astype(np.float32)
    return apart


def _id(report_id: str, passage: int, sentence: int) -> str:
    return f"{report_id}:{passage}" if sentence == WHOLE else f"{report_id}:{passage}:{sentence}"


def _place(name: str) -> Place:
    report_id, passage, *sentence = name.split(":")
    return Place(report_id, int(passage), int(sentence[0]) if sentence else WHOLE)
