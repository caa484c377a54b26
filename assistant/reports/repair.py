"""Repair of a report's text: clean Simplified text with the way back to every received character.

The rules run in order until nothing changes any more, so that repairing a repaired text changes
nothing. What is damaged is marked as a loss and never filled in; what belongs to the page around
the report is marked as a remain and stays. The original is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.models import Loss, RepairedText
from assistant.reports import characters, lines, losses, markup, pinyin, punctuation, remains, spaces
from assistant.reports.offsets import Edit, TrackedText

_ROUNDS = 6


def _simplify(text: str) -> Iterable[Edit]:
    return characters.simplify_edits(text, losses.swallowed(text))


_RULES: tuple[tuple[str, Callable[[str], Iterable[Edit]]], ...] = (
    ("line end", characters.line_end_edits),
    ("invisible character", characters.invisible_edits),
    ("space", characters.odd_space_edits),
    ("markup", markup.markup_edits),
    ("entity", markup.entity_edits),
    ("bold mark", markup.bold_edits),
    ("radical", characters.radical_edits),
    ("space before mark", spaces.space_before_mark_edits),
    ("pinyin", pinyin.pinyin_edits),
    ("traditional", _simplify),
    ("full width", characters.full_width_edits),
    ("number mark", characters.number_mark_edits),
    ("doubled words", punctuation.doubled_words_edits),
    ("doubled punctuation", punctuation.doubled_edits),
    ("chinese punctuation", punctuation.chinese_mark_edits),
    ("bracket", punctuation.bracket_edits),
    ("edge space", lines.edge_space_edits),
    ("heading", lines.heading_edits),
    ("layout space", spaces.space_edits),
    ("broken line", lines.broken_line_edits),
)


def repair(text: str) -> RepairedText:
    """The repaired text of a report, its offset map, its changes, losses and page remains."""
    tracked = TrackedText(text)
    for _ in range(_ROUNDS):
        changed = [tracked.apply(rule, list(edits(tracked.text))) for rule, edits in _RULES]
        if not any(changed):
            break
    offsets = tracked.offset_map()
    around = tuple(remains.find_remains(tracked.text))
    damage = losses.find_losses(tracked.text, [remain.span for remain in around])
    return RepairedText(
        text=tracked.text,
        offsets=offsets,
        changes=tuple(tracked.changes),
        losses=tuple(Loss(kind, span, offsets.to_received(span)) for kind, span in damage),
        remains=around,
    )
