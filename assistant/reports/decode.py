"""Bytes of a plain text become characters, with the encoding that was recognised.

UTF-8, UTF-16 and UTF-32 with or without a byte-order mark, GBK, GB 18030, Big5; other encodings as
charset-normalizer finds them. A guess counts only where encoding the text again gives the same
bytes and the characters are those of everyday print. Line ends and all else stay as they are.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from assistant.language.script import HAN, is_common, is_simplified_print, to_simplified
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
_RARE = 0.6  # what a character of GB 2312's second level counts against one of its first
_MAY_BE_LOST = 0.02  # share of characters that may be undecodable in an otherwise good text
_FEW = 3  # undecodable characters that a short text may have
_ZERO_BYTES = 0.3  # share of zero bytes from which ASCII in UTF-16 looks like UTF-8
_HIGH_BYTES = re.compile(rb"[\x81-\xff]{9,}")
_BINARY = 0.1  # share of control characters from which bytes are no text
_LOST = "\ufffd".encode("gb18030")
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
    if content.count(0) > len(content) * _ZERO_BYTES:
        return None
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:  # halves of surrogate pairs, as some programs write them: pairs are joined, the rest is lost
        halves = content.decode("utf-8", errors="surrogatepass").encode("utf-16-le", errors="surrogatepass")
    except UnicodeDecodeError:
        return None
    return halves.decode("utf-16-le", errors="replace"), "utf-8"


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

    return [codecs.lookup(match.encoding).name for match in from_bytes(content[:_SAMPLE])][:3]


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
        text = _in_step(content) if encoding == "gb18030" else content.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        if lost > max(_FEW, _MAY_BE_LOST * len(text)):
            continue
        share = everyday_share(text.replace("\ufffd", ""))
        if share >= _GOOD and (best is None or share > best[0]):
            best = (share, text, encoding)
    return None if best is None else (best[1], best[2])


def _in_step(content: bytes) -> str:
    """GBK with broken bytes, read so that one bad byte does not put the rest of its line out of step.

    A stretch of two-byte characters with one byte too many is read with U+FFFD in the place of the
    byte whose absence makes the rest most like everyday print.
    """

    def mend(match: re.Match[bytes]) -> bytes:
        stretch = match[0]
        if len(stretch) % 2 == 0:
            return stretch
        halves = ((stretch[:at], stretch[at + 1 :]) for at in range(0, len(stretch), 2))
        before, after = max(halves, key=lambda pair: everyday_share((pair[0] + pair[1]).decode("gbk", "replace")))
        return before + _LOST + after

    return _HIGH_BYTES.sub(mend, content).decode("gb18030", errors="replace")


def everyday_share(text: str) -> float:
    """How much of a text is characters that everyday Chinese or English print uses, from 0 to 1."""
    sample = text if len(text) <= _CHARACTERS else text[: _CHARACTERS // 2] + text[-_CHARACTERS // 2 :]
    return sum(map(_everyday, to_simplified(sample))) / max(1, len(sample))


@lru_cache(maxsize=20_000)
def _everyday(char: str) -> float:
    if _EVERYDAY.match(char) or (_HAN.match(char) and is_common(char)):
        return 1.0
    return _RARE if _HAN.match(char) and is_simplified_print(char) else 0.0
