"""Counts how long each stage of an answer takes."""

from __future__ import annotations

import time


class Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self.laps: dict[str, int] = {}
        self._at = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = self.laps.get(stage, 0) + round((now - self._at) * 1000)
        self._at = now
