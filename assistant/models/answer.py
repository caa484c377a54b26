"""The values of an answer: citations, figures, comparison, draft, and the answer that every front end shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.models.base import Kind, Language, Status, Verdict, WarningKind


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact characters of a report as received."""

    n: int
    report: str  # file name
    report_id: str
    city: str | None
    start: int  # received
    end: int
    quote: str
    verdict: Verdict = "verbatim"
    place: str | None = None  # page or paragraph, where the format has them
    period: str | None = None
    kind: Kind = "unknown"


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    city: str | None
    label: str
    text: str
    value: float | None
    unit: str
    qualifier: str | None
    kind: Kind
    period: str | None
    citation: int
    readable: bool = True
    doubt: str | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    kind: Literal["difference", "ratio", "total", "share", "conversion"]
    text: str
    value: float
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextCell:
    text: str
    citation: int


Cell = AnswerFigure | TextCell | None


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    unit: str | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Ranked:
    city: str
    rank: int
    citation: int


@dataclass(frozen=True, slots=True)
class Apart:
    city: str
    why: str


@dataclass(frozen=True, slots=True)
class Warning:
    kind: WarningKind
    cities: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    topic: str
    cities: tuple[str, ...]
    rows: tuple[Row, ...]
    ranking: tuple[Ranked, ...] | None
    apart: tuple[Apart, ...]
    warnings: tuple[Warning, ...]
    reported: int
    of: int
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A statement of a draft that could not be confirmed, as it was written, and why."""

    text: str
    why: str  # mark, city, quote, figure, qualifier, unit, target, period, words, source, derived


@dataclass(frozen=True, slots=True)
class Checks:
    """What checking an answer gave: sentences and table cells, how many state something, how many of these hold."""

    statements: int = 0
    checked: int = 0
    confirmed: int = 0
    unconfirmed: tuple[Unconfirmed, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations have been checked."""

    status: Status
    text: str  # Markdown with marks [1] [2]
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    derived: tuple[Derived, ...] = ()
    comparison: Comparison | None = None
    related: tuple[Citation, ...] = ()
    composer: str = "built-in"
    checks: Checks = Checks()
    made: str = ""  # in a chat model's draft: what our own code worded, so that repeating it needs no proof


@dataclass(frozen=True, slots=True)
class Answer:
    """What every front end shows; nothing about it is computed again."""

    question: str
    language: Language
    status: Status
    text: str
    citations: tuple[Citation, ...]
    figures: tuple[AnswerFigure, ...]
    derived: tuple[Derived, ...]
    comparison: Comparison | None
    related: tuple[Citation, ...]
    carried_cities: tuple[str, ...]
    carried_topic: str | None
    composer: str
    took_ms: dict[str, int]
    id: str | None = None
    checks: Checks = Checks()
