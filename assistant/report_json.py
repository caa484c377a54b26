"""The JSON form of reports, of stretches of them and of what a search finds, as other programs may rely on it."""

from __future__ import annotations

from typing import Any

from assistant.answer_json import summary_json
from assistant.models import AddResult, Evidence, Hit, Report, ReportSummary, Span
from assistant.retrieval.balance import best


def report_json(report: Report, summary: ReportSummary) -> dict[str, Any]:
    """One report: its line of the library, how each field of its profile was decided, and what is lost in it."""
    text = report.original.text
    return {
        **summary_json(summary),
        "level": report.profile.level,
        "body": report.profile.body,
        "written": report.profile.written,
        "findings": {
            name: {"how": finding.how, "certainty": finding.certainty, "place": _place(report, finding.span)}
            for name, finding in report.profile.findings.items()
        },
        "changes": len(report.repaired.changes),
        "lost": [
            {"kind": loss.kind, "start": loss.received.start, "end": loss.received.end, "text": loss.received.of(text)}
            for loss in report.repaired.losses
        ],
        "unread_pages": list(report.original.unread_pages),
    }


def _place(report: Report, span: Span | None) -> dict[str, Any] | None:
    """Where in the text as received something was read; None where it was told by the file's name or the reader."""
    if span is None:
        return None
    received = report.repaired.offsets.to_received(span)
    return {"start": received.start, "end": received.end, "text": received.of(report.original.text)}


def span_json(report: Report, span: Span, context: int = 0) -> dict[str, Any]:
    """Exact characters of a report as received, with up to `context` characters before and after them."""
    text = report.original.text
    return {
        "report": report.name,
        "report_id": report.id,
        "city": report.profile.city,
        "period": report.profile.period.label,
        "start": span.start,
        "end": span.end,
        "characters": len(text),
        "before": text[max(0, span.start - context) : span.start],
        "text": span.of(text),
        "after": text[span.end : span.end + context],
    }


def passages_json(query: str, evidence: Evidence, most: int) -> dict[str, Any]:
    """The best `most` sentences that a search found, each with its place and the passage that it stands in."""
    found = [_hit(hit, evidence.reports[hit.report_id]) for hit in best(evidence, most)]
    return {"query": query, "passages": found, "without": list(evidence.without)}


def added_json(result: AddResult) -> dict[str, Any]:
    """What became of one file."""
    reason = None if result.reason is None else {"en": result.reason_en or result.reason, "zh": result.reason}
    return {"name": result.name, "outcome": result.outcome, "report_id": result.report_id, "reason": reason}


def _hit(hit: Hit, report: Report) -> dict[str, Any]:
    offsets, text = report.repaired.offsets, report.original.text
    received = offsets.to_received(hit.span)
    passage = offsets.to_received(report.passages[hit.passage].span)
    return {
        "report": report.name,
        "report_id": report.id,
        "city": report.profile.city,
        "period": report.profile.period.label,
        "headings": list(hit.headings),
        "kind": hit.kind,
        "text": hit.text,
        "start": received.start,
        "end": received.end,
        "quote": received.of(text),
        "passage_start": passage.start,
        "passage_end": passage.end,
        "score": round(hit.score, 4),
    }
