"""Splits a report into passages that follow its headings and sentences.

A passage carries its heading path; a table row carries its header; the byline stands alone; other page
remains are left out. What a sentence tells (result or intention) is asked of `plan_or_actual`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language.sentences import cut_to_size, split_sentences
from assistant.models import Passage, Profile, RepairedText, Sentence, Span
from assistant.reports.headings import (
    TABLE_ROW,
    TABLE_RULE,
    Heading,
    find_front_matter,
    find_headings,
    inline_heading,
    lines_of,
    opening_end,
    push,
)
from assistant.reports.plan_or_actual import (
    Section,
    ends_review,
    section_by_content,
    section_of,
    section_of_paragraph,
    tell,
    turns_to_plan,
)

BYLINE = "署名"
_SHORTEST, _LONGEST = 150, 500
_TURN_AFTER = 0.15  # no report turns to its plan earlier than this


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
    blocks = list(_blocks(repaired, profile))
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


# --- blocks ---------------------------------------------------------------------------------


def _title_span(profile: Profile) -> Span | None:
    """Where the title stands, if it is a line of its own."""
    finding = profile.findings.get("title")
    return finding.span if finding is not None and finding.certainty != "guess" else None


def _blocks(repaired: RepairedText, profile: Profile) -> Iterator[_Block]:
    text, title = repaired.text, _title_span(profile)
    lines = lines_of(repaired)
    headings = {heading.span: heading for heading in find_headings(repaired)}
    stack: list[Heading] = []
    opening = opening_end(text)
    front = find_front_matter(text)
    lone = _title_heading(
        text, [one for one in headings.values() if front is None or one.span.start >= front.end], profile.title
    )
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
        if heading is not None and heading is lone:
            yield _Block(line, (), whole=True, told=False)
            continue
        if heading is not None:
            push(stack, heading, joined=touching)
            touching = True
            continue
        touching = False
        written = line.of(text)
        if TABLE_ROW.match(written):
            heads_table = table_header is None
            if table_header is None:
                table_header = " ｜ ".join(cell.strip() for cell in written.strip().strip("|").split("|"))
            path = (*(item.text for item in stack), table_header)
            is_row = not TABLE_RULE.match(written) and not heads_table
            yield _Block(line, path, whole=True, told=is_row)
            continue
        table_header = None
        inline = inline_heading(written, line)
        if inline is not None:
            push(stack, inline)
        yield _Block(line, tuple(item.text for item in stack))
    for span in bylines:
        yield _Block(span, (BYLINE,), whole=True, told=False)


def _title_heading(text: str, headings: Sequence[Heading], title: str) -> Heading | None:
    """The `# …` above all other headings of a Markdown file: a title, which opens neither review nor plan."""
    tops = [heading for heading in headings if heading.level == 1 and heading.span.of(text).startswith("#")]
    if not tops or len(headings) == 1 or headings[0] is not tops[0]:
        return None
    return tops[0] if len(tops) == 1 or re.sub(r"\W", "", tops[0].text) == re.sub(r"\W", "", title) else None


# --- sentences ------------------------------------------------------------------------------


def _sentences(text: str, blocks: list[_Block], profile: Profile) -> list[tuple[Sentence, ...]]:
    """The sentences of each block, told as result or intention."""
    told: list[tuple[Sentence, ...]] = []
    spans = [
        list(cut_to_size(text, block.span)) if block.whole else split_sentences(block.span.of(text), block.span.start)
        for block in blocks
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
        may_turn = section.kind == "achieved" and at > max(planned, len(blocks) * _TURN_AFTER)
        may_turn = may_turn and block.told and not block.whole
        for span in spans[at]:
            written = span.of(text)
            if may_turn and turn is None:
                cue = turns_to_plan(written, profile)
                turn = Section("target", cue) if cue else None
            if not block.told:
                sentences.append(Sentence(span, "unknown"))
                continue
            kind, cue = tell(written, block.headings, profile, section=turn or paragraph or section, closing=at == last)
            sentences.append(Sentence(span, kind, cue))
        if may_turn and turn is None and (cue := ends_review(block.span.of(text).rstrip())):
            turn = Section("target", cue)
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
