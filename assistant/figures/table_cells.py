"""Figures in the rows of tables: the row names what is counted, the column the period and the unit.

Only tables whose first row is their header. A number alone in its cell has the unit that its row or column names
(工会驿站（家）, a column 单位); without one it counts nothing that could be stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.language.dates import find_periods
from assistant.language.numerals import parse_number
from assistant.language.quantities import Quantity, find_quantities
from assistant.models import Figure, Kind, Loss, Passage, Period, Profile, Span

_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[:：])?([^（）()，、]{1,8})[）)]\s*$")
_HEADER_PARTS = " ｜ "
_UNIT_COLUMN = re.compile(r"(?:计量)?单\s*位")
_NUMBERING = re.compile(r"序\s*号|编\s*号|#")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_MASK = re.compile(r"[*＊xX×○●□■?？]{1,6}|[0-9]+[*＊xX×□?？]+[0-9]*")
_PLANNED = re.compile(r"(?:工作|预期)?(?:目标|计划|预期|预计|任务|规划|拟)[值数]?")
_DONE = re.compile(r"(?:实际|累计)?(?:完成|实际|实绩|实现|执行)(?:情况|[值数])?")


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row: its cells with their places, and the header above them."""

    cells: tuple[tuple[Span, str], ...]
    header: tuple[str, ...]

    @property
    def names(self) -> int:
        """The column that names what a row is about: the first one that does not number the rows."""
        return 1 if self.header and _NUMBERING.fullmatch(self.header[0]) and len(self.header) > 2 else 0

    @property
    def unit_column(self) -> int | None:
        return next((at for at, head in enumerate(self.header) if _UNIT_COLUMN.fullmatch(head)), None)


def told_by_table(
    text: str, passage: Passage, figures: Sequence[Figure], profile: Profile, losses: Sequence[Loss] = ()
) -> list[Figure]:
    """The figures of a table row, each with the label, the unit and the period that row and column give it."""
    written = passage.span.of(text)
    if not written.lstrip().startswith("|") or not passage.headings:
        return list(figures)
    row = _Row(_cells(text, passage.span), tuple(passage.headings[-1].split(_HEADER_PARTS)))
    read = [_told(row, figure, profile) for figure in figures if _column(row, figure.span) != row.unit_column]
    bare = [] if _is_header(row) else list(_bare(text, passage, row, read, profile, losses))
    return sorted([*read, *bare], key=lambda figure: figure.span)


def _cells(text: str, row: Span) -> tuple[tuple[Span, str], ...]:
    cells, start = [], text.index("|", row.start) + 1
    while (end := text.find("|", start, row.end)) >= 0:
        cells.append((Span(start, end), text[start:end].strip()))
        start = end + 1
    return tuple(cells)


def _is_header(row: _Row) -> bool:
    return [cell for _, cell in row.cells] == list(row.header)


def _column(row: _Row, span: Span) -> int | None:
    return next((at for at, (cell, _) in enumerate(row.cells) if cell.contains(span)), None)


def _told(row: _Row, figure: Figure, profile: Profile) -> Figure:
    column = _column(row, figure.span)
    if column is None or not row.names < column < len(row.header):
        return figure
    label, period, kind = _meaning(row, column, profile, figure.kind)
    return replace(figure, label=label or figure.label, period=period, kind=kind)


def _meaning(row: _Row, column: int, profile: Profile, told: Kind) -> tuple[str, Period, Kind]:
    """What a cell counts, of what time, and whether it is a result."""
    head = row.header[column]
    periods = find_periods(head, Span(0, len(head)))
    rest = _IN_BRACKETS.sub("", head)
    for span, _ in reversed(periods):
        rest = rest.replace(span.of(head), "")
    rest_of_head = "" if _PLANNED.fullmatch(rest.strip()) or _DONE.fullmatch(rest.strip()) else rest.strip()
    name = row.cells[row.names][1]
    label = " ".join(part for part in (_IN_BRACKETS.sub("", name).strip(), rest_of_head) if part)
    period = periods[-1][1] if periods else profile.period
    last = profile.period.end
    later = last is not None and period.start is not None and period.start > last
    kind: Kind = "target" if later or (_PLANNED.search(rest) and not _DONE.search(rest)) else told
    return label, period, kind


def _bare(
    text: str, passage: Passage, row: _Row, read: Sequence[Figure], profile: Profile, losses: Sequence[Loss]
) -> Iterator[Figure]:
    """The numbers that stand alone in their cells, where row or column names their unit."""
    for column, (place, cell) in enumerate(row.cells[: len(row.header)]):
        if column <= row.names or column == row.unit_column or any(place.contains(figure.span) for figure in read):
            continue
        unit = _unit(row, column)
        if unit is None or not (_NUMBER.fullmatch(cell) or _MASK.fullmatch(cell)):
            continue
        start = text.index(cell, place.start)
        span = Span(start, start + len(cell))
        damaged = any(loss.span.overlaps(span) for loss in losses)
        number = None if damaged or not _NUMBER.fullmatch(cell) else parse_number(cell.lstrip("-"))
        value = None if number is None else number * (unit.value or 1) * (-1 if cell.startswith("-") else 1)
        label, period, kind = _meaning(row, column, profile, passage.sentences[0].kind)
        yield Figure(
            span=span,
            clause=passage.span,
            sentence=passage.span,
            text=cell,
            value=None if value is None else round(value, 4),
            unit=unit.unit,
            qualifier=None,
            label=label,
            head=None,
            scope=(),
            verb=None,
            kind=kind,
            period=period,
            readable=value is not None,
        )


def _unit(row: _Row, column: int) -> Quantity | None:
    """One of the unit that a cell is counted in, as the column, the row or a column of units names it."""
    at = row.unit_column
    printed = [_UNIT_IN_BRACKETS.search(row.header[column]), _UNIT_IN_BRACKETS.search(row.cells[row.names][1])]
    names = [match[1] for match in printed if match]
    if at is not None and at < len(row.cells):
        names.insert(1 if printed[0] else 0, row.cells[at][1])
    for name in names:
        one = find_quantities(f"共1{name.strip()}")
        if len(one) == 1 and one[0].value is not None and one[0].unit and one[0].span.end == len(name.strip()) + 2:
            return one[0]
    return None
