"""PDF files with text: the text page by page, as pypdf gives it.

A scan, an encrypted file and fonts that do not say which characters they show are refused with
the reason. Recognising text in pictures is not done here.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from assistant.models import Anchor
from assistant.reports import refusals
from assistant.reports.text_blocks import TextBlocks

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGES = 3_000
_NO_TEXT = 5  # characters a page below which a file counts as a scan
_NO_FONT = 0.3  # share of characters without a meaning from which the fonts are to blame
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\\(cid:\\d+\\)|/g\\d+")


def read_pdf(name: str, content: bytes) -> tuple[str, list[Anchor]]:
    """The text of a PDF, one line end between pages, and an anchor a page; raises `ReportRefused`."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # pypdf reports each oddity of a file; what matters is told by the refusal
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refusals.encrypted(name)
        pages = _pages(reader)
    except DependencyError as error:  # AES needs the cryptography package
        raise refusals.encrypted(name) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise refusals.damaged(name, "pdf") from error
    text = "".join(pages)
    if not pages or len(re.sub(r"\s+", "", text)) < _NO_TEXT * len(pages):
        raise refusals.scanned(name, len(pages))
    if len(_MEANINGLESS.findall(text)) > _NO_FONT * len(re.sub(r"\s+", "", text)):
        raise refusals.unreadable_font(name)
    blocks = TextBlocks()
    for number, page in enumerate(pages, 1):
        blocks.page(number, page)
    return blocks.text, blocks.anchors


def _pages(reader: PdfReader) -> list[str]:
    surrogates = re.compile("[\ud800-\udfff]")
    return [surrogates.sub("\ufffd", page.extract_text() or "") for page in reader.pages[:_PAGES]]
