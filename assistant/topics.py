"""What the reports of a library give figures of: topics found in them, not a fixed list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.align import canonical_label
from assistant.index.library import Library

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
            label = canonical_label(figure)
            if label is not None and one not in found.setdefault(label, []):
                found[label].append(one)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Topic(label, tuple(reports)) for label, reports in ranked[:MOST])
