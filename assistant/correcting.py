"""What a reader writes into the fields of a profile becomes the values that the library keeps.

A city brings with it what the gazetteer knows of it; an empty value takes a correction back.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.index.corrections import FIELDS, HOW
from assistant.language.dates import find_periods
from assistant.language.places import lookup
from assistant.models import Period, Report

Values = dict[str, str | Period | None]
_OF_PLACE = ("short", "province", "level")  # what a correction of the city sets with it


def written(fields: Mapping[str, str]) -> tuple[Values, tuple[str, ...]]:
    """The values to keep, and the names of the fields whose correction is taken back."""
    back = tuple(name for name, value in fields.items() if not value.strip() and name in FIELDS)
    kept = {name: value for name, value in fields.items() if name not in back}
    values: Values = {**kept}
    if "period" in kept:
        values["period"] = _period_from(kept["period"])
    if "city" in kept and "short" not in kept:
        place = lookup(kept["city"])
        if place is not None:
            values |= {"city": place.name, "short": place.short, "province": place.province, "level": place.level}
        else:  # a place that the gazetteer does not know must not keep what was known of another
            values |= {"short": kept["city"], "province": kept.get("province"), "level": None}
    return values, (*back, *(_OF_PLACE if "city" in back else ()))


def by_hand(report: Report) -> Values:
    """The fields of a profile that a reader set by hand."""
    names = [name for name, finding in report.profile.findings.items() if finding.how == HOW]
    return {name: getattr(report.profile, name) for name in names}


def _period_from(text: str) -> Period:
    """A period written by hand; what is no known form is kept as its label."""
    found = find_periods(text)
    return found[0][1] if found else Period(text, "unknown")
