"""A file as received becomes an `Original`: which format it is, and the text that it holds.

The format is told by content; the name decides only whether a plain text counts as Markdown.
Nothing is repaired here: the text is what decoding or the parser gives.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

from assistant.models import Anchor, Original
from assistant.reports import refusals
from assistant.reports.decode import decode

LARGEST_FILE = 50_000_000
"""Bytes; the largest report known has 0.3 MB of text."""

LONGEST_TEXT = 3_000_000
"""Characters, ten times the longest report known; a table of merged cells can make far more of a small file."""

_IMAGES = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_ARCHIVES = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_OTHERS = (
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "SQLite"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97-2003, and encrypted docx
_PACKAGE = b"PK\x03\x04"  # docx, and any zip
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_XML = re.compile(r"\s*(?:<\?xml\b|<svg\b)")
_SVG = re.compile(r"<svg\b")
_WEB_ARCHIVE = re.compile(r"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?Content-Type:\s*multipart/", re.I)
_HTML_BLOCKS = re.compile(r"</(?:p|div|table|tr|td|h[1-6]|article|section|ul|li)\s*>", re.I)
_FRAGMENT_BLOCKS = 3
_MARKDOWN = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*\n|^#{1,6}\s+\S|^\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.S | re.M)


def load(name: str, content: bytes) -> Original:
    """The report that a file holds; raises `ReportRefused` with what is wrong and what to do."""
    if len(content) > LARGEST_FILE:
        raise refusals.too_large(name, len(content), LARGEST_FILE)
    text, form, encoding, anchors, unread = _read(name, content)
    if len(text) > LONGEST_TEXT:
        raise refusals.too_long(name, len(text), LONGEST_TEXT)
    return Original(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        text=text,
        format=form,
        encoding=encoding,
        anchors=tuple(anchors),
        unread_pages=unread,
    )


def needs_parser(content: bytes) -> bool:
    """Whether a file is of a kind (pdf, docx) whose parser a bad one can keep busy."""
    return _is_pdf(content) or content.startswith(_PACKAGE)


Form = Literal["txt", "md", "html", "docx", "pdf"]


def _read(name: str, content: bytes) -> tuple[str, Form, str | None, list[Anchor], tuple[int, ...]]:
    _refuse_what_is_no_report(name, content)
    if _is_pdf(content):
        from assistant.reports.load_pdf import read_pdf

        text, anchors, unread = read_pdf(name, content)
        return text, "pdf", None, anchors, unread
    if content.startswith(_PACKAGE):
        from assistant.reports.load_office import read_docx

        text, anchors = read_docx(name, content)
        return text, "docx", None, anchors, ()
    text, encoding = decode(name, content)
    if _is_html(text):
        from assistant.reports.load_markup import read_html

        text, anchors = read_html(name, text)
        return text, "html", encoding, anchors, ()
    _refuse_what_is_no_prose(name, text)
    is_markdown = name.lower().endswith((".md", ".markdown")) or bool(_MARKDOWN.search(text[:20_000]))
    return text, "md" if is_markdown else "txt", encoding, [], ()


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _refuse_what_is_no_report(name: str, content: bytes) -> None:
    for start, kind in _IMAGES:
        if content.startswith(start):
            raise refusals.image(name, kind)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise refusals.image(name, "WEBP")
    if content[4:8] == b"ftyp":
        if content[8:12] in (b"heic", b"mif1"):
            raise refusals.image(name, "HEIC")
        raise refusals.unsupported(name, "video")
    for start, kind in _ARCHIVES:
        if content.startswith(start):
            raise refusals.archive(name, kind)
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise refusals.unsupported(name, kind)
    if content.startswith(_COMPOUND):
        if _ENCRYPTED_PACKAGE in content:
            raise refusals.encrypted(name)
        raise refusals.unsupported(name, "Word 97-2003 (doc) or older Office")


def _refuse_what_is_no_prose(name: str, text: str) -> None:
    """Text of a kind whose words are not its text: drawings, other XML, web pages packed as a mail."""
    if _XML.match(text):
        if _SVG.search(text[:8000]):
            raise refusals.image(name, "SVG")
        raise refusals.unsupported(name, "XML")
    if _WEB_ARCHIVE.match(text[:8000]):
        raise refusals.unsupported(name, "web archive (mhtml)")


def _is_html(text: str) -> bool:
    """Whether a text is a page: it opens like one, or is a fragment made of block elements."""
    if _HTML.match(text[:8000]):
        return True
    return text.lstrip()[:1] == "<" and len(_HTML_BLOCKS.findall(text[:20_000])) >= _FRAGMENT_BLOCKS
