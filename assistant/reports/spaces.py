"""Spaces inside Chinese text that the layout left there.

Dropped: between digits and Han, between the thousands of a number (4 030元), next to Chinese punctuation, between characters set apart one by
one (政 府 工 作 报 告, 李 强), and between Han within the sentences of a paragraph. Kept: between
the halves of a heading or a slogan, in quotations and titles of works, before the first clause
mark of a line (a dateline, a term that is explained), between Latin words, in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.script import HAN
from assistant.reports.lines import lines_of
from assistant.reports.offsets import Edit
from assistant.reports.signs import is_prose

_GAP = "[ \\t\u3000]+"
_AT_NUMBER = re.compile(rf"(?<=[{HAN}，。、；：（“]){_GAP}(?=[0-9])|(?<=[0-9%％‰]){_GAP}(?=[{HAN}%％‰℃])")
_AT_MARK = re.compile(
    rf"(?<![ \t\u3000]){_GAP}(?=[，。、；：！？”’》）】])|(?<=[，、；：“‘《（【]){_GAP}|(?<=[。！？!?]){_GAP}(?=.*[。，；])"
)
_BEFORE_ASCII_MARK = re.compile(
    rf"(?<=[{HAN}%％”’》）…]) +(?=[,;:!?](?:[ \n{HAN}“‘《0-9]|$))|(?<=[0-9]) +(?=[,;:!?] ?[{HAN}“‘《])"
)
_AT_QUOTE = re.compile(rf"(?<=[{HAN}0-9%，、；：]) (?=[“‘《])|(?<=[”’》]) (?=[{HAN}0-9“‘《])")
_SET_APART = re.compile(rf"(?<![{HAN}A-Za-z0-9])[{HAN}](?:{_GAP}[{HAN}])+(?![{HAN}A-Za-z0-9])")
_LARGE = "(?:[%％‰万亿]|个百分点)"  # no item of a list counts itself so: 任务1. 3家企业
_GROUPED = re.compile(rf"(?<=[{HAN}，、：])[1-9][0-9]{{0,2}}( )[0-9]{{3}}(?=(?:\.[0-9]+)? *[余多]?[{HAN}])")
_AT_POINT = re.compile(r"(?<=[0-9]) +(?=\.[0-9])|(?<=[0-9] \.) +(?=[0-9])")
_BEHIND_POINT = re.compile(rf"(?<=[{HAN}])[0-9]+\.({_GAP})(?=[0-9]+{_LARGE})")  # 5. 3万亩
_SPACED_YEAR = re.compile(r"(?<![0-9] )(?<![0-9])(?:1( +)9|2( +)0)( +)[0-9]( +)[0-9](?= *年)")
_IN_PROSE = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])(?![万亿][元人户亩吨])")  # 达到 亿元: its number is gone
_ONE_GAP = re.compile(_GAP)
_LIST_NUMBER = re.compile(r"[0-9]{1,2}$")
_CLAUSE_MARK = re.compile("[，。；：！？]")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|‘[^’]*’|「[^」]*」")


def space_before_mark_edits(text: str) -> Iterator[Edit]:
    """Drop spaces between a Chinese word or a number and an ASCII mark that ends its clause."""
    return (Edit(m.start(), m.end(), "") for m in _BEFORE_ASCII_MARK.finditer(text))


def space_edits(text: str) -> Iterator[Edit]:
    """Drop layout spaces line by line; tables and the front matter are left alone."""
    if not _ONE_GAP.search(text):
        return
    for line in lines_of(text):
        if not line.text.startswith("|") and _ONE_GAP.search(line.text):
            yield from _line_edits(line.text, line.start)


def _line_edits(line: str, offset: int) -> Iterator[Edit]:
    gaps = {gap.span() for match in _SET_APART.finditer(line) for gap in _ONE_GAP.finditer(line, *match.span())}
    gaps.update(match.span() for match in _AT_MARK.finditer(line))
    gaps.update(match.span(1) for pattern in (_GROUPED, _BEHIND_POINT) for match in pattern.finditer(line))
    gaps.update(match.span() for match in _AT_POINT.finditer(line))
    for year in _SPACED_YEAR.finditer(line):
        gaps.update(year.span(group) for group in range(1, 5) if year[group])
    gaps.update(m.span() for m in _AT_NUMBER.finditer(line) if not _LIST_NUMBER.fullmatch(line[: m.start()]))
    if is_prose(line):
        gaps.update(_prose_gaps(line))
    done = 0
    for start, end in sorted(gaps):
        if start >= done:
            yield Edit(offset + start, offset + end, "")
            done = end


def _prose_gaps(line: str) -> Iterator[tuple[int, int]]:
    """Single spaces outside quotations: at their marks, and between Han after the first clause mark."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    first_mark = _CLAUSE_MARK.search(line)
    gaps = [*_AT_QUOTE.finditer(line), *(_IN_PROSE.finditer(line, first_mark.end()) if first_mark else ())]
    for gap in gaps:
        if not any(start < gap.start() < end - 1 for start, end in quoted):
            yield gap.span()
