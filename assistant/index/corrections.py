"""What a reader corrected by hand in a report's profile, laid over what was read.

Corrections belong to one content: they survive a new reading of it, and go when it is removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args, get_type_hints

from assistant.errors import ReportError
from assistant.index.codec import dumps, loads
from assistant.models import Finding, Period, Profile

FIELDS = ("title", "city", "short", "province", "level", "body", "kind", "period", "written")
HOW = "corrected by the reader"


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


def _unfit(field: str, value: object, en: str, zh: str) -> ReportError:
    return ReportError(
        en=f"{value!r} cannot be the {field} of a profile. Valid: {en}.",
        zh=f"{value!r} 不能作为报告档案的 {field}。应为：{zh}。",
    )
