"""What operators watch: questions by outcome, how long they took, what checking gave; in Prometheus's form.

Nothing of a question or an answer is kept, only how many there were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from assistant.errors import AssistantError
from assistant.models import Answer

if TYPE_CHECKING:
    from assistant.service import Assistant

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Counters:
    """The counters of one server; `reports` tells how many reports there are now."""

    def __init__(self, reports: Callable[[], int]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        name = "report_assistant_"
        put: Any = {"registry": self.registry}
        self._questions = Counter(
            f"{name}questions", "Questions answered, comparisons included.", ("status", "language", "composer"), **put
        )
        self._failures = Counter(f"{name}failures", "Questions that ended in an error.", ("error",), **put)
        self._seconds = Histogram(f"{name}answer_seconds", "Time for a whole answer.", buckets=SECONDS, **put)
        self._stages = Histogram(f"{name}stage_seconds", "Time of each stage.", ("stage",), buckets=SECONDS, **put)
        self._citations = Counter(f"{name}citations", "Citations of answers by verdict.", ("verdict",), **put)
        self._statements = Counter(
            f"{name}statements", "Statements of answers: confirmed, unconfirmed, or not checked.", ("outcome",), **put
        )
        Gauge(f"{name}reports", "Reports in the library.", **put).set_function(reports)

    def answered(self, answer: Answer) -> None:
        """Counts one answer."""
        self._questions.labels(answer.status, answer.language, answer.composer).inc()
        self._seconds.observe(sum(answer.took_ms.values()) / 1000)
        for stage, milliseconds in answer.took_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)
        for citation in answer.citations:
            self._citations.labels(citation.verdict).inc()
        checks = answer.checks
        unchecked = max(0, checks.statements - checks.checked)
        for outcome, count in (
            ("confirmed", checks.confirmed),
            ("unconfirmed", len(checks.unconfirmed)),
            ("unchecked", unchecked),
        ):
            self._statements.labels(outcome).inc(count)

    def failed(self, error: AssistantError) -> None:
        """Counts one question that ended in an error."""
        self._failures.labels(type(error).__name__).inc()

    def exposition(self) -> tuple[bytes, str]:
        """All counters as text, and its media type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST


def counted(assistant: Assistant, counters: Counters) -> Assistant:
    """`assistant`, counting every answer that it gives from now on."""
    return cast("Assistant", _Counted(assistant, counters))


class _Counted:
    """Stands in for an assistant; all but answering goes straight to it."""

    def __init__(self, assistant: Assistant, counters: Counters) -> None:
        self._assistant = assistant
        self._counters = counters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def ask(self, question: str, *, history: Sequence[str] = (), **given: Any) -> Answer:
        return self._count(lambda: self._assistant.ask(question, history=history, **given))

    def compare(self, cities: Sequence[str], topic: str | None = None, **given: Any) -> Answer:
        return self._count(lambda: self._assistant.compare(cities, topic, **given))

    def stream(self, question: str, *, history: Sequence[str] = (), **given: Any) -> Iterator[Answer]:
        last: Answer | None = None
        try:
            for last in self._assistant.stream(question, history=history, **given):
                yield last
        except AssistantError as error:
            self._counters.failed(error)
            raise
        if last is not None:
            self._counters.answered(last)

    def _count(self, answer: Callable[[], Answer]) -> Answer:
        try:
            given = answer()
        except AssistantError as error:
            self._counters.failed(error)
            raise
        self._counters.answered(given)
        return given
