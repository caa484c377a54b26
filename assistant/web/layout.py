"""The elements of the page, empty, and what stands in its head; `page` says which handler fills which.

The page's script speaks to Python through one element, the bus: each event of it has a name and plain
data. What Python has to tell the script comes back in `kept` and `post`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

import gradio as gr

from assistant.web.i18n import all_words

SCRIPTS = ("asking", "reader", "views", "dropping", "events")
"""The parts of the page's script, in the order in which they follow each other."""
STYLES = ("base", "frame", "chat", "reader", "comparison", "library", "settings", "dialogs", "icons", "narrow")
"""The parts of its style sheet, likewise."""
EVENTS = (
    "ask",
    "halt",
    "open",
    "idle",
    "wake",
    "look",
    "shelve",
    "show",
    "compare",
    "change",
    "rate",
    "export",
    "setup",
    "probe",
    "ratings",
)
# Gradio knows an element's own events by their names in quotes in its script.
BUS = f"window.reports.connect({{trigger, element}}); /* {' '.join(map(repr, EVENTS))} */"


@dataclass(frozen=True, slots=True)
class ChatParts:
    """The view for asking: the first screen, the conversation, the box for a question."""

    welcome: gr.HTML
    chat: gr.Chatbot
    box: gr.Textbox
    stop: gr.Button


@dataclass(frozen=True, slots=True)
class LibraryParts:
    """The view of the library: what is added, how far it is, the table of reports."""

    intro: gr.HTML
    files: gr.File
    folder: gr.UploadButton
    halt: gr.Button
    adding: gr.HTML
    table: gr.HTML


@dataclass(frozen=True, slots=True)
class Parts:
    """The elements of the page that handlers fill."""

    header: gr.HTML
    asking: ChatParts
    compare: gr.HTML
    library: LibraryParts
    settings: gr.HTML
    reader: gr.HTML
    bus: gr.HTML
    kept: gr.HTML
    post: gr.HTML
    language: gr.Textbox


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
        "export",
        "reader.characters",
        "reader.selected",
        "reader.about",
        "reader.pick",
        "compare.waiting",
        "settings.testing",
        "library.here",
        "library.now",
        "library.busy",
    )
    said = {key: texts for key, texts in all_words().items() if key.startswith(mine)}
    data = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    script = "\n".join(_asset(f"script/{name}.js") for name in SCRIPTS)
    script = f"window.reportWords={data};\n(() => {{\n'use strict';\n{script}}})();"
    style = "\n".join(_asset(f"style/{name}.css") for name in STYLES)
    return f"<style>{style}</style><script>{script}</script>"


def _asset(name: str) -> str:
    return resources.files("assistant.web").joinpath(name).read_text("utf-8")


def _html(value: Any = None, **options: Any) -> gr.HTML:
    """An element that Python fills; its look is the page's own."""
    return gr.HTML(value, apply_default_css=False, **options)


def layout() -> Parts:
    """Every element of the page, in the order in which the keyboard reaches them."""
    header = _html(elem_id="ra-header", js_on_load="watch('value', () => window.reports.dressed());")
    with gr.Row(elem_id="ra-main"):
        with gr.Column(elem_id="ra-ask", elem_classes="view"):
            asking = _asking()
        with gr.Column(elem_id="ra-compare", elem_classes="view"):
            compare = _html(elem_id="ra-compare-view", js_on_load="watch('value', () => window.reports.compared());")
        with gr.Column(elem_id="ra-library", elem_classes="view"):
            library = _library()
        with gr.Column(elem_id="ra-settings", elem_classes="view"):
            settings = _html(
                elem_id="ra-settings-view",
                js_on_load="watch('value', () => window.reports.refocus('#ra-settings-view'));",
            )
        reader = _html(elem_id="ra-reader", js_on_load="watch('value', () => window.reports.opened());")
    kept = _unseen("watch('value', () => window.reports.keep(props.value));")
    post = _unseen("watch('value', () => window.reports.take(props.value));")
    language = gr.Textbox(visible="hidden", value="zh-Hans")
    bus = _unseen(BUS)
    return Parts(header, asking, compare, library, settings, reader, bus, kept, post, language)


def _asking() -> ChatParts:
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
        box = gr.Textbox(elem_id="ra-box", lines=1, max_lines=8, show_label=False, container=False, submit_btn=True)
        stop = gr.Button(elem_id="ra-stop", size="sm")
    return ChatParts(welcome, chat, box, stop)


def _library() -> LibraryParts:
    intro = _html(js_on_load=None)
    # Any file is taken here: what is no report is refused by `unpack`, in the reader's language.
    files = gr.File(elem_id="ra-files", file_count="multiple", height=150, show_label=False)
    with gr.Row(elem_id="ra-adding-row"):
        folder = gr.UploadButton(elem_id="ra-folder", file_count="directory", size="sm")
        halt = gr.Button(elem_id="ra-halt", size="sm")
    adding = _html(elem_id="ra-adding", js_on_load=None)
    table = _html(elem_id="ra-library-view", js_on_load="watch('value', () => window.reports.shelved());")
    return LibraryParts(intro, files, folder, halt, adding, table)


def _unseen(script: str) -> gr.HTML:
    """An element without markup that carries data between the page's script and Python."""
    return _html(html_template="", visible="hidden", js_on_load=script)
