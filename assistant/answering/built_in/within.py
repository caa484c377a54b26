"""Answers what is computed from two figures of one report: a difference, a ratio, a share, what is left of a set.

Both figures are cited and shown; where one of them is not printed, or is no plain result, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.marks import Citations, answer_figure
from assistant.answering.picking.best import best_pick
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.answering.picking.quote import label_of, quoted_span
from assistant.answering.wording import say, verbatim, where
from assistant.errors import NotComputable
from assistant.figures import derive
from assistant.language.measure_words import same_class
from assistant.models import AnswerFigure, Derived, Draft, Language, Question, Report

_SIGNS = {"difference": "−", "rest": "−", "ratio": "÷", "share": "÷"}
_UNDONE = ("没", "未", "不", "无")


def compute_within(question: Question, report: Report, similar: Similar) -> Draft | None:
    """The answer computed from two figures of `report`, or None where it does not print both as results."""
    if question.computes == "rest":
        named = bool(question.parts)
        pair = _part_of_it(question, report, similar) if named else _whole_and_part(question, report, similar)
    else:
        named, pair = False, _two(question, report, similar)
    if pair is None or not all(_plain_result(pick) for pick in pair):
        return None
    citations = Citations()
    figures = [_cited(question, pick, citations) for pick in pair]
    language = question.language
    try:
        result = _COMPUTE[question.computes or "difference"](figures[0], figures[1], language)
    except NotComputable:
        return None
    labels = [label_of(pick) for pick in pair]
    if question.computes == "rest" and not named and pair[1].figure is not None and pair[1].figure.verb:
        labels[1] = pair[1].figure.verb  # both count the same thing; of the second it is told what was done
    marked = [
        f"{label}{' ' if language == 'en' else ''}**{figure.text}**[{figure.citation}]"
        for label, figure in zip(labels, figures, strict=True)
    ]
    if question.computes in {"difference", "rest"} and (figures[0].value or 0) < (figures[1].value or 0):
        marked.reverse()
    head = where(report.profile.city, figures[0].period, language)
    shown = f" {_SIGNS[question.computes or 'difference']} ".join(marked)
    lines = [say(f"within_{question.computes}", language, where=head, result=result.text, shown=shown), ""]
    lines += [f"> {verbatim(one.quote)} [{one.n}]" for one in citations.all()]
    return Draft("answered", "\n".join(lines), citations.all(), tuple(figures), (result,))


def _cited(question: Question, pick: Pick, citations: Citations) -> AnswerFigure:
    assert pick.figure is not None
    n = citations.cite(pick.report, quoted_span(question, pick), kind=pick.figure.kind, period=pick.figure.period.label)
    return answer_figure(pick.report, pick.figure, n)


def _two(question: Question, report: Report, similar: Similar) -> tuple[Pick, Pick] | None:
    first, second = (best_pick(part, report, similar) for part in question.parts)
    if first is None or second is None or first.figure == second.figure:
        return None
    return first, second


def _part_of_it(question: Question, report: Report, similar: Similar) -> tuple[Pick, Pick] | None:
    """The two figures asked where the first is the whole of which the second is a part (除了省级的还有多少)."""
    pair = _two(question, report, similar)
    if pair is None or pair[0].figure is None or pair[1].figure is None:
        return None
    whole, part = pair[0].figure, pair[1].figure
    together = whole.sentence == part.sentence and same_class(whole.unit, part.unit)
    return pair if together and not pair[0].extra_or_level and (whole.value or 0) > (part.value or 0) else None


def _whole_and_part(question: Question, report: Report, similar: Similar) -> tuple[Pick, Pick] | None:
    """A set and the part of it that was done: two figures of one sentence that count the same, the larger first."""
    picks = [pick for pick in pick_figures(question, report, similar)[:6] if pick.figure is not None]
    best = best_pick(question, report, similar)
    for whole in picks:
        for part in picks:
            one, other = whole.figure, part.figure
            if one is None or other is None or best not in (whole, part):
                continue
            alike = one.sentence == other.sentence and one.label == other.label and same_class(one.unit, other.unit)
            if alike and one.span.start < other.span.start and (other.value or 0) < (one.value or 0):
                return whole, part
    return None


def tells_undone(pick: Pick) -> bool:
    """Whether the report itself counts those that something was not done with (未建会130家)."""
    figure = pick.figure
    return figure is not None and any(word in figure.clause.of(pick.report.repaired.text) for word in _UNDONE)


def _plain_result(pick: Pick) -> bool:
    figure = pick.figure
    return figure is not None and figure.readable and figure.kind == "achieved" and figure.doubt is None


def _difference(first: AnswerFigure, second: AnswerFigure, language: Language) -> Derived:
    larger, smaller = (first, second) if (first.value or 0) >= (second.value or 0) else (second, first)
    return derive.difference(larger, smaller, language)


_COMPUTE: dict[str, Callable[[AnswerFigure, AnswerFigure, Language], Derived]] = {
    "difference": _difference,
    "rest": _difference,
    "ratio": derive.ratio,
    "share": derive.share,
}
