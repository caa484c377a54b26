"""Answers as a Word document: each mark a footnote with the exact quote, the sources listed at the end.

It writes what an `Answer` says and adds nothing. Markdown is read by the parser that shows it on the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.models import Answer, Citation, Language
from assistant.web.i18n import Words, words
from assistant.web.keep import Turn
from assistant.web.render.markdown import tokens

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from markdown_it.token import Token

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST = 2
"""Footnotes 0 and 1 are the lines that Word draws above footnotes."""


def document(title: str, turns: Sequence[Turn], language: Language) -> bytes:
    """The turns of a chat (or one answer without its question) as the bytes of a .docx file."""
    writer = _Writer(title, words(language))
    for turn in turns:
        writer.turn(turn)
    return writer.done()


class _Writer:
    """One document being written, with its footnotes and the reports cited so far."""

    def __init__(self, title: str, say: Words) -> None:
        import docx

        self._say = say
        self._document: Document = docx.Document()
        self._notes: list[str] = []
        self._reports: dict[str, str] = {}
        self._faces()
        self._document.add_heading(_clean(title), level=1)

    def turn(self, turn: Turn) -> None:
        if turn.question:
            self._document.add_heading(_clean(turn.question), level=2)
        if turn.answer is None:
            self._document.add_paragraph(_clean(turn.trouble or self._say("chat.interrupted")))
            return
        self._answer(turn.answer)

    def done(self) -> bytes:
        if self._reports:
            self._document.add_heading(self._say("document.sources"), level=2)
            for name, whence in self._reports.items():
                self._document.add_paragraph(_clean(f"{whence}（{name}）"), style="List Bullet")
        self._attach_notes()
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _answer(self, answer: Answer) -> None:
        cited = {citation.n: citation for citation in answer.citations}
        blocks = tokens(answer.text, cited)
        styles: list[str] = []
        at = 0
        while at < len(blocks):
            token = blocks[at]
            if token.type == "table_open":
                at = self._table(blocks, at, cited)
            elif token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open"):
                styles.append(
                    {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}.get(token.type, "Quote")
                )
            elif token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
                styles.pop()
            elif token.type == "inline":
                self._write(self._document.add_paragraph(style=styles[-1] if styles else None), token, cited)
            at += 1
        for warning in answer.comparison.warnings if answer.comparison else ():
            if warning.text not in answer.text:
                self._document.add_paragraph(_clean(warning.text), style="Quote")

    def _table(self, blocks: Sequence[Token], at: int, cited: dict[int, Citation]) -> int:
        """Writes the table that begins at `at`; returns where it ends."""
        end = next(n for n in range(at, len(blocks)) if blocks[n].type == "table_close")
        rows: list[list[Token]] = []
        for token in blocks[at:end]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        table = self._document.add_table(
            rows=len(rows), cols=max(len(row) for row in rows), style="Light Grid Accent 1"
        )
        for n, row in enumerate(rows):
            for m, token in enumerate(row):
                self._write(table.cell(n, m).paragraphs[0], token, cited)
        self._document.add_paragraph()
        return end

    def _write(self, paragraph: Paragraph, token: Token, cited: dict[int, Citation]) -> None:
        bold = False
        for child in token.children or ():
            if child.type in ("strong_open", "strong_close"):
                bold = child.type == "strong_open"
            elif child.type == "mark":
                self._note(paragraph, cited[child.meta["n"]])
            elif child.type in ("softbreak", "hardbreak"):
                paragraph.add_run().add_break()
            elif child.content:
                paragraph.add_run(_clean(child.content)).bold = bold

    def _note(self, paragraph: Paragraph, citation: Citation) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        whence = " · ".join(part for part in (citation.city, citation.period) if part) or citation.report
        self._reports.setdefault(citation.report, whence)
        place = self._say("place.characters", report=citation.report, start=citation.start, end=citation.end)
        verdict = self._say(f"verdict.{citation.verdict}")
        self._notes.append(_clean(f"{whence}：“{citation.quote.strip()}”（{place}；{verdict}）"))
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self._notes) - 1 + _FIRST))
        run._r.append(reference)

    def _faces(self) -> None:
        """Fonts that show Chinese where they are installed; Word takes another where they are not."""
        from docx.oxml.ns import qn

        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style: Any = self._document.styles[name]
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), "宋体" if name == "Normal" else "黑体")

    def _attach_notes(self) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, _notes_xml(self._notes), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _notes_xml(notes: Sequence[str]) -> bytes:
    from lxml import etree

    def w(name: str) -> str:
        return f"{{{_W}}}{name}"

    root = etree.Element(w("footnotes"), nsmap={"w": _W})
    for number, kind in enumerate(("separator", "continuationSeparator")):
        line = etree.SubElement(root, w("footnote"), {w("type"): kind, w("id"): str(number)})
        etree.SubElement(etree.SubElement(etree.SubElement(line, w("p")), w("r")), w(kind))
    for number, text in enumerate(notes, _FIRST):
        paragraph = etree.SubElement(etree.SubElement(root, w("footnote"), {w("id"): str(number)}), w("p"))
        sign = etree.SubElement(paragraph, w("r"))
        raised = etree.SubElement(etree.SubElement(sign, w("rPr")), w("vertAlign"))
        raised.set(w("val"), "superscript")
        etree.SubElement(sign, w("footnoteRef"))
        for piece in _lines(" " + text):
            etree.SubElement(paragraph, w("r")).append(piece)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _lines(text: str) -> Iterator[Any]:
    """The text as elements of runs, its line breaks kept."""
    from lxml import etree

    for n, line in enumerate(text.splitlines()):
        if n:
            yield etree.Element(f"{{{_W}}}br")
        element = etree.Element(f"{{{_W}}}t")
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        element.text = line
        yield element


def _clean(text: str) -> str:
    """The text without the characters that a Word document cannot hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
