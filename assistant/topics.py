"""What the reports of a library give figures of: topics found in them, not a fixed list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.index.library import Library
from assistant.language.glossary import glossary
from assistant.models import Figure

MOST = 60


@dataclass(frozen=True, slots=True)
class Topic:
    """Something counted in one or more reports; `reports` are ids."""

    label: str
    reports: tuple[str, ...]


def topics_of(library: Library) -> tuple[Topic, ...]:
    """The topics of the library, those of most reports first."""
    return _topics(library, tuple(item.id for item in library.summaries()))


@lru_cache(maxsize=8)
def _topics(library: Library, ids: tuple[str, ...]) -> tuple[Topic, ...]:
    found: dict[str, list[str]] = {}
    for one in ids:
        for figure in library.report(one).figures:
            label = _label(figure)
            if label is not None and one not in found.setdefault(label, []):
                found[label].append(one)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Topic(label, tuple(reports)) for label, reports in ranked[:MOST])


def _label(figure: Figure) -> str | None:
    """The canonical name of what a figure counts, or its own label when that is short and plain."""
    text = figure.label.strip("“”")
    known = [item for item in glossary().find(text) if not item.everyday and len(item.span) >= 3]
    if known:
        return max(known, key=lambda item: len(item.span)).entry.canonical
    return text if 3 <= len(text) <= 8 and "、" not in text else None
