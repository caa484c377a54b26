"""Names of a question that have a number in them: roads and lines, congresses by their short name."""

from __future__ import annotations

import re

from assistant.models import Span, Term

_NUMBERED = re.compile(r"24小时|\d+(?:号线|国道|省道)|[GS]\d{1,4}(?!\d)")
# A size that makes a kind of the thing behind it (几片|万亩草场, 多少个|百亿级园区); 几万亩 is an amount.
_SIZE = re.compile(
    r"(?<![\d一二两三四五六七八九十百千万亿几多少数近超约上余])[百千万亿]{1,2}(?:亩|吨级?|兆|级|千瓦级?)(?=[一-鿿])"
)
_CONGRESS = re.compile(
    r"(?:工会|工代会|妇联|团委|团市委|党代会|第)((?<!第)([一二三四五六七八九十]{1,3})大)(?![会类件队楼小学型])"
)


def numbered_names(topic: str) -> list[tuple[Span, Term]]:
    """The numbered names of a Simplified topic, each with its place."""
    roads = [(Span(m.start(), m.end()), Term(m.group(), (m.group(),), weight=1.0)) for m in _NUMBERED.finditer(topic)]
    sizes = [(Span(m.start(), m.end()), Term(m.group(), (m.group(),), weight=1.0)) for m in _SIZE.finditer(topic)]
    return [*roads, *sizes, *_congresses(topic)]


def _congresses(topic: str) -> list[tuple[Span, Term]]:
    """A congress by its short name (工会十八大), which a report may print in full."""
    return [
        (
            Span(match.start(1), match.end()),
            Term(
                match.group(1), (match.group(1), f"第{match[2]}次代表大会", f"第{match[2]}次全国代表大会"), weight=1.0
            ),
        )
        for match in _CONGRESS.finditer(topic)
    ]
