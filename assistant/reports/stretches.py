"""Which of many spans a stretch of text touches, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from assistant.models import Span


class Stretches:
    """Spans in order; they may overlap each other."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))  # the farthest end up to each

    def touching(self, stretch: Span) -> list[Span]:
        """Those that share a character with `stretch`, in order."""
        first, behind = bisect_right(self._reach, stretch.start), bisect_left(self._starts, stretch.end)
        return [span for span in self._spans[first:behind] if span.overlaps(stretch)]
