"""The handler of the reader: a place in, the whole report with that place marked out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import ReportNotFound
from assistant.models import Report
from assistant.topics import places
from assistant.web import render
from assistant.web.i18n import words
from assistant.web.keep import Place, Waking

if TYPE_CHECKING:
    from assistant.service import Assistant


class ReaderDesk:
    """Opens reports; ids and offsets come from the browser and are checked against the library."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def open(self, place: Place) -> str:
        """The report of `place`, or the plain statement that it is not in the library."""
        say = words(place.language)
        try:
            report = self._assistant.report(place.report)
        except ReportNotFound:
            return render.numbered(render.missing_html(say("reader.missing.long"), say), place.ticket)
        return render.numbered(render.reader_html(report, _led(report, place), say), place.ticket)

    def idle(self, waking: Waking) -> str:
        """What stands in the reader while no report is open."""
        shown = render.idle_html(self._assistant.reports(), words(waking.language or "zh-Hans"))
        return render.numbered(shown, waking.ticket)


def _led(report: Report, place: Place) -> Place:
    """The place of a link to a topic: its first figure, the others marked more quietly."""
    if place.at is not None or place.topic is None:
        return place
    found = tuple((span.start, span.end) for span in places(report, place.topic))
    return replace(place, at=found[0], cites=found) if found else place
