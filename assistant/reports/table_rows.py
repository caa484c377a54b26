"""Tables of a page or a document as lines of text: `| 指标 | 2023年 |`, the header set off by a rule.

The same form that Markdown uses, so that whatever reads rows later knows one form only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table; the first row is its header, followed by a rule.

    Rows without any text are left out. A table of one column gives its cells as plain lines.
    """
    filled = [[_cell(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    width = max(len(row) for row in filled)
    if width == 1:
        return [row[0] for row in filled]
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in filled]
    if len(lines) > 1:
        lines.insert(1, "|" + " --- |" * width)
    return lines


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("|", "｜")).strip()
