"""A file becomes a report: load, repair, profile, split, measure. The first sentence of the README as a function."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.figures.extract import extract
from assistant.models import Report
from assistant.reports.load import load
from assistant.reports.passages import split
from assistant.reports.profile import profile
from assistant.reports.repair import repair

RULES = "1"  # to be raised when a change of the rules makes stored reports stale


def read(name: str, content: bytes) -> Report:
    """The report that `content` holds. Raises ReportRefused with what is wrong and what to do."""
    original = load(name, content)
    repaired = repair(original.text)
    described = profile(original, repaired)
    passages = split(repaired, described)
    figures = extract(repaired, passages, described)
    added = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(original.sha256[:16], original, repaired, described, passages, figures, added)
