"""The page: its layout, and which handler answers which event. No handler and no markup lives here.

The page's script (`script.js`) speaks to Python through one element, the bus: each event of it has a
name and plain data. What Python has to tell the script comes back in `kept` and `post`.

Gradio is imported with this module, so only `server` imports it, after it has switched off that
library's own calls to the network.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.models import Language
from assistant.web import exports, render
from assistant.web.chat import ChatDesk
from assistant.web.comparison import ComparisonDesk
from assistant.web.i18n import all_words, choose, words
from assistant.web.keep import Exported, Waking, read
from assistant.web.library import LibraryDesk
from assistant.web.reader import ReaderDesk
from assistant.web.render.library import intro_html
from assistant.web.render.shell import starting_html

if TYPE_CHECKING:
    from assistant.service import Assistant

FILE_TYPES = [".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".zip"]
EVENTS = ("ask", "halt", "open", "idle", "wake", "look", "shelve", "show", "compare", "change", "rate", "export")
# Gradio knows an element's own events by their names in quotes in its script.
BUS = f"window.reports.connect({{trigger, element}}); /* {' '.join(map(repr, EVENTS))} */"


@dataclass(frozen=True, slots=True)
class Parts:
    """The elements of the page that handlers fill."""

    header: gr.HTML
    welcome: gr.HTML
    chat: gr.Chatbot
    box: gr.Textbox
    stop: gr.Button
    compare: gr.HTML
    intro: gr.HTML
    files: gr.File
    folder: gr.UploadButton
    halt: gr.Button
    adding: gr.HTML
    library: gr.HTML
    reader: gr.HTML
    bus: gr.HTML
    kept: gr.HTML
    post: gr.HTML
    language: gr.Textbox


def build(assistant: Assistant, home: Path) -> gr.Blocks:
    """The whole page over `assistant`; ratings are kept in `home`."""
    page: gr.Blocks
    with gr.Blocks(
        title=words("zh-Hans")("name"), analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400)
    ) as page:
        parts = _layout()
        _wire_chat(parts, ChatDesk(assistant, home))
        _wire_reader(parts, ReaderDesk(assistant))
        _wire_comparison(parts, ComparisonDesk(assistant))
        _wire_library(parts, LibraryDesk(assistant), assistant)
        _wire_waking(parts, assistant)
    page.queue(default_concurrency_limit=4, max_size=64)
    return page


def head() -> str:
    """What stands in the page's head: its look, its script, and the words that the script says itself.

    The style sheet stands here because Gradio puts its own name before every rule of a `css=`.
    """
    mine = (
        "toast.",
        "chats.",
        "feedback.",
        "chat.",
        "cancel",
        "save",
        "reader.characters",
        "reader.about",
        "compare.waiting",
    )
    said = {key: texts for key, texts in all_words().items() if key.startswith(mine)}
    data = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    script = f"window.reportWords={data};\n{_asset('script.js')}"
    return f"<style>{_asset('style.css')}</style><script>{script}</script>"


def _asset(name: str) -> str:
    return resources.files("assistant.web").joinpath(name).read_text("utf-8")


# --- layout ---------------------------------------------------------------------------------


def _html(value: Any = None, **options: Any) -> gr.HTML:
    """An element that Python fills; its look is the page's own."""
    return gr.HTML(value, apply_default_css=False, **options)


def _layout() -> Parts:
    header = _html(elem_id="ra-header", js_on_load="watch('value', () => window.reports.dressed());")
    with gr.Row(elem_id="ra-main"):
        with gr.Column(elem_id="ra-ask", elem_classes="view"):
            welcome = _html(elem_id="ra-welcome", js_on_load=None)
            chat = gr.Chatbot(
                elem_id="ra-chat",
                show_label=False,
                latex_delimiters=[],
                buttons=[],
                height="100%",
                autoscroll=False,
                feedback_options=None,
            )
            with gr.Row(elem_id="ra-composer"):
                box = gr.Textbox(
                    elem_id="ra-box", lines=1, max_lines=8, show_label=False, container=False, submit_btn=True
                )
                stop = gr.Button(elem_id="ra-stop", size="sm")
        with gr.Column(elem_id="ra-compare", elem_classes="view"):
            compare = _html(elem_id="ra-compare-view", js_on_load=None)
        with gr.Column(elem_id="ra-library", elem_classes="view"):
            intro = _html(js_on_load=None)
            files = gr.File(
                elem_id="ra-files", file_count="multiple", file_types=FILE_TYPES, height=150, show_label=False
            )
            with gr.Row(elem_id="ra-adding-row"):
                folder = gr.UploadButton(elem_id="ra-folder", file_count="directory", size="sm")
                halt = gr.Button(elem_id="ra-halt", size="sm")
            adding = _html(elem_id="ra-adding", js_on_load=None)
            library = _html(elem_id="ra-library-view", js_on_load="watch('value', () => window.reports.shelved());")
        reader = _html(elem_id="ra-reader", js_on_load="watch('value', () => window.reports.opened());")
    kept = _html(
        html_template="", visible="hidden", js_on_load="watch('value', () => window.reports.keep(props.value));"
    )
    post = _html(
        html_template="", visible="hidden", js_on_load="watch('value', () => window.reports.take(props.value));"
    )
    language = gr.Textbox(visible="hidden", value="zh-Hans")
    bus = _html(html_template="", visible="hidden", js_on_load=BUS)
    return Parts(
        header,
        welcome,
        chat,
        box,
        stop,
        compare,
        intro,
        files,
        folder,
        halt,
        adding,
        library,
        reader,
        bus,
        kept,
        post,
        language,
    )


# --- wiring ---------------------------------------------------------------------------------


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
