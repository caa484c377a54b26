"""Answers by the number that a question states: what it is, or what the clause that prints it says of it.

“450项”是什么? 那3000万户是真的吗? Also 527万全是现金吗, where no other rule finds an answer: the clause is told, and no yes
or no where the question is of more than the number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.built_in.figure_answer import FigureAnswer
from assistant.answering.marks import Citations
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.language.measure_words import same_class
from assistant.language.numerals import parse_number
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import Draft, Figure, Question, Report

_MOST = 3  # figures of one value that are told
_TELLING = 3  # digits of a number that hardly stands in a report twice by chance
_SLIPS = (1.0, 1e4, 1e-4)  # 万 put in or left out
_IF = re.compile(r"[吗吧么嘛]|是不是|是否|还是|对不对|\b(?:is|was|were|are|did|does|do|has|have|or)\b", re.I)


def answer_stated_number(question: Question, reports: Sequence[Report], similar: Similar) -> Draft | None:
    """The figures of the cities asked that have the value and unit of the question; None where none has, or a thing is named."""
    if question.terms_of_substance or not question.cities:
        return None
    stated = {(one.value, one.unit) for one in find_quantities(to_simplified(question.text)) if one.value is not None}
    found = [
        pick
        for pick in _picks(question, reports, similar)
        if pick.figure is not None and (pick.figure.value, pick.figure.unit) in stated
    ]
    return _told(question, found[:_MOST], beside=False)


def answer_doubted_number(question: Question, reports: Sequence[Report], similar: Similar) -> Draft | None:
    """The clause that prints the number that a question puts in doubt; None where none does, or of nothing else it names."""
    if not question.premise or len(question.cities) != 1 or not _IF.search(question.text):
        return None
    stated = _stated(question)
    found = [
        pick
        for pick in _picks(question, reports, similar)
        if pick.figure is not None and any(_alike(pick.figure, *one) for one in stated)
    ]
    clear = len(found) == 1 or any(pick.nouns for pick in found)
    return _told(question, found[:1], beside=True) if clear else None


def as_figure(question: Question) -> Question | None:
    """The question how many there are, where one states so many and asks whether it is so (有25万人参加吗)."""
    if not question.premise or len(question.cities) != 1 or not _IF.search(question.text):
        return None
    amounts = [one for one in find_quantities(to_simplified(question.text)) if one.value is not None]
    units = [one.unit for one in amounts if one.unit and one.value not in question.years]
    return replace(question, intent="figure", unit=units[0]) if units else None


def _stated(question: Question) -> list[tuple[float, str]]:
    """The telling numbers of a question with their units, which an English one has none of that could be compared."""
    found = [(one.value, one.unit) for one in find_quantities(to_simplified(question.text)) if one.value is not None]
    if question.language == "en":
        found = [(value, "") for one in question.premise if (value := parse_number(one)) is not None]
    return [(value, unit) for value, unit in found if len(f"{value:.0f}".rstrip("0")) >= _TELLING]


def _alike(figure: Figure, value: float, unit: str) -> bool:
    if figure.value is None or (unit and not same_class(unit, figure.unit)):
        return False
    return any(math.isclose(figure.value, value * slip) for slip in _SLIPS)


def _picks(question: Question, reports: Sequence[Report], similar: Similar) -> list[Pick]:
    return [pick for report in reports for pick in pick_figures(question, report, similar)]


def _told(question: Question, picks: Sequence[Pick], *, beside: bool) -> Draft | None:
    if not picks:
        return None
    citations = Citations()
    answer = FigureAnswer(question, citations)
    for pick in picks:
        answer.add(pick, beside=beside)
    return Draft(answer.status, "\n".join(answer.lines), citations.all(), tuple(answer.figures), tuple(answer.derived))
