"""Who may use the Chroma folder: one process, as long as it lives.

A lock of the operating system, so that a killed process leaves none behind. The library itself
needs no such lock; SQLite has its own.
"""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout


class Ownership:
    """A lock file that this process holds or does not."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_suffix(".lock"), thread_local=False)

    @property
    def held(self) -> bool:
        """Whether it is held by this object."""
        return self._lock.is_locked

    def acquire(self) -> bool:
        """Takes the lock if nobody has it, without waiting; whether it is held now. Raises OSError."""
        if self.held:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        self._path.with_suffix(".pid").write_text(str(os.getpid()), "ascii")
        return True

    def release(self) -> None:
        """Lets go, so that another process can take over."""
        self._lock.release()

    def holder(self) -> int | None:
        """The process that took the lock last; only good for a message."""
        try:
            return int(self._path.with_suffix(".pid").read_text("ascii"))
        except (OSError, ValueError):
            return None
