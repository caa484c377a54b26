"""The vectors in Chroma: kept level with the library by the one process that owns them.

Chroma is derived. It is opened only when its manifest says that it was left in order and every
file is as it was left; else it is built anew from the library, aside, and taken over when another
process has found it sound. While that goes on, and in every process but the owner, the exact
search gives the same answers. Nothing that happens to Chroma is an error for the reader.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.index import generations, manifest
from assistant.index.chroma import EXACT_UP_TO, ChromaUnusableError, Collections
from assistant.index.exact import ExactSearch, Floats
from assistant.index.library import Library
from assistant.index.lock import Ownership
from assistant.index.manifest import Manifest
from assistant.index.places import UNITS, Place, Scored, Unit
from assistant.index.rows import Stored

Progress = Callable[[int, int], None]  # reports done, reports in all
State = Literal["unopened", "at work", "ready", "owned elsewhere", "failed", "closed"]

_LAYOUT = "chroma 1"  # change it when collections are made in another way
_ATTEMPTS = 2  # builds at one go
_RETRY_SECONDS = 30.0  # before a Chroma that failed is tried again
_NARROW = 20_000  # vectors
_SPARE = 32  # how many more than asked are taken from Chroma, to see past its rounding
_ROUNDING = 1e-4  # by how much Chroma's cosine may differ from the exact one

_log = logging.getLogger(__name__)


class Vectors:
    """Search by meaning through Chroma, or exactly wherever Chroma is not at hand.

    `folder` holds the generations; with `url`, only the manifest of what is on that server.
    Safe for threads; changes are made by one thread of its own.
    """

    def __init__(self, library: Library, model: str, *, folder: Path, url: str | None = None) -> None:
        self.state: State = "unopened"
        self._library = library
        self._model = model
        self._folder = folder
        self._url = url
        self._exact = ExactSearch(library, model)
        self._recipe = f"{_LAYOUT}; library {library.id}; model {model}; {url or 'folder'}"
        self._manifest_path = folder / (f"server-{_short(url)}.json" if url else "current.json")
        self._manifest: Manifest | None = None
        self._collections: Collections | None = None
        self._users = 0  # questions that Chroma is answering now
        self._using = threading.Condition()
        self._level_at = -1  # the library's revision that Chroma is level with
        self._distrusted = False  # it failed while its files were in order; build, do not open again
        self._retry_at = 0.0
        self._ownership = Ownership(folder / "owner")
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chroma")
        self._pending: Future[bool] | None = None
        self._stopping = threading.Event()

    # --- asking ---------------------------------------------------------------------------

    def query(self, vector: Floats, report_ids: Sequence[str] | None, limit: int, unit: Unit) -> list[Scored]:
        """The sentences (or passages) nearest to the vector: exact cosines, best first.

        The same whether Chroma is at hand or not. Ties stand in the order of the reports.
        """
        if limit < 1 or not np.any(vector) or not np.all(np.isfinite(vector)):
            return []
        with self._chroma() as collections:
            if collections is not None and not self._narrow(report_ids, unit):
                try:
                    return self._through(collections, vector, report_ids, limit, unit)
                except ChromaUnusableError as error:
                    self._failed(error)
        return self._exact.query(vector, report_ids, limit, unit)

    def score(self, vector: Floats, places: Sequence[Place]) -> list[Scored]:
        """The exact cosine of each of these places that there is, best first."""
        return self._exact.score(vector, places)

    def _narrow(self, report_ids: Sequence[str] | None, unit: Unit) -> bool:
        """Whether comparing with each vector is quicker than Chroma's filter (1 against 40 ms)."""
        total = self._manifest.counts.get(unit, 0) if self._manifest else 0
        if report_ids is None or total <= EXACT_UP_TO:
            return False
        return self._exact.size(unit, report_ids) <= _NARROW

    def _through(
        self, collections: Collections, vector: Floats, report_ids: Sequence[str] | None, limit: int, unit: Unit
    ) -> list[Scored]:
        known = self._manifest.reports if self._manifest else {}
        within = None if report_ids is None else [one for one in dict.fromkeys(report_ids) if one in known]
        if within is not None and len(within) == len(known):
            within = None  # no filter is quicker than one that lets all pass
        total = self._manifest.counts.get(unit, 0) if self._manifest else 0
        if total == 0 or within == []:
            return []
        wanted = min(total, limit + _SPARE)
        asked = np.asarray(vector, np.float32)
        while True:
            found = collections.query(unit, asked, within, wanted)
            exact = self._exact.score(vector, [place for place, _ in found])
            complete = len(found) < wanted or wanted >= total or len(exact) < limit
            if complete or found[-1][1] < exact[limit - 1].score - _ROUNDING:
                return exact[:limit]
            wanted = min(total, wanted * 4)  # more equals than spare ones: see them all

    @contextmanager
    def _chroma(self) -> Iterator[Collections | None]:
        """Chroma for one question, if it is open and level with the library; else None."""
        with self._using:
            opened = self._collections
            level = opened is not None and self._level_at == self._library.revision()
            self._users += level
        try:
            yield opened if level else None
        finally:
            with self._using:
                self._users -= level
                self._using.notify_all()
        if self.state in ("ready", "failed") and not level:
            self.bring_level()

    # --- keeping level --------------------------------------------------------------------

    def bring_level(self, progress: Progress | None = None) -> Future[bool]:
        """Opens Chroma and makes it hold what the library holds, in a thread of its own.

        The future says whether Chroma is now ready. Called again while at work, it gives the same
        future. A Chroma that failed is left alone for half a minute.
        """
        with self._using:
            if self._pending is None or self._pending.done():
                if self._stopping.is_set() or time.monotonic() < self._retry_at:
                    self._pending = Future()
                    self._pending.set_result(False)
                else:
                    self._pending = self._worker.submit(self._work, progress)
            return self._pending

    def close(self) -> None:
        """Stops at the next good point, leaves Chroma in order and gives up its folder."""
        self._stopping.set()
        self._worker.shutdown(wait=True)
        left = self._manifest if self._collections is not None else None
        self._let_go()
        if left is not None and left.settled and not self._url:
            self._settle(left)
        self._ownership.release()
        self.state = "closed"

    def _work(self, progress: Progress | None) -> bool:
        self.state = "at work"
        for _ in range(_ATTEMPTS):
            try:
                if not self._ownership.acquire():
                    self.state = "owned elsewhere"
                    return False
                self._open()
                while self._level_at != self._library.revision() and not self._stopping.is_set():
                    self._level(progress)
            except (ChromaUnusableError, OSError) as error:
                self._failed(error)
                continue
            self.state = "ready"
            return not self._stopping.is_set()
        self._retry_at = time.monotonic() + _RETRY_SECONDS
        return False

    def _failed(self, error: Exception) -> None:
        """Asks nothing more of a Chroma that failed; the worker drops and builds it anew."""
        _log.warning("Chroma failed, the exact search answers: %s", error)
        with self._using:
            self._level_at = -1
            self._distrusted = self._url is None  # a server may only have been away
            self.state = "failed"

    def _let_go(self) -> None:
        """Closes Chroma when the questions at work are done."""
        with self._using:
            opened, self._collections = self._collections, None
            self._using.wait_for(lambda: self._users == 0, timeout=60)
        if opened is not None:
            try:
                opened.close()
            except ChromaUnusableError as error:
                _log.warning("Chroma could not be closed: %s", error)

    def _open(self) -> None:
        """Opens the generation that the manifest points to, if it is in order in every respect."""
        if self._collections is not None and self._level_at >= 0:
            return
        self._let_go()
        self._manifest = None
        found = manifest.read(self._manifest_path)
        if found is None or found.recipe != self._recipe or not found.settled or self._distrusted:
            return
        folder = self._folder / found.generation
        if not self._url and generations.checksums(folder) != found.files:
            _log.warning("the files of %s are not as they were left; building anew", folder)
            return
        opened = self._connect(found.generation)
        if any(opened.count(unit) != found.counts.get(unit, 0) for unit in UNITS):
            opened.close()
            return
        self._settle(found)  # opening alone changes Chroma's files
        self._collections = opened

    def _connect(self, generation: str) -> Collections:
        if self._url:
            return Collections.open_server(self._url, f"{self._library.id[:12]}-{generation}-")
        return Collections.open_folder(self._folder / generation)

    def _settle(self, done: Manifest) -> None:
        files = {} if self._url else generations.checksums(self._folder / done.generation)
        self._manifest = replace(done, files=files, settled=True)
        manifest.write(self._manifest_path, self._manifest)

    def _level(self, progress: Progress | None) -> None:
        """One pass: what the library holds now, Chroma holds afterwards."""
        revision = self._library.revision()
        wanted = {one.id: one for one in self._library.ids()}
        present = self._manifest if self._collections is not None else None
        if present is None or present.removed > max(1000, sum(present.counts.values()) // 2):
            self._build(wanted, progress)
        else:
            gone = [
                one for one, version in present.reports.items() if one not in wanted or wanted[one].version != version
            ]
            new = [one for one in wanted.values() if present.reports.get(one.id) != one.version]
            if gone or new:
                self._change(present, gone, new, progress)
        if not self._stopping.is_set():
            with self._using:
                self._level_at = revision

    def _change(self, present: Manifest, gone: list[str], new: list[Stored], progress: Progress | None) -> None:
        """Takes reports out of the present generation and puts others in."""
        opened = self._collections
        if opened is None:
            raise ChromaUnusableError("not open")
        manifest.write(self._manifest_path, replace(present, settled=False))
        counts, reports, removed = dict(present.counts), dict(present.reports), present.removed
        for report_id in gone:
            for unit in UNITS:
                taken = opened.remove(unit, report_id)
                counts[unit] -= taken
                removed += taken
            del reports[report_id]
        self._fill(opened, new, reports, counts, progress)
        if any(opened.count(unit) != counts[unit] for unit in UNITS):
            raise ChromaUnusableError("the number of vectors is not what was written")
        self._settle(replace(present, reports=reports, counts=counts, removed=removed))

    def _build(self, wanted: dict[str, Stored], progress: Progress | None) -> None:
        """Makes a new generation aside, has it verified, and takes it over."""
        generation = generations.new_name()
        counts: dict[str, int] = dict.fromkeys(UNITS, 0)
        reports: dict[str, int] = {}
        made = self._connect(generation)
        try:
            made.create(expected=100 * len(wanted))
            self._fill(made, list(wanted.values()), reports, counts, progress)
            if self._stopping.is_set():
                return
            if self._url and not made.sound(counts):
                raise ChromaUnusableError("what was just written to the server is not there")
        finally:
            made.close()
        if not self._url and not generations.verified(self._folder / generation, counts):
            raise ChromaUnusableError(f"{generation} was not sound")
        self._let_go()
        opened = self._connect(generation)
        for unit in UNITS:
            opened.count(unit)
        self._settle(Manifest(generation, self._recipe, reports, counts))
        self._collections, self._distrusted = opened, False
        self._forget_others(opened, generation)

    def _forget_others(self, opened: Collections, generation: str) -> None:
        if self._url:
            opened.drop_others(f"{self._library.id[:12]}-")
        else:
            generations.sweep(self._folder, generation)

    def _fill(
        self,
        opened: Collections,
        new: list[Stored],
        reports: dict[str, int],
        counts: dict[str, int],
        progress: Progress | None,
    ) -> None:
        for done, one in enumerate(new):
            if self._stopping.is_set():
                return
            for unit in UNITS:
                places, vectors = self._library.vectors(one, unit, self._model)
                counts[unit] += opened.add(unit, one.id, places, vectors.astype(np.float32))
            reports[one.id] = one.version
            if progress is not None:
                progress(done + 1, len(new))


def _short(url: str | None) -> str:
    return hashlib.sha256((url or "").encode()).hexdigest()[:8]
