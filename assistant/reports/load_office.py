"""Word documents (docx): paragraphs, tables as rows with their header, footnotes at the end.

Parsed by python-docx, after the package has been checked for what it would unpack to. Text that a
reviewer deleted is left out, text that was inserted is read. Headers, footers and pictures are
not read.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from assistant.models import Anchor
from assistant.reports import refusals
from assistant.reports.table_rows import table_lines
from assistant.reports.text_blocks import TextBlocks

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_UNPACKED = 300_000_000  # bytes that a package may unpack to, pictures included
_UNPACKED_XML = 30_000_000  # of it parts that are parsed: 40 s and 0.9 GB at worst; 300 pages have about 10 MB
_RATIO = 250  # times its size that one part may unpack to, above the size below
_SMALL_PART = 5_000_000
_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COLUMNS = 63  # of a table, in Word; python-docx repeats a cell as often as its file says
_KINDS = (("xl/", "Excel (xlsx)"), ("ppt/", "PowerPoint (pptx)"), ("META-INF/", "OpenDocument or epub"))


def read_docx(name: str, content: bytes) -> tuple[str, list[Anchor]]:
    """The text of a Word document and its anchors; raises `ReportRefused`."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    _check_package(name, content)
    try:
        document = docx.Document(io.BytesIO(content))
        blocks = _blocks_of(document)
    except (PackageNotFoundError, zipfile.BadZipFile, *refusals.PARSER_ERRORS) as error:
        raise refusals.damaged(name, "docx") from error
    if not blocks.anchors:
        raise refusals.empty(name)
    return blocks.text, blocks.anchors


def _check_package(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, *refusals.PARSER_ERRORS) as error:
        raise refusals.damaged(name, "docx") from error
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.encrypted(name)
    parsed = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    too_big = sum(part.file_size for part in parts) > _UNPACKED or parsed > _UNPACKED_XML or len(parts) > _PARTS
    inflated = any(part.file_size > max(_SMALL_PART, _RATIO * part.compress_size) for part in parts)
    if too_big or inflated:
        raise refusals.bomb(name)
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        kinds = [kind for start, kind in _KINDS if any(part.startswith(start) for part in names)]
        raise refusals.unsupported(name, kinds[0]) if kinds else refusals.archive(name, "zip")


def _blocks_of(document: Document) -> TextBlocks:
    from docx.table import Table

    if document.element.getroottree().docinfo.doctype:  # no writer makes one; what its entities stand for is not read
        raise ValueError("a document type in word/document.xml")
    for span in document.element.iter(f"{_W}gridSpan"):
        if not (span.get(f"{_W}val") or "").isdigit() or int(span.get(f"{_W}val")) > _COLUMNS:
            span.set(f"{_W}val", "1")
    blocks = TextBlocks()
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            blocks.table(table_lines(_rows(item)))
        else:
            for line in _text_of(item._p).split("\n"):
                blocks.paragraph(line)
    for note in _footnotes(document):
        blocks.paragraph(note)
    return blocks


def _rows(table: Table) -> list[list[str]]:
    """Cells row by row; python-docx tells a merged cell in each place that it covers."""
    return [[" ".join(_text_of(part._p) for part in cell.paragraphs) for cell in row.cells] for row in table.rows]


def _text_of(paragraph: Any) -> str:
    """The text of a paragraph's XML: runs, hyperlinks and insertions, without deletions."""
    pieces: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(True for _ in node.iterancestors(f"{_W}del")):
            continue
        kind = node.tag.removeprefix(_W)
        pieces.append({"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n"))
    return "".join(pieces)


def _footnotes(document: Document) -> list[str]:
    """The text of each footnote and endnote, in order; separators have none."""
    from lxml import etree

    notes: list[str] = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in document.part.package.iter_parts():
        if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
            root = etree.fromstring(part.blob, parser)
            notes += [" ".join(_text_of(note).split()) for note in root]
    return [note for note in notes if note]
