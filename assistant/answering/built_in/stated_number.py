"""Answers questions that name nothing but a number (“450项”是什么? 那3000万户是真的吗?): the figures that print it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.built_in.figure_answer import FigureAnswer
from assistant.answering.marks import Citations
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import Draft, Question, Report

_MOST = 3  # figures of one value that are told


def answer_stated_number(question: Question, reports: Sequence[Report], similar: Similar) -> Draft | None:
    """The figures of the cities asked that have the value and unit of the question; None where none has, or a thing is named."""
    if question.terms_of_substance or not question.cities:
        return None
    stated = {(one.value, one.unit) for one in find_quantities(to_simplified(question.text)) if one.value is not None}
    found: list[Pick] = [
        pick
        for report in reports
        for pick in pick_figures(question, report, similar)
        if pick.figure is not None and (pick.figure.value, pick.figure.unit) in stated
    ]
    if not found:
        return None
    citations = Citations()
    answer = FigureAnswer(question, citations)
    for pick in found[:_MOST]:
        answer.add(pick)
    return Draft(answer.status, "\n".join(answer.lines), citations.all(), tuple(answer.figures), tuple(answer.derived))
