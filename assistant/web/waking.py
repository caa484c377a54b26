"""The handlers that dress the page: in the reader's language, with what the library holds at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.models import Language
from assistant.web import render
from assistant.web.i18n import choose, words
from assistant.web.keep import Waking, read
from assistant.web.library import LibraryDesk
from assistant.web.render.library import intro_html
from assistant.web.render.shell import starting_html, trouble_html

if TYPE_CHECKING:
    from assistant.service import Assistant

STARTING = {"loading": "starting.loading", "renewing": "starting.renewing"}
"""What the bar says at a stage where it is not reading files."""


@dataclass(frozen=True, slots=True)
class Woken:
    """All that a page shows when it opens, in one language."""

    language: Language
    header: str
    welcome: str
    intro: str
    table: str


class WakingDesk:
    """What a page shows when it opens, changes its language or is told that the library has changed.

    The comparison view is not part of it: its topics are found in every report, which a large library
    takes a while for, so the page asks for that view when it is gone to. Nor are chat and reader, which may
    have been used before all this is made.
    """

    def __init__(self, assistant: Assistant, library: LibraryDesk) -> None:
        self._assistant = assistant
        self._library = library

    def header(self, language: Language) -> str:
        """Name, library at a glance and, while the first reports are read, how far that is."""
        say = words(language)
        busy = self._assistant.starting()
        bar = render.EMPTY
        if busy is not None:
            text = say(STARTING.get(busy.stage, "starting"), name=busy.name, done=busy.done, of=busy.of)
            bar = starting_html(text, busy.done, busy.of)
        elif (trouble := self._assistant.trouble()) is not None:
            bar = trouble_html(say.failure(trouble))
        return render.header_html(self._assistant.reports(), say, starting=bar)

    def welcome(self, language: Language) -> str:
        """The first screen of the chat."""
        reports, examples = self._assistant.reports(), self._assistant.examples(language)
        return render.welcome_html(reports, examples, words(language), starting=self._assistant.starting() is not None)

    def look(self, data: object) -> tuple[str, str]:
        """Header and first screen after a change of the library."""
        language = spoken(read(Waking, data))
        return self.header(language), self.welcome(language)

    def shelve(self, data: object) -> str:
        """The library's table alone."""
        return self._library.table(spoken(read(Waking, data)))

    def wake(self, data: object) -> Woken:
        """Everything that the page shows before it is used."""
        waking = read(Waking, data)
        language = spoken(waking)
        return Woken(
            language,
            header=self.header(language),
            welcome=self.welcome(language),
            intro=intro_html(words(language)),
            table=self._library.table(language),
        )


def spoken(waking: Waking) -> Language:
    """The language that the reader chose, else the best one of the browser's."""
    return waking.language or choose(waking.languages)
