"""Loading in a process of its own: the same result, the same words, and an end to what never would."""

from __future__ import annotations

import io
import zipfile

import pytest

from assistant.errors import ReportRefused
from assistant.reports import apart
from assistant.reports.apart import load_apart
from assistant.reports.load import load
from tests.reports import files

SENTENCE = "全市总工会2024年建成工会驿站1019家，服务户外劳动者42.7万余人。"


def long_document(paragraphs: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(files.docx_with([SENTENCE]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    more = b"".join(b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % (n * 7919 % 100_000) for n in range(paragraphs))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", more + b"<w:sectPr", 1)
    return files.zip_with(parts)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报告 一.docx", files.docx_with([SENTENCE], [["指标", "数量"], ["驿站", "12"]])),
        ("a.pdf", files.pdf_of_pages([SENTENCE, "picture", SENTENCE])),
        ("\ud800\x00'\".docx", files.docx_with([SENTENCE])),
        ("a.txt", SENTENCE.encode("gbk")),
    ],
    ids=["docx", "pdf", "name", "txt"],
)
def test_a_file_is_what_it_is_when_loaded_here(name: str, content: bytes) -> None:
    assert load_apart(name, content) == load(name, content)


@pytest.mark.parametrize("content", [files.docx_with([SENTENCE])[:900], files.zip_with({"a.txt": b"x"}), b"%PDF-1.4"])
def test_a_refusal_is_told_in_the_same_words(content: bytes) -> None:
    told = []
    for how in (load, load_apart):
        with pytest.raises(ReportRefused) as refused:
            how("某市.docx", content)
        told.append((refused.value.zh, refused.value.en))
    assert told[0] == told[1]


@pytest.mark.parametrize(("limit", "value"), [("CPU_SECONDS", 1), ("MEMORY", 200_000_000), ("WALL_SECONDS", 0.5)])
def test_a_file_beyond_the_limits_is_given_up_and_said_so(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(apart, limit, value)
    with pytest.raises(ReportRefused, match="more time or memory") as refused:
        load_apart("某市.docx", long_document(200_000))
    assert "某市.docx" in refused.value.zh and "请" in refused.value.zh


def test_a_process_that_does_not_run_is_a_refusal_that_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart.sys, "executable", "/no/such/python")
    with pytest.raises(ReportRefused, match="No such file"):
        load_apart("a.docx", files.docx_with([SENTENCE]))
