"""Asking, comparing and searching over HTTP; an answer as JSON, as a growing stream, or as a file."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

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

WAITING = 64
"""Questions that wait for their turn, as on the page."""

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


_ASKED: dict[str, Any] = {
    "model": AnswerShape,
    "description": "The answer. With `Accept: text/event-stream`: events `answer` (`{status, answer}` as far "
    "as it has grown), then one `done` (the whole answer) or `error`.",
    "content": {EVENTS: {}},
}


def question_routes(assistant: Assistant) -> APIRouter:
    """The routes that answer."""
    routes = APIRouter(tags=["questions"], responses=DOCUMENTED)
    desk = _Desk()

    @routes.post(
        "/ask",
        response_model=None,
        responses={200: _ASKED},
    )
    async def ask(body: AskBody, accept: Annotated[str, Header()] = "") -> Response:
        """Answers one question."""
        question, history = asked.question(body.question, body.history)
        if EVENTS in accept.lower():
            desk.refuse_if_full()
            events = desk.told(_events(assistant, question, history, body.id))
            return StreamingResponse(events, media_type=EVENTS, headers=_UNCACHED)
        answer = await desk.done(lambda: answer_json(assistant.ask(question, history=history, id=body.id)))
        return JSONResponse(answer, headers=_UNCACHED)

    @routes.post(
        "/compare",
        response_model=None,
        responses={
            200: {"model": AnswerShape, "content": {kind: {} for form, kind in export.TYPES.items() if form != "json"}}
        },
    )
    async def compare(
        body: CompareBody, form: Annotated[Form, Query(description="json, or a file to keep.")] = "json"
    ) -> Response:
        """Compares cities without a question."""

        def work() -> Answer:
            cities = asked.cities(body.cities, assistant.reports())
            return assistant.compare(cities, (body.topic or "").strip() or None, language=body.language)

        answer = await desk.done(work)
        if form == "json":
            return JSONResponse(answer_json(answer), headers=_UNCACHED)
        return Response(
            export.export(answer, form),
            media_type=export.TYPES[form],
            headers={**_UNCACHED, "content-disposition": f'attachment; filename="comparison.{form}"'},
        )

    @routes.get("/search", response_model=None, responses={200: {"model": PassagesShape}})
    async def search(
        q: Annotated[str, Query(min_length=1, max_length=asked.LONGEST_QUESTION)],
        limit: Annotated[int, Query(ge=1, le=asked.MOST_PASSAGES)] = 8,
    ) -> Response:
        """Finds the sentences that fit best, without an answer."""
        query, _ = asked.question(q)
        found = await desk.done(lambda: passages_json(query, assistant.evidence(query), limit))
        return JSONResponse(found)

    return routes


_UNCACHED = {"cache-control": "no-store", "x-accel-buffering": "no"}


_Result = TypeVar("_Result")


class _Desk:
    """Answers a limited number of questions at once in other threads; some more wait for their turn."""

    def __init__(self) -> None:
        self._places = anyio.CapacityLimiter(AT_ONCE)
        self._in_hand = 0  # with those that wait

    def refuse_if_full(self) -> None:
        """Raises TooBusy where as many wait as may."""
        if self._in_hand >= AT_ONCE + WAITING:
            raise TooBusy(
                en=f"{AT_ONCE} questions are being answered and {WAITING} wait. Ask again in a second.",
                zh=f"正在回答 {AT_ONCE} 个问题，另有 {WAITING} 个在等候，请稍后再问。",
            )

    async def done(self, work: Callable[[], _Result]) -> _Result:
        """What `work` gives, when its turn has come."""
        with self._counted():
            return await anyio.to_thread.run_sync(work, limiter=self._places)

    async def told(self, events: Generator[str, None, None]) -> AsyncIterator[str]:
        """The events when their turn has come; ended as soon as nobody listens, so that no model goes on answering."""
        with self._counted():
            place = object()
            await self._places.acquire_on_behalf_of(place)
            try:
                async for event in iterate_in_threadpool(events):
                    yield event
            finally:
                self._places.release_on_behalf_of(place)
                with anyio.CancelScope(shield=True):
                    await anyio.to_thread.run_sync(events.close)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self.refuse_if_full()
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1


def _events(
    assistant: Assistant, question: str, history: tuple[str, ...], id: str | None
) -> Generator[str, None, None]:
    """The growing answer as server-sent events."""
    try:
        last: Answer | None = None
        told = 0.0
        for last in assistant.stream(question, history=history, id=id):
            if time.monotonic() - told >= BEAT:
                told = time.monotonic()
                yield _event("answer", {"status": last.status, "answer": last.text})
        if last is not None:
            yield _event("done", answer_json(last))
    except AssistantError as error:
        yield _event("error", message(error.en, error.zh))


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
