"""Pieces of the web page or newspaper page around a report: found and marked, never cut out.

Navigation, dates and read counts, by-lines, captions, advertising, comment lists, copyright and
jumps to other pages. By-lines tell who wrote a report; none of these pieces is part of its text.
What a line may look like is in `remain_patterns`; here is where in a page it may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.models import PageRemain, Span
from assistant.reports import remain_patterns as looks
from assistant.reports.lines import Line, is_table_or_mark, lines_of
from assistant.reports.signs import CLAUSE, ends_sentence, is_numbered, is_prose

_BYLINE_LENGTH = 60
_HEAD_CAPTIONS = 3  # caption-like lines before the text from which they are captions
_CAPTION_LENGTH = range(5, 71)
_STACKED_LENGTH = 12
_COMMENT_LENGTH = 100
_COMMENT_SHARE = 0.3  # of the text above; more than that may be the report itself
_NUMBERED_PART = re.compile("[#|]|[（(]?[一二三四五六七八九十]{1,3}[、）)]")


def find_remains(text: str) -> list[PageRemain]:
    """All page remains in order of place, none overlapping another."""
    lines = lines_of(text)
    found = [PageRemain("jump", Span(m.start(), m.end())) for m in looks.JUMP.finditer(text)]
    found += [PageRemain("dateline", Span(m.start(1), m.end(1))) for m in looks.DATELINE.finditer(text)]
    found += [PageRemain("comment", Span(m.start(), m.end())) for m in looks.MARKUP_COMMENT.finditer(text)]
    marked: set[int] = set()
    for index, line in enumerate(lines):
        kind = _kind_of(line.text.strip())
        if kind:
            marked.add(index)
            found.append(PageRemain(kind, Span(line.start, line.end)))
    found += [PageRemain("caption", Span(lines[i].start, lines[i].end)) for i in _captions(lines, marked)]
    found += [PageRemain("comments", Span(lines[i].start, lines[i].end)) for i in _comments(lines, marked)]
    found += _signature(lines, marked)
    found += _doubled_titles(lines, marked)
    return _apart(found)


def _kind_of(line: str) -> str | None:
    """Which kind of remain a line is by its own looks."""
    if looks.PRINT_EDGE.fullmatch(line):
        return "page edge"
    if is_table_or_mark(line):
        return None
    for kind, pattern, longest in looks.LINES:
        if len(line) <= longest and pattern.match(line) and not (kind == "navigation" and "。" in line):
            return kind
    if looks.is_advertising(line):
        return "advertising"
    if looks.CAPTION_SENTENCE.match(line):
        return "caption"
    if "。" in line:
        return None
    if len(looks.DATA_LABEL.findall(line)) >= 2 or looks.PRINT_DATE.fullmatch(line):
        return "page data"
    if len(line) > _BYLINE_LENGTH or ends_sentence(line):
        return None
    if (looks.BYLINE.match(line) and len(re.findall("[，,]", line)) <= 1) or looks.SOURCE.fullmatch(line):
        return "byline"
    if looks.DATA_LABEL.match(line):
        return "page data"
    return "caption" if looks.CAPTION_NOTE.match(line) else None


def _comments(lines: list[Line], marked: set[int]) -> Iterator[int]:
    """What stands under `网友评论` at the foot of a page: short lines, few beside the text before them."""
    head = next((i for i in sorted(marked) if looks.COMMENT_HEAD.match(lines[i].text.strip())), None)
    if head is None:
        return
    entries = lines[head + 1 :]
    if sum(len(line.text) for line in entries) > _COMMENT_SHARE * sum(len(line.text) for line in lines[:head]):
        return
    if any(len(line.text) > _COMMENT_LENGTH or _NUMBERED_PART.match(line.text) for line in entries):
        return
    for index in range(head + 1, len(lines)):
        if index not in marked:
            marked.add(index)
            yield index


def _is_bare(line: Line) -> bool:
    """Whether a line may be a caption: no sentence, no number, no mark, no title block of a report."""
    text = line.text.strip()
    return (
        len(text) in _CAPTION_LENGTH
        and not ends_sentence(text)
        and not is_prose(text)
        and not is_numbered(text)
        and text[-1] not in CLAUSE
        and not re.search("[，,；;：:。！!？?]", text)
        and not looks.TITLE_BLOCK.search(text)
    )


def _captions(lines: list[Line], marked: set[int]) -> Iterator[int]:
    """Lines that stand under pictures: before the text, after it, or stacked within it."""
    prose = [i for i, line in enumerate(lines) if i not in marked and (is_prose(line.text) or ends_sentence(line.text))]
    if not prose:
        return
    yield from _head_captions(lines, marked, prose[0])
    for index in range(prose[-1] + 1, len(lines)):
        if index not in marked and _is_bare(lines[index]):
            yield index
    for index in range(prose[0] + 1, prose[-1]):
        if index in marked or not _is_bare(lines[index]) or not _is_bare(lines[index + 1]):
            continue
        text = lines[index].text.strip()
        if len(text) >= _STACKED_LENGTH and looks.CAPTION_END.search(text) and " " not in text:
            yield index


def _head_captions(lines: list[Line], marked: set[int], first_prose: int) -> Iterator[int]:
    bare = [i for i in range(first_prose) if i not in marked and _is_bare(lines[i])]
    unbroken = [i for i in bare if " " not in lines[i].text.strip()]
    likely = [i for i in unbroken if looks.CAPTION_END.search(lines[i].text) or looks.EVENT_START.match(lines[i].text)]
    if len(likely) >= _HEAD_CAPTIONS:
        yield from unbroken
    else:
        yield from (i for i in likely if i > 0)


def _signature(lines: list[Line], marked: set[int]) -> Iterator[PageRemain]:
    """A name that hangs behind the last sentence of the text: `……作出贡献！某报社`."""
    for index in range(len(lines) - 1, -1, -1):
        if index in marked or not re.search("[。！!]", lines[index].text):
            continue
        match = looks.SIGNATURE.search(lines[index].text.rstrip())
        if match:
            yield PageRemain("byline", Span(lines[index].start + match.start(), lines[index].start + match.end()))
        return


def _doubled_titles(lines: list[Line], marked: set[int]) -> Iterator[PageRemain]:
    """The second of two equal neighbouring lines near the top: a title that was printed twice."""
    for index in range(1, min(len(lines), 12)):
        here = re.sub(r"\W", "", lines[index].text)
        if len(here) >= 4 and index not in marked and here == re.sub(r"\W", "", lines[index - 1].text):
            yield PageRemain("doubled title", Span(lines[index].start, lines[index].end))


def _apart(found: list[PageRemain]) -> list[PageRemain]:
    kept: list[PageRemain] = []
    for remain in sorted(found, key=lambda r: (r.span.start, -r.span.end)):
        if not kept or remain.span.start >= kept[-1].span.end:
            kept.append(remain)
    return kept
