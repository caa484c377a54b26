"""The composer that lets a chat model word an answer, on top of the built-in one that has already found it.

Whether there is an answer at all, every figure, table, comparison and caveat come from the built-in composer; the model
gets them with the passages and words them. Its words are read, cleaned and checked; where they are missing, late, cut
off, in another language, without sources or at odds with the reports, the built-in answer stands and says why.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.answering import prompts
from assistant.answering.base import Composer
from assistant.answering.chat_model_connect import ChatModelTrouble, Limits, Line
from assistant.answering.marks import MARK, REFUSAL, answer_figure, citation
from assistant.answering.verify import verify
from assistant.answering.verify_parts import find_quotes, hold
from assistant.language.script import to_simplified, to_traditional
from assistant.models import AnswerFigure, Citation, Draft, Evidence, Hit, Language, Question, Span

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
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]\d][^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z!][^>]{0,500}>|<[A-Za-z][^>]*$")
_ADDRESS = re.compile(r"(?:https?|ftp|data|javascript|file):\S+|www\.\S+", re.I)
_BLOCK = re.compile(r"^\s*(?:#{1,6}\s+|>+\s*|```.*$|~~~.*$)", re.M)
_OTHER_MARKS = re.compile(r"\[\^?(\d{1,3})\]|【(?:来源|\d)[^】]{0,20}】|〔\d+〕")
_COMPLETE = re.compile(r"(?:[。！？!?；\n]|\.(?=\s))[”’）)]*(?:\s*\[\d{1,3}\])*(?=\s*[^\s\[⟦])")


@dataclass
class _Request:
    """One answer in the making: the passages shown so far, each with its id and its citation."""

    question: Question
    evidence: Evidence
    draft: Draft
    fence: str
    citations: dict[str, Citation] = field(default_factory=dict)  # id -> citation
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    searches: int = 0

    def id_of(self, n: int) -> str:
        return f"{self.fence}:{n}"


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
            _log.warning("%s: %s", self.name, trouble.en)
            self._rest.failed(trouble.why)
            yield _with_notice(draft, trouble.why, question.language)
            return
        self._rest.worked()
        yield draft if last is None else last

    def close(self) -> None:
        """Ends the thread that talks to the model."""
        self._line.close()

    def _worded(self, request: _Request) -> Generator[Draft, None, Draft | None]:
        """Growing drafts in the model's words; returns the whole one, or None where the model sees no answer."""
        until = time.monotonic() + self._limits.total
        messages = _messages(request, tools=self._can_search)
        while True:
            tools = [_TOOL] if self._can_search and request.searches < prompts.MOST_SEARCHES else []
            try:
                raw, message = yield from self._reply(messages, until, tools, request)
            except ChatModelTrouble as trouble:
                if trouble.why != "refused" or not tools:
                    raise
                self._tools = False  # some services refuse any request that offers tools
                continue
            if not message.tool_calls or not tools:
                return _accepted(raw, request, self.name)
            messages += self._found(message, request)

    def _reply(
        self, messages: Sequence[BaseMessage], until: float, tools: Sequence[dict[str, Any]], request: _Request
    ) -> Generator[Draft, None, tuple[str, Any]]:
        """Growing drafts of one reply; returns its whole text and message."""
        raw, shown = "", ""
        reply = self._line.reply(messages, until, tools=tools)
        try:
            while True:
                raw += next(reply)
                if len(raw) > self._limits.characters:
                    raise ChatModelTrouble("garbled", f"more than {self._limits.characters} characters")
                whole = _complete_part(raw)
                if whole != shown and REFUSAL not in raw:
                    shown = whole
                    yield _draft_of(whole, request, self.name)
        except StopIteration as end:
            return raw, end.value
        finally:
            reply.close()

    @property
    def _can_search(self) -> bool:
        return self.look_up is not None and self._tools

    def _found(self, message: Any, request: _Request) -> list[BaseMessage]:
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
        if why in {"nonsense", "language", "unconfirmed"}:
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
    """Whether a model may word this answer: it is found, and there is no caveat that other words could lose."""
    doubtful = any(not figure.readable or figure.doubt is not None for figure in draft.figures)
    return (
        draft.status in _WORDED
        and question.intent not in {"library", "small_talk", "unclear", "judgement"}
        and bool(draft.citations)
        and not doubtful
    )


def _request(question: Question, evidence: Evidence, draft: Draft, fence: str) -> _Request:
    request = _Request(question, evidence, draft, fence)
    for item in draft.citations:
        request.citations[request.id_of(item.n)] = item
        request.seen.add((item.report_id, item.start, item.end))
    return request


def _messages(request: _Request, *, tools: bool) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    known = [_shown(id, item, request) for id, item in request.citations.items()]
    passages = [*known, *_take(request, request.evidence.hits, most=_PASSAGES)]
    ids = {item.n: id for id, item in request.citations.items()}
    return [
        SystemMessage(prompts.system_prompt(request.fence, request.question.language, tools=tools)),
        HumanMessage(prompts.user_prompt(request.fence, request.question, request.draft, passages, ids)),
    ]


def _take(request: _Request, hits: Sequence[Hit], *, most: int) -> list[prompts.Shown]:
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


def _shown(id: str, item: Citation, request: _Request, headings: tuple[str, ...] = ()) -> prompts.Shown:
    return prompts.Shown(id, item.city or "-", item.period or "-", item.kind, item.report, headings, item.quote)


# --- what the model answers ---------------------------------------------------------------------


