"""A file becomes a report: load, repair, profile, split, measure. The first sentence of the README as a function."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.models import Report, ReportKind

_ROOMS = ("reports", "figures", "language")


def rules() -> str:
    """Names the rules that read a report, so that what other rules made is read anew and never mixed.

    A digest of the code and data of the rooms that `read` uses; it changes with every change of them.
    """
    digest = hashlib.sha256()
    for room in _ROOMS:
        folder = Path(__file__).parent / room
        for path in sorted(one for one in folder.rglob("*") if one.suffix in {".py", ".tsv"}):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def read(name: str, content: bytes, kind: ReportKind | None = None) -> Report:
    """The report that `content` holds. Raises ReportRefused with what is wrong and what to do.

    `kind` is what a reader says that the report is: which sentences plan is then decided by it, while the
    profile stays as read.
    """
    # What only reading needs is loaded when something is read, so that asking does not wait for it.
    from assistant.figures.extract import extract
    from assistant.reports.apart import load_apart
    from assistant.reports.passages import split
    from assistant.reports.profile import profile
    from assistant.reports.repair import repair

    original = load_apart(name, content)
    repaired = repair(original.text)
    described = profile(original, repaired)
    judged = described if kind is None else replace(described, kind=kind)
    passages = split(repaired, judged)
    figures = extract(repaired, passages, judged)
    added = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(original.sha256[:16], original, repaired, described, passages, figures, added)
