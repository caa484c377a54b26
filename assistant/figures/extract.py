"""Measures a report: every printed number with what it counts, its scope, kind and period.

A number that a loss touches keeps its place but gets no value. Nothing is filled in, nothing is
corrected; an implausible number is kept as printed and marked with the rule that doubts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.figures.binding import Bound, bind
from assistant.figures.doubt import doubt_about
from assistant.figures.phrases import tidy
from assistant.figures.sections import planned_periods, told_periods
from assistant.figures.table_cells import told_by_table
from assistant.language.dates import find_periods, resolve_relative
from assistant.language.number_names import find_number_names
from assistant.language.quantities import Quantity, find_quantities, unit_at
from assistant.models import Figure, Kind, Loss, Passage, Period, Profile, RepairedText, Sentence, Span

_COMPARED_YEAR = re.compile(r"[比较于与同]$")
_IN_NAME = re.compile(r"“[^“”，,。]{1,30}”|《[^《》]{1,60}》|‘[^‘’]{1,20}’")
_OWN_SPAN = frozenset({"过去一年", "这一年"})
# Amounts of these are money also where the print leaves 元 out (经费476.4余万).
_MONEY = re.compile(
    r"(?:经费|资金|款|补贴|补助|金|费用?|投资|收入|支出|产值|增加值|税收?|[总余]额|融资|成本|经济损失)$"
)
_DIGITS_BEFORE = re.compile(r"\d+(?:\.\d+)?[余多]?[万亿]?$")
_RISEN = re.compile(r"(?:增加|提高|扩大|增长|上升|减少|下降|发展|提升|升|增|降)[到至为]")
_NOTE_MARK = re.compile(r"\[\^?[0-9]{1,3}\]")  # of a footnote: no part of what is counted
_COUNTED = frozenset({"个", "项", "件", "条", "场", "人次", "场次", "次"})


def extract(repaired: RepairedText, passages: Sequence[Passage], profile: Profile) -> tuple[Figure, ...]:
    """Every figure of the passages, in reading order."""
    plain = _NOTE_MARK.sub(lambda mark: " " * len(mark[0]), repaired.text)
    losses = sorted(repaired.losses, key=lambda loss: loss.span)
    told = dict(told_periods(repaired.text, passages, profile))
    planned = dict(planned_periods(repaired.text, passages, profile))
    figures: list[Figure] = []
    for passage in passages:
        found: list[Figure] = []
        for sentence in passage.sentences:
            own = told.get(sentence.span) if sentence.kind != "target" else None
            of_section = replace(profile, period=own) if own is not None else profile
            found += [
                _planned_for(figure, planned.get(sentence.span), profile)
                for figure in _of_sentence(repaired.text, plain, sentence, of_section, losses)
            ]
        figures += told_by_table(repaired.text, passage, found, profile, losses)
    return tuple(figures)


def _of_sentence(
    text: str, plain: str, sentence: Sentence, profile: Profile, losses: Sequence[Loss]
) -> Iterator[Figure]:
    touched = [loss for loss in losses if _touches(loss, sentence.span)]
    quantities = _with_swallowed(text, sentence.span, find_quantities(text, sentence.span), touched)
    if not quantities:
        return
    periods = _periods(text, sentence.span)
    bounds = bind(_blanked(plain, touched), sentence.span, quantities)
    for quantity, bound in zip(quantities, bounds, strict=True):
        near = [loss for loss in touched if _touches(loss, _vital(quantity))]
        period = _period(text, quantity, periods, profile)
        yield _figure(text, quantity, bound, sentence, profile, period, near)


def nameless(label: str) -> bool:
    """Whether print has lost which of two dusts a figure is of (PM), though the number is there."""
    return _DUST.search(label) is not None


_DUST = re.compile(r"(?<![A-Za-z])PM(?!\s*\d|[A-Za-z_*＿₁₂])")


def _figure(
    text: str,
    quantity: Quantity,
    bound: Bound,
    sentence: Sentence,
    profile: Profile,
    period: Period,
    near: Sequence[Loss],
) -> Figure:
    readable = not near and not nameless(bound.label)
    value = quantity.value if readable else None
    span = _damaged(text, quantity, near)
    unit = quantity.unit or ("元" if _MONEY.search(bound.label) else "人" if bound.label.endswith("人数") else "")
    kind = _kind(sentence, period, profile)
    return Figure(
        span=span,
        clause=bound.clause,
        sentence=sentence.span,
        text=span.of(text),
        value=value,
        unit=unit,
        qualifier=quantity.qualifier,
        label=bound.label or _remainder(text, bound.clause, span),
        head=bound.head,
        scope=bound.scope,
        verb=bound.verb,
        kind=kind,
        period=_of_the_plan(period, profile) if kind == "target" else period,
        readable=readable,
        doubt=doubt_about(bound.label, value, unit, profile.level),
    )


def _damaged(text: str, quantity: Quantity, near: Sequence[Loss]) -> Span:
    """The print of a figure with the losses that touch it, and what is left of its number before them."""
    start = min([quantity.span.start, *(loss.span.start for loss in near)])
    while near and start > 0 and text[start - 1] in "0123456789.":
        start -= 1
    return Span(start, max([quantity.span.end, *(loss.span.end for loss in near)]))


def _remainder(text: str, clause: Span, span: Span) -> str:
    """The words of the clause around a number that no rule could bind: better shown whole than not at all."""
    return tidy(text[clause.start : span.start] + text[span.end : clause.end])[:30]


def _blanked(text: str, losses: Sequence[Loss]) -> str:
    """The text with damaged print blanked, so that no label holds pieces of it."""
    for loss in losses:
        text = text[: loss.span.start] + " " * len(loss.span) + text[loss.span.end :]
    return text


def _vital(quantity: Quantity) -> Span:
    """The part of the print that a loss must not touch: number and unit."""
    return Span(quantity.number_span.start, max(quantity.number_span.end, quantity.unit_span.end))


def _touches(loss: Loss, span: Span) -> bool:
    """A loss directly beside a number may have eaten digits of it."""
    return loss.span.start <= span.end and span.start <= loss.span.end


def _with_swallowed(text: str, sentence: Span, quantities: list[Quantity], losses: Sequence[Loss]) -> list[Quantity]:
    """Adds a figure where a loss has eaten a number whole, or the unit behind it."""
    found = list(quantities)
    for loss in losses:
        if not any(_touches(loss, quantity.span) for quantity in found):
            added = _swallowed(text, sentence, loss)
            found += [added] if added else []
    return sorted(found, key=lambda quantity: quantity.span)


def _swallowed(text: str, sentence: Span, loss: Loss) -> Quantity | None:
    """The unreadable figure at a loss: 奖章?人 has lost its number, 驿站10? its unit; else None."""
    unit = unit_at(text, loss.span.end)
    if unit is not None and unit[2].end <= sentence.end:
        name, kind, span = unit
        if kind in ("person", "organisation", "money", "household") or name in _COUNTED:
            at = Span(loss.span.start, span.end)
            return Quantity(at, loss.span, span, at.of(text), None, name, "swallowed", None)
    digits = _DIGITS_BEFORE.search(text, sentence.start, loss.span.start)
    if digits is None or any(
        name.overlaps(Span(digits.start() - sentence.start, digits.end() - sentence.start))
        for name in find_number_names(text[sentence.start : loss.span.end])
    ):
        return None
    number = Span(digits.start(), loss.span.start)
    end = Span(loss.span.end, loss.span.end)
    return Quantity(Span(number.start, loss.span.end), number, end, "", None, "", "swallowed", None)


def _periods(text: str, sentence: Span) -> list[tuple[Span, Period]]:
    """The periods that a sentence speaks of: not those in names, nor those compared with."""
    names = [Span(*match.span()) for match in _IN_NAME.finditer(text, sentence.start, sentence.end)]
    return [
        (span, period)
        for span, period in find_periods(text, sentence)
        if not any(name.overlaps(span) for name in names)
        and not _COMPARED_YEAR.search(text[max(0, span.start - 1) : span.start])
    ]


def _period(text: str, quantity: Quantity, periods: list[tuple[Span, Period]], profile: Profile) -> Period:
    """The last period named before the number in its sentence, else the report's."""
    found = next(((span, period) for span, period in reversed(periods) if span.end <= quantity.span.start), None)
    chosen, chosen_end = (found[1], found[0].end) if found else (None, 0)
    of_years = chosen is not None and chosen.kind == "years" and chosen.start is None
    if chosen is None or chosen.label in _OWN_SPAN or (of_years and profile.period.kind != "year"):
        return profile.period
    if _RISEN.search(text, chosen_end, quantity.span.start):
        return profile.period  # 由上年的9户增加到12户: only the first is of last year
    base = _year_of_writing(profile)
    if base is None and of_years and profile.period.end is not None:  # 三年来 in the report of a year
        base = profile.period.end + 1
    return resolve_relative(chosen, base) if base else chosen


