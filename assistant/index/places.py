"""Where something was found: the values that the files of this room hand to each other.

No behaviour; a `Scored` is read by the retrieval as it is.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal["sentence", "passage"]
UNITS: tuple[Unit, ...] = ("sentence", "passage")
WHOLE = -1  # the sentence number of a whole passage


class Place(NamedTuple):
    """A sentence of a report, or with `sentence == -1` a whole passage."""

    report_id: str
    passage: int
    sentence: int


class Scored(NamedTuple):
    """A place and how well it fits: BM25 (above 0) or cosine (-1 to 1); higher is better."""

    report_id: str
    passage: int
    sentence: int
    score: float

    @property
    def place(self) -> Place:
        """The place without the score."""
        return Place(self.report_id, self.passage, self.sentence)
