"""What composes an answer: question and evidence in, draft out. The built-in composer and chat models both do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.models import Draft, Evidence, Question


class Composer(Protocol):
    """Turns a question and its evidence into a draft that is still to be verified."""

    name: str

    def compose(self, question: Question, evidence: Evidence) -> Draft:
        """The whole draft."""
        ...

    def stream(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        """Growing drafts; the last one is whole."""
        ...

    def complete(self, turn: str, history: Sequence[str]) -> Iterator[str]:
        """The follow-up `turn` made whole from the turns before it, as it grows; the last one counts, "" is none."""
        ...

    def look_further(self, question: Question, evidence: Evidence, refusal: Draft) -> Iterator[Draft]:
        """Growing drafts where `compose` gave `refusal` (not found); the last one is whole. None: the refusal stands."""
        ...
