"""What the parts of a profile share: the findings they leave, and how far a report's opening goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.models import Finding, Span

Certainty = Literal["certain", "likely", "guess"]

LEAD = 1500  # characters of the opening in which a report says what it is


@dataclass(slots=True)
class Notes:
    """The findings gathered on the way, by field of the profile."""

    findings: dict[str, Finding] = field(default_factory=dict)

    def note(self, name: str, how: str, certainty: Certainty, span: Span | None) -> None:
        """Keeps how a field was decided; a later note replaces an earlier one."""
        self.findings[name] = Finding(how, certainty, span)
