"""HTML pages: the visible text in reading order, tables as rows with their header.

Parsed by lxml. Left out: scripts, styles, forms, navigation, footers and lists that are links
only. Dates, by-lines and captions stay; repair recognises them.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.models import Anchor
from assistant.reports import refusals
from assistant.reports.table_rows import table_lines
from assistant.reports.text_blocks import TextBlocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SKIPPED = re.compile(
    "script|style|noscript|template|svg|math|iframe|object|embed|form|button|select|input|textarea|nav|footer|aside|"
    "audio|video|canvas|map|dialog|head"
)
_BLOCKS = re.compile(
    "html|body|main|article|section|header|div|p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|figure|figcaption|"
    "table|tr|td|th|center|address|details|summary|hr"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LINK_LIST = frozenset({"ul", "ol", "dl", "div", "section"})
_LINK_SHARE = 0.8  # share of link text from which a block is a list of links
_LINKS = 3
_PARAGRAPH_CELL = 200  # characters from which a cell is running text, its table mere layout
_COLUMNS = 200  # to which cells are told again for the columns and rows that they cover; a page could ask for millions
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(name: str, page: str) -> tuple[str, list[Anchor]]:
    """The text of a page and its anchors; raises `ReportRefused` for a page without text."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", page.replace("\x00", "")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise refusals.damaged(name, "html") from error
    blocks = TextBlocks()
    title = _title(root)
    if title:
        blocks.paragraph(title)
    _Walker(blocks).walk(root)
    if len(blocks.anchors) <= bool(title):
        raise refusals.empty(name)
    return blocks.text, blocks.anchors


def _title(root: HtmlElement) -> str:
    """The page's title without the site's name, or nothing where the page prints a title itself."""
    if any(heading.text_content().strip() for heading in root.iter("h1")):
        return ""
    title = re.sub(r"\s+", " ", root.findtext(".//title") or "").strip()
    title = re.split(r"\s*[-_|—–]+\s*|\s+·\s+", title)[0]
    body = root.find(".//body")
    printed = re.sub(r"\s+", "", body.text_content() if body is not None else "")
    return "" if not title or title.replace(" ", "") in printed else title


class _Walker:
    """Goes through a page in reading order and gathers inline text until a block ends."""

    def __init__(self, blocks: TextBlocks) -> None:
        self._blocks = blocks
        self._pending: list[str] = []

    def walk(self, element: HtmlElement) -> None:
        self._visit(element)
        self._flush()

    def _visit(self, element: HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if _SKIPPED.fullmatch(tag) or _is_hidden(element) or _is_link_list(element, tag):
            return
        if tag == "table" and not _is_layout(element):
            self._flush()
            self._blocks.table(table_lines(_rows(element)))
            return
        if tag == "br":
            self._flush()
            return
        is_block = bool(_BLOCKS.fullmatch(tag))
        if is_block:
            self._flush()
        self._take(element.text, tag)
        for child in element:
            self._visit(child)
            self._take(child.tail, tag)
        if is_block:
            self._flush()

    def _take(self, text: str | None, tag: str) -> None:
        if not text:
            return
        if tag == "pre":
            for line in text.split("\n")[:-1]:
                self._pending.append(line)
                self._flush()
            self._pending.append(text.rpartition("\n")[2])
        else:
            self._pending.append(re.sub(r"[ \t\r\n\x0c]+", " ", text))

    def _flush(self) -> None:
        line = re.sub(" +", " ", "".join(self._pending)).strip()
        self._pending.clear()
        self._blocks.paragraph(line)


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_link_list(element: HtmlElement, tag: str) -> bool:
    """Whether a block holds several links and hardly anything else, as menus and tips do."""
    if tag not in _LINK_LIST:
        return False
    links = list(element.iter("a"))
    if len(links) < _LINKS:
        return False
    linked = sum(len("".join(link.itertext()).strip()) for link in links)
    return linked >= _LINK_SHARE * len(re.sub(r"\s+", "", element.text_content()))


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only arranges a page: it holds tables, paragraphs of text or one cell."""
    if any(inner is not table for inner in table.iter("table")):
        return True
    cells = list(table.iter("td", "th"))
    return len(cells) <= 1 or any(len(cell.text_content().strip()) > _PARAGRAPH_CELL for cell in cells)


def _rows(table: HtmlElement) -> list[list[str]]:
    """The cells of a table row by row; a cell over several rows or columns is told in each.

    Several header rows become one: `驿站` over `国家级` is `驿站 国家级`.
    """
    rows: list[list[str]] = []
    headers = 0
    waiting: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for line in table.iter("tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            _fill_from_above(row, waiting)
            text = cell.text_content()
            down = _span(cell.get("rowspan"))
            for _ in range(max(1, min(_span(cell.get("colspan")), _COLUMNS - len(row)))):
                if down > 1:
                    waiting[len(row)] = (down - 1, text)
                row.append(text)
        _fill_from_above(row, waiting)
        rows.append(row)
        if headers == len(rows) - 1 and all(cell.tag == "th" for cell in line.iterchildren("td", "th")):
            headers += 1
    if headers > 1:
        rows[:headers] = [[" ".join(dict.fromkeys(column)) for column in zip_longest(*rows[:headers], fillvalue="")]]
    return rows


def _fill_from_above(row: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    while len(row) in waiting and len(row) < _COLUMNS:
        column = len(row)
        left, text = waiting.pop(column)
        row.append(text)
        if left > 1:
            waiting[column] = (left - 1, text)


def _span(value: str | None) -> int:
    return min(50, max(1, int(value))) if value and value.strip().isdigit() else 1