def _complete_part(raw: str) -> str:
    """The whole sentences at the head of a reply in the making."""
    ends = [match.end() for match in _COMPLETE.finditer(prompts.CITED.sub(lambda m: m.group().replace("\n", " "), raw))]
    for end in reversed(ends):
        part = raw[:end]
        if part.count("“") <= part.count("”") and part.count("⟦") == part.count("⟧"):
            return part
    return ""


def _draft_of(raw: str, request: _Request, name: str) -> Draft:
    """A reply as a draft: marks of this request become citations, what is not prose is taken out, tables are kept."""
    text = _in_script(_clean(_with_marks(raw, request)), request.question.language, request)
    prose_marks = {int(match.group(1)) for match in MARK.finditer(text)}
    built_in = request.draft
    if _keeps_rest(request):
        rest = built_in.text.partition("\n\n")[2]
        text = f"{text}\n\n{rest}".strip()
    marks = {int(match.group(1)) for match in MARK.finditer(text)}
    kept = {item.n for item in built_in.citations} if built_in.comparison is not None else set()
    cited = tuple(item for item in request.citations.values() if item.n in marks | kept)
    figures = built_in.figures if built_in.comparison is not None else _figures(text, prose_marks, request)
    derived = tuple(item for item in built_in.derived if built_in.comparison or set(item.operands) <= marks)
    return replace(built_in, text=text, citations=cited, figures=figures, derived=derived, composer=name, made=built_in.text)


def _keeps_rest(request: _Request) -> bool:
    """Whether the model words only the first paragraph, because a table, a list and warnings follow it."""
    return request.draft.comparison is not None or request.question.intent == "which_cities"


def _with_marks(raw: str, request: _Request) -> str:
    """Marks of this request as [n]; any other mark becomes [0], which leads nowhere and is seen in checking."""
    text = _OTHER_MARKS.sub("⟦?⟧", raw)

    def number(match: re.Match[str]) -> str:
        item = request.citations.get(match.group(1))
        return f"[{item.n}]" if item is not None else "[0]"

    return re.sub(r"[⟦⟧]", "", prompts.CITED.sub(number, text))


def _clean(text: str) -> str:
    """Prose without images, links, markup of pages, headings and what a reader cannot see."""
    text = _ADDRESS.sub("", _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    text = "".join(sign for sign in _BLOCK.sub("", text) if sign.isprintable() or sign == "\n")
    return re.sub(r"\n{3,}", "\n\n", text.replace("|", "/")).strip()


def _in_script(text: str, language: Language, request: _Request) -> str:
    """The model's own Chinese in the reader's script; quotes stay as printed."""
    if language == "en":
        return text
    convert = to_traditional if language == "zh-Hant" else to_simplified
    quotes = find_quotes(text, list(request.citations.values()))
    pieces, at = [], 0
    for quote in quotes:
        pieces += [convert(text[at : quote.span.start]), quote.span.of(text)]
        at = quote.span.end
    return "".join([*pieces, convert(text[at:])])


def _figures(text: str, marks: set[int], request: _Request) -> tuple[AnswerFigure, ...]:
    """The figures of the cited passages that the text prints."""
    plain = re.sub(r"[\s,，*]", "", text)
    kept = {(one.citation, one.text): one for one in request.draft.figures if one.citation in marks}
    for item in request.citations.values():
        report = request.evidence.reports.get(item.report_id)
        if item.n not in marks or report is None:
            continue
        span = report.repaired.offsets.to_repaired(Span(item.start, item.end))
        for figure in report.figures:
            if span.contains(figure.span) and figure.readable and re.sub(r"[\s,，]", "", figure.text) in plain:
                kept.setdefault((item.n, figure.text), answer_figure(report, figure, item.n))
    return tuple(kept.values())


def _accepted(raw: str, request: _Request, name: str) -> Draft | None:
    """The whole draft of a reply, None where the model sees no answer. Raises ChatModelTrouble where it is of no use."""
    if REFUSAL in raw:
        return None  # whether there is an answer has been decided by what was found
    draft = _draft_of(raw, request, name)
    rest = request.draft.text.partition("\n\n")[2] if _keeps_rest(request) else ""
    prose = draft.text.removesuffix(rest)
    if not prose.strip() or not any(int(match.group(1)) > 0 for match in MARK.finditer(prose)):
        raise ChatModelTrouble("nonsense", "no sources")
    if not _is_in_language(prose, request):
        raise ChatModelTrouble("language", f"not in {request.question.language}")
    checks = verify(draft, request.evidence.reports, request.question, library=len(request.evidence.summaries)).checks
    first = checks.unconfirmed[0].text if checks.unconfirmed else None
    if first is not None and (draft.text.startswith(first[:12]) or 3 * len(checks.unconfirmed) > checks.checked):
        raise ChatModelTrouble("unconfirmed", f"{len(checks.unconfirmed)} of {checks.checked} statements")
    return draft


def _is_in_language(prose: str, request: _Request) -> bool:
    quotes: Mapping[Span, object] = {one.span: one for one in find_quotes(prose, list(request.citations.values()))}
    own = hold(prose, list(quotes))
    han = len(re.findall(r"[\u4e00-\u9fff]", own))
    latin = len(re.findall(r"[A-Za-z]+", own))
    return latin > 2 * han if request.question.language == "en" else han >= 2 * latin


def _with_notice(draft: Draft, why: str, language: Language) -> Draft:
    said = prompts.notice(why, language)
    return replace(draft, text=f"{draft.text}\n\n{to_traditional(said) if language == 'zh-Hant' else said}")
