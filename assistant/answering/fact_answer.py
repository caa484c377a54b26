"""Answers who, what, when, where, which and how: the words of the report that answer, trimmed and quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.decide import fact_found
from assistant.answering.marks import Citations
from assistant.answering.pick import Pick, Similar, pick_sentences, sentences_of
from assistant.answering.trim import in_its_group, trim
from assistant.answering.wording import verbatim, where
from assistant.language.people import names_of_people
from assistant.models import Kind, Question, Report, Span

_COUNT_WORDS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_MEMBERS = re.compile(
    r"哪([两二三四五六七八九十])(?=[^年月日市城])|([二两三四五六七八九十])(?=[个项种型大条]).{0,8}(?:是|有)?(?:哪些|什么)"
)


def answer_fact(question: Question, report: Report, similar: Similar, citations: Citations) -> list[str]:
    """The lines that answer from `report`, or none when it does not say."""
    picks = pick_sentences(question, report, similar)
    members = _members(question, report, picks)
    if members:
        return [_line(question, report, members, citations)]
    found = [pick for pick in picks[:6] if fact_found(question.terms, pick)]
    if question.asks == "who":
        found = [pick for pick in found if _names_somebody(pick)]
        found.sort(key=lambda pick: (-round(pick.nouns, 2), -pick.score))
    if not found:
        return []
    wanted = 3 if question.asks == "how" or question.detail else 1
    chosen = [pick for pick in found[:wanted] if pick.score >= found[0].score - 0.12]
    spans = [trim(question, pick, question.terms, limit=150 if wanted == 1 else 90) for pick in chosen]
    if question.asks == "how":
        spans = [in_its_group(pick, span, 110) for pick, span in zip(chosen, spans, strict=True)]
    return [
        _line(question, report, [span], citations, kind=pick.sentence.kind)
        for pick, span in zip(chosen, spans, strict=True)
    ]


def _line(
    question: Question, report: Report, spans: Sequence[Span], citations: Citations, *, kind: Kind | None = None
) -> str:
    language = question.language
    period = report.profile.period.label
    quotes = []
    for span in spans:
        n = citations.cite(report, span, kind=kind or "unknown")
        quotes.append(f"“{verbatim(report.repaired.offsets.to_received(span).of(report.original.text))}”[{n}]")
    target = kind == "target" or (kind is None and report.profile.kind == "plan")
    head = where(report.profile.city, period, language).strip()
    if target:
        head += " (a plan)" if language == "en" else "的计划"
    joined = ("; " if language == "en" else "；").join(quotes)
    return f"{head}{': ' if language == 'en' else '：'}{joined}{'.' if language == 'en' else '。'}"


def _names_somebody(pick: Pick) -> bool:
    return bool(names_of_people(pick.sentence.span.of(pick.report.repaired.text)))


def _members(question: Question, report: Report, picks: Sequence[Pick]) -> list[Span]:
    """The members of a numbered set (哪五型) that stand in sentences of one build under one heading, or none."""
    match = _MEMBERS.search(question.text)
    if match is None:
        return []
    wanted = _COUNT_WORDS[match.group(1) or match.group(2)]
    after = re.match(r"[个项种大条]?([一-鿿]{2,4})", question.text[match.end() :])
    names = [term.text for term in question.terms if term.noun and len(term.text) >= 2]
    for name in [*names, *([after.group(1)] if after else [])]:
        kind = re.sub(r"[“”\"'二两三四五六七八九十]", "", name)
        if not kind:
            continue
        spans = _parallel(report, kind, name, wanted)
        if len(spans) == wanted:
            return spans
    return []


def _parallel(report: Report, kind: str, name: str, wanted: int) -> list[Span]:
    """Clauses `…<word>kind…`, each with another word, under a heading that speaks of the set."""
    text = report.repaired.text
    pattern = re.compile(
        rf"(?:打造|建设|建成|做|成为|推进|实现|提升|强化|坚持)?[一-鿿]{{2,4}}{re.escape(kind)}[一-鿿]{{0,4}}"
    )
    by_heading: dict[tuple[str, ...], dict[str, Span]] = {}
    for passage, sentence in sentences_of(report):
        for match in pattern.finditer(text, sentence.span.start, sentence.span.end):
            if name in match.group():
                continue
            by_heading.setdefault(passage.headings[:1], {}).setdefault(match.group(), Span(match.start(), match.end()))
    for heading, found in by_heading.items():
        if len(found) == wanted and (not heading or kind in heading[0] or len(by_heading) == 1):
            return list(found.values())
    return []
