"""Answers as a Word document: each mark a footnote with the exact quote, the reports listed at the end.

It writes what an `Answer` says and adds nothing. Markdown is read by the parser that shows it on the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.answering.wording import city_name, period_name
from assistant.export.text import title, with_table
from assistant.export.words import say
from assistant.language.script import to_traditional
from assistant.marked import tokens
from assistant.models import Answer, Citation, Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from markdown_it.token import Token

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST = 2
"""Footnotes 0 and 1 are the lines that Word draws above footnotes."""


def document(answer: Answer) -> bytes:
    """One answer, with the table of its comparison, as the bytes of a .docx file."""
    writer = Writer(title(answer), answer.language)
    writer.answer(answer, with_table(answer))
    return writer.done()


def _whence(citation: Citation, language: Language) -> str:
    """City and period of a citation in the reader's language; its file where it has neither."""
    city = citation.city and city_name(citation.city, language)
    period = citation.period and period_name(citation.period, language)
    named = " · ".join(part for part in (city, period) if part) or citation.report
    return to_traditional(named) if language == "zh-Hant" else named


class Writer:
    """One document being written, with its footnotes and the reports cited so far."""

    def __init__(self, title: str, language: Language) -> None:
        import docx

        self._language = language
        self._document: Document = docx.Document()
        self._notes: list[str] = []
        self._numbers: dict[int, int] = {}  # of the present answer: citation -> footnote
        self._reports: dict[str, str] = {}
        self._faces()
        self._document.add_heading(_clean(title), level=1)

    def heading(self, text: str) -> None:
        """Begins a part of the document."""
        self._document.add_heading(_clean(text), level=2)

    def paragraph(self, text: str) -> None:
        """Writes plain text."""
        self._document.add_paragraph(_clean(text))

    def answer(self, answer: Answer, text: str | None = None) -> None:
        """Writes an answer (its `text`, or the one given) with its marks as footnotes, and its warnings."""
        self._numbers = {}
        self._text(answer.text if text is None else text, {citation.n: citation for citation in answer.citations})
        for warning in answer.comparison.warnings if answer.comparison else ():
            if warning.text not in answer.text:
                self._document.add_paragraph(_clean(warning.text), style="Quote")

    def done(self) -> bytes:
        """Lists the reports cited and gives the document's bytes."""
        if self._reports:
            self.heading(say("sources", self._language))
            for name, whence in self._reports.items():
                listed = say("listed", self._language, whence=whence, report=name)
                self._document.add_paragraph(_clean(listed), style="List Bullet")
        self._attach_notes()
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _text(self, text: str, cited: dict[int, Citation]) -> None:
        blocks = tokens(text, cited)
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
        _repeated(table.rows[0])
        for n, row in enumerate(rows):
            for m, token in enumerate(row):
                self._write(table.cell(n, m).paragraphs[0], token, cited, in_cell=True)
        self._document.add_paragraph()
        return end

    def _write(self, paragraph: Paragraph, token: Token, cited: dict[int, Citation], *, in_cell: bool = False) -> None:
        """The words of a block; in a narrow cell small, with the period under the figure and its mark."""
        from docx.shared import Pt

        bold = marked = False
        for child in token.children or ():
            if child.type in ("strong_open", "strong_close"):
                bold = child.type == "strong_open"
            elif child.type == "mark":
                self._note(paragraph, cited[child.meta["n"]])
            elif child.type in ("softbreak", "hardbreak"):
                paragraph.add_run().add_break()
            elif child.content:
                if in_cell and marked and child.content.startswith(("（", " (")):
                    paragraph.add_run().add_break()
                run = paragraph.add_run(_clean(child.content))
                run.bold = bold
                run.font.size = Pt(9) if in_cell else None
            marked = child.type == "mark"

    def _note(self, paragraph: Paragraph, citation: Citation) -> None:
        """Puts the citation's footnote here, or a reference to it where it has been cited before."""
        number = self._numbers.get(citation.n)
        if number is not None:
            _refer(paragraph, number)
            return
        whence = _whence(citation, self._language)
        self._reports.setdefault(citation.report, whence)
        language = self._language
        place = say("characters", language, report=citation.report, start=citation.start, end=citation.end)
        verdict = say(citation.verdict, language)
        note = say("quoted", language, whence=whence, quote=citation.quote.strip(), place=place, verdict=verdict)
        self._notes.append(_clean(note))
        self._numbers[citation.n] = len(self._notes)
        _mark(paragraph, len(self._notes))

    def _faces(self) -> None:
        """Fonts that show Chinese where they are installed; Word takes another where they are not."""
        from docx.oxml.ns import qn

        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style: Any = self._document.styles[name]
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), "宋体" if name == "Normal" else "黑体")
        # Chinese has no italics; a slanted number amid upright words would look like a slip.
        quote: Any = self._document.styles["Quote"]
        quote.font.italic = False

    def _attach_notes(self) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, _notes_xml(self._notes), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _mark(paragraph: Paragraph, number: int) -> None:
    """A footnote's mark, with a bookmark around it so that later marks can refer to it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number - 1 + _FIRST))
    run._r.append(reference)
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"_RefNote{number}")
    run._r.addprevious(start)
    run._r.addnext(end)


def _refer(paragraph: Paragraph, number: int) -> None:
    """The number of an earlier footnote, as a field that leads to it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(str(number))
    run.font.superscript = True
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" NOTEREF _RefNote{number} \\h ")
    run._r.addprevious(field)
    field.append(run._r)


def _repeated(row: Any) -> None:
    """Makes a table's head row stand again on each page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


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
        spacing = etree.SubElement(etree.SubElement(paragraph, w("pPr")), w("spacing"))
        spacing.set(w("after"), "40")
        sign = etree.SubElement(paragraph, w("r"))
        raised = etree.SubElement(etree.SubElement(sign, w("rPr")), w("vertAlign"))
        raised.set(w("val"), "superscript")
        etree.SubElement(sign, w("footnoteRef"))
        for piece in _lines(" " + text):
            run = etree.SubElement(paragraph, w("r"))
            etree.SubElement(etree.SubElement(run, w("rPr")), w("sz")).set(w("val"), "18")
            run.append(piece)
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
