"""What a reader corrected by hand in a report's profile, laid over what was read.

Corrections belong to one content: they survive a new reading of it, and go when it is removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args, get_type_hints

from assistant.errors import ReportError
from assistant.index.codec import dumps, loads
from assistant.models import Figure, Finding, Period, Profile

FIELDS = ("title", "city", "short", "province", "level", "body", "kind", "period", "written")
HOW = "corrected by the reader"
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def encoded(field: str, value: str | Period | None) -> str:
    """The JSON of a corrected value. Raises ReportError for a field or value that cannot be."""
    if field not in FIELDS:
        valid = ", ".join(FIELDS)
        raise ReportError(
            en=f"A profile has no field {field!r}. It has: {valid}.",
            zh=f"报告档案没有 {field!r} 这一项。可以更正的有：{valid}。",
        )
    if field == "period":
        if isinstance(value, Period):
            return dumps(value)
        raise _unfit(field, value, "a period", "一个时段")
    choices = [each for each in get_args(get_type_hints(Profile)[field]) if each is not str]
    literals = [word for each in choices for word in (get_args(each) or (each,)) if isinstance(word, str)]
    nullable = type(None) in choices
    if value is None and nullable:
        return "null"
    if not isinstance(value, str) or not value.strip() or (literals and value not in literals):
        raise _unfit(field, value, ", ".join(literals) or "some text", "、".join(literals) or "一段文字")
    if field == "written" and not _DATE.fullmatch(value.strip()):
        raise _unfit(field, value, "2025, 2025-01 or 2025-01-31", "2025、2025-01 或 2025-01-31")
    return json.dumps(value.strip(), ensure_ascii=False)


def applied(profile: Profile, kept: Iterable[tuple[str, str]]) -> Profile:
    """The profile with (field, JSON) corrections, each with its finding."""
    values: dict[str, Any] = {
        field: loads(Period, text) if field == "period" else json.loads(text) for field, text in kept
    }
    if not values:
        return profile
    findings = profile.findings | {field: Finding(HOW, "certain") for field in values}
    return replace(profile, **values, findings=findings)


def applied_to_figures(figures: tuple[Figure, ...], text: str, read: Period, given: Period) -> tuple[Figure, ...]:
    """The figures with a corrected period, where theirs was that of the whole report.

    `read` is the period as read, `given` the corrected one. A figure whose own sentence prints its
    period keeps it; a target without a year goes with the year after the report's.
    """
    if read == given:
        return figures
    after = read.end + 1 if read.end is not None else None
    changed = []
    for figure in figures:
        if figure.period == read and read.label not in figure.sentence.of(text):
            figure = replace(figure, period=given)
        elif figure.period.kind == "future" and not figure.period.printed and figure.period.start == after is not None:
            figure = replace(figure, period=_following(given))
        changed.append(figure)
    return tuple(changed)


def _following(period: Period) -> Period:
    if period.end is None:
        return Period("下一步", "future", printed=False)
    return Period(f"{period.end + 1}年", "future", period.end + 1, period.end + 1, printed=False)


def _unfit(field: str, value: object, en: str, zh: str) -> ReportError:
    return ReportError(
        en=f"{value!r} cannot be the {field} of a profile. Valid: {en}.",
        zh=f"{value!r} 不能作为报告档案的 {field}。应为：{zh}。",
    )
