"""The composer that lets a chat model word an answer, on top of the built-in one that has already found it.

Every figure, table, comparison and caveat come from the built-in composer; the model gets them with the passages and
words them. Its words are read, cleaned and checked; where they are missing, late, cut off, in another language, without
sources or at odds with the reports, the built-in answer stands and says why. Where nothing was found, the model may
point at passages; then the report's own words are shown, and none of the model's.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.answering.base import Composer
from assistant.answering.chat_model import prompts
from assistant.answering.chat_model.connect import ChatModelTrouble, Limits, Line
from assistant.answering.chat_model.pointing import may_point, pointed
from assistant.answering.chat_model.reply import ChatRequest, accepted, complete_part, draft_of, read_reply
from assistant.answering.marks import REFUSAL, citation
from assistant.language.script import to_traditional
from assistant.models import Citation, Draft, Evidence, Hit, Language, Question

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

LookUp = Callable[[str], Evidence]
"""What a question finds, as `Assistant.evidence` gives it."""

_WORDED = frozenset({"answered"})
_PASSAGES = 24
_PASSAGE_CHARACTERS = 7000
_TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": prompts.SEARCH_TOOL,
        "description": "Finds more passages of the reports at hand. Use a few Chinese words that the passage would hold.",
        "parameters": {
            "type": "object",
            "properties": {"words": {"type": "string", "description": "a few Chinese words"}},
            "required": ["words"],
        },
    },
}


class ChatModelComposer:
    """Words the answers of `built_in` with a chat model; `look_up` finds more passages when the model asks for them.

    `model` is a LangChain chat model. Safe to call from many threads.
    """

    def __init__(
        self,
        name: str,
        model: Any,
        built_in: Composer,
        *,
        look_up: LookUp | None = None,
        limits: Limits | None = None,
        new_fence: Callable[[], str] = lambda: secrets.token_hex(3),
    ) -> None:
        self.name = name
        self.look_up = look_up
        self._built_in = built_in
        self._limits = limits or Limits()
        self._line = Line(model, self._limits)
        self._tools = _takes_tools(model)
        self._new_fence = new_fence
        self._rest = _Rest(self._limits)

    def compose(self, question: Question, evidence: Evidence) -> Draft:
        """The whole draft."""
        return list(self.stream(question, evidence))[-1]

    def stream(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        """Growing drafts of whole sentences; the last one is whole, and the built-in one where the model is of no use."""
        draft = self._built_in.compose(question, evidence)
        if not _is_to_be_worded(draft, question):
            yield draft
            return
        if self._rest.is_on():
            yield _with_notice(draft, "resting", question.language)
            return
        try:
            last = yield from self._worded(_request(question, evidence, draft, self._new_fence()))
        except ChatModelTrouble as trouble:
            yield self._gave_up(draft, trouble, question.language)
            return
        self._rest.worked()
        yield draft if last is None else last

    def complete(self, turn: str, history: Sequence[str]) -> Iterator[str]:
        """The follow-up `turn` made whole, as it grows; the last one counts, "" where the model makes none of it.

        Whether it may be asked is not decided here: see `question.completed`.
        """
        if self._rest.is_on():
            return
        fence, until, said = self._new_fence(), time.monotonic() + self._limits.total, ""
        try:
            for said in self._reply(_completing_messages(fence, turn, history), until, (), fence):
                yield said
        except ChatModelTrouble as trouble:
            _log.warning("%s: %s", self.name, trouble.en)
            self._rest.failed(trouble.why)
            yield ""
            return
        self._rest.worked()
        yield "" if REFUSAL in said else said.strip().strip('“”"')

    def look_further(self, question: Question, evidence: Evidence, refusal: Draft) -> Iterator[Draft]:
        """The refusal while the model looks, then the words of the reports that it points at, if it finds any."""
        if not may_point(question, evidence, refusal):
            return
        if self._rest.is_on():
            yield _with_notice(refusal, "resting", question.language)
            return
        request, said = _request(question, evidence, refusal, self._new_fence()), ""
        try:
            for part in self._replies(request, _pointing_messages(request, tools=self._can_search)):
                said = part
                yield refusal  # so that who stops listening stops the model
            found = pointed(said, request, self.name)
        except ChatModelTrouble as trouble:
            yield self._gave_up(refusal, trouble, question.language)
            return
        self._rest.worked()
        yield refusal if found is None else found

    def close(self) -> None:
        """Ends the thread that talks to the model."""
        self._line.close()

    def _gave_up(self, draft: Draft, trouble: ChatModelTrouble, language: Language) -> Draft:
        _log.warning("%s: %s", self.name, trouble.en)
        self._rest.failed(trouble.why)
        return _with_notice(draft, trouble.why, language)

    def _worded(self, request: ChatRequest) -> Generator[Draft, None, Draft | None]:
        """Growing drafts in the model's words; returns the whole one, or None where the model sees no answer.

        Where no sentence has come for a while, the built-in draft is shown, and what follows replaces it at once.
        """
        said, shown, standing_in = "", "", None
        patient_until = time.monotonic() + self._limits.patience
        for said in self._replies(request, _messages(request, tools=self._can_search)):
            if standing_in is None and not shown and time.monotonic() >= patient_until:
                standing_in = _with_notice(request.draft, "waiting", request.question.language)
            if standing_in is not None:
                yield standing_in
                continue
            whole = complete_part(said)
            if whole != shown and REFUSAL not in said:
                shown = whole
                yield draft_of(whole, request, self.name)
        return accepted(said, request, self.name)

    def _replies(self, request: ChatRequest, messages: list[BaseMessage]) -> Iterator[str]:
        """The model's reply as it grows, the last one whole; what it asks to be looked up is looked up on the way."""
        until = time.monotonic() + self._limits.total
        while True:
            tools = [_TOOL] if self._can_search and request.searches < prompts.MOST_SEARCHES else []
            try:
                message = yield from self._reply(messages, until, tools, request.fence)
            except ChatModelTrouble as trouble:
                if trouble.why != "refused" or not tools:
                    raise
                self._tools = False  # some services refuse any request that offers tools
                continue
            if not message.tool_calls or not tools:
                return
            messages += self._found(message, request)

    def _reply(
        self, messages: Sequence[BaseMessage], until: float, tools: Sequence[dict[str, Any]], fence: str
    ) -> Generator[str, None, Any]:
        """One reply as it grows; returns its message."""
        raw, said = "", ""
        reply = self._line.reply(messages, until, tools=tools)
        try:
            while True:
                raw += next(reply)
                said = read_reply(raw, fence)
                if len(said) > self._limits.characters:
                    raise ChatModelTrouble("garbled", f"more than {self._limits.characters} characters")
                yield said
        except StopIteration as end:
            yield said
            return end.value
        finally:
            reply.close()

    @property
    def _can_search(self) -> bool:
        return self.look_up is not None and self._tools

    def _found(self, message: Any, request: ChatRequest) -> list[BaseMessage]:
        """The model's own call and what was found for it, as messages; of several calls at once only the first counts."""
        from langchain_core.messages import AIMessage, ToolMessage

        request.searches += 1
        call = message.tool_calls[0]
        words = str(call["args"].get("words") or "")[:200].strip()
        cities = " ".join(city.name for city in request.question.cities)
        hits = self.look_up(f"{cities} {words}".strip()).hits if self.look_up is not None and words else ()
        shown = _take(request, [hit for hit in hits if hit.report_id in request.evidence.reports], most=8)
        told = "\n".join(prompts.passage_line(one) for one in shown) or "nothing more was found"
        content = f"<data-{request.fence}>\n{told}\n</data-{request.fence}>"
        return [AIMessage(content="", tool_calls=[call]), ToolMessage(content=content, tool_call_id=call["id"])]


