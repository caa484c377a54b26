"""Small tests on characters and lines that the repairs share.

Knows what a heading number, a sentence end or a table row looks like; changes nothing.
"""

from __future__ import annotations

import re

from assistant.language.script import HAN

FINAL = "。！？!?…；;"
"""Characters that end a sentence (or an item of a list) in print."""
CLOSING = "”’」』》〉）)】］]"
CLAUSE = "，,、；;：:。！？!?"

_ENGLISH_STOP = 12  # characters from which a final `.` is a full stop and not a list number's
_NOTE_MARKS = re.compile(r"(?:\[\^?[0-9]{1,3}\])+$")  # of footnotes: 86家。[^1]
HAN_CHAR = re.compile(f"[{HAN}]")
_NUMBERED = re.compile(
    r"[#>|]|[-*•·●◆■□▲]\s|\*\*|-{3,}|={3,}"
    r"|[（(【]?[一二三四五六七八九十百零〇○]{1,4}[）)】]?[、.．，,：: ]"
    r"|[（(【]\s*[一二三四五六七八九十百\d]{1,3}\s*[）)】]"
    r"|\d{1,3}(?:\.\d{1,3})*[、.．)）](?!\d)|\d{1,2}(?:\.\d{1,2})+\s|[①-⑳⑴-⒇㈠-㈩]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节部分篇条]"
    r"|[一二三四五六七八九十]{1,3}(?:是|要|方面)|——|\[\d+\]|【"
)


def is_numbered(line: str) -> bool:
    """Whether a line opens like a heading, a list item, a table row or a quoted block."""
    return bool(_NUMBERED.match(line))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a sentence's end, closing quotes and brackets aside."""
    bare = _NOTE_MARKS.sub("", line.rstrip()).rstrip(CLOSING + " \u3000*")
    return bool(bare) and (bare[-1] in FINAL or (bare[-1] == "." and len(bare) > _ENGLISH_STOP))


def is_prose(line: str) -> bool:
    """Whether a line is running text: at least one whole sentence, or long with clauses."""
    return "。" in line or (len(line) > 40 and any(mark in line for mark in "，,；;"))


def unclosed(line: str) -> bool:
    """Whether a quotation or a bracket is opened in the line and left open."""
    return any(
        line.rfind(opening) > line.rfind(closing) and line.count(opening) > line.count(closing)
        for opening, closing in ("“”", "《》", "（）", "【】")
    )
