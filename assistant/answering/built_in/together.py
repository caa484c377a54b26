"""Answers a turn that asks several things of one city at once (多少人参加，增长多少？ 市长是谁？哪天作的报告？).

One sentence a part, in the order asked; what the report does not give is said for that part alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.built_in.fact_answer import answer_fact
from assistant.answering.built_in.figure_answer import FigureAnswer
from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.built_in.overview import answer_library
from assistant.answering.marks import Citations
from assistant.answering.picking.best import best_pick
from assistant.answering.picking.decide import figure_found
from assistant.answering.picking.fits import asks_target
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.answering.wording import city_name, listed, say
from assistant.models import Derived, Draft, Evidence, Question, Report, Span, Status


def answer_together(
    question: Question, evidence: Evidence, reports: Sequence[Report], similar: Similar
) -> Draft | None:
    """The answers to the parts of `question`; None where none of them is found."""
    citations = Citations()
    answers: list[FigureAnswer] = []
    lines: list[str] = []
    statuses: list[Status] = []
    told: set[Span] = set()
    for part in question.parts:
        if part.intent != "figure":
            found = _facts(part, evidence, reports, similar, citations)
            if found and found[0] in lines:
                continue  # one sentence tells who and when
        elif (pick := _pick(question, part, reports, similar, told)) is not None and pick.figure is not None:
            answer = FigureAnswer(part, citations)
            answer.add(pick)
            told.add(pick.figure.span)
            answers.append(answer)
            found = answer.lines
            statuses.append(answer.status)
        else:
            found = []
        lines += found or [_not_given(part, again=bool(lines))]
        statuses += [] if found else ["partial"]
    if not citations.all():
        return None
    status: Status = next((one for one in statuses if one != "answered"), "answered")
    derived: tuple[Derived, ...] = tuple(one for answer in answers for one in answer.derived)
    figures = tuple(one for answer in answers for one in answer.figures)
    return Draft(status, "\n".join(lines), citations.all(), figures, derived)


def _not_given(part: Question, *, again: bool) -> str:
    """That the report does not tell a part; after another part (`again`) in the words of the question."""
    cities = listed([city_name(city.name, part.language) for city in part.cities], part.language)
    key = "not_found_figure" if part.intent == "figure" else "not_found"
    words = part.text.strip("，,。？?；; ")
    own = again and 2 < len(words) <= _SHORT
    return say(key, part.language, city=cities, topic=f"“{words}”" if own else topic_of(part))


_SHORT = 24  # characters of a part that can be repeated as asked


def _facts(
    part: Question, evidence: Evidence, reports: Sequence[Report], similar: Similar, citations: Citations
) -> list[str]:
    if part.intent == "library":
        return answer_library(part, evidence.summaries, reports, citations)
    return [line for report in reports for line in answer_fact(part, report, similar, citations)][:1]


def _pick(
    question: Question, part: Question, reports: Sequence[Report], similar: Similar, told: set[Span]
) -> Pick | None:
    """The best figure for a part that no other part was answered with."""
    picks = [pick for report in reports if (pick := best_pick(part, report, similar)) is not None]
    if not picks:  # 多少家企业 alone names little; beside the rest of the question it is clear
        picks = [pick for report in reports for pick in _of_unit(question, part, report, similar)]
    if not asks_target(part) and any(asks_target(other) for other in question.parts):
        picks = [pick for pick in picks if pick.figure is not None and pick.figure.kind != "target"] or picks
    picks = [pick for pick in picks if pick.figure is not None and pick.figure.span not in told]
    return max(picks, key=lambda pick: pick.score, default=None)


def _of_unit(whole: Question, part: Question, report: Report, similar: Similar) -> list[Pick]:
    """The best figure for the whole question that counts in the unit of the part."""
    picks = pick_figures(whole, report, similar)[:4]
    return [pick for pick in picks if pick.figure and part.unit == pick.figure.unit and figure_found(whole, pick)][:1]
