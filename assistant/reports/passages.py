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
from assistant.reports.plan_or_actual import (
    Section,
    section_by_content,
    section_of,
    section_of_paragraph,
    tell,
    turns_to_plan,
)

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
_INLINE = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、．.]|\d{1,2}[、．.](?!\d))\s*[^。！？；：:]{2,40}[。：:]"
)
# A heading that lost its line end: "二、2014年工作安排今年，是 …".
_MERGED = re.compile(
    r"^[一二三四五六七八九]、[^，。；！？]{2,24}?(?:回顾|安排|总结|任务|部署|要求|目标|重点|建设|打算|成效|成绩)(?=[\u4e00-\u9fff\d])"
)
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;，,、：:…][”’）)》]*$")
_SALUTATION = re.compile(r"^(?:各位|同志们|尊敬的|女士们|先生们).{0,20}[：:！!，,]?$")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")
# Lines with date, congress and speaker stand like headings but head nothing.
_SPEAKER = re.compile(
    r"^[（(—\-\s]*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月|"
    r".{0,14}(?:市长|州长|县长|区长|盟长|专员|主席|主任)[\s　]*[\u4e00-\u9fff·\s]{2,12}$)"
)
_HAS_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_PLAIN_LONGEST = 30
_PLAIN_LEVEL = 2
_OPENING_LONGEST = 1000
_TURN_AFTER = 0.15  # no report turns to its plan earlier than this


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
    whole: bool = False  # never joined with its neighbours (table row, byline, title)
    told: bool = True  # whether its sentences may tell of results or intentions


def split(repaired: RepairedText, profile: Profile) -> tuple[Passage, ...]:
    """The passages of a report, in reading order; none overlap.

    Every character that is not white space belongs to a passage, to a heading line (see
    `find_headings`), to the front matter or to a page remain other than a byline.
    """
    blocks = list(_blocks(repaired, _title_span(profile)))
    kinds = _sentences(repaired.text, blocks, profile)
    passages: list[Passage] = []
    waiting: list[Sentence] = []
    path: tuple[str, ...] = ()
    told = True

    def flush() -> None:
        if waiting:
            passages.append(Passage(Span(waiting[0].span.start, waiting[-1].span.end), path, tuple(waiting)))
            waiting.clear()

    for block, sentences in zip(blocks, kinds, strict=True):
        if not sentences:
            continue
        if block.whole or block.headings != path or block.told != told:
            flush()
            path, told = block.headings, block.told
        for chunk in _chunks(sentences):
            length = waiting[-1].span.end - waiting[0].span.start if waiting else 0
            if waiting and (length >= _SHORTEST or length + _length(chunk) > _LONGEST):
                flush()
            waiting.extend(chunk)
        if block.whole:
            flush()
    flush()
    return tuple(passages)


def find_front_matter(text: str) -> Span | None:
    """The block between `---` lines at the top of a Markdown file (title, source, date)."""
    match = _FRONT_MATTER.match(text)
    return Span(match.start(), match.end()) if match else None


def find_headings(repaired: RepairedText) -> tuple[Heading, ...]:
    """The lines of a report that are headings, in reading order."""
    lines = _lines(repaired)
    found = [
        heading
        for at, line in enumerate(lines)
        if (heading := _heading(repaired.text, line, lines[at + 1] if at + 1 < len(lines) else None)) is not None
    ]
    return tuple(found)


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
    front = find_front_matter(text)
    touching = False  # whether the line before was a heading
    bylines = [remain.span for remain in repaired.remains if remain.kind == "byline"]
    table_header: str | None = None
    for line in lines:
        while bylines and bylines[0].start < line.start:
            yield _Block(bylines.pop(0), (BYLINE,), whole=True, told=False)
        if front is not None and front.contains(line):
            continue
        if (title is not None and line.overlaps(title)) or line.end <= opening:
            yield _Block(line, (), whole=bool(title and line.overlaps(title)), told=False)
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
        yield _Block(span, (BYLINE,), whole=True, told=False)


def _opening_end(text: str) -> int:
    """Where the address to the delegates ends; what stands above it is date, place and speaker, no heading."""
    front = find_front_matter(text)
    start = front.end if front else 0
    for match in re.finditer(r"[^\n]+", text[: start + _OPENING_LONGEST]):
        plain = _plain(match.group())
        if match.start() < start:
            continue
        if _SALUTATION.match(plain):
            return match.end()
        if re.match(r"各位(?:代表|委员|同志)", plain):  # the address and the first paragraph in one line
            return match.start()
        if len(plain) > _SHORTEST or _NUMBERED[1][1].match(plain):
            break
    return start


def _push(stack: list[Heading], heading: Heading, *, joined: bool = False) -> None:
    """Puts a heading on the path.

    Of two plain lines that touch, the second ends the first; a plain line above "一、" stands above it
    ("2023年工作回顾 > 一、…").
    """
    top = stack[-1] if stack else None
    if top is not None and top.level == heading.level == _PLAIN_LEVEL:
        if heading.text.startswith("一、") and not _level_of(top.text):
            stack[:] = [Heading(top.span, top.text, 1)]
        elif joined and not _level_of(top.text) and not _level_of(heading.text):
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
    if len(plain) > 60 or not _HAS_WORDS.search(plain) or _SALUTATION.match(plain) or _SPEAKER.match(plain):
        return None
    if _TABLE_ROW.match(written):
        return None
    for level, pattern in _NUMBERED:
        if pattern.match(plain) and not re.search(r"[。！？；]", plain[:-1]) and not plain.endswith(("；", "，")):
            return Heading(line, plain.rstrip("。：:"), level)
    if bold and not _ENDS_SENTENCE.search(plain):
        return Heading(line, plain, 2)
    alone = following is None or text[line.end : following.start].strip()  # page remains between: a caption
    if len(plain) <= _PLAIN_LONGEST and not _ENDS_SENTENCE.search(plain) and not alone:
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
    """The sentences of each block, told as result or intention."""
    told: list[tuple[Sentence, ...]] = []
    spans = [
        [block.span] if block.whole else split_sentences(block.span.of(text), block.span.start) for block in blocks
    ]
    last = max((at for at, block in enumerate(blocks) if not block.whole), default=-1)
    turn: Section | None = None  # a turn to the plan inside a part holds to the end of the part
    sections = _sections(text, blocks, spans, profile)
    # Where a later heading opens the plan, a sentence alone does not.
    planned = max((at for at, section in enumerate(sections) if section.kind == "target" and section.clear), default=-1)
    for at, (block, section) in enumerate(zip(blocks, sections, strict=True)):
        if at and blocks[at - 1].headings[:1] != block.headings[:1]:
            turn = None
        sentences: list[Sentence] = []
        paragraph = section_of_paragraph(spans[at][0].of(text), profile) if spans[at] and not section.clear else None
        for span in spans[at]:
            written = span.of(text)
            may_turn = turn is None and section.kind == "achieved" and at > max(planned, len(blocks) * _TURN_AFTER)
            if may_turn and block.told and not block.whole:
                cue = turns_to_plan(written, profile)
                turn = Section("target", cue) if cue else None
            if not block.told:
                sentences.append(Sentence(span, "unknown"))
                continue
            kind, cue = tell(written, block.headings, profile, section=turn or paragraph or section, closing=at == last)
            sentences.append(Sentence(span, kind, cue))
        told.append(tuple(sentences))
    return told


def _sections(text: str, blocks: list[_Block], spans: list[list[Span]], profile: Profile) -> list[Section]:
    """For each block whether its part reviews or plans: by its headings, else by what the part says."""
    sections: list[Section] = []
    before: Section | None = None
    part: Section | None = None
    for at, block in enumerate(blocks):
        if not block.told or not block.headings:
            sections.append(Section())
            continue
        if not sections or not at or blocks[at - 1].headings[:1] != block.headings[:1]:
            part = section_of(block.headings[:1], profile)
            if part is None:
                written = [span.of(text) for span in _of_part(blocks, spans, at)]
                part = section_by_content(block.headings[0], written, profile, before)
            before = part if part is not None and part.kind != "unknown" else before
        sections.append(part or section_of(block.headings[1:], profile) or Section())
    return sections


def _of_part(blocks: list[_Block], spans: list[list[Span]], start: int) -> Iterator[Span]:
    """The sentences from a block to the end of its part."""
    for at in range(start, len(blocks)):
        if blocks[at].headings[:1] != blocks[start].headings[:1]:
            return
        yield from spans[at]


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
