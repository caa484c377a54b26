"""Questions about a change that a report prints by its two ends (从379公里增加到533公里): both ends, and what lies between.

The difference is computed by code and shown as such; a change that the report prints itself is told by the figure answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.marks import Citations, answer_figure
from assistant.answering.picking.best import best_pick
from assistant.answering.picking.pick import Pick, Similar
from assistant.answering.picking.quote import quoted_span
from assistant.answering.picking.stock import rises_from
from assistant.answering.wording import say, verbatim, where
from assistant.figures import derive
from assistant.language.script import to_simplified
from assistant.models import AnswerFigure, Derived, Draft, Figure, Question, Report

_BOTH_ENDS = re.compile(
    r"[由从自].{0,14}(?:多少|几).{0,12}[到至].{0,8}(?:多少|几)|\bfrom (?:what|how many|how much)\b", re.I
)
_CHANGE = re.compile(
    r"(?:增加|增长|减少|下降|提高|提升|降低|扩大|缩小|增|减|升|降)了?(?:多少|几)|(?:多|少)了(?:多少|几)|by how (?:much|many)",
    re.I,
)


def asks_change(question: Question) -> bool:
    """Whether both ends of a change, or what lies between them, are asked."""
    text = to_simplified(question.text)
    return bool(_BOTH_ENDS.search(text) or _CHANGE.search(text))


def base_of(report: Report, figure: Figure) -> Figure | None:
    """The figure that `figure` rose or fell from in the same clause; None where it is no end of such a change."""
    for other in report.figures:
        same = (other.label, other.unit, other.clause) == (figure.label, figure.unit, figure.clause)
        if same and other.span.end <= figure.span.start and rises_from(other, report.repaired.text):
            return other
    return None


def answer_change(
    question: Question, picks: Sequence[Pick], reports: Sequence[Report], similar: Similar
) -> Draft | None:
    """Both ends of a change and what lies between, where a report prints the ends and not the change."""
    amount = replace(question, unit=None, years=())
    tried = [*picks, *(pick for report in reports if (pick := best_pick(amount, report, similar)) is not None)]
    for pick in tried:
        end = next((one for one in pick.report.figures if base_of(pick.report, one) == pick.figure), pick.figure)
        if (told := _of_end(question, replace(pick, figure=end))) is not None:
            return told
    return None


def _of_end(question: Question, pick: Pick) -> Draft | None:
    """Both ends of the change that the picked figure ends, and the difference; None where it is no such end."""
    figure, report, language = pick.figure, pick.report, question.language
    base = base_of(report, figure) if figure is not None else None
    if figure is None or base is None or not figure.readable or not base.readable or figure.kind == "target":
        return None
    citations = Citations()
    n = citations.cite(report, quoted_span(question, pick), kind=figure.kind, period=figure.period.label)
    ends: tuple[AnswerFigure, AnswerFigure] = answer_figure(report, base, n), answer_figure(report, figure, n)
    derived: tuple[Derived, ...] = ()
    computed = ""
    if derive.comparable(*ends):
        low, high = sorted(ends, key=lambda one: one.value or 0.0)
        difference = derive.difference(high, low, language)
        derived = (difference,)
        computed = say("between", language, difference=difference.text, high=high.text, low=low.text, mark=f"[{n}]")
    head = where(report.profile.city, figure.period.label, language)
    quote = verbatim(citations.quote(n))
    line = say("from_to", language, where=head, start=base.shown, end=figure.shown, quote=quote, mark=f"[{n}]")
    return Draft("answered", line + computed, citations.all(), ends, derived)
