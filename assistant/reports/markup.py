"""Markup that was left in a plain text: tags, entities, a tag whose `<` was swallowed, bold marks.

A file that is HTML as a whole is read by a parser instead.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from assistant.reports.offsets import Edit

_NAMES = (
    "a|abbr|article|b|blockquote|body|br|center|dd|div|dl|dt|em|figure|font|footer|form|h[1-6]|head|header|hr|html|i|img|"
    "input|li|link|main|meta|nav|o:p|ol|option|p|section|select|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|"
    "th|thead|title|tr|u|ul|video|wbr|!doctype"
)
_TAG = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]*|/)?>", re.I)
_HEADLESS_TAG = re.compile(
    rf"\?(?:/(?:{_NAMES})>|(?:{_NAMES})(?:\s+[a-z-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[\w#%-]+))*\s*/?>|nbsp;)", re.I
)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.S | re.I)
_ENTITY = re.compile(r"&(?:(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2});|nbsp(?![a-z]))", re.I)
_BREAKS = re.compile(r"br|hr|p|div|li|tr|h[1-6]|table|section|article|dd|dt|title|ul|ol", re.I)
_BOLD = re.compile(r"(?<!\*)\*\*(?![\s*])([^*\n]{1,80}?)(?<!\s)\*\*(?!\*)")
_UNIT_FIRST = re.compile(r"[余多]?(?:[万亿千百]|[家个名人户场次项件元％%‰年月日座所处条平公吨])")


def markup_edits(text: str) -> Iterator[Edit]:
    """Take off tags and scripts; a tag that ends a line becomes a line end. Comments stay as remains."""
    edits = [Edit(m.start(), m.end(), "") for m in _SCRIPT.finditer(text)]
    for match in _TAG.finditer(text):
        breaks = _BREAKS.fullmatch(match[2]) and text[match.end() : match.end() + 1] not in ("\n", "")
        edits.append(Edit(match.start(), match.end(), "\n" if breaks else ""))
    # the question mark stays: it shows that bytes were swallowed there
    edits += [Edit(m.start() + 1, m.end(), "") for m in _HEADLESS_TAG.finditer(text)]
    return _in_order(edits)


def entity_edits(text: str) -> Iterator[Edit]:
    """`&nbsp;`, `&permil;`, `&#8226;` become the characters they name."""
    for match in _ENTITY.finditer(text):
        char = html.unescape(match[0])
        if char != match[0] and "&" not in char:
            yield Edit(match.start(), match.end(), char)
        elif char == "&":
            yield Edit(match.start(), match.end(), "&")


def bold_edits(text: str) -> Iterator[Edit]:
    """Bold marks inside a line are layout and go; a line that opens in bold opens with a heading.

    `产值**亿元，利税**万元` is no bold but masked digits and stays.
    """
    for match in _BOLD.finditer(text):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        line_end = text.find("\n", match.end())
        after = text[match.end() : line_end if line_end >= 0 else len(text)]
        if not before.strip(" #>"):
            continue
        if _UNIT_FIRST.match(match[1]) and (_UNIT_FIRST.match(after) or before[-1].isdigit()):
            continue
        yield Edit(match.start(), match.start() + 2, "")
        yield Edit(match.end() - 2, match.end(), "")


def _in_order(edits: list[Edit]) -> Iterator[Edit]:
    done = 0
    for edit in sorted(edits):
        if edit.start >= done:
            yield edit
            done = edit.end
