"""Answers "which cities are above …" (GDP增速超过6%的有哪些): by the figure that each report prints, not by words alone.

A city is named where its own print meets the condition; the others are told with their figures, or as giving none.
Targets meet no condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.marks import Citations, answer_figure
from assistant.answering.picking.best import best_pick
from assistant.answering.picking.pick import Pick, Similar
from assistant.answering.picking.quote import quoted_span
from assistant.answering.wording import city_name, listed, period_name, say, verbatim
from assistant.language.measure_words import same_class
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import AnswerFigure, Draft, Question, Report

_RATES = frozenset({"%", "个百分点", "‰"})
Relation = Callable[[float, float], bool]
_RELATIONS: tuple[tuple[re.Pattern[str], Relation, bool], ...] = (
    (re.compile(r"不(?:低于|少于|小于)|at least|or more", re.I), lambda own, mark: own >= mark, False),
    (re.compile(r"不(?:超过|高于|多于|大于)|at most|or less", re.I), lambda own, mark: own <= mark, False),
    (
        re.compile(r"低于|少于|小于|不足|不到|以下|less than|under|below|fewer than", re.I),
        lambda own, mark: own < mark,
        False,
    ),
    (re.compile(r"以上|达到|大于等于"), lambda own, mark: own >= mark, False),
    (
        re.compile(r"超过?|突破|高于|多于|大于|过(?=\d)|more than|over|above|exceed", re.I),
        lambda own, mark: own > mark,
        True,
    ),
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a question demands of a figure: how it stands to a number."""

    holds: Relation
    passing: bool  # 突破2亿元 meets 超过2亿元
    value: float
    unit: str


def condition_of(question: Question) -> Condition | None:
    """The one number that a question sets figures against, or None."""
    text = to_simplified(question.text)
    stated = [one for one in find_quantities(text) if one.value is not None and one.kind != "time"]
    if len(stated) != 1 or not question.terms_of_substance:
        return None
    number = stated[0]
    near = text[max(0, number.span.start - 6) : number.span.end + 4]
    found = next((relation for relation in _RELATIONS if relation[0].search(near)), None)
    if found is None or number.value is None:
        return None
    _, holds, passing = found
    # 2000亿 alone are yuan, as people say the size of an economy
    unit = number.unit or ("元" if "亿" in number.span.of(text) else "")
    return Condition(holds, passing, number.value, unit)


def answer_condition(
    question: Question, condition: Condition, reports: Sequence[Report], similar: Similar
) -> Draft | None:
    """The cities whose figures meet the condition; None where no report gives a figure of the thing."""
    citations, language = Citations(), question.language
    asked = replace(question, intent="figure", unit=condition.unit or question.unit, premise=(), all_cities=False)
    met: list[tuple[str, AnswerFigure, str]] = []
    rest: list[tuple[str, AnswerFigure]] = []
    without: list[str] = []
    for report in reports:
        city = city_name(report.profile.city, language)
        pick = best_pick(asked, report, similar)
        figure = pick.figure if pick is not None and _usable(condition, pick) else None
        if pick is None or figure is None or figure.value is None:
            without.append(city)
            continue
        n = citations.cite(report, quoted_span(asked, pick), kind=figure.kind, period=figure.period.label)
        told = answer_figure(report, figure, n)
        if condition.holds(figure.value, condition.value) or _passed(condition, told):
            period = period_name(figure.period.label, language)
            quote = verbatim(citations.quote(n))
            met.append((city, told, say("which_line", language, city=city, period=period, quote=quote, mark=f"[{n}]")))
        else:
            rest.append((city, told))
    if not met and not rest:
        return None
    return Draft(
        "answered",
        "\n".join(_lines(question, met, rest, without, len(reports))),
        citations.all(),
        (*(figure for _, figure, _ in met), *(figure for _, figure in rest)),
    )


def _usable(condition: Condition, pick: Pick) -> bool:
    """Whether a figure is a result that can be read and counts in the unit of the condition."""
    figure = pick.figure
    if figure is None or not figure.readable or figure.kind == "target" or figure.doubt is not None:
        return False
    if not condition.unit:
        return figure.unit not in _RATES  # a growth of 5% is not below 100万
    bare = condition.unit == "元" and not figure.unit and "亿" in figure.text
    return bare or same_class(condition.unit, figure.unit)


def _passed(condition: Condition, figure: AnswerFigure) -> bool:
    """Whether 突破2亿元 meets 超过2亿元 though both print the same number."""
    return condition.passing and figure.value == condition.value and figure.qualifier in {"超", "余"}


def _lines(
    question: Question,
    met: Sequence[tuple[str, AnswerFigure, str]],
    rest: Sequence[tuple[str, AnswerFigure]],
    without: Sequence[str],
    of: int,
) -> list[str]:
    language = question.language
    values = {"topic": topic_of(question), "of": of}
    named = listed([f"{city} **{one.text}**[{one.citation}]" for city, one, _ in met], language)
    lines = [say("meets", language, cities=named, **values) if met else say("meets_none", language, **values)]
    lines += ["", *(line for _, _, line in met), ""] if met else [""]
    if rest:
        others = listed([f"{city} {one.text}[{one.citation}]" for city, one in rest], language)
        lines.append(say("meets_not", language, cities=others))
    if without:
        lines.append(say("meets_without", language, cities=listed(list(without), language)))
    return lines
