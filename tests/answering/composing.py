"""A chat model composer over the service on loopback, for the tests of what models do and fail to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from assistant.answering.chat_model.composer import ChatModelComposer
from assistant.answering.chat_model.connect import Limits, connect_chat_model
from assistant.models import Draft
from tests.answering.made_answers import BuiltIn, figure_draft
from tests.answering.openai_server import Mode, Request, Say, Service, prompt_of, service

QUICK = Limits(first=2.5, gap=1.5, total=6)  # for what hangs; a busy machine takes a second to ask at all
PATIENT = Limits(first=10, gap=10, total=30)


def id_of(request: Request, words: str) -> str:
    """The id under which a request shows a passage that holds `words`."""
    found = re.search(rf"⟦([^⟦⟧\s]+)⟧[^⟦\n]*{re.escape(words)}", prompt_of(request))
    assert found is not None, words
    return found.group(1)


@contextmanager
def composing(
    say: Say, mode: Mode = "good", *, draft: Draft | None = None, limits: Limits = PATIENT, **options: Any
) -> Iterator[tuple[ChatModelComposer, Service]]:
    look_up = options.pop("look_up", None)
    with service(say, mode, **options) as running:
        model = connect_chat_model("openai:made", running.url, limits)
        composer = ChatModelComposer(
            "openai:made", model, BuiltIn(draft or figure_draft()), look_up=look_up, limits=limits
        )
        try:
            yield composer, running
        finally:
            composer.close()
