"""Finds the title of a report: its title line with the sub-title, or its opening words.

Captions and navigation above a report are no title. The place and time that a title names are read
elsewhere.
"""

from __future__ import annotations

import re

from assistant.models import Span
from assistant.reports.profile_notes import LEAD, Notes

NO_TITLE = "no title line: the opening words"

_TITLE_WORDS = re.compile(r"报告|总结|纪实|回顾|综述|计划|要点|规划|安排|方案|总工会|工会|政府|工作|——|篇章|奋进|担当")
_CAPTION = re.compile(
    r"^(?:举行|举办|召开|参加|开展|组织|走访|慰问|承办|启动|图为|资料图|▲|△)|(?:仪式|现场|一角|活动|大赛|比赛|会议)$"
)
# Lines of the opening that name who speaks, to whom, or when.
_NO_TITLE = re.compile(
    r"(?:各位|同志们|尊敬的|女士们)|[^，。：；！]{0,20}(?:市长|州长|县长|区长|盟长|专员|主席|主任)\s*[\u4e00-\u9fff·]{1,4}\s*[\u4e00-\u9fff·]{1,8}$"
)
_NAVIGATION = re.compile(
    r"首页|当前位置|您的位置|>\s*\S+\s*>|登录|注册|^\s*时间[：:]|来源[：:]|^source:|^date:|^url:|^---$", re.IGNORECASE
)


def find_title(text: str, blanked: str, captions: int, notes: Notes) -> tuple[str, Span]:
    """The title line with its sub-title; the opening words where a report has no title."""
    front = re.search(r"^title:\s*(?P<title>.+?)\s*$", text[:600], re.MULTILINE)
    if front:
        span = Span(front.start("title"), front.end("title"))
        notes.note("title", "front matter", "certain", span)
        return _plain(front["title"]), span
    lines = [
        Span(match.start() + len(match.group()) - len(match.group().lstrip()), match.end())
        for match in re.finditer(r"[^\n]+", blanked[:LEAD])
        if match.group().strip()
    ]
    lines = [line for line in lines if not _NAVIGATION.search(line.of(blanked))]
    short = []
    for line in lines:
        if len(line) > 70:
            break
        short.append(line)
    start = _first_title(blanked, short, captions)
    if start is None:
        span = _opening(blanked, lines)
        notes.note("title", NO_TITLE, "guess", span)
        return span.of(blanked), span
    first = short[start]
    end = first.end
    title = _plain(first.of(blanked))
    if start + 1 < len(short) and re.match(r"\s*[—\-－]{1,2}", short[start + 1].of(blanked)):
        title += _plain(short[start + 1].of(blanked))
        end = short[start + 1].end
    notes.note("title", "first title line", "likely", Span(first.start, end))
    return title, Span(first.start, end)


def _first_title(text: str, short: list[Span], captions: int) -> int | None:
    """The first short line that is no caption; a run of captions at the top holds no title."""
    captions += sum(1 for line in short if _CAPTION.search(_plain(line.of(text))))
    for at, line in enumerate(short):
        plain = _plain(line.of(text))
        if (
            len(plain) < 4
            or re.match(r"[—\-－•|]|[（(]?[一二三四五六七八九十]{1,2}[、)）]", plain)
            or _NO_TITLE.match(plain)
        ):
            continue
        if captions >= 3 and not re.search(r"报告|总结|纪实|回顾|计划|要点|规划", plain):
            continue
        if at == 0 or _TITLE_WORDS.search(plain) or len(short) <= 3 or not _CAPTION.search(plain):
            return at
    return None


def _opening(text: str, lines: list[Span]) -> Span:
    """The first clause of the first paragraph, or two where the first says little ("过去一年，…")."""
    for line in lines:
        if len(line) > 40:
            clause = re.match(
                r"[^，,。；;！!？?]{10,60}|[^，,。；;！!？?]{2,9}[，,]?[^，,。；;！!？?]{0,50}", line.of(text)
            )
            return Span(line.start, line.start + (clause.end() if clause else 40))
    return lines[0] if lines else Span(0, 0)


def _plain(line: str) -> str:
    return re.sub(r"\*\*|^#+\s*", "", line).strip()
