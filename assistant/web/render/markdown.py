"""Markdown of an answer as HTML: tables, lists and emphasis, with marks [1] as chips.

Raw HTML, images, links and references are not taken as markup: they stay visible as the characters
that they are, because the text quotes reports that anybody may have written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MARK = re.compile(r"\[(\d{1,3})\]")
_OFF = ["html_block", "html_inline", "image", "link", "autolink", "reference", "entity", "code", "fence", "backticks"]


def to_html(text: str, chips: Mapping[int, Markup], tags: Mapping[int, Markup], *, table_label: str) -> Markup:
    """`text` as one line of HTML; `chips` and `tags` by citation number (a mark without chip stays text).

    A tag follows its chip unless the same words stand beside it already.
    """
    env: dict[str, Any] = {"chips": chips, "tags": tags, "label": table_label}
    html = _parser().render(text, env)
    # One line: a blank line inside would end the HTML block in the chat component's own Markdown.
    return Markup(html.replace("\n", ""))


def tokens(text: str, cited: Mapping[int, object]) -> Sequence[Token]:
    """`text` as the parser's tokens, for a form other than HTML; a `mark` token stands for each citation."""
    return _parser().parse(text, {"chips": cited})


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(_OFF)
    parser.inline.ruler.before("emphasis", "mark", _mark_rule)
    parser.core.ruler.push("cells_without_source", _soft_cells)
    parser.core.ruler.push("quotes_and_notes", _quotes)
    parser.add_render_rule("mark", _render_mark)
    parser.add_render_rule("table_open", _render_table_open)
    parser.add_render_rule("table_close", _render_table_close)
    return parser


def _mark_rule(state: StateInline, silent: bool) -> bool:
    match = _MARK.match(state.src, state.pos)
    if not match or int(match.group(1)) not in state.env["chips"]:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.meta = {"n": int(match.group(1)), "beside": state.src}
    state.pos = match.end()
    return True


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
