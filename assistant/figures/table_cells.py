"""Figures in the rows of tables: the row names what is counted, the column the period and the unit.

Only tables whose first row is their header; a cell that holds several figures leaves them as they are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.dates import find_periods
from assistant.models import Figure, Passage, Profile, Span

_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_HEADER_PARTS = " ｜ "


def told_by_table(text: str, passage: Passage, figures: Sequence[Figure], profile: Profile) -> list[Figure]:
    """The figures of a table row, each with the label and the period that row and column give it."""
    row = passage.span.of(text)
    if not row.lstrip().startswith("|") or not passage.headings:
        return list(figures)
    header = passage.headings[-1].split(_HEADER_PARTS)
    return [_told(text, passage.span, header, figure, profile) for figure in figures]


def _told(text: str, row: Span, header: Sequence[str], figure: Figure, profile: Profile) -> Figure:
    column = text.count("|", row.start, figure.span.start) - 1
    cells = [cell.strip() for cell in row.of(text).strip().strip("|").split("|")]
    if not 0 < column < len(header):
        return figure
    head = header[column]
    periods = find_periods(head, Span(0, len(head)))
    rest = _IN_BRACKETS.sub("", head)
    for span, _ in reversed(periods):
        rest = rest.replace(span.of(head), "")
    label = " ".join(part for part in (_IN_BRACKETS.sub("", cells[0]), rest.strip()) if part)
    return replace(figure, label=label or figure.label, period=periods[-1][1] if periods else profile.period)
