"""Answers from the captions of a page's pictures, where the text itself does not say it.

Captions are no part of a report's text and are left out of every other answer; that one of them speaks of what was
asked is told as such, so that nobody reads "not mentioned" of words that stand on the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.marks import Citations
from assistant.answering.picking.zones import Zone, coverage, plain
from assistant.answering.wording import city_name, say, verbatim
from assistant.models import Draft, Question, Report, Span

CLEAR = 0.8  # share of the naming words that a caption must meet


def answer_from_captions(question: Question, reports: Sequence[Report]) -> Draft | None:
    """What captions of the reports say of it, each told as a caption; None where none clearly does."""
    citations = Citations()
    lines = []
    for report in reports:
        span = caption_of(question, report)
        if span is None:
            continue
        n = citations.cite(report, span)
        quote = verbatim(report.repaired.offsets.to_received(span).of(report.original.text))
        city = city_name(report.profile.city, question.language)
        lines.append(say("caption", question.language, city=city, quote=quote, mark=f"[{n}]"))
    return Draft("partial", "\n".join(lines), citations.all()) if lines else None


def caption_of(question: Question, report: Report) -> Span | None:
    """The caption of `report` that clearly speaks of what is asked, or None."""
    # What only a dictionary knows (theme park) counts as well: a caption is shown for all of what is asked.
    nouns = [term for term in question.terms if term.noun or (term.near and not term.forms)]
    if not nouns:
        return None
    text, best, most = report.repaired.text, None, CLEAR
    for remain in report.repaired.remains:
        words = remain.span.of(text)
        counted = question.intent != "figure" or any(sign.isdigit() for sign in words)
        if remain.kind != "caption" or words[:1] in "(（" or not counted:
            continue
        got = coverage(nouns, (Zone(plain(remain.span.of(text)), 1.0),), {})[1]
        if got > most:
            best, most = remain.span, got
    return best
