"""Finds the parts of a thing of which a report gives no total (省级3个、市级5个): those that are of nothing else."""

from __future__ import annotations

import re

from assistant.answering.comparing.rows import RowPicks
from assistant.answering.picking.decide import is_excluded
from assistant.answering.picking.pick import Pick
from assistant.models import Question


def own_parts(question: Question, rows: list[RowPicks]) -> list[RowPicks]:
    """The rows that are parts of the thing asked: none is the whole, all name it and can be read."""
    if not rows or not rows[0].key:
        return []
    rows = [row for row in rows if not any(_of_others(question, pick) for pick in row.picks.values())]
    if not rows:
        return []
    picks = [pick for row in rows for pick in row.picks.values()]
    best = max(pick.on_label for pick in picks)
    return [
        row
        for row in rows
        if all(p.figure is not None and p.figure.readable and p.on_label >= best - 0.1 for p in row.picks.values())
    ]


def _of_others(question: Question, pick: Pick) -> bool:
    """Whether a figure is of what is expressly not asked, or of people of other kinds as well (教师和部分学生代表)."""
    figure = pick.figure
    if figure is None:
        return False
    forms = [form for term in question.terms if term.noun and term.focus for form in (term.text, *term.forms)]
    joint = bool(re.search(r"[和与及、]", figure.label)) and not figure.label.endswith(tuple(forms))
    return is_excluded(question, figure) or joint
