"""An answer's Markdown as tokens: tables, lists, emphasis, and a `mark` token for each citation [1].

Raw HTML, images, links and references are not taken as markup: they stay visible as the characters
that they are, because the text quotes reports that anybody may have written. Nothing is rendered here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MARK = re.compile(r"\[(\d{1,3})\]")
_OFF = ["html_block", "html_inline", "image", "link", "autolink", "reference", "entity", "code", "fence", "backticks"]


def parser() -> MarkdownIt:
    """A new parser; `env["cited"]` holds the numbers that are citations, others stay text."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(_OFF)
    made.inline.ruler.before("emphasis", "mark", _mark_rule)
    return made


def tokens(text: str, cited: Mapping[int, object]) -> Sequence[Token]:
    """`text` as tokens; the `meta` of a `mark` token holds the citation's number as `n`."""
    return parser().parse(text, {"cited": cited})


def _mark_rule(state: StateInline, silent: bool) -> bool:
    match = _MARK.match(state.src, state.pos)
    if not match or int(match.group(1)) not in state.env["cited"]:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.meta = {"n": int(match.group(1)), "beside": state.src}
    state.pos = match.end()
    return True
