"""What the reports of a library give figures of: topics found in them, not a fixed list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from threading import Lock

from assistant.figures.align import canonical_name
from assistant.index.library import Library
from assistant.index.rows import Stored
from assistant.models import Report, Span

MOST = 60


@dataclass(frozen=True, slots=True)
class Topic:
    """Something counted in one or more reports; `reports` are ids."""

    label: str
    reports: tuple[str, ...]


class Topics:
    """The topics of one library. Remembers those of each report, so that a change costs what has changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[Stored, frozenset[str]] = {}
        self._ranked: tuple[int, tuple[Topic, ...]] = (-1, ())
        self._finding = Lock()

    def ranked(self, among: Collection[str] | None = None) -> tuple[Topic, ...]:
        """The topics of the reports with the ids `among` (None: of all), those of most reports first."""
        with self._finding:
            revision = self._library.revision()
            if self._ranked[0] != revision:
                reports = sorted(self._library.ids(), key=lambda one: one.name)
                known = self._known
                self._known = {
                    one: known[one] if one in known else _names(self._library.labels(one)) for one in reports
                }
                self._ranked = (revision, _ranked(self._known))
            if among is None:
                return self._ranked[1]
            return _ranked({one: names for one, names in self._known.items() if one.id in among})


def places(report: Report, topic: str) -> tuple[Span, ...]:
    """The received characters where the report gives figures of the topic, in its order."""
    clauses = {figure.clause: None for figure in report.figures if canonical_name(figure.label) == topic}
    return tuple(report.repaired.offsets.to_received(clause) for clause in clauses)


def _names(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(name for label in labels if (name := canonical_name(label)) is not None)


def _ranked(by_report: dict[Stored, frozenset[str]]) -> tuple[Topic, ...]:
    found: dict[str, list[str]] = {}
    for report, names in by_report.items():
        for name in names:
            found.setdefault(name, []).append(report.id)
    order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Topic(label, tuple(reports)) for label, reports in order[:MOST])
