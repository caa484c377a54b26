"""Cuts the text of an answer into what is checked one by one: sentences, table cells, and claims that end in marks.

Only cuts: nothing is judged here. Words of a report that stand in an answer exactly are known before cutting, so that
their own punctuation and quotation marks cut nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.marks import MARK
from assistant.models import Citation, Span

HELD = "\ue000"  # stands for each character of words that were found in a report
_PLAIN = 12  # characters from which words of a citation are known also without quotation marks
_END = re.compile(r"(?:[。！？!?；;]+|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+[A-Z“\"]|\s*$))[”’）)\"]*(?:\s*\[\d{1,3}\])*")
_RUN = re.compile(r"(?:\s*\[\d{1,3}\])+")
_QUOTE_SIGNS = {"“": "”", "「": "」", "『": "』"}
_LONGEST_QUOTE = 400
_BARE_FIGURE = re.compile(
    r"\s*\*{0,2}[约近超逾]?[\d,.]+[十百千万亿余多]*[\u4e00-\u9fff%％]{0,3}\*{0,2}[。.]\s*"
)  # 76.05%。甲市……
_RULE_LINE = re.compile(r"\|[\s:|-]+\|?$")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks (`span` without them); `n` is their citation where they are its exact words."""

    span: Span
    n: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a statement and the marks that close it; `marks` is empty for what follows the last mark."""

    span: Span
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a table cell: its span in the answer, its claims, and the city of its column."""

    span: Span
    line: int
    claims: tuple[Claim, ...]
    column: str | None = None
    note: bool = False  # a line that stands apart: > ...

    @property
    def marks(self) -> tuple[int, ...]:
        return tuple(n for claim in self.claims for n in claim.marks)


def find_quotes(text: str, citations: Sequence[Citation]) -> list[Quote]:
    """The exact words of citations, then what else stands in quotation marks, none overlapping."""
    found: list[Quote] = []
    masked = text
    for item in sorted(citations, key=lambda one: -len(one.quote)):
        for words in dict.fromkeys((item.quote, item.quote.replace("|", "/").replace("\n", " "))):
            at = masked.find(words) if words.strip() else -1
            while at >= 0:
                span = Span(at, at + len(words))
                if _stands_alone(masked, span):
                    found.append(Quote(span, item.n))
                    masked = hold(masked, [span])
                at = masked.find(words, span.end)
    found += [Quote(span, None) for span in _signed(masked)]
    return sorted(found, key=lambda quote: quote.span)


def _stands_alone(text: str, span: Span) -> bool:
    """Whether the words are quoted, make a line of their own, or are too long to be met by chance."""
    before, after = text[: span.start].rstrip(" "), text[span.end :].lstrip(" ")
    quoted = before[-1:] in _QUOTE_SIGNS and after[:1] in _QUOTE_SIGNS.values()
    return quoted or len(span) >= _PLAIN or (before.endswith(">") and after.startswith("["))


def _signed(text: str) -> Iterator[Span]:
    """The insides of the outermost pairs of quotation marks of each line that hold nothing known yet."""
    at = 0
    while at < len(text):
        closing = _QUOTE_SIGNS.get(text[at])
        end = _closing(text, at, closing) if closing else None
        if end is None:
            at += 1
            continue
        if HELD not in text[at:end] and end > at + 1:
            yield Span(at + 1, end)
            at = end
        at += 1


def _closing(text: str, at: int, closing: str) -> int | None:
    depth = 0
    for index in range(at, min(len(text), at + _LONGEST_QUOTE)):
        if text[index] == text[at]:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth == 0:
                return index
        elif text[index] == "\n":
            return None
    return None


def hold(text: str, spans: Sequence[Span]) -> str:
    """`text` with the characters of the spans replaced, equally long."""
    for span in spans:
        text = text[: span.start] + HELD * len(span) + text[span.end :]
    return text


def statements(masked: str) -> list[Statement]:
    """The statements of an answer whose known words are held, in reading order."""
    found: list[Statement] = []
    head: list[str] = []
    at = 0
    for number, line in enumerate(masked.split("\n")):
        if line.startswith("|"):
            if not _RULE_LINE.fullmatch(line):
                cells = list(_cells(line, at))
                found += [] if not head else _of_row(masked, cells, head, number)
                head = head or [span.of(masked).strip() for span in cells]
        else:
            head = []
            note = line.startswith(">")
            found += [
                Statement(span, number, _claims(masked, span), note=note) for span in _sentences(masked, at, line)
            ]
        at += len(line) + 1
    return found


def _cells(line: str, at: int) -> Iterator[Span]:
    edges = [match.start() for match in re.finditer(r"\|", line)]
    for start, end in zip(edges, [*edges[1:], len(line)], strict=True):
        if line[start + 1 : end].strip() or end != len(line):
            yield Span(at + start + 1, at + end)


def _of_row(masked: str, cells: Sequence[Span], head: Sequence[str], number: int) -> list[Statement]:
    """The cells of a table row behind its label, each with the name over its column."""
    return [
        Statement(span, number, _claims(masked, span), column=head[index] if index < len(head) else None)
        for index, span in enumerate(cells)
        if index > 0 and span.of(masked).strip()
    ]


def _sentences(masked: str, at: int, line: str) -> Iterator[Span]:
    """The sentences of a line; a part without a mark of its own, or a bare figure, goes with what follows."""
    start = 0
    for match in [*_END.finditer(line), None]:
        end = match.end() if match else len(line)
        piece = line[start:end]
        open_ended = piece.rstrip()[-1:] in {"；", ";"} or (_BARE_FIGURE.fullmatch(piece) and end < len(line))
        if match and open_ended and not MARK.search(piece):
            continue
        if piece.strip():
            yield Span(at + start, at + end)
        start = end


def _claims(masked: str, span: Span) -> tuple[Claim, ...]:
    found, start = [], span.start
    for match in _RUN.finditer(masked, span.start, span.end):
        marks = tuple(int(one.group(1)) for one in MARK.finditer(match.group()))
        found.append(Claim(Span(start, match.start()), marks))
        start = match.end()
    if start < span.end:
        found.append(Claim(Span(start, span.end), ()))
    return tuple(found)
