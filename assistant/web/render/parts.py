"""Small pieces of markup that several views share: links to a place, tags, buttons, hidden words."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.models import Citation, Kind

EMPTY = Markup("")


def join(pieces: Iterable[str | Markup], between: str = "") -> Markup:
    """The pieces one after another, each escaped unless it is markup already."""
    return Markup(between).join(pieces)


def hidden(text: str) -> Markup:
    """Words for a screen reader only."""
    return Markup('<span class="sr">{}</span>').format(text)


def place_href(report_id: str, start: int, end: int) -> str:
    """The address that opens a report at received characters, for this page and for a colleague."""
    return "?" + urlencode({"report": report_id, "at": f"{start}-{end}"})


def topic_href(report_id: str, topic: str) -> str:
    """The address that opens a report where it gives figures of a topic."""
    return "?" + urlencode({"report": report_id, "topic": topic})


def citation_href(citation: Citation) -> str:
    return place_href(citation.report_id, citation.start, citation.end)


def button(action: str, label: str, *, kind: str = "act", text: str | None = None, title: str | None = None) -> Markup:
    """A button whose `value` names what the page's script does; `text` is shown, `label` is said."""
    shown = Markup("{}{}").format(text, hidden(label)) if text is not None else label
    return Markup('<button type="button" class="{}" value="do:{}" title="{}">{}</button>').format(
        kind, action, title if title is not None else label, shown
    )


def icon_button(action: str, icon: str, label: str, *, kind: str = "act") -> Markup:
    """A button with a drawn icon (icons.css has the drawing) and words for who cannot see it."""
    return Markup('<button type="button" class="{} icon i-{}" value="do:{}" title="{}">{}</button>').format(
        kind, icon, action, label, hidden(label)
    )


def tag(kind: str, text: str, *, title: str = "") -> Markup:
    """A small label: `t` target, `l` lost in print, `n` neutral, `d` doubtful."""
    return Markup('<span class="tag {}"{}>{}</span>').format(
        kind, Markup(' title="{}"').format(title) if title else EMPTY, text
    )


def kind_key(kind: Kind) -> str:
    """The key of the word for achieved, target or unknown."""
    return f"kind.{kind}"
