"""The assistant as a LangChain `Runnable`: a question in, an `Answer` out, to stand in anybody's chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant import asked
from assistant.models import Answer

if TYPE_CHECKING:
    from assistant.service import Assistant

Asked = str | Mapping[str, Any]


class AnswerRunnable(Runnable[Asked, Answer]):
    """Answers a question, or `{"question": …, "history": [earlier questions, oldest first]}`.

    `stream` gives the growing answer; the last one is whole. Raises RequestRefused for an empty or too long question.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The whole answer."""
        return self._call_with_config(self._ask, input, config, run_type="chain", **kwargs)

    def stream(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:
        """The answer as it grows."""
        return self._transform_stream_with_config(iter((input,)), self._grow, config, run_type="chain", **kwargs)

    def _ask(self, given: Asked) -> Answer:
        question, history = _read(given)
        return self._assistant.ask(question, history=history)

    def _grow(self, given: Iterator[Asked]) -> Iterator[Answer]:
        question, history = _read(next(given))
        yield from self._assistant.stream(question, history=history)


def as_runnable(assistant: Assistant) -> AnswerRunnable:
    """`assistant` for a chain: `as_runnable(assistant) | (lambda answer: answer.text)`."""
    return AnswerRunnable(assistant)


def _read(given: Asked) -> tuple[str, tuple[str, ...]]:
    if isinstance(given, str):
        return asked.question(given)
    return asked.question(str(given.get("question", "")), [str(turn) for turn in given.get("history") or ()])
