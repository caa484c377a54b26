"""The handlers of the library view: files in, reports out; correct, read again, remove, undo."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.models import AddResult, Language
from assistant.web import render
from assistant.web.i18n import Words, words
from assistant.web.render.library import FIELDS, adding_html
from assistant.web.unpack import unpacked

if TYPE_CHECKING:
    from assistant.renewal import Progress
    from assistant.service import Assistant

log = logging.getLogger(__name__)

BEAT = 1.0
"""Seconds between two drawings of the table while files are added; a large library would take longer than a file."""


class LibraryDesk:
    """Changes the library as the reader asks and shows it afterwards."""

    def __init__(self, assistant: Assistant, home: Path) -> None:
        self._assistant = assistant
        self._home = home
        self._stopped: Counter[str] = Counter()
        """How often each open page has pressed stop."""

    def table(self, language: Language, *, undo: tuple[str, str] | None = None, note: str = "") -> str:
        """The reports as they are now; `undo` is the id and title of one removed just now."""
        reports, stored = self._assistant.reports(), _bytes_in(self._home)
        return render.library_html(reports, words(language), stored=stored, undo=undo, note=note)

    def add(self, paths: Sequence[str] | None, language: Language, session: str) -> Iterator[tuple[str, str]]:
        """How far the uploaded files are, and the table, while they become reports, or until `session` stops it."""
        say = words(language)
        step: Progress | None = None
        results: list[AddResult] = []
        table, drawn = self.table(language), time.monotonic()
        before, stopped = self._stopped[session], False
        try:
            files, refused = unpacked((Path(path).name, Path(path)) for path in paths or ())
            results += refused
            for path in paths or ():
                # What the library keeps is all that is kept; a copy here would outlive a removed report.
                Path(path).unlink(missing_ok=True)
            for told in self._assistant.add(files):
                if isinstance(told, AddResult):
                    results.append(told)
                else:
                    step = told
                if time.monotonic() - drawn > BEAT:
                    table, drawn = self.table(language), time.monotonic()
                yield adding_html(step, results, say), table
                stopped = self._stopped[session] > before
                if stopped:
                    break
        except AssistantError as error:
            log.warning("adding stopped: %s", error)
            results.append(AddResult("", "refused", None, error.zh, error.en))
        yield adding_html(None, results, say, stopped=stopped), self.table(language)

    def stop(self, session: str) -> None:
        """Ends what `session` is adding after the step that is under way; what was added stays."""
        self._stopped[session] += 1

    def change(self, data: object) -> str:
        """Does what a row's button says: remove, restore, correct or reread; the new table."""
        if not isinstance(data, dict):
            raise ValueError("a change of the library is an object")
        language: Language = (
            data.get("language", "zh-Hans") if data.get("language") in ("zh-Hans", "zh-Hant", "en") else "zh-Hans"
        )
        say = words(language)
        report_id = str(data.get("id", ""))
        undo, note = None, ""
        try:
            undo, note = self._changed(str(data.get("what", "")), report_id, data.get("fields"), say)
        except AssistantError as error:
            note = say.failure(error)
        return self.table(language, undo=undo, note=note)

    def _changed(self, what: str, report_id: str, fields: object, say: Words) -> tuple[tuple[str, str] | None, str]:
        if what == "remove":
            title = self._assistant.report(report_id).profile.title
            self._assistant.remove(report_id)
            return (report_id, title), ""
        if what == "restore":
            self._assistant.restore(report_id)
            return None, say("library.restored")
        if what == "correct" and isinstance(fields, dict):
            known = {key: str(fields[key])[:200] for key in FIELDS if key in fields}
            self._assistant.correct(report_id, **known)
            return None, say("library.corrected")
        if what == "reread":
            self._assistant.reread(report_id)
            return None, say("library.rereading")
        raise ValueError(f"the library knows no change called {what!r}")


def _bytes_in(folder: Path) -> int:
    """The bytes of all files in `folder`; one that is replaced meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
