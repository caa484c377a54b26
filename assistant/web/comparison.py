"""The handlers of the comparison view: what is picked in, the view with the comparison out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.models import Answer, Language
from assistant.web import render
from assistant.web.i18n import words
from assistant.web.keep import Waking, read, write
from assistant.web.render.comparison import picked_cities

if TYPE_CHECKING:
    from assistant.service import Assistant


class ComparisonDesk:
    """Shows who reports what and compares what the reader picks."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def compare(self, data: object) -> tuple[str, dict[str, Any] | None]:
        """The view for a pick of cities and topic, and the answer for the browser to keep."""
        picked = read(Waking, data)
        language: Language = picked.language or "zh-Hans"
        if not picked.topic or len(picked.cities) < 2:
            return self.view(language, picked.cities, None), None
        try:
            answer = self._assistant.compare(picked.cities, picked.topic, language=language)
        except AssistantError as error:
            return self.view(language, picked.cities, picked.topic), {
                "do": "toast",
                "text": words(language).failure(error),
            }
        return self.view(language, picked.cities, picked.topic, answer), {"do": "compared", "answer": write(answer)}

    def view(
        self, language: Language, cities: Sequence[str] = (), topic: str | None = None, answer: Answer | None = None
    ) -> str:
        reports = self._assistant.reports()
        picked = picked_cities(reports, cities)
        # Of a large library the topics that most reports share need not be those of the cities picked.
        topics = self._assistant.topics({report.id for report in reports if report.city in picked})
        return render.comparison_html(reports, topics, picked, topic, answer, words(language))
