"""Differences, ratios and totals of printed figures, computed by code with their operands shown.

An approximate operand makes the result approximate, and the wording says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import AnswerFigure, Derived, Language


def number(value: float) -> str:
    """A number as people write it in Chinese text: 159, 1.58万, 2.6亿."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.10g}{name}"
    return f"{value:.10g}" if len(f"{value:.10g}") <= 8 else f"{value:.2f}"


def plain_number(value: float, language: Language) -> str:
    """A number in the reader's way of writing."""
    if language == "en":
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"
    return number(value)


def approximate(*figures: AnswerFigure) -> bool:
    """Whether any operand is printed with a qualifier."""
    return any(figure.qualifier is not None for figure in figures)


def difference(first: AnswerFigure, second: AnswerFigure, language: Language) -> Derived:
    """first - second, never below zero: the larger is put first."""
    a, b = (first, second) if (first.value or 0) >= (second.value or 0) else (second, first)
    value = round((a.value or 0) - (b.value or 0), 6)
    about = ("about " if language == "en" else "约") if approximate(a, b) else ""
    value = float(f"{value:.3g}") if about else value
    unit = "" if language == "en" else a.unit
    return Derived("difference", f"{about}{plain_number(value, language)}{unit}", value, (a.citation, b.citation))


def ratio(first: AnswerFigure, second: AnswerFigure, language: Language) -> Derived | None:
    """first / second, to three digits; None where the second is zero."""
    if not second.value or first.value is None:
        return None
    value = first.value / second.value
    exact = abs(value - round(value, 1)) < 1e-9 and not approximate(first, second)
    about = "" if exact else ("about " if language == "en" else "约")
    shown = f"{value:.3g}" if value >= 0.1 else f"{value:.2g}"
    return Derived("ratio", f"{about}{shown}{' times' if language == 'en' else '倍'}", value, (first.citation, second.citation))


def total(figures: Sequence[AnswerFigure], language: Language) -> Derived:
    """The sum of figures of one unit."""
    value = round(sum(figure.value or 0 for figure in figures), 6)
    about = ("about " if language == "en" else "约") if approximate(*figures) else ""
    unit = "" if language == "en" else figures[0].unit
    return Derived("total", f"{about}{plain_number(value, language)}{unit}", value, tuple(figure.citation for figure in figures))
