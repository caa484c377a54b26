"""Which figures of different reports count the same thing: one canonical name for each.

By the glossary where it knows the thing, else by the figure's own short label. Pure; compares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.glossary import glossary
from assistant.models import Figure

_QUOTES = re.compile(r"[“”‘’\"'《》]")
_NOT_A_TOPIC = frozenset(
    [
        "职工",
        "企业",
        "单位",
        "活动",
        "人数",
        "员工",
        "劳动者",
        "工作",
        "项目",
        "群众",
        "人员",
        "干部",
        "会员",
        "参与",
        "培训",
        "组织",
        "农民工",
        "岗位",
    ]
)


def canonical_label(figure: Figure) -> str | None:
    """The name of what a figure counts, shared by reports that word it differently; None where it has no plain name."""
    return canonical_name(figure.label)


def canonical_name(label: str) -> str | None:
    """The same of a figure's label alone."""
    text = _QUOTES.sub("", label)
    known = [item for item in glossary().find(text) if not item.everyday and len(item.span) >= 3]
    if known:
        name = max(known, key=lambda item: (len(item.span), item.span.start)).entry.canonical
        return None if name in _NOT_A_TOPIC else name
    return text if 3 <= len(text) <= 8 and "、" not in text and text not in _NOT_A_TOPIC else None


def figures_by_topic(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """The figures of one report under the canonical names of what they count, in reading order."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        label = canonical_label(figure)
        if label is not None:
            found.setdefault(label, []).append(figure)
    return found
