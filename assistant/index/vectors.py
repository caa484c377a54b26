"""Search by meaning: through Chroma where this process owns it, exactly everywhere else.

Both give the same. Chroma is derived from the library and asked only while it is level with it;
while it is opened, built, mended or owned by another process, the exact search answers. So nothing
that happens to Chroma is an error for the reader.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.index.chroma import EXACT_UP_TO, ChromaUnusableError, Collections
from assistant.index.exact import ExactSearch, Floats, Vector, unit_length
from assistant.index.library import Library
from assistant.index.lock import Ownership
from assistant.index.manifest import Manifest
from assistant.index.places import Place, Scored, Unit
from assistant.index.upkeep import Progress, Upkeep

State = Literal["unopened", "at work", "ready", "owned elsewhere", "failed", "closed"]

_ATTEMPTS = 2  # at one go
_RETRY_SECONDS = 30.0  # before a Chroma that failed is tried again; doubles each time
_FINISH_SECONDS = 10.0  # that closing waits for work to be done before it breaks it off
_COMPARED = 100_000  # vectors that are compared one by one as quickly as Chroma finds some of them
_SPARE = 32  # how many more than asked are taken from Chroma, to see past its rounding
_ROUNDING = 1e-4  # by how much Chroma's cosine may differ from the exact one

_log = logging.getLogger(__name__)


class Vectors:
    """Cosine search over the vectors of one model that the library keeps. Safe for threads.

    `folder` holds Chroma's generations; with the `url` of a server, only the note of what is there.
    """

    def __init__(self, library: Library, model: str, *, folder: Path, url: str | None = None) -> None:
        self.state: State = "unopened"
        self._library = library
        self._exact = ExactSearch(library, model)
        self._stopping = threading.Event()
        self._hurry = threading.Event()
        self._upkeep = Upkeep(
            library, model, folder=folder, url=url, alone=self._alone, stopping=self._stopping, hurry=self._hurry
        )
        self._ownership = Ownership(folder / "owner")
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chroma")
        self._pending: Future[bool] | None = None
        self._asking = threading.Condition()
        self._askers = 0
        self._level_at = -1  # the library's revision that Chroma is level with; -1: not to be asked
        self._suspect = False  # it failed since it was opened
        self._retry_at = 0.0
        self._pause = _RETRY_SECONDS

    # --- asking ---------------------------------------------------------------------------

    def query(self, vector: Floats, report_ids: Sequence[str] | None, limit: int, unit: Unit) -> list[Scored]:
        """The sentences (or passages) nearest to the vector: exact cosines, best first.

        The same whether Chroma is at hand or not. Ties stand in the order of the reports.
        """
        asked = unit_length(vector)
        if asked is None or limit < 1:
            return []
        with self._chroma() as chroma:
            if chroma is not None and len(asked) == chroma[1].dimensions:
                try:
                    found = self._through(*chroma, asked, report_ids, limit, unit)
                except ChromaUnusableError as error:
                    self._failed(error)
                else:
                    if found is not None:
                        return found
        return self._exact.query(asked, report_ids, limit, unit)

    def score(self, vector: Floats, places: Sequence[Place]) -> list[Scored]:
        """The exact cosine of each of these places that there is, best first."""
        return self._exact.score(vector, places)

    def _through(
        self,
        collections: Collections,
        held: Manifest,
        asked: Vector,
        report_ids: Sequence[str] | None,
        limit: int,
        unit: Unit,
    ) -> list[Scored] | None:
        """What Chroma finds, scored exactly; None where that is slower or known to be incomplete.

        That it is shows where less comes than was asked for although there is more.
        """
        within = None if report_ids is None else [one for one in dict.fromkeys(report_ids) if one in held.reports]
        available = held.counts[unit]
        if within is None or len(within) == len(held.reports):
            within = None  # no filter is quicker than one that lets all pass
        else:
            available = self._exact.size(unit, within)
        if held.counts[unit] > EXACT_UP_TO and available <= _COMPARED:
            return None  # Chroma might miss one, and takes 40 ms for a filter
        wanted = limit + _SPARE
        while True:
            wanted = min(available, wanted)
            found = collections.query(unit, asked.astype(np.float32), within, wanted) if wanted else []
            if len(found) < wanted:
                return None
            exact = self._exact.score(asked, [place for place, _ in found])
            if wanted == available or (len(exact) >= limit and found[-1][1] < exact[limit - 1].score - _ROUNDING):
                return exact[:limit]
            wanted *= 4  # more equals than spare ones: see them all

    @contextmanager
    def _chroma(self) -> Iterator[tuple[Collections, Manifest] | None]:
        """Chroma for one question, if it is open and level with the library; else None."""
        with self._asking:
            opened, held = self._upkeep.opened, self._upkeep.manifest
            level = self._level_at == self._library.revision()
            chroma = (opened, held) if level and opened is not None and held is not None else None
            self._askers += chroma is not None
        try:
            yield chroma
        finally:
            if chroma is not None:
                with self._asking:
                    self._askers -= 1
                    self._asking.notify_all()
        if chroma is None and self.state in ("ready", "failed"):
            self.bring_level()

    # --- keeping level --------------------------------------------------------------------

    def bring_level(self, progress: Progress | None = None) -> Future[bool]:
        """Opens Chroma and makes it hold what the library holds, in a thread of its own.

        The future says whether Chroma is now ready. Called again while at work, it gives the same
        future. A Chroma that failed is left alone for half a minute, then twice as long, and so on.
        """
        with self._asking:
            if self._pending is None or self._pending.done():
                if self._stopping.is_set() or time.monotonic() < self._retry_at:
                    self._pending = Future()
                    self._pending.set_result(False)
                else:
                    self.state = "at work"
                    self._pending = self._worker.submit(self._work, progress)
            return self._pending

    def close(self) -> None:
        """Finishes soon or breaks off, leaves Chroma in order and gives up its folder."""
        self._hurry.set()
        if self._pending is not None:
            wait([self._pending], timeout=_FINISH_SECONDS)
        self._stopping.set()
        self._worker.shutdown(wait=True)
        try:
            self._upkeep.let_go()
        except (ChromaUnusableError, OSError) as error:
            _log.warning("Chroma could not be left in order and will be made anew: %s", error)
        self._ownership.release()
        self.state = "closed"

    def _work(self, progress: Progress | None) -> bool:
        try:
            for _ in range(_ATTEMPTS):
                try:
                    return self._attempt(progress)
                except (ChromaUnusableError, OSError) as error:
                    self._failed(error)
            self._retry_at = time.monotonic() + self._pause
            self._pause *= 2
            return False
        finally:
            if self.state == "at work":
                self.state = "failed"

    def _attempt(self, progress: Progress | None) -> bool:
        if not self._ownership.acquire():
            self.state = "owned elsewhere"
            return False
        if self._suspect:
            self._upkeep.distrust()
        if self._upkeep.opened is None:
            self._upkeep.open()
        self._suspect = False
        revision = -1
        while revision != self._library.revision():
            levelled = self._upkeep.level(progress)
            if levelled is None:
                return False
            revision = levelled
        with self._asking:
            self._level_at = revision
        self._pause = _RETRY_SECONDS
        self.state = "ready"
        return True

    def _failed(self, error: Exception) -> None:
        """Asks nothing more of a Chroma that failed; the next work makes it anew."""
        _log.warning("Chroma failed, the exact search answers: %s", error)
        with self._asking:
            self._level_at = -1
            self._suspect = True
        self.state = "failed"

    def _alone(self) -> None:
        """Lets nobody ask Chroma from now on, and waits for those who are asking."""
        with self._asking:
            self._level_at = -1
            self._asking.wait_for(lambda: self._askers == 0)
