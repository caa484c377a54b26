"""Finds the figure that is told beside the one asked for, so that neither is taken for all there is.

A result beside a target of the same thing, a second print under one label, or another kind of the thing asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.picking.best import is_reached
from assistant.answering.picking.decide import figure_found
from assistant.answering.picking.fits import asks_target
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.answering.picking.stock import aspect_fit
from assistant.language.script import to_simplified
from assistant.models import Figure, Question

OF_THE_SAME = 0.8  # share of the naming words of a target that a result told beside it must meet itself
MODIFIER = 6  # characters before a thing that tell its kind


def reached_beside(question: Question, picks: Sequence[Pick], similar: Similar) -> Pick | None:
    """The result that is told after a target where the question speaks of neither."""
    target = picks[0].figure if len(picks) == 1 else None
    if target is None or target.kind != "target" or asks_target(question):
        return None
    reached = (
        pick
        for pick in pick_figures(question, picks[0].report, similar)[:8]
        if pick.figure is not None and is_reached(question, pick.figure) and pick.figure.unit == target.unit
    )
    # What was reached is of the same thing: its own words name it no less than those of the target do.
    own = OF_THE_SAME * picks[0].own
    return next((pick for pick in reached if pick.own >= own and figure_found(question, pick)), None)


def twin_of(question: Question, pick: Pick, similar: Similar) -> Pick | None:
    """Another figure that fits as well (two success rates, two kinds of the thing), so that neither is told alone."""
    figure = pick.figure
    for other in pick_figures(question, pick.report, similar)[:4]:
        twin = other.figure
        if twin is None or figure is None or twin is figure or len(figure.label) < 3 or twin.value == figure.value:
            continue
        if (twin.unit, twin.kind, twin.period) != (figure.unit, figure.kind, figure.period):
            continue  # of another time, it is no second print of this one
        if _named_alone(question, figure, twin):
            continue
        text = pick.report.repaired.text
        if aspect_fit(question, twin, text) < aspect_fit(question, figure, text):
            continue  # of a set the done part is asked
        if twin.label == figure.label and other.score > pick.score - 0.06:
            return other
        if other.score > pick.score - 0.15 and figure_found(question, other) and _two_kinds(question, figure, twin):
            return other
    return None


def sums_beside(question: Question, pick: Pick, similar: Similar) -> list[Pick]:
    """The sums of money that are told of a doing where none of them is named by the question, the picked one included.

    Asked what a campaign cost, neither what was raised nor what was paid out as allowance is the whole of it.
    """
    figure = pick.figure
    if question.unit != "元" or figure is None or figure.unit != "元" or pick.on_label or question.premise:
        return [pick]
    asked = to_simplified(question.text)
    found = [
        one
        for one in pick_figures(question, pick.report, similar)[:6]
        if one.figure is not None
        and (one.figure.unit, one.figure.kind, one.figure.sentence) == ("元", figure.kind, figure.sentence)
        and one.figure.head == figure.head
        and not one.on_label
        and figure_found(question, one)
    ]
    if any(any(pair in asked for pair in _pairs(one)) for one in found):
        return [pick]  # 发了多少津贴: one of them is named after all
    return sorted(found, key=lambda one: one.figure.span.start if one.figure else 0)


def _pairs(pick: Pick) -> list[str]:
    """The words of what a sum was for, by two characters, and what was done with it."""
    assert pick.figure is not None
    label, verb = pick.figure.label, pick.figure.verb or ""
    return [label[at : at + 2] for at in range(len(label) - 1)] + ([verb] if verb else [])


def are_two_kinds(one: Pick, other: Pick) -> bool:
    """Whether two figures of one thing are of different things each, and none is the sum of the other and more."""
    if one.figure is None or other.figure is None or one.figure.verb != other.figure.verb:
        return False
    return (one.figure.label, one.figure.head) != (other.figure.label, other.figure.head)


def _named_alone(question: Question, figure: Figure, twin: Figure) -> bool:
    """Whether a quoted name of the question, of this turn or an earlier one, stands with one of two figures only."""
    one, other = ("".join((each.head or "", each.label)) for each in (figure, twin))
    forms = [form for term in question.terms if term.quoted for form in (term.text, *term.forms)]
    return any(form in one and form not in other for form in forms)


def _two_kinds(question: Question, figure: Figure, twin: Figure) -> bool:
    """Whether two figures count two kinds of the thing asked (旅游厕所, 卫生厕所 of 厕所), so that either may be meant."""
    forms = [form for term in question.terms if term.noun and term.focus for form in (term.text, *term.forms)]
    asked = to_simplified(question.text)
    for form in forms:
        if len(form) < 2 or not all(form in one.label for one in (figure, twin)):
            continue
        (kind, _, tail), (other, _, other_tail) = (one.label.rpartition(form) for one in (figure, twin))
        if any((bare := _bare(named)) and bare[:2] in asked for named in (kind, other)):
            return False  # the kind is named
        if tail == other_tail and len(tail) <= TAIL and all(0 < len(_bare(one)) <= MODIFIER for one in (kind, other)):
            return twin.verb == figure.verb
    return False


def _bare(kind: str) -> str:
    return re.sub(r"[“”+＋]|各级|全[省市县区]|工会", "", kind)


TAIL = 2  # characters after a thing that only say that it is counted (案件, 项目)
