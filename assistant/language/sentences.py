"""Cuts text into sentences, clause groups and clauses, each as a span.

Chinese and ASCII punctuation count alike; nothing is cut inside a number (1,019 or 3.5), nor inside
a short pair of quotes or brackets. What a sentence says is no business of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.models import Span

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "「": "」",
    "『": "』",
    "【": "】",
    "[": "]",
    "〔": "〕",
}
_OPENERS = {close: opener for opener, close in _PAIRS.items()}
# A longer quotation is cut at its sentences: kept whole it would be no unit to answer with.
_LONGEST_PAIR = 160
_OPEN_AT_ONCE = 200  # openers that a closer is looked for among; a text of brackets alone must not take for ever
_LONGEST = 1200
"""Characters of a sentence; the longest of 551,000 in real reports has 1,035. What is longer is no sentence but a list
without an end, signs in a row or data, and is cut so that reading it takes time in proportion to its length."""
_BREAKS = tuple(re.compile(f"[{marks}]\\s*") for marks in ("；;", "，,、", "\\s"))

_END = re.compile(
    r"[。！!？]+|…{1,2}|\.{3,}|\?(?![\w?,，、；;])|(?<=[A-Za-z%)\d])\.(?=\s+[A-Z“\"(]|\s*$)", re.MULTILINE
)
_GROUP_END = re.compile(r"[；;。！？!]+")
_CLAUSE_END = re.compile(r"[，；;。！？!]+|,+(?!\d{3}(?!\d))|(?<!\d),+(?=\d)")
_TRAILING = re.compile(r"[”’）)》」』】\]〕*]*")
_LINE = re.compile(r"[^\n\r\u2028\u2029\f\v]+")


def split_sentences(text: str, start: int = 0) -> list[Span]:
    """The sentences of `text`, trimmed of outer white space; `start` is added to every offset.

    A sentence ends with 。！？…, their ASCII forms, or its line. A question mark that a character,
    digit or comma follows at once is a swallowed character, not an end.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        cuts = (end for end in _cuts(text, line.start(), line.end(), _END))
        for piece in _pieces(text, line.start(), line.end(), cuts):
            spans.extend(cut_to_size(text, piece))
    return [Span(span.start + start, span.end + start) for span in spans]


def cut_to_size(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or pieces of it where it is too long for a sentence: cut at a mark, else at a blank, else anywhere."""
    while len(span) > _LONGEST:
        half, most = span.start + _LONGEST // 2, span.start + _LONGEST
        marks = ([found.end() for found in breaks.finditer(text, half, most)] for breaks in _BREAKS)
        cut = next((ends[-1] for ends in marks if ends), most)
        piece = _trim(text, Span(span.start, cut))
        if piece is not None:
            yield piece
        rest = _trim(text, Span(cut, span.end))
        if rest is None:
            return
        span = rest
    yield span


def split_groups(text: str, span: Span) -> list[Span]:
    """The clause groups of a sentence: what stands between its semicolons, without them."""
    return _between(text, span, _GROUP_END)


def split_clauses(text: str, span: Span) -> list[Span]:
    """The clauses of a sentence: what stands between its commas and semicolons, without them."""
    return _between(text, span, _CLAUSE_END)


def _between(text: str, span: Span, ends: re.Pattern[str]) -> list[Span]:
    guarded = _guarded(text, span.start, span.end)
    pieces: list[Span] = []
    start = span.start
    for match in ends.finditer(text, span.start, span.end):
        if guarded[match.start() - span.start]:
            continue
        pieces.append(Span(start, match.start()))
        start = match.end()
    pieces.append(Span(start, span.end))
    return [trimmed for piece in pieces if (trimmed := _trim(text, piece)) is not None]


def _cuts(text: str, start: int, end: int, ends: re.Pattern[str]) -> Iterator[int]:
    """Where the sentences of a line end, closing quotes included."""
    guarded = _guarded(text, start, end)
    for match in ends.finditer(text, start, end):
        if not guarded[match.start() - start]:
            trailing = _TRAILING.match(text, match.end(), end)
            yield trailing.end() if trailing else match.end()


def _pieces(text: str, start: int, end: int, cuts: Iterable[int]) -> Iterator[Span]:
    for cut in (*cuts, end):
        if cut > start:
            piece = _trim(text, Span(start, cut))
            if piece is not None:
                yield piece
            start = cut


def _guarded(text: str, start: int, end: int) -> bytearray:
    """For each character whether it is inside a short pair of quotes or brackets; an unpaired one guards nothing."""
    open_at: list[int] = []
    inside = bytearray(end - start)
    for at in range(start, end):
        char = text[at]
        if char in _PAIRS:
            open_at.append(at)
        elif char in _OPENERS:
            for back in range(len(open_at) - 1, max(-1, len(open_at) - 1 - _OPEN_AT_ONCE), -1):
                if text[open_at[back]] == _OPENERS[char]:
                    opened = open_at[back] + 1 - start
                    if at - start - opened < _LONGEST_PAIR:
                        inside[opened : at - start] = b"\x01" * (at - start - opened)
                    del open_at[back:]
                    break
    return inside


def _trim(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
