"""The handlers of the comparison view: what is picked in, the view with the comparison out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.models import Answer, Language
from assistant.web import render
from assistant.web.chat import safe_name
from assistant.web.i18n import words
from assistant.web.keep import Exported, Waking, read, write

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
            return self.view(language, picked.cities, picked.topic), {"do": "toast", "text": error.say(language)}
        return self.view(language, picked.cities, picked.topic, answer), {"do": "compared", "answer": write(answer)}

    def view(
        self, language: Language, cities: Sequence[str] = (), topic: str | None = None, answer: Answer | None = None
    ) -> str:
        assistant = self._assistant
        return render.comparison_html(assistant.reports(), assistant.topics(), cities, topic, answer, words(language))


def export_comparison(exported: Exported) -> dict[str, str] | None:
    """A comparison as a file to download, or None where there is nothing to write."""
    answer = exported.answer
    if answer is None or answer.comparison is None:
        return None
    form = "csv" if exported.form == "csv" else "md"
    text = render.export_comparison(answer, form, words(exported.language))
    # Spreadsheets take a file for UTF-8 only when it begins with this mark.
    return {
        "do": "download",
        "name": f"{safe_name(answer.comparison.topic)}.{form}",
        "type": "text/csv" if form == "csv" else "text/markdown",
        "text": "\ufeff" + text if form == "csv" else text,
    }
