"""Finds the headings of a report: marked, bold, numbered, or short lines of their own.

Numbered or bold first words of a paragraph count as headings as well; lines with date, congress and
speaker, and the address to the delegates, do not. What a heading says is no business of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.quantities import find_quantities
from assistant.models import RepairedText, Span
from assistant.reports.stretches import Stretches

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
TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
TABLE_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;，,、：:…][”’）)》]*$")
_SALUTATION = re.compile(r"^(?:各位|同志们|尊敬的|女士们|先生们).{0,20}[：:！!，,]?$")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")
# Lines with date, congress and speaker stand like headings but head nothing.
_SPEAKER = re.compile(
    r"^[（(—\-\s]*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月|"
    r".{0,14}(?:市长|州长|县长|区长|盟长|专员|主席|主任)[\s　]*[\u4e00-\u9fff·\s]{2,12}$)"
)
_HAS_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_FIRST_OF_ITEMS = 4  # numbered 1. or (1); 一、 and （一） count sections
_NUMBER_LONGEST = 3
_PLAIN_LONGEST = 30
_PLAIN_LEVEL = 2
_OPENING_LONGEST = 1000
_OPENING_LINE = 150  # a longer line is a paragraph, not part of the opening


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows; a lower level stands higher."""

    span: Span
    text: str
    level: int


def find_headings(repaired: RepairedText) -> tuple[Heading, ...]:
    """The lines of a report that are headings, in reading order."""
    lines = lines_of(repaired)
    found = [
        heading
        for at, line in enumerate(lines)
        if (heading := _heading(repaired.text, line, lines[at + 1] if at + 1 < len(lines) else None)) is not None
    ]
    return tuple(found)


def find_front_matter(text: str) -> Span | None:
    """The block between `---` lines at the top of a Markdown file (title, source, date)."""
    match = _FRONT_MATTER.match(text)
    return Span(match.start(), match.end()) if match else None


def lines_of(repaired: RepairedText) -> list[Span]:
    """The lines that are not page remains, trimmed; a remain inside a line cuts it."""
    lines: list[Span] = []
    remains = Stretches(remain.span for remain in repaired.remains)
    for match in re.finditer(r"[^\n]+", repaired.text):
        for piece in _without(Span(*match.span()), remains):
            text = piece.of(repaired.text)
            stripped = text.strip()
            if stripped:
                start = piece.start + text.index(stripped)
                lines.append(Span(start, start + len(stripped)))
    return lines


def _without(span: Span, remains: Stretches) -> Iterator[Span]:
    start = span.start
    for remain in remains.touching(span):
        if remain.start > start:
            yield Span(start, remain.start)
        start = max(start, remain.end)
    if start < span.end:
        yield Span(start, span.end)


def opening_end(text: str) -> int:
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
        if len(plain) > _OPENING_LINE or _NUMBERED[1][1].match(plain):
            break
    return start


def push(stack: list[Heading], heading: Heading, *, joined: bool = False) -> None:
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
    if TABLE_ROW.match(written):
        return None
    for level, pattern in _NUMBERED:
        if pattern.match(plain) and not re.search(r"[。！？；]", plain[:-1]) and not plain.endswith(("；", "，")):
            if _is_an_item(plain, level):
                return None
            return Heading(line, plain.rstrip("。：:"), level)
    if bold and not _ENDS_SENTENCE.search(plain):
        return Heading(line, plain, 2)
    alone = following is None or text[line.end : following.start].strip()  # page remains between: a caption
    if len(plain) <= _PLAIN_LONGEST and not _ENDS_SENTENCE.search(plain) and not alone:
        return Heading(line, plain, _PLAIN_LEVEL)
    return None


def _is_an_item(plain: str, level: int) -> bool:
    """Whether a numbered line is an item of a plan (10. 建设驿站15个。), whose figures a heading would swallow."""
    if level < _FIRST_OF_ITEMS and not plain.endswith("。"):
        return False
    return any(
        quantity.kind != "time" and quantity.unit and quantity.span.start > _NUMBER_LONGEST
        for quantity in find_quantities(plain)
    )


def inline_heading(written: str, line: Span) -> Heading | None:
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
