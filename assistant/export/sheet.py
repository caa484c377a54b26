"""A comparison or an answer as a workbook: the table as shown, its cells one by one, and the sources.

Numbers stand in the sheet of cells as numbers, beside their print; in the table they stand as printed.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.export.cells import COLUMNS, Line, lines, rows, safe
from assistant.export.text import title
from assistant.export.words import say
from assistant.models import Answer, Language

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None

_LONGEST = 32_767
"""Characters that a cell of Excel can hold."""


def workbook(answer: Answer) -> bytes:
    """The bytes of an .xlsx file about `answer`."""
    import openpyxl

    book: Workbook = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    language = answer.language
    table, cells = rows(answer), list(lines(answer))
    _first(book.create_sheet(say("comparison" if table else "answer", language)), answer, table)
    if cells:
        sheet = book.create_sheet(say("cells", language))
        _listed(sheet, [say(name, language) for name in COLUMNS], [_fields(line, language) for line in cells])
    if answer.citations:
        columns = ("n", "city", "period", "report", "start", "end", "quote", "verdict")
        sources: list[Sequence[Value]] = [
            (c.n, c.city, c.period, c.report, c.start, c.end, c.quote, say(c.verdict, language))
            for c in answer.citations
        ]
        _listed(
            book.create_sheet(say("sources", language)), [say(name, language) for name in columns], sources
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _first(sheet: Worksheet, answer: Answer, table: list[list[str]]) -> None:
    """The answer in words, the table under it, and the warnings under that."""
    from openpyxl.styles import Font

    columns = len(table[0]) if table else 1
    at = _paragraph(sheet, 1, title(answer), columns)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    said, warned = _prose(answer, has_table=bool(table))
    for text in said:
        at = _paragraph(sheet, at, text, columns)
    if table:
        at += 1
        for number, row in enumerate(table):
            for column, text in enumerate(row, 1):
                _put(sheet, at + number, column, text)
        _dress_head(sheet, at, len(table[0]))
        _fit(sheet, at, at + len(table) - 1, narrowest=16, widest=32)
        at += len(table) + 1
    else:
        sheet.column_dimensions["A"].width = 100
    for text in warned:
        at = _paragraph(sheet, at, text, columns)
    _for_print(sheet)


def _prose(answer: Answer, *, has_table: bool) -> tuple[list[str], list[str]]:
    """The lines of the answer without emphasis and without what the table shows as well; its warnings apart."""
    said = [line.strip() for line in answer.text.splitlines() if line.strip()]
    if has_table:
        said = [line for line in said if not line.startswith(("|", ">", "- "))]
    warned = [warning.text for warning in answer.comparison.warnings] if answer.comparison is not None else []
    return [line.replace("**", "") for line in said], warned


def _fields(line: Line, language: Language) -> Sequence[Value]:
    values = list(line.fields())
    kind = COLUMNS.index("kind")
    if line.kind:
        values[kind] = say(line.kind, language)
    elif line.source is None:
        values[kind] = say("not_reported", language)
    return values


def _listed(sheet: Worksheet, head: Sequence[str], body: Sequence[Sequence[Value]]) -> None:
    """A sheet with one head row that stays in view and can be filtered."""
    for number, row in enumerate((head, *body), 1):
        for column, value in enumerate(row, 1):
            _put(sheet, number, column, value)
    _dress_head(sheet, 1, len(head))
    _fit(sheet, 1, len(body) + 1, narrowest=8)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _for_print(sheet)


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Writes a value; text stays text, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    cell: Cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST]
        cell.value = text
        cell.data_type = "s"
        # The mark of a spreadsheet for "this is text", so that editing the cell makes no formula of it either.
        cell.quotePrefix = safe(text) != text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value is not None:
        cell.value = value
        cell.alignment = Alignment(vertical="top")
    return cell


def _paragraph(sheet: Worksheet, row: int, text: str, columns: int) -> int:
    """A line of words across the table's columns; the next row."""
    _put(sheet, row, 1, text)
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    across = 20 * columns if columns > 1 else 100
    sheet.row_dimensions[row].height = 16 * max(1, -(-_width(text) // across)) + 4
    return row + 1


def _dress_head(sheet: Worksheet, row: int, columns: int) -> None:
    from openpyxl.styles import Font, PatternFill

    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="E8EEF4")


def _fit(sheet: Worksheet, first: int, last: int, *, narrowest: int, widest: int = 60) -> None:
    """Columns as wide as what stands in these rows, up to a limit; rows as high as their wrapped text."""
    from openpyxl.utils import get_column_letter

    columns = list(sheet.iter_cols(min_row=first, max_row=last))
    widths = [
        min(widest, max(narrowest, *(_width(str(cell.value or "")) + 2 for cell in column))) for column in columns
    ]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in range(first, last + 1):
        tall = max(
            -(-_width(str(column[row - first].value or "")) // max(1, width - 2))
            for column, width in zip(columns, widths, strict=True)
        )
        sheet.row_dimensions[row].height = 15 * max(1, tall)


def _for_print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _width(text: str) -> int:
    """How many narrow characters wide the longest line is."""
    return max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n")), default=0
    )
