"""Places where the print no longer shows what was written.

Found, marked and never filled in: what a byte slip swallowed, a replacement that failed, masked
digits, a sentence cut off, characters that could not be decoded. A damaged stretch reaches over
the digits that touch it, because their number is no longer known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.language.script import HAN, is_common, to_simplified
from assistant.models import Span
from assistant.reports.broken_numbers import broken_numbers
from assistant.reports.lines import Line, is_table_or_mark, lines_of
from assistant.reports.signs import HAN_CHAR, ends_sentence, is_numbered
from assistant.reports.stretches import Stretches

Kind = Literal["swallowed", "failed_replacement", "masked", "cut_off", "undecodable"]

_DIGITS_BEFORE = re.compile(r"[0-9][0-9.,]*$")
_DIGITS_AFTER = re.compile(r"[0-9.,]*[0-9]")
_SYLLABLE_REST = re.compile(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
_SLIPPED = re.compile(rf"([{HAN}！!，,、；;：:“”《》（）()]{{1,12}}?)([?@A-Z\[\\\]^`a-z{{|}}~])")
_ASKING = re.compile(
    "什么|怎[么样]|如何|为何|何[时处以谓]|几[个时多]|多少|哪|谁|吗|呢|么$|能否|是否|可否|难道|岂|何尝|何在|何方|为啥|咋|"
    r"([\u4e00-\u9fff])[不没]\1|有没有|吧$"
)
_BREAKS_OFF = re.compile(
    "。[^。]*[，、]$|。[^。！？；]*，[^。！？；]*$|[，、]$|。(?!附|记者|—|-)[^。！？；，、：（）“”《》 ]{2,12}$"
)
_NO_SENTENCE = re.compile(
    "[。！？!?][—）（(-][^。！？]*$|(?:以下|如下|下列)[^。！？，]*$|(?:^|[。！])(?:附件?|注)[0-9：: ]*$"
)
_CUT_NUMBER = re.compile(r"，[^，。]*[\u4e00-\u9fff][0-9.]+$")  # at the end of the file
_LONG_CLAUSE = 40
_SENTENCE_START = re.compile(r"[。！!？?；;\n]")
_QUESTION_MARK = re.compile("[?]|(?<=[0-9])？|？(?=[0-9])")
_WIDE = str.maketrans(",!?:;()", "，！？：；（）")

_FAILED = re.compile(
    r"(?:\$[1-9](?:[.,]?\$[1-9])+|\$[1-9](?=[%％‰倍亿])|\$\{\w+\}|\{\{\s*\w+\s*\}\}|\{[0-9]\}|%[sd](?![a-z])|"
    r"#(?:REF!|VALUE!|DIV/0!|N/A|NAME\?|NUM!|NULL!)|(?<![A-Za-z])(?:NaN|undefined|null)(?![A-Za-z]))"
)
_BOXES = re.compile(rf"(?<=[{HAN}0-9，、；。])[□■\ue000-\uf8ff]+(?=[{HAN}0-9])")
_UNDECODABLE = re.compile("(?:[\ufffd\ud800-\udfff]|锟斤拷|锟斤|锘|烫烫烫|屯屯屯)+")


def find_losses(text: str, others: Sequence[Span] = ()) -> list[tuple[Kind, Span]]:
    """All damaged stretches in order; stretches that overlap are given once, the earlier kind wins.

    `others` are the page remains: what stands there cannot be a sentence that breaks off.
    """
    found: list[tuple[Kind, Span]] = []
    found += [("undecodable", _with_digits(text, m.start(), m.end())) for m in _UNDECODABLE.finditer(text)]
    found += [("failed_replacement", _with_digits(text, m.start(), m.end())) for m in _FAILED.finditer(text)]
    found += [("swallowed", span) for span in swallowed(text)]
    found += [("swallowed", _with_digits(text, m.start(), m.end())) for m in _BOXES.finditer(text)]
    found += [(kind, _with_digits(text, span.start, span.end)) for kind, span in broken_numbers(text)]
    found += [("cut_off", span) for span in _cut_off(text, others)]
    found.sort(key=lambda loss: loss[1])
    kept: list[tuple[Kind, Span]] = []
    for kind, span in found:
        if kept and kept[-1][1].overlaps(span):
            first_kind, first = kept[-1]
            kept[-1] = (first_kind, Span(first.start, max(first.end, span.end)))
        else:
            kept.append((kind, span))
    return kept


def swallowed(text: str) -> list[Span]:
    """Stretches where a `?` stands for bytes that were lost, with the garbled characters behind it.

    A `?` that ends a real question, stands in English or in an address is none; a full-width one only stands for
    bytes where a digit touches it.
    """
    spans: list[Span] = []
    done = 0
    for match in _QUESTION_MARK.finditer(text):
        at = match.start()
        if at >= done and (_stands_for_bytes(text, at) if match[0] == "?" else not _asks(text, at)):
            spans.append(_with_digits(text, at, _end_of_slip(text, at)))
            done = spans[-1].end
    return spans


def _stands_for_bytes(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if _SYLLABLE_REST.match(text, at + 1):
        return True
    if before.isascii() and before.isalpha() and not (HAN_CHAR.match(after) or after in "，。、；：）”"):
        return False
    if "=" in text[at + 1 : at + 20] and after.isascii() and after.isalpha():
        return False
    if not (HAN_CHAR.search(text[max(0, at - 12) : at]) or HAN_CHAR.match(after)):
        return before.isdigit() or after.isdigit()
    return not _asks(text, at)


def _asks(text: str, at: int) -> bool:
    """Whether the sentence that ends with the mark holds a word that asks."""
    start = 0
    for match in _SENTENCE_START.finditer(text, max(0, at - 80), at):
        start = match.end()
    return bool(_ASKING.search(text[max(start, at - 80) : at].rstrip("”’》）) ")))


def _end_of_slip(text: str, at: int) -> int:
    """Where the damage ends: past the rest of a syllable and characters that are one byte off."""
    end = at + 1
    rest = _SYLLABLE_REST.match(text, end)
    if rest:
        end = rest.end()
    slipped = _SLIPPED.match(text, end)
    if slipped and _one_byte_off(slipped[1], slipped[2]):
        return slipped.end()
    if rest and text[end : end + 1] == "?":
        return end + 1
    if HAN_CHAR.match(text, end) and not is_common(text[end]) and not rest:
        return end + 1
    return end


def _one_byte_off(garbled: str, last: str) -> bool:
    """Whether the characters, read one byte later in GBK, are everyday characters.

    GBK writes two bytes a character; where one byte is lost, the second half of each character
    is read with the first half of the next until an ASCII character sets things right.
    """
    try:
        code = garbled.translate(_WIDE).encode("gbk")[1:]
    except UnicodeEncodeError:
        return False
    if last != "?":
        code += last.encode("ascii")
    else:
        code = code[:-1]
    try:
        read = code.decode("gbk")
    except UnicodeDecodeError:
        return False
    if not read:
        return not HAN_CHAR.search(garbled)
    rare_before = sum(not is_common(char) for char in garbled)
    rare_after = sum(not _plausible(char) for char in read)
    return rare_after == 0 or rare_after < rare_before


def _plausible(char: str) -> bool:
    return is_common(to_simplified(char)) or char in "，。、；：！？“”《》（）·０１２３４５６７８９．％"


def _with_digits(text: str, start: int, end: int) -> Span:
    """The stretch with the digits that touch it on either side."""
    while True:
        before = _DIGITS_BEFORE.search(text, max(0, start - 24), start)
        after = _DIGITS_AFTER.match(text, end)
        if not before and not after:
            return Span(start, end)
        start = before.start() if before else start
        end = after.end() if after else end


def _cut_off(text: str, others: Sequence[Span]) -> Iterator[Span]:
    """The last words of sentences that break off, from their last clause mark to the line's end.

    A paragraph with whole sentences in it, or with clauses and no heading number, whose last
    sentence has no end and is not taken up by the next line.
    """
    left_out = Stretches(others)
    lines = [line for line in lines_of(text) if not left_out.touching(Span(line.start, line.end))]
    for index, line in enumerate(lines):
        last = index == len(lines) - 1
        words = line.text.rstrip()
        if is_table_or_mark(words) or ends_sentence(words) or words[-1] in "：:" or _NO_SENTENCE.search(words):
            continue
        if _BREAKS_OFF.search(words) or (last and (_is_long_clause(line) or _CUT_NUMBER.search(words))):
            mark = max(words.rfind(char) for char in "，、。；！？,;")
            yield Span(line.start + mark + 1, line.start + len(words)) if mark + 1 < len(words) else _last_clause(line)


def _last_clause(line: Line) -> Span:
    words = line.text.rstrip()
    mark = max(words.rfind(char, 0, len(words) - 1) for char in "，、。；！？,;")
    return Span(line.start + mark + 1, line.start + len(words))


def _is_long_clause(line: Line) -> bool:
    return len(line.text) > _LONG_CLAUSE and "，" in line.text and not is_numbered(line.text)
