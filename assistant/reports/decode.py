"""Bytes of a plain text become characters, with the encoding that was recognised.

UTF-8, UTF-16 and UTF-32 with or without a byte-order mark, GBK, GB 18030, Big5; other encodings as
charset-normalizer finds them. A guess counts only where encoding the text again gives the same
bytes and the characters are those of everyday print. Line ends and all else stay as they are.
"""

from __future__ import annotations

import codecs
import re

from assistant.language.script import HAN, is_common, to_simplified
from assistant.reports import refusals

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_GUESSES = ("gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 20_000  # bytes that charset-normalizer looks at
_CHARACTERS = 20_000  # characters that are judged
_GOOD = 0.85  # share of everyday characters from which a guess counts
_MAY_BE_LOST = 0.02  # share of characters that may be undecodable in an otherwise good text
_BINARY = 0.1  # share of control characters from which bytes are no text
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_EVERYDAY = re.compile(r"[\x20-\x7e\s，。、；：！？“”‘’（）《》〈〉【】〔〕—…·％０-９Ａ-Ｚａ-ｚ°℃㎡]")
_HAN = re.compile(f"[{HAN}]")


def decode(name: str, content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises `ReportRefused` where it is no text."""
    if not content.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        raise refusals.empty(name)
    text, encoding = _by_mark(content) or _as_utf8(content) or _by_guess(content) or _with_losses(content) or ("", "")
    if not text or len(_CONTROL.findall(text)) > _BINARY * len(text):
        raise refusals.not_text(name)
    if not text.strip("\x00 \t\r\n\u3000\ufeff"):
        raise refusals.empty(name)
    return text, encoding


def _by_mark(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _SURROGATES.sub("\ufffd", content[len(mark) :].decode(encoding, errors="replace")), encoding
    return None


def _as_utf8(content: bytes) -> tuple[str, str] | None:
    """UTF-8 proves itself; only UTF-16 without a mark could look like it, and has zero bytes."""
    if content.count(0) > len(content) * _MAY_BE_LOST:
        return None
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None


def _by_guess(content: bytes) -> tuple[str, str] | None:
    """The encoding whose reading is most like everyday print and gives the same bytes again."""
    best: tuple[float, str, str] | None = None
    for encoding in dict.fromkeys((*_GUESSES, *_library_guesses(content))):
        try:
            text = content.decode(encoding)
            faithful = text.encode(encoding) == content
        except (UnicodeError, LookupError):
            continue
        share = everyday_share(text)
        if faithful and share >= _GOOD and (best is None or share > best[0]):
            best = (share, text, encoding)
    if best is None:
        return None
    return best[1], _narrowest(best[2], content)


def _library_guesses(content: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    return [match.encoding for match in from_bytes(content[:_SAMPLE])][:3]


def _narrowest(encoding: str, content: bytes) -> str:
    """GB 18030 contains GBK; the name that the writer's program would show is the smaller one."""
    if encoding != "gb18030":
        return encoding
    try:
        content.decode("gbk")
    except UnicodeDecodeError:
        return "gb18030"
    return "gbk"


def _with_losses(content: bytes) -> tuple[str, str] | None:
    """A text with a few broken bytes: they become U+FFFD, which repair marks as a loss."""
    best: tuple[float, str, str] | None = None
    for encoding in ("utf-8", "gb18030", "big5"):
        text = content.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        if lost > max(2, _MAY_BE_LOST * len(text)):
            continue
        share = everyday_share(text.replace("\ufffd", ""))
        if share >= _GOOD and (best is None or share > best[0]):
            best = (share, text, encoding)
    return None if best is None else (best[1], best[2])


def everyday_share(text: str) -> float:
    """The share of characters that everyday Chinese or English print uses, from 0 to 1."""
    sample = text if len(text) <= _CHARACTERS else text[: _CHARACTERS // 2] + text[-_CHARACTERS // 2 :]
    simple = to_simplified(sample)
    known = sum(bool(_EVERYDAY.match(char)) or (bool(_HAN.match(char)) and is_common(char)) for char in simple)
    return known / max(1, len(sample))
