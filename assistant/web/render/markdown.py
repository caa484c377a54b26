"""Markdown of an answer as HTML: tables, lists and emphasis, with marks [1] as chips.

What counts as markup is decided by `assistant.marked`; raw HTML, images and links do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.marked import parser
from assistant.web.render.parts import EMPTY

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SHORT_CELL = 40  # characters of a figure with its mark, its period and what else is noted of it
_BRACKETS = re.compile(r"\s*[（(]([^（）()]+)[）)]\s*")


def to_html(
    text: str,
    chips: Mapping[int, Markup],
    tags: Mapping[int, Markup],
    computed: Mapping[str, Markup],
    *,
    table_label: str,
    glosses: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Markup:
    """`text` as one line of HTML; `chips` and `tags` by citation number (a mark without chip stays text).

    A tag follows its chip unless the same words stand beside it already; the tag of a result that was
    `computed` follows that result where it is emphasised. `glosses` says of a row's label what of
    it stands above and what below.
    """
    env: dict[str, Any] = {"cited": chips, "chips": chips, "tags": tags, "computed": computed, "label": table_label}
    env["glosses"] = glosses
    html = _parser().render(text, env)
    # One line: a blank line inside would end the HTML block in the chat component's own Markdown.
    return Markup(html.replace("\n", ""))


@cache
def _parser() -> MarkdownIt:
    made = parser()
    made.core.ruler.push("cells_without_source", _soft_cells)
    made.core.ruler.push("cell_notes", _cell_notes)
    made.core.ruler.push("quotes_and_notes", _quotes)
    made.core.ruler.push("computed_results", _computed)
    made.add_render_rule("mark", _render_mark)
    made.add_render_rule("computed", _render_computed)
    made.add_render_rule("note", _render_note)
    made.add_render_rule("table_open", _render_table_open)
    made.add_render_rule("table_close", _render_table_close)
    return made


def _soft_cells(state: Any) -> None:
    """Cells after the first that cite nothing are said to hold nothing (style only)."""
    first = True
    for token, inside in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "tr_open":
            first = True
        elif token.type == "td_open":
            cited = any(child.type == "mark" for child in inside.children or ())
            if not first and not cited:
                token.attrJoin("class", "none")
            first = False


def _cell_notes(state: Any) -> None:
    """Sets on a line of its own what a cell says in brackets after its mark, and the gloss of a row's label.

    Of what stands in the brackets, a tag says its part; so the tag is shown there, not the words.
    """
    first = True
    for token, inside in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "tr_open":
            first = True
        elif token.type == "td_open":
            children = inside.children or []
            if first and inside.content in state.env["glosses"]:
                above, below = state.env["glosses"][inside.content]
                children[:] = [_plain(above), _note(below)]
            for word, mark in pairwise(children):
                if mark.type == "mark" and word.type == "text" and word.content.strip() == _tagged(state, mark):
                    word.content = mark.meta["beside"] = ""  # the tag says it
            for at, (mark, after) in enumerate(pairwise(children), 1):
                found = _BRACKETS.fullmatch(after.content) if mark.type == "mark" and after.type == "text" else None
                if found:
                    left = [part for part in re.split("，|, ", found.group(1)) if part != _tagged(state, mark)]
                    mark.meta["beside"] = ""
                    if len(inside.content) <= _SHORT_CELL:
                        token.attrJoin("class", "num")
                    children[at] = _note(("，" if "，" in found.group(1) else ", ").join(left))
            first = False


def _tagged(state: Any, mark: Token) -> str:
    """The words of the tag of a mark; empty where it has none."""
    tag: Markup = state.env["tags"].get(mark.meta["n"], EMPTY)
    return tag.striptags()


def _plain(text: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=text)


def _note(text: str) -> Token:
    from markdown_it.token import Token

    return Token("note", "", 0, content=text)


def _quotes(state: Any) -> None:
    """A block quote with a mark is the words of a report, one without is a note (style only)."""
    for at, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            end = next(
                n
                for n, later in enumerate(state.tokens)
                if n > at and later.type == "blockquote_close" and later.level == token.level
            )
            cited = any(child.type == "mark" for inside in state.tokens[at:end] for child in inside.children or ())
            token.attrJoin("class", "quoted" if cited else "note")


def _computed(state: Any) -> None:
    """Notes after each emphasised result that it was computed."""
    from markdown_it.token import Token

    for block in state.tokens:
        children = block.children or []
        for at in range(len(children) - 1, 1, -1):
            result = children[at - 1].content
            if children[at].type == "strong_close" and result in state.env["computed"]:
                children.insert(at + 1, Token("computed", "", 0, meta={"text": result}))


def _render_computed(
    _self: Any, tokens: Sequence[Token], index: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    tag: Markup = env["computed"][tokens[index].meta["text"]]
    return tag


def _render_note(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: MutableMapping[str, Any]) -> str:
    text = tokens[index].content
    return Markup("<small>{}</small>").format(text) if text else EMPTY


def _render_mark(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: MutableMapping[str, Any]) -> str:
    meta = tokens[index].meta
    chip: Markup = env["chips"][meta["n"]]
    tag: Markup | None = env["tags"].get(meta["n"])
    if tag is None or tag.striptags() in meta["beside"]:
        return chip
    return chip + tag


def _render_table_open(
    _self: Any, _tokens: Sequence[Token], _index: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    return Markup('<div class="scroll" role="region" tabindex="0" title="{}"><table>').format(env["label"])


def _render_table_close(
    _self: Any, _tokens: Sequence[Token], _index: int, _options: Any, _env: MutableMapping[str, Any]
) -> str:
    return "</table></div>"
