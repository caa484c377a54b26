"""Doubled punctuation, ASCII marks between Chinese, and spaces that the layout left.

The canonical form is Chinese punctuation between Chinese words and ASCII inside numbers,
English and times. Question marks stay as printed: an ASCII one may stand for lost bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.script import HAN
from assistant.reports.offsets import Edit

_DOUBLED = re.compile("[,，、。；;：:！!]{2,}")
_DOUBLED_WORDS = re.compile(r"([^\n，。；：、]{3,40})\n*\1([。：；])\2(?!\2)")
_STRENGTH = "，,、：:；;。!！"
_CJK_LEFT = f"{HAN}”’》〉」』】）)%‰％℃"
_CJK_RIGHT = f"{HAN}“‘《〈「『【（"
_ASCII_MARK = re.compile(
    rf"(?<=[{_CJK_LEFT}])[,;:!](?![/\\])|(?<=[0-9A-Za-z…—])[,;:!](?=[{_CJK_RIGHT}])|(?<=[!])!(?=[{_CJK_RIGHT}\s]|$)"
)
_CELL_ERROR = re.compile(r"#[A-Z/0]{2,6}$")
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "(": "（", ")": "）"}
_BRACKETS = re.compile(r"\(([^()\n]{1,60})\)")
_HAN = re.compile(f"[{HAN}]")


def doubled_edits(text: str) -> Iterator[Edit]:
    """Of marks that stand together the strongest stays: `,,` `,、` `,。` become `，` `、` `。`.

    Three or more of the same full stop are an ellipsis and stay.
    """
    for match in _DOUBLED.finditer(text):
        marks = match[0]
        if len(set(marks)) == 1 and len(marks) > 2:
            continue
        if set(marks) <= set(":!！"):  # `::` of addresses, `！！` of a writer
            continue
        if _CELL_ERROR.search(text, max(0, match.start() - 8), match.start()):
            continue
        strongest = max(marks, key=_STRENGTH.index)
        yield Edit(match.start(), match.end(), _WIDE.get(strongest, strongest))


def doubled_words_edits(text: str) -> Iterator[Edit]:
    """`加强园区建设加强园区建设。。` becomes `加强园区建设。`: a run-in heading that was printed twice.

    Only where the mark behind is doubled as well; words that repeat in print stay.
    """
    if not any(mark * 2 in text for mark in "。：；"):
        return
    for match in _DOUBLED_WORDS.finditer(text):
        if _HAN.search(match[1]):
            yield Edit(match.start(), match.end(), match[1] + match[2])


def chinese_mark_edits(text: str) -> Iterator[Edit]:
    """ASCII `, ; : !` next to Chinese words become Chinese marks, one for one.

    The `!` of a spreadsheet's `#REF!` is no punctuation.
    """
    for match in _ASCII_MARK.finditer(text):
        if match[0] != "!" or not _CELL_ERROR.search(text, max(0, match.start() - 8), match.start()):
            yield Edit(match.start(), match.end(), _WIDE[match[0]])


def bracket_edits(text: str) -> Iterator[Edit]:
    """ASCII brackets around words with Han become Chinese brackets, one for one."""
    for match in _BRACKETS.finditer(text):
        if _HAN.search(match[1]):
            inner = match[1]
            yield Edit(match.start(), match.start() + 1, "（")
            yield Edit(match.start() + 1 + len(inner), match.end(), "）")
