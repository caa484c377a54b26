"""A comparison or an answer as text that other programs open: an aligned table, Markdown or CSV."""

from __future__ import annotations

import csv
import io
import unicodedata

from assistant.export.cells import COLUMNS, lines, rows, safe
from assistant.models import Answer, AnswerFigure, Citation


def comparison_table(answer: Answer, form: str) -> str:
    """The comparison of `answer` as `table` (aligned for a terminal), `md` or `csv`; its text where there is none."""
    if answer.comparison is None or not answer.comparison.rows:
        return answer.text
    if form == "csv":
        return as_csv(answer)
    table = rows(answer)
    body = markdown_table(table) if form == "md" else _aligned(table)
    notes = [f"! {warning.text}" if form == "table" else f"> {warning.text}" for warning in answer.comparison.warnings]
    sources = [_source(item, form) for item in answer.citations]
    return "\n".join([body, "", *notes, "", *sources]).rstrip()


def as_markdown(answer: Answer) -> str:
    """The whole answer under its question, with its table, its warnings, and each source with its quote."""
    parts = [f"# {title(answer)}", with_table(answer)]
    shown = answer.comparison.warnings if answer.comparison is not None else ()
    missing = [f"> {warning.text}" for warning in shown if warning.text not in answer.text]
    parts += ["\n>\n".join(missing)] if missing else []
    parts.append("\n".join(_source(item, "md") for item in answer.citations or answer.related))
    return "\n\n".join(part for part in parts if part).rstrip() + "\n"


def as_csv(answer: Answer) -> str:
    """One line a cell: thing, city, print, value, unit, qualifier, kind, period, report, start, end, quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines(answer):
        writer.writerow(_field(value) for value in line.fields())
    return out.getvalue().rstrip("\n")


def title(answer: Answer) -> str:
    """What a file about `answer` is called."""
    topic = answer.comparison.topic if answer.comparison is not None else ""
    return " ".join((topic or answer.question).split())


def with_table(answer: Answer) -> str:
    """The answer's text, with the table of its figures added where the text has none."""
    shown = answer.comparison.rows if answer.comparison is not None else ()
    has_figures = any(isinstance(cell, AnswerFigure) for row in shown for cell in row.cells.values())
    if not has_figures or "\n|" in f"\n{answer.text}":
        return answer.text.strip()
    return f"{answer.text.strip()}\n\n{markdown_table(rows(answer))}"


def markdown_table(table: list[list[str]]) -> str:
    """Rows of cells as a Markdown table; the first is its head."""
    body = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in table]
    return "\n".join([body[0], "|" + "---|" * len(table[0]), *body[1:]])


def _field(value: str | int | float | None) -> str:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def _source(item: Citation, form: str) -> str:
    quote = item.quote if form == "table" else " ".join(item.quote.split("\n"))
    line = f"[{item.n}] {item.city or '-'} · {item.period or '-'} · {item.report} {item.start}-{item.end}: {quote}"
    return line if form == "table" else f"{line}  "


def _aligned(table: list[list[str]]) -> str:
    widths = [max(_width(row[column]) for row in table) for column in range(len(table[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
