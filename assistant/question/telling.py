"""Words that tell one thing from others of its kind: the first, the only one, how its name ends, a sum by another name."""

from __future__ import annotations

import re

from assistant.models import Span, Term

_OF_ALL = re.compile(r"什么(之[乡都城])")  # 什么之都: the ending of the name that is asked for
_FIRST = re.compile(r"(?:首|第一)[个家张座条项例单本部支台套届列艘所处间]|唯一")
HINT = 0.3  # weight of a word that need not be printed


def told_apart(topic: str) -> list[tuple[Span, Term]]:
    """What tells one thing from others of its kind: that it is the first or the only one, or how its name ends."""
    found = []
    for match in _FIRST.finditer(topic):
        kind = match.group()[-1]
        forms = (match.group(),) if match.group() == "唯一" else (f"首{kind}", f"第一{kind}")
        found.append((Span(match.start(), match.end()), Term(match.group(), forms, weight=HINT, noun=False)))
    endings = (
        (Span(m.start(1), m.end(1)), Term(m.group(1), (m.group(1),), weight=1.0)) for m in _OF_ALL.finditer(topic)
    )
    return [*found, *endings]


def sums_of(word: str) -> tuple[str, ...]:
    """签约额 as 签约金额 and 签约总额: one sum by its three names."""
    kind = re.fullmatch(r"([一-鿿]{2,4}?)(?:金|总)?额", word)
    return tuple(form for end in ("额", "金额", "总额") if kind and (form := kind[1] + end) != word)
