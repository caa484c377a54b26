"""Loading: the format by content, the text untouched, a clear reason for what cannot be read."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import ReportRefused
from assistant.models import Original
from assistant.reports import load_pdf
from assistant.reports.load import LARGEST_FILE, LONGEST_TEXT, load
from tests.reports import files

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
SENTENCE = "全市总工会2024年建成工会驿站1019家，服务户外劳动者42.7万余人。"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_plain_report_is_its_decoded_characters_and_nothing_else(seed: Path) -> None:
    content = seed.read_bytes()
    original = load(seed.name, content)
    assert original.text == content.decode("utf-8-sig")
    assert original.sha256 == hashlib.sha256(content).hexdigest()
    assert (original.name, original.format, original.encoding, original.anchors) == (seed.name, "txt", "utf-8", ())


def test_line_ends_and_nul_characters_of_a_text_stay_as_received() -> None:
    text = "第一行\r\n第二行\r第三行\n\x00末行"
    assert load("a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", "---\ntitle: 报告\n---\n\n" + SENTENCE, "md"),
        ("a.txt", "# 标题\n\n" + SENTENCE, "md"),
        ("a.txt", "| 指标 | 数量 |\n| --- | --- |\n| 驿站 | 1019家 |", "md"),
        ("a.md", SENTENCE, "md"),
        ("a.docx", SENTENCE, "txt"),
        ("a.txt", f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>", "html"),
        ("a.md", f"<div><p>{SENTENCE}</p><p>完。</p></div>", "html"),
        ("a.html", "比较：a<b，且工会驿站建成。", "txt"),
    ],
)
def test_the_format_is_told_by_content_and_not_by_the_ending(name: str, content: str, form: str) -> None:
    assert load(name, content.encode()).format == form


def test_the_front_matter_of_markdown_is_part_of_the_text() -> None:
    text = "---\ntitle: 某市2024年政府工作报告\n---\n\n各位代表：\n"
    assert load("某市_2024.md", text.encode()).text == text


def test_a_docx_under_any_name_is_read_as_docx() -> None:
    original = load("报告.txt", files.docx_with([SENTENCE]))
    assert (original.format, original.encoding, original.text) == ("docx", None, SENTENCE)


def test_a_docx_gives_paragraphs_and_table_rows_with_their_header_in_order() -> None:
    original = load("a.docx", files.docx_with(["标题", "", SENTENCE], [["指标", "2023年"], ["驿站", "1019家"]]))
    assert original.text == f"标题\n{SENTENCE}\n| 指标 | 2023年 |\n| --- | --- |\n| 驿站 | 1019家 |\n表后一段。"
    assert [(a.kind, a.label, a.received.of(original.text)) for a in original.anchors] == [
        ("paragraph", "1", "标题"),
        ("paragraph", "2", SENTENCE),
        ("table", "1.1", "| 指标 | 2023年 |"),
        ("table", "1.2", "| 驿站 | 1019家 |"),
        ("paragraph", "3", "表后一段。"),
    ]


def test_a_docx_gives_footnotes_and_insertions_but_no_deletions() -> None:
    text = load("a.docx", files.docx_with_footnote(SENTENCE, "注：含县级驿站。")).text
    assert text.split("\n") == [SENTENCE, "会员16.1万人", "注：含县级驿站。"]


def test_a_pdf_gives_its_pages_in_order_with_an_anchor_each() -> None:
    original = load("a.pdf", files.pdf_with_text([["某市总工会工作报告", SENTENCE], ["第二页的内容也在这里。"]]))
    assert original.format == "pdf"
    assert original.text.replace("\n", "") == f"某市总工会工作报告{SENTENCE}第二页的内容也在这里。"
    assert [(a.kind, a.label) for a in original.anchors] == [("page", "1"), ("page", "2")]
    assert original.anchors[1].received.of(original.text).strip() == "第二页的内容也在这里。"


def test_a_pdf_is_found_behind_leading_bytes() -> None:
    assert load("a.pdf", b"\r\n" + files.pdf_with_text([[SENTENCE]])).format == "pdf"


def test_a_nul_that_the_table_of_a_font_puts_before_each_character_is_no_text() -> None:
    original = load("a.pdf", files.pdf_with_text([[SENTENCE]], prefix="\x00"))
    assert original.text.rstrip() == SENTENCE


@pytest.mark.parametrize("unread", ["picture", "drawing"])
def test_pages_of_a_pdf_that_are_pictures_are_named_and_the_others_read(unread: str) -> None:
    original = load("a.pdf", files.pdf_of_pages([SENTENCE, unread, SENTENCE, unread, unread, "blank"]))
    assert original.text.count("1019家") == 2
    assert (original.unread_pages, original.unread) == ((2, 4, 5), "2, 4-5")


def test_a_blank_page_is_no_unread_page() -> None:
    assert load("a.pdf", files.pdf_of_pages(["blank", SENTENCE, "blank"])).unread_pages == ()


@pytest.mark.parametrize("pages", [["picture"], ["picture", "blank", "drawing"]])
def test_a_pdf_of_pictures_only_is_refused_as_a_scan(pages: list[str]) -> None:
    with pytest.raises(ReportRefused, match="scan"):
        load("a.pdf", files.pdf_of_pages(pages))


BAD_FILES = {
    "空文件": (b"", "空文件"),
    "空白": (b" \r\n\t\n", "空文件"),
    "只有NUL": (b"\x00" * 64, "空文件"),
    "只有BOM": (b"\xef\xbb\xbf", "空文件"),
    "空网页": (b"<html><body><script>var a = 1</script></body></html>", "空文件"),
    "空文档": (files.docx_with([]), "空文件"),
    "扫描件": (files.blank_pdf(pages=3), "扫描件"),
    "加密pdf": (files.blank_pdf(password="secret"), "加密"),
    "加密docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"), "加密"),
    "旧版doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "doc"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "图片"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "图片"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 32, "图片"),
    "svg": (
        b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>' + SENTENCE.encode() + b"</text></svg>",
        "图片",
    ),
    "xml": (f'<?xml version="1.0"?><rss><item>{SENTENCE}</item></rss>'.encode(), "XML"),
    "mhtml": (
        b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=a\r\n\r\n--a",
        "mhtml",
    ),
    "video": (b"\x00\x00\x00\x18ftypisom" + b"\x00" * 32, "video"),
    "rtf": (b"{\\rtf1 text}", "RTF"),
    "xlsx": (files.zip_with({"xl/workbook.xml": b"<x/>"}), "Excel"),
    "zip": (files.zip_with({"a.txt": SENTENCE.encode()}), "解压"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 64, "解压"),
    "截断docx": (files.docx_with([SENTENCE])[:900], "损坏"),
    "坏字节docx": (files.docx_with_broken_bytes(), "损坏"),
    "坏滤镜pdf": (files.pdf_with_text([[SENTENCE]]).replace(b"<< /Length", b"<< /Filter /Flat /Length"), "损坏"),
    "大xml": (files.zip_with({"word/document.xml": bytes(range(32, 127)) * 400_000}), "体积异常"),
    "伪docx": (files.zip_with({"word/document.xml": b"not xml"}), "损坏"),
    "截断pdf": (files.pdf_with_text([[SENTENCE]])[:60], "损坏"),
    "压缩炸弹": (files.zip_with({"word/document.xml": b"0" * 20_000_000}), "体积异常"),
    "二进制": (bytes(range(256)) * 16, "编码"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_report_is_refused_with_its_reason_and_a_next_step(name: str) -> None:
    content, reason = BAD_FILES[name]
    with pytest.raises(ReportRefused) as refused:
        load(name, content)
    assert reason in refused.value.zh
    assert name in refused.value.zh
    assert "请" in refused.value.zh
    assert refused.value.en != refused.value.zh


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ReportRefused, match="50 MB"):
        load("big.txt", b"a" * (LARGEST_FILE + 1))


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(ReportRefused, match="3,000,001 characters"):
        load("long.txt", b"a" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize("columns", ["2000000000", "-5", "x", "99999999999999999999"])
def test_a_cell_of_a_document_that_claims_to_cover_everything_is_told_once(columns: str) -> None:
    whole = files.docx_with([SENTENCE], [["驿站", "职工"], ["12", "300"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    claim = f'<w:tcPr><w:gridSpan w:val="{columns}"/>'.encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:tcPr>", claim)
    assert load("a.docx", files.zip_with(parts)).text.count("300") == 1


def test_a_pdf_that_keeps_its_reader_busy_is_refused_with_how_far_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_pdf, "_SECONDS", -1)
    with pytest.raises(ReportRefused, match="0 of its 3 pages"):
        load("a.pdf", files.pdf_with_text([[SENTENCE]] * 3))


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY e SYSTEM "http://127.0.0.1:9/">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;">',
    ],
)
def test_a_document_with_entities_of_its_own_is_refused_and_reads_nothing_else(entity: str) -> None:
    with zipfile.ZipFile(io.BytesIO(files.docx_with([SENTENCE]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    head, body = parts["word/document.xml"].split(b"<w:document", 1)
    parts["word/document.xml"] = (
        head + f"<!DOCTYPE d [{entity}]>".encode() + b"<w:document" + body.replace(b"<w:t>", b"<w:t>&e;")
    )
    with pytest.raises(ReportRefused) as refused:
        load("a.docx", files.zip_with(parts))
    assert "损坏" in refused.value.zh


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    try:
        original = load("any", content)
    except ReportRefused:
        return
    assert isinstance(original, Original)
    original.text.encode("utf-8")


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_broken_office_or_pdf_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([files.docx_with([SENTENCE]), files.pdf_with_text([[SENTENCE]])]))
    at = data.draw(st.integers(8, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + data.draw(st.integers(0, 40)) :]
    try:
        assert load("broken", broken).text
    except ReportRefused as refused:
        assert refused.zh
