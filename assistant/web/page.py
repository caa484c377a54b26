"""Which handler answers which event of the page. No handler, no element and no markup lives here.

Gradio is imported with this module, so only `server` imports it, after it has switched off that
library's own calls to the network.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.models import Language
from assistant.web import exports, render
from assistant.web.chat import ChatDesk
from assistant.web.comparison import ComparisonDesk
from assistant.web.i18n import words
from assistant.web.keep import Exported, Place, Tried, Waking, read
from assistant.web.layout import Parts, layout
from assistant.web.library import LibraryDesk
from assistant.web.ratings import Ratings
from assistant.web.reader import ReaderDesk
from assistant.web.settings import SettingsDesk
from assistant.web.waking import WakingDesk

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.settings import Settings

# Handlers that answer at once, beside the queue, so that none of them waits for another.
_QUICK: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
_LATEST: dict[str, Any] = {**_QUICK, "trigger_mode": "always_last"}


def build(assistant: Assistant, home: Path, settings: Settings) -> gr.Blocks:
    """The whole page over `assistant`; ratings are kept in `home`, `settings` are only shown."""
    page: gr.Blocks
    with gr.Blocks(
        title=words("zh-Hans")("name"), analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400)
    ) as page:
        parts = layout()
        _wire_waking(parts, WakingDesk(assistant, LibraryDesk(assistant, home)))
        _wire_asking(parts, ChatDesk(assistant))
        _wire_keeping(parts, Ratings(home))
        _wire_reader(parts, ReaderDesk(assistant))
        _wire_comparison(parts, ComparisonDesk(assistant))
        _wire_adding(parts, LibraryDesk(assistant, home))
        _wire_shelf(parts, LibraryDesk(assistant, home))
        _wire_settings(parts, SettingsDesk(settings, Ratings(home)))
    page.queue(default_concurrency_limit=4, max_size=64)
    return page


def _wire_waking(parts: Parts, desk: WakingDesk) -> None:
    asking, shelf = parts.asking, parts.library

    def wake(event: gr.EventData) -> dict[Any, Any]:
        woken = desk.wake(event._data)
        say = words(woken.language)
        return {
            parts.header: woken.header,
            asking.welcome: woken.welcome,
            asking.box: gr.update(
                placeholder=say("chat.placeholder"), label=say("chat.question"), submit_btn=say("chat.send")
            ),
            asking.stop: gr.update(value=say("chat.stop")),
            shelf.intro: woken.intro,
            shelf.folder: gr.update(label=say("library.folder")),
            shelf.halt: gr.update(value=say("library.stop")),
            shelf.table: woken.table,
            parts.language: woken.language,
        }

    def look(event: gr.EventData) -> Any:
        return desk.look(event._data)

    def shelve(event: gr.EventData) -> str:
        return desk.shelve(event._data)

    dressed = [asking.welcome, asking.box, asking.stop, shelf.intro, shelf.folder, shelf.halt]
    dressed += [parts.header, shelf.table, parts.language]
    parts.bus.wake(wake, None, dressed, **_LATEST)
    parts.bus.look(look, None, [parts.header, asking.welcome], **_LATEST)
    parts.bus.shelve(shelve, None, shelf.table, **_LATEST)


def _wire_asking(parts: Parts, desk: ChatDesk) -> None:
    def ask(event: gr.EventData) -> Any:
        yield from desk.ask(event._data)

    box, stop = parts.asking.box, parts.asking.stop
    asking = parts.bus.ask(
        ask,
        None,
        [parts.asking.chat, parts.kept],
        concurrency_limit=16,
        trigger_mode="multiple",  # the script sees to it that only one is under way
        show_progress="hidden",
        api_visibility="private",
    )
    asking.failure(None, None, None, js="() => window.reports.failed()", api_visibility="private")
    box.submit(None, box, box, js="(text) => window.reports.send(text)", api_visibility="private")
    stop.click(None, None, None, cancels=[asking], js="() => window.reports.stopped()", api_visibility="private")
    parts.bus.halt(None, None, None, cancels=[asking], api_visibility="private")


def _wire_keeping(parts: Parts, ratings: Ratings) -> None:
    """Chats that come back from the browser: shown again, judged, or written to a file."""

    def rate(event: gr.EventData) -> None:
        ratings.add(event._data)

    def show(event: gr.EventData) -> Any:
        waking = read(Waking, event._data)
        return render.messages(waking.turns, waking.language or "zh-Hans")

    def export(event: gr.EventData) -> dict[str, str] | None:
        return exports.export(read(Exported, event._data))

    parts.bus.show(show, None, parts.asking.chat, **_LATEST)
    parts.bus.rate(rate, None, None, **_QUICK)
    parts.bus.export(export, None, parts.post, **_QUICK)


def _wire_reader(parts: Parts, desk: ReaderDesk) -> None:
    def open_place(event: gr.EventData) -> str:
        return desk.open(read(Place, event._data))

    def idle(event: gr.EventData) -> str:
        return desk.idle(read(Waking, event._data))

    parts.bus.open(open_place, None, parts.reader, trigger_mode="multiple", **_QUICK)
    parts.bus.idle(idle, None, parts.reader, trigger_mode="multiple", **_QUICK)


def _wire_comparison(parts: Parts, desk: ComparisonDesk) -> None:
    def compare(event: gr.EventData) -> Any:
        return desk.compare(event._data)

    parts.bus.compare(
        compare,
        None,
        [parts.compare, parts.post],
        concurrency_limit=4,
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )


_LOOK = "() => window.reports.look()"
_CHANGING: dict[str, Any] = {"concurrency_limit": 2, "show_progress": "hidden", "api_visibility": "private"}


def _wire_adding(parts: Parts, desk: LibraryDesk) -> None:
    def add(paths: list[str] | None, language: Language, request: gr.Request) -> Any:
        yield from desk.add(paths, language, str(request.session_hash))

    def add_folder(paths: list[str] | None, language: Language, request: gr.Request) -> Any:
        yield from desk.add(paths, language, str(request.session_hash))

    # Not `cancels`: what is cancelled still sends its last update, and that may come after the handler's own.
    def stop(request: gr.Request) -> None:
        desk.stop(str(request.session_hash))

    def emptied() -> None:
        return None

    shelf = parts.library
    shown = [shelf.adding, shelf.table]
    adding = shelf.files.upload(add, [shelf.files, parts.language], shown, **_CHANGING)
    adding.then(emptied, None, shelf.files, **_QUICK).then(None, js=_LOOK, api_visibility="private")
    from_folder = shelf.folder.upload(add_folder, [shelf.folder, parts.language], shown, **_CHANGING)
    from_folder.then(None, js=_LOOK, api_visibility="private")
    shelf.halt.click(stop, None, None, **_QUICK)


def _wire_shelf(parts: Parts, desk: LibraryDesk) -> None:
    def change(event: gr.EventData) -> str:
        return desk.change(event._data)

    changed = parts.bus.change(change, None, parts.library.table, **_CHANGING)
    changed.then(None, js=_LOOK, api_visibility="private")


def _wire_settings(parts: Parts, desk: SettingsDesk) -> None:
    def setup(event: gr.EventData) -> str:
        return desk.view(read(Tried, event._data).language)

    def probe(event: gr.EventData) -> str:
        return desk.probe(read(Tried, event._data))

    def ratings(event: gr.EventData) -> dict[str, str] | None:
        return desk.ratings()

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    parts.bus.ratings(ratings, None, parts.post, queue=False, **quiet)
    parts.bus.setup(setup, None, parts.settings, queue=False, trigger_mode="always_last", **quiet)
    parts.bus.probe(probe, None, parts.settings, concurrency_limit=1, trigger_mode="once", **quiet)
