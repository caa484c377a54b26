"""A report as lines of text for the command line: its profile with how each field was decided, what is lost or doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.models import Report, Span

_FIELDS = ("title", "city", "province", "level", "body", "kind", "written", "period")


def report_lines(report: Report) -> Iterator[str]:
    """The lines in order; places count characters of the text as received."""
    profile, text, offsets = report.profile, report.original.text, report.repaired.offsets

    def shown(received: Span) -> str:
        return f"at {received.start}-{received.end}: {received.of(text)!r}"

    for name in _FIELDS:
        value = profile.period.label if name == "period" else getattr(profile, name)
        finding = profile.findings.get(name)
        how = ""
        if finding is not None:
            place = f" {shown(offsets.to_received(finding.span))}" if finding.span else ""
            how = f"   ({finding.certainty}: {finding.how}{place})"
        yield f"{name:9} {value or '-'}{how}"
    yield f"file      {report.name} ({report.original.format}, {report.original.encoding or 'parsed'})"
    yield f"changes   {len(report.repaired.changes)}"
    yield f"losses    {len(report.repaired.losses)}"
    yield f"figures   {len(report.figures)}"
    if report.original.unread:
        yield f"unread    page {report.original.unread}: pictures, whose words were not read"
    for loss in report.repaired.losses:
        yield f"  lost    {loss.kind} {shown(loss.received)}"
    for figure in report.figures:
        if figure.doubt is not None:
            yield f"  doubt   {figure.doubt} {shown(offsets.to_received(figure.span))}"
