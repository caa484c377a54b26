"""Checks a draft against the reports before it is shown: every mark, every quote, every figure.

What fails is marked as not confirmed, never dropped and never shown as a fact. Pure: it neither searches nor rewrites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.answering.marks import MARK
from assistant.models import AnswerFigure, Citation, Draft, Report, Span, Verdict


def verify(draft: Draft, reports: Mapping[str, Report]) -> Draft:
    """The draft with a verdict on each citation; figures whose print is not in their citation lose their confirmation.

    `reports` by id. A citation whose quote is not the report's own characters is `unsupported`.
    """
    citations = tuple(replace(item, verdict=_verdict(item, draft, reports)) for item in draft.citations)
    related = tuple(replace(item, verdict=_verbatim(item, reports)) for item in draft.related)
    known = {item.n for item in citations}
    text = MARK.sub(lambda match: match.group() if int(match.group(1)) in known else "", draft.text)
    return replace(draft, text=text, citations=citations, related=related)


def _verdict(item: Citation, draft: Draft, reports: Mapping[str, Report]) -> Verdict:
    found = _verbatim(item, reports)
    if found != "verbatim":
        return found
    figures = [figure for figure in draft.figures if figure.citation == item.n]
    if not figures:
        return "verbatim"
    report = reports[item.report_id]
    matches = [_printed(figure, item, report) for figure in figures]
    if all(matches):
        return "figures_match" if len(figures) > 1 else "verbatim"
    return "partial" if any(matches) else "unsupported"


def _verbatim(item: Citation, reports: Mapping[str, Report]) -> Verdict:
    report = reports.get(item.report_id)
    if report is None or report.profile.city != item.city:
        return "unsupported"
    return "verbatim" if report.original.text[item.start : item.end] == item.quote else "unsupported"


def _printed(figure: AnswerFigure, item: Citation, report: Report) -> bool:
    """Whether the figure's print stands in the repaired text of its own citation, in the report of its city."""
    if figure.city != report.profile.city:
        return False
    span = report.repaired.offsets.to_repaired(Span(item.start, item.end))
    return _bare(figure.text) in _bare(span.of(report.repaired.text))


def _bare(text: str) -> str:
    return re.sub(r"[\s,，]", "", text)
