"""Finds where a report itself explains a name: in the notes at its end (〔3〕四办：…), or in its text (四办，指…).

Pure; what is found is a span of the repaired text.
"""

from __future__ import annotations

import re

from assistant.answering.picking.zones import Zone, met, plain
from assistant.language.script import to_simplified
from assistant.language.sentences import split_sentences
from assistant.models import Question, Report, Span

MEANING = re.compile(
    r"(?:说|讲)的(?:都)?是(?:什么|啥|哪)|是啥(?:意思)?|指(?:的是)?(?:什么|哪些|啥)|什么意思|是什么(?![时地人])|具体内容|包括(?:什么|哪些)"
)
_WHICH_MANY = re.compile(r"哪[一二两三四五六七八九十\d几]")
_PARTS = re.compile(r"(?:是|指)(?:的是)?(?:谁|哪些)(?=[，,。？?]|$)|(?:各|分别|都)(?:是|指)")
_QUOTED = re.compile(r"[“‘\"「『《](.{2,24}?)[”’\"」』》]")
_NUMBER = r"[\d一二三四五六七八九十]{1,3}"
# How a note of a list at the end begins: 4、“四办”：马上办、网上办……
_NOTE = rf"[\s>*#]*(?:[（(]?{_NUMBER}[）)]?\s*[.．、]?)?[\s*]*[“‘\"]?"
# … and the same where it is surely a note: [4] 〔4〕 ④ 4.
_MARKED = rf"[\s>*#]*(?:[（(\[［【〔]\s*(?:注\s*)?{_NUMBER}\s*[）)\]］】〕]|{_NUMBER}\s*[.．、]|[①-⑳]|注\s*{_NUMBER}?\s*[:：])[\s*]*"
PART = 2.0  # what a part of the name that is quoted for itself weighs beside the other words
WHOLE = 240  # characters of a note that is quoted whole


def explained(question: Question, report: Report) -> Span | None:
    """Where the report says what a name of the question means, if that is asked."""
    asked = to_simplified(question.text)
    quoted = [name for name in _QUOTED.findall(asked) if not re.fullmatch(r"\d+", name)]
    if not (MEANING.search(asked) or _WHICH_MANY.search(asked) or (quoted and _PARTS.search(asked))):
        return None
    names = quoted or [term.text for term in question.terms if term.noun and len(term.text) > 1]
    for name in sorted(names, key=len, reverse=True):
        if (span := _note(report.repaired.text, name)) is not None:
            return _told(question, report, name, span)
    return None


def _note(text: str, name: str) -> Span | None:
    """The name and what stands behind it as its explanation."""
    spelt = r"[、“”\"·\s]*".join(map(re.escape, re.sub(r"[、“”\"·\s]", "", name)))
    close = r"[”\"’》]*"
    match = (
        re.search(
            rf"(?m)^{_MARKED}(?P<name>[^:：。\n]{{0,16}}?{spelt}[^:：。，,\n]{{0,10}})[:：][*\s]*[^\n]{{4,}}", text
        )
        or re.search(
            rf"(?P<name>{spelt}){close}\s*(?:[:：]\s*(?:是指|指的是|指|即)|是指|指的是)\s*(?=[一-鿿“])[^。\n]{{4,160}}",
            text,
        )
        or re.search(rf"(?m)^{_NOTE}(?P<name>{spelt}){close}\s*[:：][*\s]*(?=[^。\n]*、)[^。\n]{{4,200}}", text)
        or re.search(rf"(?m)^[\s>*]*[“\"](?P<name>{spelt})[”\"][一-鿿]{{0,8}}[:：][*\s]*[^\n]{{4,}}", text)
    )
    if match is None:
        return None
    opened = text[match.start("name") - 1 : match.start("name")] in {"“", "‘", '"'}
    return Span(match.start("name") - opened, match.end())


def _told(question: Question, report: Report, name: str, note: Span) -> Span:
    """The whole of a short note, of a long one the sentence that what else is asked speaks of, or else its beginning."""
    text = report.repaired.text
    if (bold := note.of(text).find("**")) >= 0:  # the sign that ends bold print stands between name and words
        note = Span(note.start + bold + 2, note.end)
    if len(note) <= WHOLE:
        return _bare(text, note)
    sentences = split_sentences(note.of(text), note.start) or [note]
    others = [term for term in question.terms if plain(term.text) not in plain(name)]
    parts = [
        part[0] for part in re.finditer(r"[“‘\"][^”’\"]{1,3}[”’\"]", question.text) if name not in part[0]
    ]  # “1” of “3+1”
    fit = [
        sum(term.weight * met(term, (Zone(plain(one.of(text)), 1.0),)) for term in others)
        + sum(PART for part in parts if part in one.of(text))
        for one in sentences
    ]
    best = fit.index(max(fit))
    start = end = best if fit[best] > 0 else 0
    while end + 1 < len(sentences) and sentences[end + 1].end - sentences[start].start <= WHOLE:
        end += 1
    return _bare(text, Span(sentences[start].start, sentences[end].end))


def _bare(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip("。；; \t\r*")))
