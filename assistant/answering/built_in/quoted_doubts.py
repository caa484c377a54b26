"""Says of quotes that hold a figure which cannot be read, or which is not to be believed, that they do.

A sentence quoted for its words may hold such a figure by the way; where the figure itself is told, it is said there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.answering.wording import doubt_name, say, verbatim
from assistant.models import Citation, Draft, Figure, Language, Report


def quoted_doubts(draft: Draft, reports: Mapping[str, Report], language: Language) -> list[str]:
    """A line for each quote of `draft` with such a figure; none where the figures are told or compared themselves."""
    if draft.comparison is not None or draft.status == "unreadable":
        return []
    told = {figure.text for figure in draft.figures}
    lines = []
    for cited in draft.citations:
        for report, figure in _within(cited, reports):
            if figure.text in told:
                continue
            printed = verbatim(report.repaired.offsets.to_received(figure.span).of(report.original.text))
            key = "quoted_doubt" if figure.readable else "quoted_damage"
            why = doubt_name(figure.doubt, language) if figure.doubt is not None else ""
            lines.append(say(key, language, figure=printed, why=why, mark=f"[{cited.n}]"))
    return list(dict.fromkeys(lines))


def _within(cited: Citation, reports: Mapping[str, Report]) -> Iterator[tuple[Report, Figure]]:
    """The doubtful figures that stand in a quote."""
    report = reports.get(cited.report_id)
    for figure in report.figures if report is not None else ():
        assert report is not None
        if figure.readable and figure.doubt is None:
            continue
        received = report.repaired.offsets.to_received(figure.span)
        if cited.start <= received.start and received.end <= cited.end:
            yield report, figure
