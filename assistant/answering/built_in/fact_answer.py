"""Answers who, what, when, where, which and how: the words of the report that answer, trimmed and quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answering.built_in.members import members_of, tells_members
from assistant.answering.built_in.notes import MEANING, explained
from assistant.answering.built_in.topic_overview import asks_overview
from assistant.answering.marks import Citations
from assistant.answering.picking.answer_kinds import (
    ORDINAL,
    asks_place,
    holds_no_answer,
    names_somebody,
    names_such_a_place,
)
from assistant.answering.picking.periods import period_of
from assistant.answering.picking.pick import Pick, Similar, pick_sentences, sentences_of
from assistant.answering.picking.sentence_found import fact_found
from assistant.answering.picking.trim import in_its_group, trim
from assistant.answering.picking.zones import plain
from assistant.answering.wording import verbatim, where
from assistant.language.script import to_simplified
from assistant.models import Kind, Question, Report, Span
from assistant.reports.passages import BYLINE

_BY_WHOM = re.compile(r"(?:[请由让给对向为被受跟和与同]|得到)谁|谁来|谁的(?:批示|肯定|表彰|支持)")


def answer_fact(question: Question, report: Report, similar: Similar, citations: Citations) -> list[str]:
    """The lines that answer from `report`, or none when it does not say."""
    picks = pick_sentences(question, report, similar)
    if (meaning := explained(question, report)) is not None:
        return [_line(question, report, [meaning], citations, kind="unknown")]
    members = members_of(question, report)
    if members:
        home = next((one for _, one in sentences_of(report) if one.span.overlaps(members[0])), None)
        return [_line(question, report, _in_one(report, members), citations, kind=home.kind if home else None)]
    text = report.repaired.text
    found = [pick for pick in picks[:6] if fact_found(question.terms, pick)]
    found = [pick for pick in found if not holds_no_answer(question, pick.sentence.span.of(text))]
    found = [pick for pick in found if tells_members(question, pick.sentence.span.of(text))]
    if question.asks == "who":
        people = [pick for pick in found if names_somebody(question, pick.sentence.span.of(text))]
        # 由谁来开展 may be a body; 主席是谁 may not.
        found = people or ([pick for pick in found if pick.nouns >= 0.85] if _BY_WHOM.search(question.text) else [])
        found.sort(key=lambda pick: (-round(pick.nouns, 2), -pick.score))
    # Where a county is asked, one that is named answers better than what only speaks of the doing.
    found = [one for one in found if names_such_a_place(question, one.sentence.span.of(text))] or found
    if asks_place(question):
        found = [pick for pick in found if ORDINAL.search(pick.sentence.span.of(report.repaired.text))]
    if not found:
        return []
    if MEANING.search(question.text):
        found.sort(key=lambda pick: not _explains(question, pick))
    if found[0].passage.headings == (BYLINE,):  # the roles that sign stand in lines of their own
        signed = [p for p in picks[:6] if p.passage.headings == (BYLINE,) and max(p.each.values(), default=0) >= 0.9]
        return [
            _line(question, report, [trim(question, p, question.terms)], citations, kind="unknown")
            for p in signed or found[:1]
        ]
    wanted = 3 if question.asks == "how" or question.detail else 1
    chosen = [pick for pick in found[:wanted] if pick.score >= found[0].score - 0.12]
    spans = [trim(question, pick, question.terms, limit=150 if wanted == 1 else 90) for pick in chosen]
    spans = [
        in_its_group(pick, span, 150) if _says_no_more(question, span.of(report.repaired.text)) else span
        for pick, span in zip(chosen, spans, strict=True)
    ]
    if MEANING.search(question.text):
        spans = [_whole_of(question, pick, span) for pick, span in zip(chosen, spans, strict=True)]
    told_widely = question.asks == "how" or asks_overview(question)
    if told_widely or MEANING.search(question.text) or _BY_WHOM.search(question.text):
        spans = [in_its_group(pick, span, 110) for pick, span in zip(chosen, spans, strict=True)]
    spans = [
        _with_next(pick, span) if question.asks == "how" or _only_heads(question, text, span) else span
        for pick, span in zip(chosen, spans, strict=True)
    ]
    return [
        _line(question, report, [span], citations, kind=pick.sentence.kind)
        for pick, span in zip(chosen, spans, strict=True)
    ]


def _says_no_more(question: Question, quote: str) -> bool:
    """Whether a quote has hardly a word that is not the question's own, where what a name holds is asked."""
    asked = to_simplified(question.text)
    if not (MEANING.search(asked) or _WHICH_MANY.search(asked)):
        return False
    if _WHICH_MANY.search(asked) and not _SEVERAL.search(quote):
        return True
    return sum(sign not in asked for sign in re.findall(r"[一-鿿\d]", quote)) < NEW


