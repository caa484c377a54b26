"""Files for the tests of loading, made in memory: docx, pdf with Chinese text, packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject


def pdf_with_text(pages: Sequence[Sequence[str]], *, prefix: str = "") -> bytes:
    """A small PDF whose pages hold these lines, in a font with a table of its characters.

    `prefix` is what its table wrongly puts before each character.
    """
    chars = sorted({char for page in pages for line in page for char in line})
    code = {char: number for number, char in enumerate(chars, 1)}
    table = "\n".join(f"<{number:04x}> <{(prefix + char).encode('utf-16-be').hex()}>" for char, number in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(chars)} beginbfchar\n{table}\nendbfchar\n"
        "endcmap end end"
    )
    streams = []
    for page in pages:
        shown = [f"<{''.join(f'{code[char]:04x}' for char in line)}> Tj 0 -20 Td" for line in page]
        streams.append("BT /F1 12 Tf 50 700 Td\n" + "\n".join(shown) + "\nET")
    first = 6
    numbers = [first + 2 * n for n in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] "
        "/ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 1000 >>",
        _stream(cmap),
    ]
    for number, stream in zip(numbers, streams, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(stream))
    return _pdf_file(objects)


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _pdf_file(objects: Sequence[str]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode("ascii")


def pdf_of_pages(pages: Sequence[str]) -> bytes:
    """A PDF with a page for each of these: `picture`, `drawing` (letters as outlines), `blank`, or its text."""
    texts = [page for page in pages if page not in ("picture", "drawing", "blank")] or ["x"]
    reader = PdfReader(io.BytesIO(pdf_with_text([[text] for text in texts])))
    with_text, writer = iter(reader.pages), PdfWriter()
    for page in pages:
        if page in ("picture", "drawing", "blank"):
            _draw(writer, page)
        else:
            writer.add_page(next(with_text))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _draw(writer: PdfWriter, what: str) -> None:
    page = writer.add_blank_page(595, 842)
    content = DecodedStreamObject()
    if what == "picture":
        content.set_data(b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    elif what == "drawing":
        content.set_data(b"10 10 m 20 20 l 30 10 l f\n" * 200)
    page[NameObject("/Contents")] = writer._add_object(content)


def blank_pdf(*, password: str | None = None, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 300)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_with(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
        document.add_paragraph("表后一段。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_with(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def docx_with_broken_bytes() -> bytes:
    """A document whose packing is whole and whose packed text is not."""
    whole = bytearray(docx_with(["某市总工会工作报告"]))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as package:
        part = package.getinfo("word/document.xml")
    start = part.header_offset + 30 + len(part.filename)
    whole[start : start + 40] = b"\xff" * 40
    return bytes(whole)


def docx_with_footnote(paragraph: str, note: str) -> bytes:
    """A document with one footnote, and with a deletion and an insertion under review."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    source = zipfile.ZipFile(io.BytesIO(docx_with([paragraph])))
    parts = {name: source.read(name) for name in source.namelist()}
    reviewed = (
        "<w:p><w:r><w:t>会员</w:t></w:r><w:del><w:r><w:delText>旧文</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>16.1万人</w:t></w:r></w:ins></w:p>"
    )
    body = parts["word/document.xml"].decode("utf-8")
    parts["word/document.xml"] = body.replace("<w:sectPr", reviewed + "<w:sectPr", 1).encode("utf-8")
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{w}"><w:footnote><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>',
    )
    relation = (
        b'<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        b' Target="footnotes.xml"/></Relationships>'
    )
    key = "word/_rels/document.xml.rels"
    parts[key] = parts[key].replace(b"</Relationships>", relation)
    return zip_with(parts)
