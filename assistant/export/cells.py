"""What the files are made of: the rows of a table as shown, and one line a figure with its source and quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.export.words import say
from assistant.models import Answer, AnswerFigure, Cell, Citation, Language

COLUMNS = ("thing", "city", "print", "value", "unit", "qualifier", "kind", "period", "report", "start", "end", "quote")

_NUMBER = re.compile(r"[+-][\d.,]+[%％]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One cell: what, whose, how it is printed, and where; a cell that no report fills has no source."""

    thing: str
    city: str
    text: str = ""
    value: float | None = None
    unit: str = ""
    qualifier: str = ""
    kind: str = ""
    period: str = ""
    source: Citation | None = None

    def fields(self) -> tuple[str | int | float | None, ...]:
        """The values of COLUMNS; None where there is nothing."""
        source = self.source
        place = (None,) * 4 if source is None else (source.report, source.start, source.end, source.quote)
        shown = (self.thing, self.city, self.text, self.value, self.unit, self.qualifier, self.kind, self.period)
        return (*(item if item != "" else None for item in shown), *place)


def lines(answer: Answer) -> Iterator[Line]:
    """A line for each cell of the comparison, or each figure where nothing is compared, or else each source."""
    cited = {item.n: item for item in answer.citations}
    if answer.comparison is None:
        for figure in answer.figures:
            yield _line(figure.label, figure.city or "", figure, cited)
        for item in () if answer.figures else answer.citations:
            yield Line("", item.city or "", kind=item.kind, period=item.period or "", source=item)
        return
    for row in answer.comparison.rows:
        for city in answer.comparison.cities:
            yield _line(row.label, city, row.cells.get(city), cited)


def rows(answer: Answer) -> list[list[str]]:
    """The header row and one row a thing compared, every cell as it is shown; empty without a comparison."""
    comparison = answer.comparison
    if comparison is None or not comparison.rows:
        return []
    cited = {item.n: item for item in answer.citations}
    table = [["", *comparison.cities]]
    for row in comparison.rows:
        shown = (_shown(row.cells.get(city), cited, answer.language) for city in comparison.cities)
        table.append([row.label, *shown])
    return table


def safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula; a printed number with its sign is none."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text) else text


def _line(thing: str, city: str, cell: Cell, cited: dict[int, Citation]) -> Line:
    if cell is None:
        return Line(thing, city)
    source = cited.get(cell.citation)
    period = (source.period if source is not None else None) or ""
    if not isinstance(cell, AnswerFigure):
        return Line(thing, city, cell.text, kind=source.kind if source else "", period=period, source=source)
    kind = cell.kind if cell.readable else "unreadable"
    text = cell.text if cell.readable else ""
    return Line(
        thing, city, text, cell.value, cell.unit, cell.qualifier or "", kind, cell.period or period, source
    )  # fmt: skip


def _shown(cell: Cell, cited: dict[int, Citation], language: Language) -> str:
    """A cell in words, with period, target and damage said."""
    if cell is None:
        return say("not_reported", language)
    if isinstance(cell, AnswerFigure):
        if not cell.readable:
            return f"{say('damaged', language)} [{cell.citation}]"
        period, kind, doubted = cell.period, cell.kind, cell.doubt is not None
    else:
        source = cited.get(cell.citation)
        period, kind, doubted = (source.period, source.kind, False) if source is not None else (None, "unknown", False)
    notes = [period or ""]
    notes += [say("target", language)] if kind == "target" else []
    notes += [say("doubtful", language)] if doubted else []
    said = ", ".join(note for note in notes if note)
    return f"{cell.text} ({said}) [{cell.citation}]" if said else f"{cell.text} [{cell.citation}]"
