"""Checks an answer against the reports before it is shown, sentence by sentence: marks, quotes, figures, cities, targets.

The same for the built-in answers and those of a chat model. What fails is marked as not confirmed in its place, never
dropped silently and never left standing as a fact. Pure: it searches nothing and words nothing anew; the only change of
words is that a faulty quote becomes the report's own, or loses its quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.marks import MARK, NOT_CONFIRMED, WITHHELD
from assistant.answering.verifying.case import Case, Failure
from assistant.answering.verifying.claims import check_statement
from assistant.answering.verifying.figures import printed, source_of
from assistant.answering.verifying.parts import Quote, Statement, find_quotes, hold, statements
from assistant.answering.verifying.words import is_named, own_words_for, stands_in
from assistant.models import Checks, Citation, Draft, Question, Report, Span, Unconfirmed, Verdict

_NOT_OF_REPORTS = frozenset({"small_talk", "unclear", "not_found"})
_CLOSING = re.compile(r"[\s。！？!?；;.，,）)*]*$")


def verify(draft: Draft, reports: Mapping[str, Report], question: Question | None = None, *, library: int = 0) -> Draft:
    """The draft with every sentence checked, a verdict on each citation, and the counts in `checks`.

    `reports` by id; `question` tells which figures an answer may repeat in order to correct them, and the language of
    the signs; `library` is how many reports there are in all. A citation whose quote is not the report's own
    characters, or whose city is not the report's, is `unsupported`, and no mark of it confirms anything.
    """
    citations = tuple(replace(item, verdict=_verbatim(item, reports)) for item in draft.citations)
    related = tuple(replace(item, verdict=_verbatim(item, reports)) for item in draft.related)
    sources = {item.n: source_of(item, reports[item.report_id]) for item in citations if item.verdict == "verbatim"}
    figures = tuple(one for one in draft.figures if one.citation in sources and printed(one, sources[one.citation]))
    draft = replace(draft, citations=citations, related=related)
    case = Case(draft, reports, question, library, sources, figures)
    if draft.status in _NOT_OF_REPORTS or (question is not None and question.intent == "library"):
        return replace(draft, text=_known_marks(draft.text, {item.n for item in citations}))
    case.draft = replace(draft, text=_mended(draft.text, case))
    return _checked(case)


def _checked(case: Case) -> Draft:
    """Checks the statements of a draft whose quotes are in order, and marks what fails."""
    draft = case.draft
    text, masked = draft.text, hold(draft.text, [quote.span for quote in _known_quotes(draft.text, case)])
    edits: list[tuple[Span, str]] = []
    failed: list[Unconfirmed] = []
    doubted: dict[int, list[bool]] = {}
    cut = statements(masked)
    checked = 0
    for statement in cut:
        says_something, failures = check_statement(masked, statement, case)
        checked += says_something
        for n in statement.marks:
            doubted.setdefault(n, []).append(any(not one.marks or n in one.marks for one in failures))
        if failures:
            failed.append(Unconfirmed(statement.span.of(text).strip(), failures[0].why))
            edits += _signs(text, statement, failures, case)
    confirmed = checked - len(failed)
    return replace(
        draft,
        text=_known_marks(_edited(text, edits), set(case.sources)),
        citations=tuple(replace(item, verdict=_verdict(item, case, doubted)) for item in draft.citations),
        checks=Checks(len(cut), checked, confirmed, tuple(failed)),
    )


def _verdict(item: Citation, case: Case, doubted: Mapping[int, Sequence[bool]]) -> Verdict:
    if item.n not in case.sources:
        return "unsupported"
    carried = [figure for figure in case.draft.figures if figure.citation == item.n]
    for found in (doubted.get(item.n, []), [figure not in case.figures for figure in carried]):
        if any(found):
            return "unsupported" if all(found) else "partial"
    return "figures_match" if len(carried) > 1 else "verbatim"


def _verbatim(item: Citation, reports: Mapping[str, Report]) -> Verdict:
    report = reports.get(item.report_id)
    if report is None or report.profile.city != item.city or item.start >= item.end:
        return "unsupported"
    return "verbatim" if report.original.text[item.start : item.end] == item.quote else "unsupported"


# --- quotes -------------------------------------------------------------------------------------


def _known_quotes(text: str, case: Case) -> list[Quote]:
    """The quotes that stand in what their own sentence cites."""
    found = find_quotes(text, case.draft.citations)
    cut = statements(hold(text, [quote.span for quote in found]))
    known = []
    for quote in found:
        marks = _marks_of(cut, quote.span)
        if (quote.n is not None and (quote.n in marks or not marks)) or (
            not _is_name(quote.span.of(text), case)
            and any(stands_in(quote.span.of(text), case.sources[n]) for n in marks if n in case.sources)
        ):
            known.append(quote)
    return known


def _mended(text: str, case: Case) -> str:
    """The text with faulty quotes put right from the report, or without their quotation marks."""
    found = find_quotes(text, case.draft.citations)
    cut = statements(hold(text, [quote.span for quote in found]))
    edits: list[tuple[Span, str]] = []
    for quote in found:
        if quote.n is not None:
            continue
        words = quote.span.of(text)
        cited = [case.sources[n] for n in _marks_of(cut, quote.span) if n in case.sources]
        if any(stands_in(words, source) for source in cited) or _is_name(words, case):
            continue
        own = own_words_for(words, cited)
        if own is not None:
            edits.append((quote.span, own))
        elif cited and not any(stands_in(words, source, anywhere=True) for source in cited):
            edits.append((Span(quote.span.start - 1, quote.span.end + 1), words))
    return _edited(text, edits)


def _is_name(words: str, case: Case) -> bool:
    own = [figure.label for figure in case.draft.figures]
    own += [row.label for row in case.draft.comparison.rows] if case.draft.comparison is not None else []
    own += [warning.text for warning in case.draft.comparison.warnings] if case.draft.comparison is not None else []
    return is_named(words, case.question, own)


def _marks_of(cut: Sequence[Statement], span: Span) -> tuple[int, ...]:
    """The marks behind a place: the run that closes its claim, else all of its statement."""
    for statement in cut:
        if statement.span.start <= span.start < statement.span.end:
            claim = next((one for one in statement.claims if one.span.start <= span.start < one.span.end), None)
            return claim.marks if claim is not None and claim.marks else statement.marks
    return ()


# --- signs --------------------------------------------------------------------------------------


def _signs(text: str, statement: Statement, failures: Sequence[Failure], case: Case) -> list[tuple[Span, str]]:
    """The edits that show what of a statement is not confirmed: figures withheld, else a sign behind the statement."""
    language = case.question.language if case.question is not None else "zh-Hans"
    withheld = sorted({one.span for one in failures if one.withheld})
    edits = [
        (span, WITHHELD[language])
        for index, span in enumerate(withheld)
        if index == 0 or span.start >= withheld[index - 1].end
    ]
    if any(not one.withheld for one in failures):
        end = statement.span.end
        closing = _CLOSING.search(statement.span.of(text))
        at = statement.span.start + closing.start() if closing is not None else end
        edits.append((Span(at, at), NOT_CONFIRMED[language]))
    return edits


def _edited(text: str, edits: Sequence[tuple[Span, str]]) -> str:
    for span, new in sorted(edits, key=lambda item: item[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _known_marks(text: str, known: set[int]) -> str:
    return MARK.sub(lambda match: match.group() if int(match.group(1)) in known else "", text)
