"""Finds out whose report a text is, of what time, and whether it reviews or plans.

Each field comes with its place in the text, how it was decided and how sure. What the print does not
say stays None. Corrections by the reader are kept elsewhere.
"""

from __future__ import annotations

import re

from assistant.models import Original, Profile, RepairedText, Span
from assistant.reports.profile_notes import LEAD, Certainty, Notes
from assistant.reports.profile_place import find_place
from assistant.reports.profile_time import find_period_and_kind, find_written, reporter_of
from assistant.reports.profile_title import find_title

_BODIES = (
    ("人民政府", re.compile(r"政府工作报告|代表(?:[\u4e00-\u9fff]{0,12})?(?:人民)?政府|(?:省|市|州|县|区)人民政府")),
    ("总工会", re.compile(r"总工会|(?:市|县|区|州|省)工会|工会工作")),
    ("人民代表大会常务委员会", re.compile(r"人大常委会工作报告|人民代表大会常务委员会工作报告")),
    ("中级人民法院", re.compile(r"法院工作报告")),
    ("人民检察院", re.compile(r"检察院工作报告")),
)


def profile(original: Original, repaired: RepairedText) -> Profile:
    """The profile of a report; every decided field has its finding."""
    notes = Notes()
    text = repaired.text
    blanked = _without_remains(repaired)
    captions = sum(1 for remain in repaired.remains if remain.kind == "caption" and remain.span.start < LEAD)
    title, title_span = find_title(text, blanked, captions, notes)
    written = find_written(text, blanked, title_span, notes)
    place = find_place(original.name, blanked, title_span, notes)
    body = _body(blanked, title_span, notes)
    period, kind = find_period_and_kind(blanked, title, title_span, body, written, notes, signed=reporter_of(text))
    return Profile(
        title=title,
        city=place.name if place else None,
        short=place.short if place else None,
        province=(place.name if place.level == "province" else place.province) if place else None,
        level=place.level if place else None,
        body=body,
        kind=kind,
        period=period,
        written=written,
        findings=notes.findings,
    )


def _without_remains(repaired: RepairedText) -> str:
    """The text with page remains blanked out, offsets kept."""
    text = repaired.text
    for remain in repaired.remains:
        hole = re.sub(r"[^\n]", " ", remain.span.of(text))
        text = text[: remain.span.start] + hole + text[remain.span.end :]
    return text


def _body(text: str, title_span: Span, notes: Notes) -> str | None:
    """Who reports: named in the title, else most often in the text."""
    zones: tuple[tuple[Span, str, Certainty], ...] = (
        (title_span, "title", "certain"),
        (Span(0, LEAD), "opening", "likely"),
    )
    for zone, how, certainty in zones:
        hits = [
            (match.start(), name, Span(*match.span()))
            for name, pattern in _BODIES
            if (match := pattern.search(text, zone.start, zone.end))
        ]
        if hits:
            _, name, span = min(hits)
            notes.note("body", how, certainty, span)
            return name
    counts = {name: len(pattern.findall(text)) for name, pattern in _BODIES}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] >= 3:
        match = next(pattern for name, pattern in _BODIES if name == best).search(text)
        notes.note("body", "frequency", "likely", Span(*match.span()) if match else None)
        return best
    return None