def _of_the_plan(period: Period, profile: Profile) -> Period:
    """A target printed without a year in a yearly report is for the year after the one reported."""
    if period != profile.period or profile.kind == "plan" or period.end is None or period.kind not in {"year", "years"}:
        return period
    if period.label.endswith("上半年"):
        return Period(f"{period.end}年下半年", "future", period.end, period.end, printed=False)
    if period.label[-1] in "度月份":  # after a quarter or some months: the rest of the year, or a part of it
        return Period("下一步", "future", printed=False)
    return Period(f"{period.end + 1}年", "future", period.end + 1, period.end + 1, printed=False)


def _planned_for(figure: Figure, period: Period | None, profile: Profile) -> Figure:
    """A target that names no year of its own is for the years that its section plans for."""
    if period is None or figure.kind != "target" or figure.period != _of_the_plan(profile.period, profile):
        return figure
    return replace(figure, period=period)


def _year_of_writing(profile: Profile) -> int | None:
    if profile.written and profile.written[:4].isdigit():
        return int(profile.written[:4])
    return None


def _kind(sentence: Sentence, period: Period, profile: Profile) -> Kind:
    """A figure for a year after the report's own is a target, whatever its sentence looks like."""
    last = profile.period.end
    if last is not None and period.start is not None and period.kind != "since" and period.start > last + 1:
        return "target"
    return sentence.kind
