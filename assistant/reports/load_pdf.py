"""PDF files with text: the text page by page, as pypdf gives it.

A scan, an encrypted file and fonts that do not say which characters they show are refused with
the reason. Recognising text in pictures is not done here: pages that are pictures among pages with
text are named, so that nobody takes what was read for all that there is.
"""

from __future__ import annotations

import io
import logging
import re
import time
from typing import TYPE_CHECKING

from assistant.models import Anchor
from assistant.reports import refusals
from assistant.reports.text_blocks import TextBlocks

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_PAGES = 3_000
_SECONDS = 100  # of computing; a page of print takes 0.05, a page made to keep a reader busy may take minutes
_NO_TEXT = 5  # letters of a whole file below which it has no text
_FEW_LETTERS = 10  # of a page that is a picture: a stamp of the scanner or a running title
_DRAWN = 2_000  # bytes of drawing from which a page without text is no blank one (letters as outlines)
_NO_FONT = 0.3  # share of characters without a meaning from which the fonts are to blame
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]|\\(cid:\\d+\\)|/g\\d+")


def read_pdf(name: str, content: bytes) -> tuple[str, list[Anchor], tuple[int, ...]]:
    """The text of a PDF, one line end between pages, an anchor a page, and the pages (from 1) not read.

    Not read is a page that shows something and has hardly any letters; a blank page is none.
    Raises `ReportRefused`.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # pypdf reports each oddity of a file; what matters is told by the refusal
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refusals.encrypted(name)
        pages, unread = _pages(name, reader)
    except DependencyError as error:  # AES needs the cryptography package
        raise refusals.encrypted(name) from error
    except (PyPdfError, *refusals.PARSER_ERRORS) as error:
        raise refusals.damaged(name, "pdf") from error
    text = "".join(pages)
    if _letters(text) < _NO_TEXT or all(n in unread or not _letters(page) for n, page in enumerate(pages, 1)):
        raise refusals.scanned(name, len(reader.pages))
    if len(_MEANINGLESS.findall(text)) > _NO_FONT * len(re.sub(r"\s+", "", text)):
        raise refusals.unreadable_font(name)
    blocks = TextBlocks()
    for number, page in enumerate(pages, 1):
        blocks.page(number, page)
    return blocks.text, blocks.anchors, unread


def _pages(name: str, reader: PdfReader) -> tuple[list[str], tuple[int, ...]]:
    """The text of each page, and the numbers of the pages whose text could not be had."""
    surrogates = re.compile("[\ud800-\udfff]")
    texts: list[str] = []
    unread: list[int] = []
    until = time.thread_time() + _SECONDS
    for number, page in enumerate(reader.pages[:_PAGES], 1):
        if time.thread_time() > until:
            raise refusals.too_slow(name, number - 1, len(reader.pages))
        # some writers' tables of characters make pypdf put a NUL before each: it stands for nothing
        texts.append(surrogates.sub("\ufffd", page.extract_text() or "").replace("\x00", ""))
        letters = _letters(texts[-1])
        if letters < _FEW_LETTERS and (page.images.keys() or (not letters and _is_drawn(page))):
            unread.append(number)
    return texts, (*unread, *range(_PAGES + 1, len(reader.pages) + 1))


def _letters(text: str) -> int:
    return len(re.findall(r"[^\W\d_]", text))


def _is_drawn(page: PageObject) -> bool:
    contents = page.get_contents()
    return contents is not None and len(contents.get_data()) > _DRAWN
