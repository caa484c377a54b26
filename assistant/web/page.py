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
from assistant.web.i18n import choose, words
from assistant.web.keep import Exported, Tried, Waking, read
from assistant.web.layout import Parts, layout
from assistant.web.library import LibraryDesk
from assistant.web.reader import ReaderDesk
from assistant.web.render.library import intro_html
from assistant.web.render.shell import starting_html
from assistant.web.settings import SettingsDesk

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.settings import Settings


def build(assistant: Assistant, home: Path, settings: Settings) -> gr.Blocks:
    """The whole page over `assistant`; ratings are kept in `home`, `settings` are only shown."""
    page: gr.Blocks
    with gr.Blocks(
        title=words("zh-Hans")("name"), analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400)
    ) as page:
        parts = layout()
        _wire_chat(parts, ChatDesk(assistant, home))
        _wire_reader(parts, ReaderDesk(assistant))
        _wire_comparison(parts, ComparisonDesk(assistant))
        _wire_library(parts, LibraryDesk(assistant), assistant)
        _wire_settings(parts, SettingsDesk(settings))
        _wire_waking(parts, assistant)
    page.queue(default_concurrency_limit=4, max_size=64)
    return page


def _wire_chat(parts: Parts, desk: ChatDesk) -> None:
    def ask(event: gr.EventData) -> Any:
        yield from desk.ask(event._data)

    def rate(event: gr.EventData) -> None:
        desk.rate(event._data)

    def show(event: gr.EventData) -> Any:
        waking = read(Waking, event._data)
        return render.messages(waking.turns, waking.language or "zh-Hans")

    def export(event: gr.EventData) -> dict[str, str] | None:
        return exports.export(read(Exported, event._data))

    asking = parts.bus.ask(
        ask,
        None,
        [parts.chat, parts.kept],
        concurrency_limit=16,
        trigger_mode="multiple",  # the script sees to it that only one is under way
        show_progress="hidden",
        api_visibility="private",
    )
    parts.box.submit(None, parts.box, parts.box, js="(text) => window.reports.send(text)", api_visibility="private")
    parts.stop.click(None, None, None, cancels=[asking], js="() => window.reports.stopped()", api_visibility="private")
    parts.bus.show(
        show,
        None,
        parts.chat,
        queue=False,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )
    parts.bus.halt(None, None, None, cancels=[asking], api_visibility="private")
    parts.bus.rate(rate, None, None, queue=False, api_visibility="private")
    parts.bus.export(export, None, parts.post, queue=False, show_progress="hidden", api_visibility="private")


def _wire_reader(parts: Parts, desk: ReaderDesk) -> None:
    def open_place(event: gr.EventData) -> str:
        return desk.open(event._data)

    def idle(event: gr.EventData) -> str:
        return desk.idle(read(Waking, event._data).language or "zh-Hans")

    quick: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "trigger_mode": "multiple",
        "api_visibility": "private",
    }
    parts.bus.open(open_place, None, parts.reader, **quick)
    parts.bus.idle(idle, None, parts.reader, **quick)


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


def _wire_library(parts: Parts, desk: LibraryDesk, assistant: Assistant) -> None:
    def add(paths: list[str] | None, language: Language) -> Any:
        yield from desk.add(paths, language)

    def add_folder(paths: list[str] | None, language: Language) -> Any:
        yield from desk.add(paths, language)

    def change(event: gr.EventData) -> str:
        return desk.change(event._data)

    def emptied() -> None:
        return None

    look = "() => window.reports.look()"
    options: dict[str, Any] = {"concurrency_limit": 2, "show_progress": "hidden", "api_visibility": "private"}
    adding = parts.files.upload(add, [parts.files, parts.language], [parts.adding, parts.library], **options)
    adding.then(emptied, None, parts.files, queue=False, show_progress="hidden", api_visibility="private").then(
        None, js=look, api_visibility="private"
    )
    from_folder = parts.folder.upload(
        add_folder, [parts.folder, parts.language], [parts.adding, parts.library], **options
    )
    from_folder.then(None, js=look, api_visibility="private")
    parts.halt.click(None, None, None, cancels=[adding, from_folder], api_visibility="private")
    parts.bus.change(
        change, None, parts.library, concurrency_limit=2, show_progress="hidden", api_visibility="private"
    ).then(None, js=look, api_visibility="private")


def _wire_settings(parts: Parts, desk: SettingsDesk) -> None:
    def setup(event: gr.EventData) -> str:
        return desk.view(read(Tried, event._data).language)

    def probe(event: gr.EventData) -> str:
        return desk.probe(read(Tried, event._data))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    parts.bus.setup(setup, None, parts.settings, queue=False, trigger_mode="always_last", **quiet)
    parts.bus.probe(probe, None, parts.settings, concurrency_limit=1, trigger_mode="once", **quiet)


def _wire_waking(parts: Parts, assistant: Assistant) -> None:
    """Dresses the page in the reader's language with what the library holds now."""
    library, reader, compare = LibraryDesk(assistant), ReaderDesk(assistant), ComparisonDesk(assistant)

    def glance(language: Language) -> tuple[str, str]:
        say = words(language)
        reports = assistant.reports()
        busy = assistant.starting()
        bar = (
            starting_html(say("starting", name=busy.name, done=busy.done, of=busy.of), busy.done, busy.of)
            if busy
            else render.EMPTY
        )
        return render.header_html(reports, say, starting=bar), render.welcome_html(
            reports, assistant.examples(language), say
        )

    def look(event: gr.EventData) -> Any:
        waking = read(Waking, event._data)
        language = waking.language or choose(waking.languages)
        return (*glance(language), compare.view(language, waking.cities))

    def shelve(event: gr.EventData) -> str:
        return library.table(read(Waking, event._data).language or "zh-Hans")

    def wake(event: gr.EventData) -> Any:
        waking = read(Waking, event._data)
        language = waking.language or choose(waking.languages)
        say = words(language)
        return (
            *glance(language),
            render.messages(waking.turns, language),
            gr.update(placeholder=say("chat.placeholder"), label=say("chat.question"), submit_btn=say("chat.send")),
            gr.update(value=say("chat.stop")),
            compare.view(language, waking.cities),
            intro_html(say),
            gr.update(label=say("library.folder")),
            gr.update(value=say("library.stop")),
            library.table(language),
            reader.open({**event._data["place"], "language": language}) if waking.place else reader.idle(language),
            language,
        )

    parts.bus.look(
        look,
        None,
        [parts.header, parts.welcome, parts.compare],
        queue=False,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )
    parts.bus.shelve(
        shelve,
        None,
        parts.library,
        queue=False,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )
    parts.bus.wake(
        wake,
        None,
        [
            parts.header,
            parts.welcome,
            parts.chat,
            parts.box,
            parts.stop,
            parts.compare,
            parts.intro,
            parts.folder,
            parts.halt,
            parts.library,
            parts.reader,
            parts.language,
        ],
        queue=False,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )
