"""Splits a report into passages that follow its headings and sentences.

A passage carries its heading path; a table row carries its header; the byline stands alone; other page
remains are left out. What a sentence tells (result or intention) is asked of `plan_or_actual`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.sentences import split_sentences
from assistant.models import PageRemain, Passage, Profile, RepairedText, Sentence, Span
from assistant.reports.plan_or_actual import Section, section_of, tell, turns_to_plan

BYLINE = "署名"
_SHORTEST, _LONGEST = 150, 500

_NUMBERED = (
    (1, re.compile(r"^第[一二三四五六七八九十]+(?:部分|章|编|篇)[\s、：:]?")),
    (2, re.compile(r"^[一二三四五六七八九十]{1,3}[、．.，]\s*")),
    (3, re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）]\s*")),
    (4, re.compile(r"^\d{1,2}[、．.](?!\d)\s*")),
    (5, re.compile(r"^[（(]?\d{1,2}[)）]\s*")),
)
_MARKDOWN = re.compile(r"^(#{1,6})\s*(.+?)\s*#*$")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)\s*$")
_BOLD_LEAD = re.compile(r"^\s*(?:\*\*|__)(?P<text>[^*_]{2,60}?)[。：:.]?(?:\*\*|__)")
_INLINE = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、．.]|\d{1,2}[、．.](?!\d))\s*[^。！？；：:]{2,40}[。：:]")
# A heading that lost its line end: "二、2014年工作安排今年，是 …".
_MERGED = re.compile(r"^[一二三四五六七八九]、[^，。；！？]{2,24}?(?:回顾|安排|总结|任务|部署|要求|目标|重点|建设|打算|成效|成绩)(?=[\u4e00-\u9fff\d])")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;，,、：:…][”’）)》]*$")
_SALUTATION = re.compile(r"^(?:各位|同志们|尊敬的|女士们|先生们).{0,20}[：:！!，,]?$")
_HAS_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_PLAIN_LONGEST = 30
_PLAIN_LEVEL = 2
_OPENING_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows; a lower level stands higher."""

    span: Span
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or table row under its headings."""

    span: Span
    headings: tuple[str, ...]
    whole: bool = False  # never joined with its neighbours (table row, byline)


def split(repaired: RepairedText, profile: Profile) -> tuple[Passage, ...]:
    """The passages of a report, in reading order; none overlap.

    Every character that is not white space belongs to a passage, to a heading line (see
    `find_headings`) or to a page remain other than a byline.
    """
    blocks = list(_blocks(repaired, _title_span(profile)))
    kinds = _sentences(repaired.text, blocks, profile)
    passages: list[Passage] = []
    waiting: list[Sentence] = []
    path: tuple[str, ...] = ()

    def flush() -> None:
        if waiting:
            passages.append(Passage(Span(waiting[0].span.start, waiting[-1].span.end), path, tuple(waiting)))
            waiting.clear()

    for block, sentences in zip(blocks, kinds, strict=True):
        if not sentences:
            continue
        if block.whole or block.headings != path:
            flush()
            path = block.headings
        for chunk in _chunks(sentences):
            length = waiting[-1].span.end - waiting[0].span.start if waiting else 0
            if waiting and (length >= _SHORTEST or length + _length(chunk) > _LONGEST):
                flush()
            waiting.extend(chunk)
        if block.whole:
            flush()
    flush()
    return tuple(passages)


def find_headings(repaired: RepairedText) -> tuple[Heading, ...]:
    """The lines of a report that are headings, in reading order."""
    lines = _lines(repaired)
    return tuple(
        heading
        for at, line in enumerate(lines)
        if (heading := _heading(repaired.text, line, lines[at + 1] if at + 1 < len(lines) else None)) is not None
    )


# --- blocks ---------------------------------------------------------------------------------


def _lines(repaired: RepairedText) -> list[Span]:
    """The lines that are not page remains, trimmed; a remain inside a line cuts it."""
    lines: list[Span] = []
    for match in re.finditer(r"[^\n]+", repaired.text):
        for piece in _without(Span(*match.span()), repaired.remains):
            text = piece.of(repaired.text)
            stripped = text.strip()
            if stripped:
                start = piece.start + text.index(stripped)
                lines.append(Span(start, start + len(stripped)))
    return lines


def _without(span: Span, remains: tuple[PageRemain, ...]) -> Iterator[Span]:
    start = span.start
    for remain in sorted(remains, key=lambda item: item.span):
        if remain.span.overlaps(span):
            if remain.span.start > start:
                yield Span(start, remain.span.start)
            start = max(start, remain.span.end)
    if start < span.end:
        yield Span(start, span.end)


def _title_span(profile: Profile) -> Span | None:
    """Where the title stands, if it is a line of its own."""
    finding = profile.findings.get("title")
    return finding.span if finding is not None and finding.certainty != "guess" else None


def _blocks(repaired: RepairedText, title: Span | None) -> Iterator[_Block]:
    text = repaired.text
    lines = _lines(repaired)
    headings = {heading.span: heading for heading in find_headings(repaired)}
    stack: list[Heading] = []
    opening = _opening_end(text)
    touching = False  # whether the line before was a heading
    bylines = [remain.span for remain in repaired.remains if remain.kind == "byline"]
    table_header: str | None = None
    for line in lines:
        while bylines and bylines[0].start < line.start:
            yield _Block(bylines.pop(0), (BYLINE,), whole=True)
        if (title is not None and line.overlaps(title)) or line.end <= opening:
            yield _Block(line, (), whole=True)
            continue
        heading = headings.get(line)
        if heading is not None:
            _push(stack, heading, joined=touching)
            touching = True
            continue
        touching = False
        written = line.of(text)
        if _TABLE_ROW.match(written):
            if table_header is None:
                table_header = " ｜ ".join(cell.strip() for cell in written.strip().strip("|").split("|"))
            path = (*(item.text for item in stack), table_header)
            yield _Block(line, path, whole=True)
            continue
        table_header = None
        inline = _inline_heading(written, line)
        if inline is not None:
            _push(stack, inline)
        yield _Block(line, tuple(item.text for item in stack))
    for span in bylines:
        yield _Block(span, (BYLINE,), whole=True)


def _opening_end(text: str) -> int:
    """Where the address to the delegates ends; what stands above it is date, place and speaker, no heading."""
    for match in re.finditer(r"[^\n]+", text[:_OPENING_LONGEST]):
        if _SALUTATION.match(_plain(match.group())):
            return match.end()
        if len(match.group()) > 2 * _SHORTEST // 3 or _NUMBERED[1][1].match(_plain(match.group())):
            break
    return 0


def _push(stack: list[Heading], heading: Heading, *, joined: bool = False) -> None:
    """Puts a heading on the path; of two that touch, the second ends the first if it has its level."""
    if joined and stack and stack[-1].level == heading.level == _PLAIN_LEVEL:
        heading = Heading(heading.span, f"{stack.pop().text} {heading.text}", heading.level)
    while stack and stack[-1].level >= heading.level:
        stack.pop()
    stack.append(heading)


def _heading(text: str, line: Span, following: Span | None) -> Heading | None:
    written = line.of(text)
    markdown = _MARKDOWN.match(written)
    if markdown:
        return Heading(line, _plain(markdown[2]), 1 if len(markdown[1]) == 1 else len(markdown[1]))
    bold = _BOLD_LINE.match(written)
    plain = _plain(written)
    if len(plain) > 60 or not _HAS_WORDS.search(plain) or _SALUTATION.match(plain) or _TABLE_ROW.match(written):
        return None
    for level, pattern in _NUMBERED:
        if pattern.match(plain) and not re.search(r"[。！？；]", plain[:-1]) and not plain.endswith(("；", "，")):
            return Heading(line, plain.rstrip("。：:"), level)
    if bold and not _ENDS_SENTENCE.search(plain):
        return Heading(line, plain, 2)
    if len(plain) <= _PLAIN_LONGEST and not _ENDS_SENTENCE.search(plain) and following is not None:
        return Heading(line, plain, _PLAIN_LEVEL)
    return None


def _inline_heading(written: str, line: Span) -> Heading | None:
    """The numbered or bold first words of a paragraph ("（一）经济稳中向好。全市 …"), kept in the text as well."""
    bold = _BOLD_LEAD.match(written)
    plain = _plain(bold["text"] if bold else written)
    numbered = _level_of(plain)
    if bold and len(written) > bold.end() + 10:
        return Heading(line, plain, numbered or 4)
    match = _INLINE.match(plain) or _MERGED.match(plain)
    if match and numbered:
        return Heading(line, match.group().rstrip("。：:"), numbered)
    return None


def _level_of(plain: str) -> int | None:
    return next((level for level, pattern in _NUMBERED if pattern.match(plain)), None)


def _plain(written: str) -> str:
    return re.sub(r"\*\*|__|^#+\s*", "", written).strip()


# --- sentences ------------------------------------------------------------------------------


def _sentences(text: str, blocks: list[_Block], profile: Profile) -> list[tuple[Sentence, ...]]:
    """The sentences of each block, told as result or intention; a turn to the plan holds to the end."""
    told: list[tuple[Sentence, ...]] = []
    section = Section()
    told_by_heading = Section()
    body = [at for at, block in enumerate(blocks) if not block.whole]
    for at, block in enumerate(blocks):
        by_heading = section_of(block.headings, profile, told_by_heading)
        if by_heading != told_by_heading:  # a turn inside a part holds until a heading says otherwise
            section = told_by_heading = by_heading
        closing = bool(body) and at >= body[-1]
        sentences: list[Sentence] = []
        spans = [block.span] if block.whole else split_sentences(block.span.of(text), block.span.start)
        for span in spans:
            written = span.of(text)
            turn = turns_to_plan(written, profile) if section.kind != "target" and not block.whole else None
            if turn and at > len(blocks) * 0.2:
                section = Section("target", turn)
            kind, cue = ("unknown", None) if block.whole and block.headings[:1] in ((), (BYLINE,)) else tell(
                written, block.headings, profile, section=section, closing=closing
            )
            sentences.append(Sentence(span, kind, cue))
        told.append(tuple(sentences))
    return told


def _chunks(sentences: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    """A paragraph as one piece, or cut at sentences into pieces of about equal length."""
    total = _length(sentences)
    if total <= _LONGEST:
        yield sentences
        return
    goal = total / -(-total // _LONGEST)
    piece: list[Sentence] = []
    for sentence in sentences:
        grown = sentence.span.end - piece[0].span.start if piece else 0
        if piece and (grown > _LONGEST or _length(tuple(piece)) >= goal):
            yield tuple(piece)
            piece = []
        piece.append(sentence)
    if piece:
        yield tuple(piece)


def _length(sentences: tuple[Sentence, ...]) -> int:
    return sentences[-1].span.end - sentences[0].span.start if sentences else 0
