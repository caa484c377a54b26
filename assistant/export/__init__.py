"""Answers and comparisons as files: csv, md, xlsx and docx, each figure with its source and quote.

What is written is what the answer says; nothing is computed or looked up again.
"""

from __future__ import annotations

from assistant.errors import RequestRefused
from assistant.export.text import as_csv, as_markdown, comparison_table
from assistant.models import Answer

__all__ = ["TYPES", "comparison_table", "export"]

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The forms, each with its media type."""


def export(answer: Answer, form: str) -> bytes:
    """`answer` as a file: `csv` and `xlsx` for spreadsheets, `md` and `docx` to read. Raises RequestRefused.

    csv has a line a cell of the comparison (a figure, where nothing is compared) and begins with the mark by which
    spreadsheets know UTF-8; docx has each source as a footnote.
    """
    if form == "csv":
        return as_csv(answer).encode("utf-8-sig")
    if form == "md":
        return as_markdown(answer).encode("utf-8")
    if form == "xlsx":
        from assistant.export.sheet import workbook

        return workbook(answer)
    if form == "docx":
        from assistant.export.document import document

        return document(answer)
    raise RequestRefused(
        en=f"There is no export as {form!r}. There are: {', '.join(TYPES)}.",
        zh=f"不能导出为 {form!r}，可选：{'、'.join(TYPES)}。",
    )
