"""Which of the rows found for a thing are its parts, where its report prints parts and no whole."""

from __future__ import annotations

from assistant.answering.comparing.rows import RowPicks
from assistant.answering.picking.pick import Pick
from assistant.models import Question


def own_parts(question: Question, rows: list[RowPicks]) -> list[RowPicks]:
    """The rows that are parts of the thing asked: none is the whole, all name it and can be read."""
    if not rows or not rows[0].key:
        return []
    picks = [pick for row in rows for pick in row.picks.values()]
    best = max(pick.on_label for pick in picks)
    headed = any(_is_head(question, pick) for pick in picks)
    return [
        row
        for row in rows
        if all(
            p.figure is not None
            and p.figure.readable
            and p.on_label >= best - 0.1
            and (not headed or _is_head(question, p))
            for p in row.picks.values()
        )
    ]


def _is_head(question: Question, pick: Pick) -> bool:
    """Whether a label ends with the thing asked: 劳模代表 and 劳模工作室 are no 劳模."""
    label = pick.figure.label if pick.figure is not None else ""
    return any(label.endswith(form) for term in question.terms if term.noun for form in term.forms)