def _only_heads(question: Question, text: str, span: Span) -> bool:
    """Whether a quote that should name something is the head of a paragraph with hardly a word that was not asked."""
    asked = to_simplified(question.text)
    named = question.asks in {"name", "who", "where", "why"} or MEANING.search(asked)
    heads = re.search(r"(?:^|\n)[\s—\-*#]*$", text[max(0, span.start - 8) : span.start] or "\n")
    new = sum(sign not in asked for sign in re.findall(r"[一-鿿\d]", span.of(text)))
    return bool(named) and heads is not None and new < NEW


_WHICH_MANY = re.compile(r"哪[一二两三四五六七八九十百千万几]")
_SEVERAL = re.compile(r"[、；;+]|一是|[和与及]")
NEW = 6  # characters of a quote that the question does not have


def _whole_of(question: Question, pick: Pick, span: Span) -> Span:
    """The sentence that opens with the name whose meaning is asked, whole where it is not too long."""
    text, whole = pick.report.repaired.text, pick.sentence.span
    names = [plain(term.text) for term in question.terms if term.noun and len(term.text) > 1]
    opens = any(plain(whole.of(text)).startswith(name) for name in names)
    return whole if opens and len(whole) <= WHOLE else span


WHOLE = 240  # characters of a sentence that tells what a name means


def _with_next(pick: Pick, span: Span) -> Span:
    """A bare heading of a paragraph (“一老一小”服务更加友好) with the sentence after it, which says how."""
    if len(pick.sentence.span) > BARE:
        return span
    behind = [one for one in pick.passage.sentences if one.span.start >= pick.sentence.span.end]
    if not behind or len(behind[0].span) > LONGEST or behind[0].kind != pick.sentence.kind:
        return span
    return Span(span.start, behind[0].span.end)


BARE, LONGEST = 24, 160  # characters of a sentence that only announces, and of one that is quoted behind it


def _line(
    question: Question, report: Report, spans: Sequence[Span], citations: Citations, *, kind: Kind | None = None
) -> str:
    language = question.language
    period = period_of(report, spans[0], kind).label
    quotes = []
    for span in spans:
        n = citations.cite(report, span, kind=kind or "unknown", period=period)
        quotes.append(f"“{verbatim(report.repaired.offsets.to_received(span).of(report.original.text))}”[{n}]")
    target = kind == "target" or (kind is None and report.profile.kind == "plan")
    head = where(report.profile.city, period, language).strip()
    if target:
        head += " (a plan)" if language == "en" else "的计划"
    joined = ("; " if language == "en" else "；").join(quotes)
    return f"{head}{': ' if language == 'en' else '：'}{joined}{'.' if language == 'en' else '。'}"


def _explains(question: Question, pick: Pick) -> bool:
    """Whether a list stands right before the name that is asked about (“甲”“乙”“双堂”), or it says what that is."""
    words = pick.sentence.span.of(pick.report.repaired.text)
    names = [term.text for term in question.terms if term.noun and len(term.text) > 1]
    return any(
        re.search(
            rf"[”、][“和及等]{{0,2}}{re.escape(name)}|^[“‘]?{re.escape(name)}[”’]?(?:就?是|指|即|包括|包含)", words
        )
        for name in names
    )


def _in_one(report: Report, spans: Sequence[Span]) -> list[Span]:
    """Members that stand side by side in a sentence as one quotation, others each as their own."""
    text = report.repaired.text
    between = [text[before.end : after.start] for before, after in pairwise(spans)]
    side_by_side = all(re.fullmatch(r"[、，,；;和与及以\s“”\"]{0,4}", piece) for piece in between)
    whole = Span(spans[0].start, spans[-1].end)
    return [whole] if side_by_side and "\n" not in whole.of(text) else list(spans)
