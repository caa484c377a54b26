"""The handler of the chat: a question in, growing messages out.

Nothing of a chat stays here: the turns come with each question and go back with its answer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.asked import LONGEST_QUESTION
from assistant.errors import AssistantError
from assistant.models import Answer
from assistant.web import render
from assistant.web.i18n import words
from assistant.web.keep import Asked, Turn, history, read, write

if TYPE_CHECKING:
    from assistant.service import Assistant

log = logging.getLogger(__name__)

BEAT = 0.2
"""Seconds between two updates of a growing answer; more of them would only load the server."""

Shown = tuple[list[dict[str, str]], dict[str, Any]]


class ChatDesk:
    """Answers what the page asks; holds the assistant and nothing of any reader."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, data: object) -> Iterator[Shown]:
        """The chat's messages, and what the browser keeps, while the answer to `Asked` grows."""
        asked = read(Asked, data)
        before = asked.turns
        say = words(asked.language)
        question = asked.question.strip()
        turn = Turn(question, asked.context)
        if len(question) > LONGEST_QUESTION:
            long = say("chat.long", n=len(question), most=LONGEST_QUESTION)
            yield self._shown(asked, (*before, replace(turn, question=question[:80] + "…", trouble=long)), done=True)
            return
        yield self._shown(asked, (*before, turn), done=False)
        try:
            for grown in self._growing(question, (*before, turn)):
                turn = replace(turn, answer=grown)
                yield self._shown(asked, (*before, turn), done=False)
        except AssistantError as error:
            log.warning("no answer: %s", error)
            turn = replace(turn, trouble=say("chat.failed", why=say.failure(error)))
        yield self._shown(asked, (*before, turn), done=True)

    def _growing(self, question: str, turns: Sequence[Turn]) -> Iterator[Answer]:
        """The growing answers, at most one a beat; the last one always."""
        earlier = history(tuple(turns))[:-1]
        last: Answer | None = None
        told = 0.0
        for last in self._assistant.stream(question, history=earlier):
            if time.monotonic() - told >= BEAT:
                told = time.monotonic()
                yield last
        if last is not None:
            yield last

    @staticmethod
    def _shown(asked: Asked, turns: tuple[Turn, ...], *, done: bool) -> Shown:
        kept = {"chat": asked.chat, "n": len(turns) - 1, "turn": write(turns[-1]), "done": done}
        if done and turns[-1].answer is not None:
            kept["plain"] = render.plain_text(turns[-1].answer, asked.language)
        return render.messages(turns, asked.language, growing=not done), kept
