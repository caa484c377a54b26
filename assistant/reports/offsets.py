"""A text that is being repaired and never forgets where its characters came from.

`TrackedText` takes edits, pass by pass, and yields at the end the text, the `OffsetMap` and the
list of changes. It does not know what is worth repairing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assistant.models import Change, OffsetMap, Run, Span


class Edit(NamedTuple):
    """Put `text` in the place of the characters `start` to `end` (never an empty place)."""

    start: int
    end: int
    text: str


class TrackedText:
    """A text under repair, with the received range of each of its characters."""

    def __init__(self, received: str) -> None:
        self.received = received
        self.text = received
        self.changes: list[Change] = []
        self._from = list(range(len(received)))
        self._to = list(range(1, len(received) + 1))

    def apply(self, rule: str, edits: Iterable[Edit]) -> bool:
        """Apply edits that are in order and do not overlap; tell whether anything changed.

        An edit of equal length maps character by character; any other maps as a whole, so that
        a span that touches it covers all that was there.
        """
        pieces: list[str] = []
        came_from: list[int] = []
        came_to: list[int] = []
        done = 0
        for start, end, new in edits:
            if start < done or end <= start:
                raise ValueError(f"edit {start}..{end} of rule {rule} overlaps another or is empty")
            if self.text[start:end] == new:
                continue
            pieces.append(self.text[done:start])
            came_from += self._from[done:start]
            came_to += self._to[done:start]
            pieces.append(new)
            whole = Span(self._from[start], self._to[end - 1])
            if len(new) == end - start:
                came_from += self._from[start:end]
                came_to += self._to[start:end]
            else:
                came_from += [whole.start] * len(new)
                came_to += [whole.end] * len(new)
            self.changes.append(Change(rule, whole, whole.of(self.received), new))
            done = end
        if not pieces:
            return False
        pieces.append(self.text[done:])
        came_from += self._from[done:]
        came_to += self._to[done:]
        self.text = "".join(pieces)
        self._from, self._to = came_from, came_to
        return True

    def offset_map(self) -> OffsetMap:
        """The way back, as the fewest runs: one-to-one stretches and whole-to-whole stretches."""
        runs: list[Run] = []
        at, size = 0, len(self.text)
        while at < size:
            end, last = self._whole(at)
            if end == at + 1 and last - self._from[at] == 1:
                end = self._end_of_one_to_one(at)
                last = self._from[at] + end - at
            runs.append(Run(at, end - at, self._from[at], last - self._from[at]))
            at = end
        return OffsetMap(tuple(runs))

    def _whole(self, at: int) -> tuple[int, int]:
        """Where the characters end whose received ranges overlap, from `at` on, and those ranges."""
        last, end = self._to[at], at + 1
        while end < len(self.text) and self._from[end] < last:
            last = max(last, self._to[end])
            end += 1
        return end, last

    def _end_of_one_to_one(self, at: int) -> int:
        """Where the stretch ends in which every character has one received character of its own."""
        came_from, came_to, size = self._from, self._to, len(self.text)
        shift, end = came_from[at] - at, at + 1
        while end < size and came_from[end] == end + shift and came_to[end] == end + shift + 1:
            if end + 1 < size and came_from[end + 1] == end + shift:  # two made from one: a stretch of its own
                break
            end += 1
        return end
