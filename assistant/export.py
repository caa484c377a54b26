"""A comparison as text that other programs open: an aligned table, Markdown or CSV, each cell with its source and quote."""

from __future__ import annotations

import csv
import io
import unicodedata

from assistant.models import Answer, AnswerFigure, Cell, Citation


def comparison_table(answer: Answer, form: str) -> str:
    """The comparison of `answer` as `table` (aligned for a terminal), `md` or `csv`; its text where there is none."""
    if answer.comparison is None or not answer.comparison.rows:
        return answer.text
    if form == "csv":
        return _csv(answer)
    rows = cells_of(answer)
    body = _markdown(rows) if form == "md" else _aligned(rows)
    notes = [f"! {warning.text}" if form == "table" else f"> {warning.text}" for warning in answer.comparison.warnings]
    sources = [_source(item, form) for item in answer.citations]
    return "\n".join([body, "", *notes, "", *sources]).rstrip()


def cells_of(answer: Answer) -> list[list[str]]:
    """The header row and one row a thing compared, every cell as it is shown."""
    comparison = answer.comparison
    if comparison is None:
        return []
    english = answer.language == "en"
    head = ["", *comparison.cities]
    return [
        head,
        *(
            [row.label, *(cell_text(row.cells.get(city), english) for city in comparison.cities)]
            for row in comparison.rows
        ),
    ]


def cell_text(cell: Cell, english: bool) -> str:
    """A cell in words, with period, target and damage said."""
    if cell is None:
        return "not reported" if english else "报告未提及"
    if not isinstance(cell, AnswerFigure):
        return f"{cell.text} [{cell.citation}]"
    if not cell.readable:
        return f"{'damaged in the source' if english else '原文缺损'} [{cell.citation}]"
    notes = [cell.period or ""]
    notes += [("target" if english else "目标")] if cell.kind == "target" else []
    notes += [("doubtful" if english else "存疑")] if cell.doubt is not None else []
    return f"{cell.text} ({', '.join(note for note in notes if note)}) [{cell.citation}]"


def _source(item: Citation, form: str) -> str:
    line = f"[{item.n}] {item.city or '-'} · {item.period or '-'} · {item.report} {item.start}-{item.end}: {item.quote}"
    return line if form == "table" else f"{line}  "


def _markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _csv(answer: Answer) -> str:
    """One line a cell: thing, city, print, value, unit, qualifier, kind, period, report, start, end, quote."""
    comparison = answer.comparison
    assert comparison is not None
    cited = {item.n: item for item in answer.citations}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["thing", "city", "print", "value", "unit", "qualifier", "kind", "period", "report", "start", "end", "quote"]
    )
    for row in comparison.rows:
        for city in comparison.cities:
            cell = row.cells.get(city)
            if cell is None:
                writer.writerow([row.label, city, *([""] * 10)])
                continue
            source = cited[cell.citation]
            place = [source.report, source.start, source.end, _safe(source.quote)]
            if isinstance(cell, AnswerFigure):
                value = "" if cell.value is None else f"{cell.value:.15g}"
                kind = cell.kind if cell.readable else "unreadable"
                writer.writerow(
                    [
                        row.label,
                        city,
                        cell.text if cell.readable else "",
                        value,
                        cell.unit,
                        cell.qualifier or "",
                        kind,
                        cell.period or "",
                        *place,
                    ]
                )
            else:
                writer.writerow([row.label, city, _safe(cell.text), "", "", "", "", source.period or "", *place])
    return out.getvalue().rstrip("\n")


def _safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text
