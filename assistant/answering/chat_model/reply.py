"""Reads what a chat model has answered: marks of the request become citations, what is no prose is taken out.

Nothing of a reply is believed: it becomes a draft that is checked like any other, or is refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.answering.chat_model import prompts
from assistant.answering.chat_model.connect import ChatModelTrouble
from assistant.answering.chat_model.orders import reads_as_order
from assistant.answering.marks import MARK, REFUSAL, answer_figure
from assistant.answering.verifying.numbers import stated_numbers
from assistant.answering.verifying.parts import find_quotes, hold
from assistant.answering.verifying.verify import verify
from assistant.language.script import to_simplified, to_traditional
from assistant.models import AnswerFigure, Citation, Draft, Evidence, Language, Question, Span

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.S | re.I)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]\d][^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z!][^>]{0,500}>|<[A-Za-z][^>]*$")
_ADDRESS = re.compile(r"(?:https?|ftp|data|javascript|file):\S+|www\.\S+", re.I)
_BLOCK = re.compile(r"^\s*(?:#{1,6}\s+|>+\s*|```.*$|~~~.*$)", re.M)
_OTHER_MARKS = re.compile(r"\[\^?(\d{1,3})\]|【(?:来源|\d)[^】]{0,20}】|〔\d+〕")
_COMPLETE = re.compile(r"(?:[。！？!?；\n]|\.(?=\s))[”’）)]*(?:\s*⟦[^⟦⟧\n]*⟧)*(?=\s*[^\s⟦])")


@dataclass
class ChatRequest:
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


def read_reply(raw: str, fence: str) -> str:
    """A reply without what a model thinks aloud before its answer, its marks in the one form.

    Some servers send no opening tag. Models put ids in other brackets, or several in one pair; as an id holds the
    fence of the request, which no report can know, that is as good.
    """
    said = _THOUGHT.sub("", raw).rpartition("</think>")[2]
    id_ = rf"{re.escape(fence)}:\d{{1,3}}"
    marks = re.compile(rf"[\[【〔［(（⟦]\s*({id_}(?:[\s,，;；、]*{id_})*)\s*[\]】〕］)）⟧]")
    return marks.sub(
        lambda match: "".join(prompts.CITE.format(id=one) for one in re.findall(id_, match.group(1))), said
    )


def complete_part(raw: str) -> str:
    """The whole sentences at the head of a reply in the making."""
    ends = [match.end() for match in _COMPLETE.finditer(prompts.CITED.sub(lambda m: m.group().replace("\n", " "), raw))]
    for end in reversed(ends):
        part = raw[:end]
        if part.count("“") <= part.count("”") and part.count("⟦") == part.count("⟧"):
            return part
    return ""


def draft_of(raw: str, request: ChatRequest, name: str) -> Draft:
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
    return replace(
        built_in, text=text, citations=cited, figures=figures, derived=derived, composer=name, made=built_in.text
    )


def _keeps_rest(request: ChatRequest) -> bool:
    """Whether the model words only the first paragraph, because a table, a list and warnings follow it."""
    return request.draft.comparison is not None or request.question.intent == "which_cities"


def _with_marks(raw: str, request: ChatRequest) -> str:
    """Marks of this request as [n]; any other mark becomes [0], which leads nowhere and is seen in checking.

    So does a mark of words that give orders: what is planted in a report proves nothing.
    """
    text = _OTHER_MARKS.sub("⟦?⟧", raw)

    def number(match: re.Match[str]) -> str:
        item = request.citations.get(match.group(1))
        return f"[{item.n}]" if item is not None and not reads_as_order(item.quote) else "[0]"

    return re.sub(r"[⟦⟧]", "", prompts.CITED.sub(number, text))


def _clean(text: str) -> str:
    """Prose without images, links, markup of pages, headings and what a reader cannot see."""
    text = _ADDRESS.sub("", _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    text = "".join(sign for sign in _BLOCK.sub("", text) if sign.isprintable() or sign == "\n")
    return re.sub(r"\n{3,}", "\n\n", text.replace("|", "/")).strip()


def _in_script(text: str, language: Language, request: ChatRequest) -> str:
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


def _figures(text: str, marks: set[int], request: ChatRequest) -> tuple[AnswerFigure, ...]:
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


def accepted(raw: str, request: ChatRequest, name: str) -> Draft | None:
    """The whole draft of a reply, None where the model sees no answer. Raises ChatModelTrouble where it is of no use."""
    if REFUSAL in raw:
        return None  # whether there is an answer has been decided by what was found
    draft = draft_of(raw, request, name)
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
    if not _keeps_the_answer(prose, request):
        raise ChatModelTrouble("incomplete", "without what was found")
    return draft


def _keeps_the_answer(prose: str, request: ChatRequest) -> bool:
    """Whether the model's words hold what was found: the figure asked for, else a source of the built-in answer."""
    built_in, question = request.draft, request.question
    if built_in.comparison is None and question.intent == "figure" and built_in.figures:
        value = built_in.figures[0].value
        told = stated_numbers(to_simplified(MARK.sub(" ", prose)))
        return value is None or any(
            one.value is not None and abs(one.value - value) <= 1e-6 * abs(value) for one in told
        )
    known = {item.n for item in built_in.citations}
    return not known or not known.isdisjoint(int(match.group(1)) for match in MARK.finditer(prose))


def _is_in_language(prose: str, request: ChatRequest) -> bool:
    quotes: Mapping[Span, object] = {one.span: one for one in find_quotes(prose, list(request.citations.values()))}
    own = hold(prose, list(quotes))
    han = len(re.findall(r"[\u4e00-\u9fff]", own))
    latin = len(re.findall(r"[A-Za-z]+", own))
    mine, other = (latin, han) if request.question.language == "en" else (han, latin)
    return mine > 0 and other <= max(4, mine // 2)  # measure words and names may be of the other language
