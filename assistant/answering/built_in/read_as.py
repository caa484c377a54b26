"""Says how a question was read where that is not as it was written."""

from __future__ import annotations

from assistant.answering.wording import say
from assistant.models import Question


def read_as(question: Question) -> str:
    """The sentence that tells what a miswritten word or a follow-up was taken for; empty where it is as written."""
    if question.completed:
        return say("completed", question.language, text=question.completed)
    if question.respelt is not None:
        return say("respelt", question.language, wrong=question.respelt[0], right=question.respelt[1])
    return ""
