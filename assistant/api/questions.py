"""Asking, comparing and searching over HTTP; an answer as JSON, as a growing stream, or as a file."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import anyio
import anyio.to_thread
from fastapi import APIRouter, Header, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import iterate_in_threadpool

from assistant import asked, export
from assistant.answer_json import answer_json
from assistant.api.problems import DOCUMENTED, message
from assistant.errors import AssistantError, TooBusy
from assistant.models import Answer, Language
from assistant.report_json import passages_json
from assistant.schema import AnswerShape, PassagesShape

if TYPE_CHECKING:
    from assistant.service import Assistant

AT_ONCE = 16
"""Questions that are answered at the same time, as on the page."""

BEAT = 0.2
"""Seconds between two events of a growing answer."""

EVENTS = "text/event-stream"
Words = Annotated[str, Field(min_length=1, max_length=asked.LONGEST_QUESTION)]
Form = Literal["json", "csv", "md", "xlsx", "docx"]


class AskBody(BaseModel):
    """One question, with the questions that the same person asked before it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"question": "某市建成多少家工会驿站？", "history": []}},
    )
    question: Words
    history: list[Words] = Field(
        default=[], max_length=asked.MOST_TURNS, description="Earlier questions, oldest first."
    )
    id: str | None = Field(default=None, max_length=200, description="Comes back in the answer.")


class CompareBody(BaseModel):
    """Which cities to put side by side, and in what."""

    model_config = ConfigDict(extra="forbid")
    cities: list[Annotated[str, Field(min_length=1, max_length=80)]] = Field(
        default=[], max_length=asked.MOST_CITIES, description="Cities that have a report; empty: all of them."
    )
    topic: str | None = Field(default=None, max_length=200, description="What to compare; empty: the main figures.")
    language: Language = "zh-Hans"


def question_routes(assistant: Assistant) -> APIRouter:
    """The routes that answer."""
    routes = APIRouter(tags=["questions"], responses=DOCUMENTED)
    desk = _Desk(assistant)

    @routes.post(
        "/ask",
        response_model=None,
        responses={
            200: {
                "model": AnswerShape,
                "description": "The answer. With `Accept: text/event-stream`: events `answer` (`{status, answer}` as far "
                "as it has grown), then one `done` (the whole answer) or `error`.",
                "content": {EVENTS: {}},
            }
        },
    )
    def ask(body: AskBody, accept: Annotated[str, Header()] = "") -> Response:
        """Answers one question."""
        question, history = asked.question(body.question, body.history)
        if EVENTS in accept.lower():
            events = _closing(desk.events(question, history, body.id))
            return StreamingResponse(events, media_type=EVENTS, headers=_UNCACHED)
        with desk.place():
            return JSONResponse(answer_json(assistant.ask(question, history=history, id=body.id)), headers=_UNCACHED)

    @routes.post(
        "/compare",
        response_model=None,
        responses={
            200: {"model": AnswerShape, "content": {kind: {} for form, kind in export.TYPES.items() if form != "json"}}
        },
    )
    def compare(
        body: CompareBody, form: Annotated[Form, Query(description="json, or a file to keep.")] = "json"
    ) -> Response:
        """Compares cities without a question."""
        cities = asked.cities(body.cities, assistant.reports())
        with desk.place():
            answer = assistant.compare(cities, (body.topic or "").strip() or None, language=body.language)
        if form == "json":
            return JSONResponse(answer_json(answer), headers=_UNCACHED)
        return Response(
            export.export(answer, form),
            media_type=export.TYPES[form],
            headers={**_UNCACHED, "content-disposition": f'attachment; filename="comparison.{form}"'},
        )

    @routes.get("/search", response_model=None, responses={200: {"model": PassagesShape}})
    def search(
        q: Annotated[str, Query(min_length=1, max_length=asked.LONGEST_QUESTION)],
        limit: Annotated[int, Query(ge=1, le=asked.MOST_PASSAGES)] = 8,
    ) -> Response:
        """Finds the sentences that fit best, without an answer."""
        query, _ = asked.question(q)
        with desk.place():
            return JSONResponse(passages_json(query, assistant.evidence(query), limit))

    return routes


_UNCACHED = {"cache-control": "no-store", "x-accel-buffering": "no"}


class _Desk:
    """Answers a limited number of questions at once."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._places = threading.BoundedSemaphore(AT_ONCE)

    @contextmanager
    def place(self) -> Iterator[None]:
        """One of the places; raises TooBusy where none is free."""
        if not self._places.acquire(blocking=False):
            raise TooBusy(
                en=f"{AT_ONCE} questions are being answered at this moment. Ask again in a second.",
                zh=f"正在回答 {AT_ONCE} 个问题，请稍后再问。",
            )
        try:
            yield
        finally:
            self._places.release()

    def events(self, question: str, history: tuple[str, ...], id: str | None) -> Generator[str, None, None]:
        """The growing answer as server-sent events."""
        try:
            with self.place():
                last: Answer | None = None
                told = 0.0
                for last in self._assistant.stream(question, history=history, id=id):
                    if time.monotonic() - told >= BEAT:
                        told = time.monotonic()
                        yield _event("answer", {"status": last.status, "answer": last.text})
                if last is not None:
                    yield _event("done", answer_json(last))
        except AssistantError as error:
            yield _event("error", message(error.en, error.zh))


async def _closing(events: Generator[str, None, None]) -> AsyncIterator[str]:
    """The events, made in other threads; ended as soon as nobody listens, so that no model goes on answering."""
    try:
        async for event in iterate_in_threadpool(events):
            yield event
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(events.close)


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
