"""Whether a sentence told in place of a figure holds the number that is asked, or has to be told as words only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.models import Citation, Report

_MEASURE = "[个家名项场条次件人位户处所座块元万亿余多%％]"
NUMBER = re.compile(r"\d+|[一二三四五六七八九十百千万两]+(?=[个家名项场条次件人位户])")
_COUNTED = re.compile(
    rf"\d+(?={_MEASURE})|[一二三四五六七八九十百千万两]+(?={_MEASURE}(?!以上))"
)  # no number of a hotline


def tells_a_number(citations: Sequence[Citation], reports: Sequence[Report]) -> bool:
    """Whether a quote has a number that is none of the report's figures.

    Each of the figures was weighed and refused before a sentence is told in their place: what they count is another
    thing, and a reader would take it for the answer.
    """
    known: Mapping[str, Report] = {report.id: report for report in reports}
    return any(_is_left(one, known[one.report_id]) for one in citations if one.report_id in known)


def _is_left(citation: Citation, report: Report) -> bool:
    counted = [report.repaired.offsets.to_received(figure.span) for figure in report.figures]
    return any(
        not any(span.start <= citation.start + match.start() < span.end for span in counted)
        for match in _COUNTED.finditer(citation.quote)
    )