class _Rest:
    """Leaves a model alone for a while after failures in a row."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def is_on(self) -> bool:
        with self._lock:
            return time.monotonic() < self._until

    def failed(self, why: str) -> None:
        if why in {"nonsense", "language", "unconfirmed", "incomplete"}:
            return  # the model is there; its next answer may be good
        with self._lock:
            self._failures += 1
            if self._failures >= self._limits.failures:
                self._failures, self._until = 0, time.monotonic() + self._limits.rest

    def worked(self) -> None:
        with self._lock:
            self._failures = 0


# --- what the model is asked --------------------------------------------------------------------


def _takes_tools(model: Any) -> bool:
    """Whether the model can be given tools; LangChain says so only when asked to bind them."""
    try:
        model.bind_tools([_TOOL])
    except NotImplementedError:
        return False
    return True


def _is_to_be_worded(draft: Draft, question: Question) -> bool:
    """Whether a model may word this answer: it is found, and there is no caveat that other words could lose.

    How a question was read, where not as written, is such a caveat.
    """
    doubtful = any(not figure.readable or figure.doubt is not None for figure in draft.figures)
    return (
        draft.status in _WORDED
        and question.intent not in {"library", "small_talk", "unclear", "judgement"}
        and bool(draft.citations)
        and not doubtful
        and not (question.completed or question.respelt)
    )


def _request(question: Question, evidence: Evidence, draft: Draft, fence: str) -> ChatRequest:
    request = ChatRequest(question, evidence, draft, fence)
    for item in draft.citations:
        request.citations[request.id_of(item.n)] = item
        request.seen.add((item.report_id, item.start, item.end))
    return request


def _messages(request: ChatRequest, *, tools: bool) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    known = [_shown(id, item, request) for id, item in request.citations.items()]
    passages = [*known, *_take(request, request.evidence.hits, most=_PASSAGES)]
    ids = {item.n: id for id, item in request.citations.items()}
    return [
        SystemMessage(prompts.system_prompt(request.fence, request.question.language, tools=tools)),
        HumanMessage(prompts.user_prompt(request.fence, request.question, request.draft, passages, ids)),
    ]


def _pointing_messages(request: ChatRequest, *, tools: bool) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    passages = _take(request, request.evidence.hits, most=_PASSAGES)
    return [
        SystemMessage(prompts.pointing_prompt(request.fence, tools=tools)),
        HumanMessage(prompts.passages_prompt(request.fence, request.question, passages)),
    ]


def _completing_messages(fence: str, turn: str, history: Sequence[str]) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [
        SystemMessage(prompts.completing_prompt(fence)),
        HumanMessage(prompts.turns_prompt(fence, history, turn)),
    ]


def _take(request: ChatRequest, hits: Sequence[Hit], *, most: int) -> list[prompts.Shown]:
    """The first hits that were not shown yet, each given an id and a citation."""
    taken: list[prompts.Shown] = []
    length = 0
    for hit in hits:
        if len(taken) == most or length > _PASSAGE_CHARACTERS:
            break
        report = request.evidence.reports.get(hit.report_id)
        if report is None or len(hit.span) > prompts.LONGEST_PASSAGE:
            continue
        item = citation(report, hit.span, n=len(request.citations) + 1, kind=hit.kind)
        place = (item.report_id, item.start, item.end)
        if place in request.seen or len(request.citations) >= 999:
            continue
        request.seen.add(place)
        request.citations[request.id_of(item.n)] = item
        taken.append(_shown(request.id_of(item.n), item, request, hit.headings))
        length += len(hit.text)
    return taken


def _shown(id: str, item: Citation, request: ChatRequest, headings: tuple[str, ...] = ()) -> prompts.Shown:
    return prompts.Shown(id, item.city or "-", item.period or "-", item.kind, item.report, headings, item.quote)


def _with_notice(draft: Draft, why: str, language: Language) -> Draft:
    said = prompts.notice(why, language)
    return replace(draft, text=f"{draft.text}\n\n{to_traditional(said) if language == 'zh-Hant' else said}")
