"""Answers a question about one figure: the print, what it counts, city, period, achieved or target, its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.decide import figure_found
from assistant.answering.marks import Citations, answer_figure
from assistant.answering.pick import Pick, Similar, pick_figures, rare_terms
from assistant.answering.wording import city_name, doubt_name, period_name, say, spoken_value, verbatim, where
from assistant.answering.zones import Zone, coverage, plain
from assistant.language.sentences import split_clauses
from assistant.models import AnswerFigure, Derived, Question, Report, Span, Status

_ASKS_TARGET = re.compile(r"打算|计划|目标|将(?:要|会)?|要(?=建|培|办|举|达|实)|准备|今后|未来|规划|预计|力争|\bplan|\btarget|\bgoal|\bwill\b|\baim|intend|next", re.I)
_EXACT = re.compile(r"准确|确切|到底|限定词|整|超过|不到|以上|不足|还是|是不是|exactly|more than|less than|over|about", re.I)


class FigureAnswer:
    """The pieces of an answer about figures, collected for one draft."""

    def __init__(self, question: Question, citations: Citations) -> None:
        self.question = question
        self.citations = citations
        self.figures: list[AnswerFigure] = []
        self.derived: list[Derived] = []
        self.lines: list[str] = []
        self.status: Status = "answered"

    def add(self, pick: Pick) -> None:
        """Words one picked figure, with its quote below."""
        figure, report, language = pick.figure, pick.report, self.question.language
        if figure is None:
            return
        span = quoted_span(self.question, pick)
        n = self.citations.cite(report, span, kind=figure.kind, period=figure.period.label)
        mark, city = f"[{n}]", report.profile.city
        head = where(city, figure.period.label, language)
        if not figure.readable:
            self.status = "unreadable"
            self.lines.append(say("unreadable", language, where=head, quote=self._quote(n), mark=mark))
        else:
            self.figures.append(answer_figure(report, figure, n))
            self.lines.append(self._sentence(pick, head, mark, n))
        if figure.doubt is not None:
            self.lines.append(say("doubt", language, why=doubt_name(figure.doubt, language)))

    def _quote(self, n: int) -> str:
        return verbatim(self.citations.quote(n))

    def _sentence(self, pick: Pick, head: str, mark: str, n: int) -> str:
        figure, language = pick.figure, self.question.language
        assert figure is not None
        gloss = self._gloss(pick, n)
        values = {"where": head, "quote": self._quote(n), "figure": figure.text, "mark": mark, "gloss": gloss}
        values |= {"city": city_name(pick.report.profile.city, language), "period": period_name(figure.period.label, language)}
        if figure.kind == "target":
            asked = bool(_ASKS_TARGET.search(self.question.text))
            self.status = self.status if asked else "partial"
            return say("target_asked" if asked else "target", language, **values)
        line = say("figure", language, **values)
        part = [word for word in pick.extra if word in figure.label or word in figure.scope]
        if part and not self.question.scope and language != "en":
            self.status = "partial"
            line += say("part_only", language, extra="、".join(part))
        if self.question.premise or _EXACT.search(self.question.text):
            line += say(f"qualifier_{figure.qualifier or 'none'}", language)
        period = figure.period
        if self.question.years and period.start is not None and period.end not in {None, period.start}:
            self.status = "partial"
            line += say("year_differs", language, period=period_name(period.label, language), year=self.question.years[0])
        return line

    def _gloss(self, pick: Pick, n: int) -> str:
        """For English readers the number written out, as a conversion beside the print."""
        figure = pick.figure
        if self.question.language != "en" or figure is None or figure.value is None:
            return ""
        spoken = spoken_value(figure.value, figure.unit)
        if spoken is None:
            return ""
        self.derived.append(Derived("conversion", spoken, figure.value, (n,)))
        return f" ({spoken})"


def label_of(pick: Pick) -> str:
    """What a figure counts, in a few words."""
    figure = pick.figure
    assert figure is not None
    label = figure.label or figure.head or ""
    scope = "".join(word for word in figure.scope if word not in label and word not in {"其中", "全市", "各级"})
    head = figure.head or ""
    if head and head not in label and len(label) <= 6 and len(head) <= 14 and not head.endswith(label):
        return f"{head}{scope}{label}"
    return f"{scope}{label}"


def quoted_span(question: Question, pick: Pick) -> Span:
    """The clauses to quote for a figure: its own, and what is needed before it to show what it counts."""
    figure, text = pick.figure, pick.report.repaired.text
    assert figure is not None
    start, end = min(figure.clause.start, figure.span.start), max(figure.clause.end, figure.span.end)
    rare = rare_terms(question.terms, pick.report)
    for clause in reversed([one for one in split_clauses(text, pick.sentence.span) if one.end <= start]):
        if end - clause.start > QUOTED:
            break
        now = coverage(question.terms, (Zone(plain(text[start:end]), 1.0),), rare)[0]
        wider = coverage(question.terms, (Zone(plain(text[clause.start : end]), 1.0),), rare)[0]
        if wider > now + 0.04 or text[start:end].startswith("其中"):
            start = clause.start
    while end > start and text[end - 1] in "，,；;。、 \n":
        end -= 1
    while start < end and text[start] in "，,；;。、 \n":
        start += 1
    return Span(min(start, figure.span.start), max(end, figure.span.end))


QUOTED = 120  # characters of a figure's quote at most, unless its own clause is longer


def best_pick(question: Question, report: Report, similar: Similar) -> Pick | None:
    """The figure of `report` that the question is about, or None."""
    picks = pick_figures(question, report, similar)
    return next((pick for pick in picks[:3] if figure_found(question.terms, pick)), None)


def clear_picks(question: Question, reports: Sequence[Report], similar: Similar) -> list[Pick]:
    """The figure of each report that has one, best first."""
    found = [pick for report in reports if (pick := best_pick(question, report, similar)) is not None]
    return sorted(found, key=lambda pick: -pick.score)
