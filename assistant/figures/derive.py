"""Computes with cited figures: difference, ratio, total, share and conversion.

`text` is the result alone, as it is shown; the operands are shown beside it by who words the answer.

Every result says from which citations it comes, and how certain it is: of approximate operands comes
an approximate result (近350万 less 10万 is 不超过340万). Which figures may be computed with at all is
the caller's to decide; figures that cannot be are refused with `NotComputable`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.errors import NotComputable
from assistant.language.measure_words import same_class
from assistant.models import AnswerFigure, Derived, Language

# Which way the true number lies from the printed one.
_DIRECTION = {None: 0, "余": 1, "超": 1, "不少于": 1, "近": -1, "不超过": -1}
_ENGLISH_MARKS = {"": "", "约": "about ", "不少于": "at least ", "不超过": "at most "}
# One unit in terms of the first of its row (1 亩 = 2000/3 m², GB 3100-93 annex).
_FACTORS = (
    {"平方米": Decimal(1), "亩": Decimal(2000) / Decimal(3), "公顷": Decimal(10_000), "平方公里": Decimal(1_000_000)},
    {"公斤": Decimal(1), "斤": Decimal("0.5"), "吨": Decimal(1000)},
    {"米": Decimal(1), "公里": Decimal(1000), "海里": Decimal(1852)},
    {"分钟": Decimal(1), "小时": Decimal(60)},
    {"千瓦": Decimal(1), "兆瓦": Decimal(1000), "吉瓦": Decimal(1_000_000)},
)


def comparable(first: AnswerFigure, second: AnswerFigure) -> bool:
    """Whether two figures are readable and their measure words count the same kind of thing (家 and 个, 名 and 人次)."""
    return same_class(first.unit, second.unit) and first.value is not None and second.value is not None


def difference(larger: AnswerFigure, smaller: AnswerFigure, language: Language = "zh-Hans") -> Derived:
    """How much more the first is than the second: 1204家 and 312家 give 892家."""
    _check(larger, smaller)
    value = _value(larger) - _value(smaller)
    mark = _combined((larger, 1), (smaller, -1))
    unit = "个百分点" if larger.unit == "%" else larger.unit
    return Derived(
        "difference",
        _shown(mark, value, unit, (larger, smaller), language),
        float(value),
        (larger.citation, smaller.citation),
    )


def ratio(first: AnswerFigure, second: AnswerFigure, language: Language = "zh-Hans") -> Derived:
    """How many times the second the first is, to one decimal (two below 10): 1204家 and 312家 give 约3.86倍."""
    _check(first, second)
    places = 1 if second.value and abs((first.value or 0) / second.value) >= 10 else 2
    value, exact = _quotient(_value(first), _value(second), places=places)
    mark = _combined((first, 1), (second, -1)) or ("" if exact else "约")
    text = f"{_ENGLISH_MARKS[mark]}{_plain(value)} times" if language == "en" else f"{mark}{_plain(value)}倍"
    return Derived("ratio", text, float(value), (first.citation, second.citation))


def share(part: AnswerFigure, whole: AnswerFigure, language: Language = "zh-Hans") -> Derived:
    """What share of the whole a part is, in per cent to two decimals: 17家 of 150家 give 约11.33%."""
    _check(part, whole)
    value, exact = _quotient(_value(part) * 100, _value(whole), places=2)
    mark = _combined((part, 1), (whole, -1)) or ("" if exact else "约")
    text = f"{_ENGLISH_MARKS[mark] if language == 'en' else mark}{_plain(value)}%"
    return Derived("share", text, float(value), (part.citation, whole.citation))


def share_of_sum(part: AnswerFigure, figures: Sequence[AnswerFigure], language: Language = "zh-Hans") -> Derived:
    """What share of the sum of `figures` one of them is: 17家 of 17家 + 33家 give 34%. The operands: it, then all."""
    whole = _as_figure(total(figures), part)
    result = share(part, whole, language)
    return replace(result, operands=(part.citation, *(figure.citation for figure in figures)))


def total(figures: Sequence[AnswerFigure], language: Language = "zh-Hans") -> Derived:
    """The sum of figures of one kind: 1204家 and 312家 give 1516家. Shares have no sum."""
    for figure in figures[1:]:
        _check(figures[0], figure)
    if not figures or figures[0].value is None or figures[0].unit in ("%", "‰", "倍"):
        raise NotComputable(
            en="These figures cannot be added; compare them side by side.", zh="这些数据不能相加；可以并列比较。"
        )
    value = sum((_value(figure) for figure in figures), Decimal(0))
    mark = _combined(*((figure, 1) for figure in figures))
    return Derived(
        "total",
        _shown(mark, value, figures[0].unit, figures, language),
        float(value),
        tuple(figure.citation for figure in figures),
    )


def of_totals(
    kind: Literal["difference", "ratio"],
    first: Sequence[AnswerFigure],
    second: Sequence[AnswerFigure],
    language: Language = "zh-Hans",
) -> Derived:
    """The difference or the ratio of two sums: of 1家 + 6家 and 3家 the difference is 4家. The operands are all figures."""
    sums = [_as_figure(total(figures), figures[0]) for figures in (first, second)]
    result = (difference if kind == "difference" else ratio)(sums[0], sums[1], language)
    return replace(result, operands=tuple(figure.citation for figure in (*first, *second)))


def _as_figure(added: Derived, like: AnswerFigure) -> AnswerFigure:
    qualifier = next((mark for mark in ("不少于", "不超过", "约") if added.text.startswith(mark)), None)
    return replace(like, text=added.text, value=added.value, qualifier=qualifier)


def conversion(figure: AnswerFigure, unit: str) -> Derived:
    """The figure in another unit of the same measure: 3万亩 = 2000公顷."""
    row = next((row for row in _FACTORS if figure.unit in row and unit in row), None)
    if row is None or figure.value is None:
        raise NotComputable(
            en=f"{figure.text} cannot be given in {unit}; ask for the figure as printed.",
            zh=f"{figure.text}不能换算为“{unit}”；请按原文询问。",
        )
    exact = _value(figure) * row[figure.unit] / row[unit]
    value = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    mark = _combined((figure, 1)) or ("" if value == exact else "约")
    return Derived("conversion", f"{mark}{_printed(value, unit, (figure,))}", float(value), (figure.citation,))


def _check(first: AnswerFigure, second: AnswerFigure) -> None:
    if not comparable(first, second):
        raise NotComputable(
            en=f"{first.text} and {second.text} cannot be computed with: both must be readable and in one unit.",
            zh=f"{first.text}与{second.text}不能计算：两者都须清晰可读且单位相同。",
        )


def _value(figure: AnswerFigure) -> Decimal:
    # Through a short print of the float, so that 42.7 stays 42.7 and 8374.2亿 has no 0.00001 at its end.
    return Decimal(f"{figure.value:.12g}")


def _quotient(above: Decimal, below: Decimal, *, places: int) -> tuple[Decimal, bool]:
    if below == 0:
        raise NotComputable(
            en="Nothing can be divided by 0; compare the two figures.", zh="不能除以0；可以并列比较两个数据。"
        )
    exact = above / below
    value = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return value, value == exact


def _combined(*operands: tuple[AnswerFigure, int]) -> str:
    """The qualifier of a result: one direction where all operands push it there, else 约."""
    if any(figure.qualifier == "约" for figure, _ in operands):
        return "约"
    pushes = {_DIRECTION[figure.qualifier] * sign for figure, sign in operands} - {0}
    if not pushes:
        return ""
    if len(pushes) > 1:
        return "约"
    return "不少于" if pushes == {1} else "不超过"


def _shown(mark: str, value: Decimal, unit: str, like: Sequence[AnswerFigure], language: Language) -> str:
    """A result in the reader's language: the mark, the number, and in Chinese the measure word."""
    if language != "en":
        return f"{mark}{_printed(value, unit, like)}"
    points = " percentage points" if unit == "个百分点" else ""
    return f"{_ENGLISH_MARKS[mark]}{value.normalize():,f}{points}"


def _printed(value: Decimal, unit: str, like: Sequence[AnswerFigure]) -> str:
    """The value with 万 or 亿 where an operand is printed so."""
    for sign, scale in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if abs(value) >= scale and any(sign in figure.text for figure in like):
            return f"{_plain(value / scale)}{sign}{unit}"
    return f"{_plain(value)}{unit}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
