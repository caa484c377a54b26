"""What is being made ready, and how reports are brought up to date that other rules or another embedding model made.

Runs in whatever thread it is called from, and can be broken off between two reports: what is done is kept in the
library, the rest waits for the next start. It decides nothing about answering.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.errors import AssistantError, ReportError
from assistant.index.build import Index
from assistant.reading import read

FINISH_SECONDS = 10.0  # that breaking off waits for the present report

Counted = Callable[[int, int], None]  # so many done, so many in all
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something long has come: `done` of `of` files, and what is done to the present one."""

    name: str
    stage: str  # waiting, reading, indexing, done; loading (an embedding model), renewing (reports that are there)
    done: int
    of: int


class Renewal:
    """The state of one assistant's making ready: `progress` while something is under way, `trouble` if it failed."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.trouble: AssistantError | None = None
        self._running = threading.Lock()
        self._stopping = threading.Event()

    @contextmanager
    def at_work(self, progress: Progress) -> Iterator[None]:
        """Shows `progress` while the block runs."""
        self.progress = progress
        try:
            yield
        finally:
            self.progress = None

    def bring_up_to_date(self, index: Index, tell: Counted | None = None) -> bool:
        """Reads and embeds anew what has to be; False when it was broken off. `tell` gets reports done and in all."""

        def told(done: int, of: int) -> None:
            self.progress = Progress("", "renewing", done, of)
            if tell is not None:
                tell(done, of)
            if self._stopping.is_set():
                raise _BrokenOff

        with self._running:
            try:
                if not self._stopping.is_set():
                    index.refresh(read, told)
            except _BrokenOff:
                return False
            except ReportError as error:  # the others are done; one file that no longer reads must not stop the start
                _log.warning("A stored report could not be read anew: %s", error.en)
            finally:
                self.progress = None
        return not self._stopping.is_set()

    def stop(self) -> None:
        """Breaks off for good; a report that is being embedded is finished first."""
        self._stopping.set()
        if self._running.acquire(timeout=FINISH_SECONDS):
            self._running.release()


class _BrokenOff(Exception):
    """Nothing more is to be brought up to date."""
