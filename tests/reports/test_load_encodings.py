"""Encodings: recognised by what the characters are, proved by encoding again, and told."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from assistant.errors import ReportRefused
from assistant.language.script import to_traditional
from assistant.reports.decode import decode, everyday_share
from assistant.reports.load import load
from assistant.reports.repair import repair

SEED = (Path(__file__).parents[2] / "seeds/003_0bfcf2b84faaae34.txt").read_text(encoding="utf-8")
SIMPLIFIED = "亳州市总工会2024年建成工会驿站1019家，服务户外劳动者42.7万余人。\r\n"
TRADITIONAL = "臺北市總工會建成工會驛站1019家，服務戶外勞動者，覆蓋職工。\n"


@pytest.mark.parametrize(
    ("text", "written", "told"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gb2312", "gbk"),
        (SIMPLIFIED, "gbk", "gbk"),
        (SIMPLIFIED + "𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gbk", "gbk"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (SEED, "gb18030", "gbk"),
        (SEED, "utf-16-be", "utf-16-be"),
        (to_traditional(SEED), "utf-16-le", "utf-16-le"),
        ("The union opened 1,019 stations.\n", "ascii", "utf-8"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(text: str, written: str, told: str) -> None:
    assert decode("a.txt", text.encode(written)) == (text, told)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le"), (b"\x84\x31\x95\x33", "gb18030")],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode("a.txt", mark + SIMPLIFIED.encode(encoding)) == (SIMPLIFIED, encoding)


def test_the_recognised_encoding_is_kept_with_the_report() -> None:
    original = load("a.txt", SIMPLIFIED.encode("gbk"))
    assert (original.text, original.encoding) == (SIMPLIFIED, "gbk")


def test_an_html_page_in_gbk_is_decoded_whatever_its_header_claims() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><p>{SIMPLIFIED.strip()}</p></body></html>'
    original = load("a.html", page.encode("gbk"))
    assert (original.text, original.encoding, original.format) == (SIMPLIFIED.strip(), "gbk", "html")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_broken_byte_is_one_loss_and_the_rest_of_the_text_stays_in_step(encoding: str) -> None:
    content = SEED.encode(encoding, errors="ignore")
    at = content.index("旌旗".encode(encoding)) + 1
    original = load("a.txt", content[:at] + content[at + 1 :])
    assert original.text.count("\ufffd") in (1, 2)
    assert original.text.endswith(SEED[-200:])
    assert [loss.kind for loss in repair(original.text).losses] == ["undecodable"]


def test_a_file_that_ends_in_the_middle_of_a_character_is_read_up_to_there() -> None:
    text, encoding = decode("a.txt", SIMPLIFIED.encode()[:-3])
    assert (text, encoding) == (SIMPLIFIED[:-3] + "\ufffd", "utf-8")


def test_lone_surrogates_become_a_loss_and_pairs_become_their_character() -> None:
    content = "工会".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + b"\xed\xa0\x80" + "建成驿站。".encode()
    text, encoding = decode("a.txt", content)
    assert (text, encoding) == ("工会\U0001f600\ufffd建成驿站。", "utf-8")


@pytest.mark.parametrize("content", [bytes(range(1, 256)) * 8, b"\x01\x02\x03\x04" * 100])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(ReportRefused, match="no text in any encoding"):
        decode("a.bin", content)


def test_a_reading_in_the_wrong_encoding_is_less_like_everyday_print() -> None:
    right = everyday_share(SIMPLIFIED)
    wrong = everyday_share(SIMPLIFIED.encode("gbk").decode("big5", errors="replace"))
    assert right > 0.9 > wrong + 0.2
