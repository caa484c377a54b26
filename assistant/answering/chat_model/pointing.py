"""What a chat model may do where nothing was found: point at passages. Shown are only the report's own words.

Its own words never reach the reader here. Their figure would need no more than the wrong name to be a wrong answer,
and no check of words can tell a thing from another that the report does not name either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.chat_model import prompts
from assistant.answering.chat_model.connect import ChatModelTrouble
from assistant.answering.chat_model.orders import reads_as_order
from assistant.answering.chat_model.reply import ChatRequest
from assistant.answering.marks import REFUSAL, citation
from assistant.answering.verifying.figures import years_of_report
from assistant.answering.verifying.words import normal
from assistant.answering.wording import city_name, finish, listed, say, verbatim, where
from assistant.language.sentences import split_clauses
from assistant.models import Citation, Draft, Evidence, Question, Report, Span

_MOST = 240  # characters of all that is shown
_LONGEST = 110  # characters of a passage that is shown whole; of longer ones the clauses that were pointed at
_QUOTED = re.compile(r"[“「『\"](.+)[”」』\"]", re.S)


def may_point(question: Question, evidence: Evidence, refusal: Draft) -> bool:
    """Whether a model may be asked to look: for one thing of cities and years that are there, without a premise."""
    return (
        refusal.status == "not_found"
        and question.intent in {"figure", "fact"}
        and not question.premise
        and not evidence.attack
        and bool(question.cities)
        and all(city.known for city in question.cities)
        and bool(evidence.hits)
        and _years_are_there(question, evidence)
    )


def _years_are_there(question: Question, evidence: Evidence) -> bool:
    return not question.years or any(
        set(question.years) <= years_of_report(report) for report in evidence.reports.values()
    )


def pointed(said: str, request: ChatRequest, name: str) -> Draft | None:
    """The report's own words that a reply points at, None where it sees no answer.

    Raises ChatModelTrouble where it points at nothing, or where any of its words do not stand where it says.
    """
    if REFUSAL in said:
        return None
    found = _short_enough(list(dict.fromkeys(_places(said, request)))[: prompts.MOST_POINTED])
    language = request.question.language
    citations: list[Citation] = []
    lines: list[str] = []
    for report_id, span in found:
        report = request.evidence.reports[report_id]
        item = _citation(report, span, n=len(citations) + 1)
        citations.append(item)
        head = where(item.city, item.period, language).strip()
        phrase = "fact_target" if item.kind == "target" else "fact"
        sep = "" if language == "en" else "："
        lines.append(say(phrase, language, where=head, sep=sep, quote=verbatim(item.quote), mark=f"[{item.n}]"))
    cities = listed(list(dict.fromkeys(city_name(one.city, language) for one in citations)), language)
    text = finish("\n".join([say("pointed", language, city=cities), *lines]), language)
    return Draft("partial", text, tuple(citations), composer=name, made=text)


def _short_enough(found: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The first places that together make a short answer; who points at a whole page has not found anything."""
    if not found:
        raise ChatModelTrouble("nonsense", "no sources")
    kept, length = [], 0
    for report_id, span in found:
        length += len(span)
        if length <= _MOST:
            kept.append((report_id, span))
    if not kept:
        raise ChatModelTrouble("unconfirmed", f"{len(found[0][1])} characters are no answer")
    return kept


def _citation(report: Report, span: Span, *, n: int) -> Citation:
    sentences = [one for passage in report.passages for one in passage.sentences if one.span.overlaps(span)]
    return citation(report, span, n=n, kind=sentences[0].kind if sentences else "unknown")


def _places(said: str, request: ChatRequest) -> Iterator[tuple[str, Span]]:
    """Report and repaired span of each stretch of words that a mark follows."""
    start = 0
    for match in prompts.CITED.finditer(said):
        words = said[start : match.start()]
        start = match.end()
        item = request.citations.get(match.group(1))
        if item is None:
            raise ChatModelTrouble("unconfirmed", "a mark that leads nowhere")
        report = request.evidence.reports[item.report_id]
        quoted = _QUOTED.search(words)
        inside = _inside(quoted.group(1) if quoted else words, item.quote)
        if inside is None or reads_as_order(item.quote):
            raise ChatModelTrouble("unconfirmed", "words that do not stand in their passage")
        received = Span(item.start + inside.start, item.start + inside.end)
        whole = report.repaired.offsets.to_repaired(Span(item.start, item.end))
        span = _with_its_clauses(report, whole, report.repaired.offsets.to_repaired(received))
        back = report.repaired.offsets.to_received(span)
        if any(loss.received.overlaps(back) for loss in report.repaired.losses):
            raise ChatModelTrouble("unconfirmed", "words whose print is damaged")
        yield report.id, span


def _inside(words: str, quote: str) -> Span | None:
    """Where `words` stand in one piece in `quote`, blanks, width, script and punctuation aside."""
    kept = [(sign, at) for at, printed in enumerate(quote) for sign in normal(printed)]
    wanted = normal(words)
    at = "".join(sign for sign, _ in kept).find(wanted) if len(wanted) > 3 else -1
    return Span(kept[at][1], kept[at + len(wanted) - 1][1] + 1) if at >= 0 else None


def _with_its_clauses(report: Report, whole: Span, part: Span) -> Span:
    """The passage where it is short, else the whole clauses of the part, so that no figure and no 近 is cut off."""
    clauses = split_clauses(report.repaired.text, whole) or [whole]
    if len(whole) > _LONGEST:
        clauses = [one for one in clauses if one.overlaps(part)] or [part]
    return Span(clauses[0].start, clauses[-1].end)
