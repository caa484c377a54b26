"""Sets each number of a clause beside the words before and behind it.

Also cuts groups into the clauses that numbers are read in. What a number counts is decided in
`binding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.figures.phrases import After, Before, read_after, read_before
from assistant.figures.scope import is_level_only, without_reach
from assistant.language.quantities import Quantity
from assistant.language.sentences import split_clauses
from assistant.models import Span

COUNTS = frozenset({"person", "household", "organisation", "occasion", "place", "count", "bare", "swallowed", "score"})
"""The kinds of units that count things; the others measure them."""

_JOIN = re.compile(r"^[\s”\"）)]*(?:[、和及与]|以及)")
_ONLY_JOIN = re.compile(r"\s*[、和及]?\s*")
_STATES = frozenset({"是", "为", "相当于"})


@dataclass(frozen=True, slots=True)
class Place:
    """A number with the words on both its sides.

    `listed` says that it follows 、 or 和 after another number; `after_text` reaches to the next number.
    """

    quantity: Quantity
    clause: Span
    before_text: str
    before: Before
    after: After
    after_text: str
    listed: bool


def places_of(text: str, clause: Span, quantities: list[Quantity]) -> list[Place]:
    """The numbers of a clause with their neighbourhoods; no noun is given to two of them."""
    ends = [*(quantity.span.start for quantity in quantities[1:]), clause.end]
    afters = _afters(text, quantities, ends)
    places: list[Place] = []
    at = clause.start
    for index, quantity in enumerate(quantities):
        before_text = text[at : max(at, quantity.span.start)]
        listed = index > 0 and bool(_JOIN.match(before_text))
        before = read_before(before_text, listed=listed)
        after, after_text = afters[index], text[quantity.span.end : ends[index]]
        runs_on = index + 1 < len(quantities) and not afters[index + 1].noun and own_noun(before)
        if runs_on and len(after_text.rstrip()) <= after.length:
            after = After()  # 书屋39家图书3.8万册: the noun between belongs to the second
        if own_noun(before) and after.noun and not after.length and "、" in after_text:
            after = After()  # 建成驿站1200座、65个项目入库: the noun behind the list is of its last alone
        place = Place(quantity, clause, before_text, before, after, after_text, listed)
        places.append(place)
        at = quantity.span.end + (after.length if takes_after(place) else 0)
    return places


def own_noun(before: Before) -> bool:
    """Whether a noun of its own stands before the number, not only a level (国家级)."""
    return bool(before.noun) and not is_level_only(before.noun)


_RISES = frozenset(
    {"提升", "提高", "增加", "增长", "扩大", "上升", "减少", "下降", "压缩", "缩短"}
)  # 由20万只提升至3000万只


def takes_after(place: Place) -> bool:
    """Whether the noun behind the number is what it counts (300家站点), not the one before it."""
    before, after, kind = place.before, place.after, place.quantity.kind
    if not after.noun or before.change or after.noun in _RISES:
        return False
    noun, _ = without_reach(before.noun)
    if not noun or is_level_only(noun):
        states = before.link in _STATES and kind not in COUNTS
        return not states and not (before.link and before.subject)
    return kind in COUNTS and not before.link and not (before.verb and after.verbal)


def clauses_of(text: str, group: Span) -> list[Span]:
    """The clauses of a group, also those inside a quotation that is whole sentences."""
    clauses: list[Span] = []
    for clause in split_clauses(text, group):
        opened = re.search(r"[“\"「（(](?=[^”\"」）),，;；]*+[,，;；])", clause.of(text))
        aside = re.search(r"[（(](?=其中|含|包括)[^（()）\d]*+\d", clause.of(text))
        if aside:
            at = clause.start + aside.start()
            clauses += [Span(clause.start, at), Span(at + 1, clause.end)]
        elif opened and len(clause) > 30:
            at = clause.start + opened.end()
            before = split_clauses(text, Span(clause.start, at - 1)) if opened.start() else []
            clauses += [*before, *split_clauses(text, Span(at, clause.end))]
        else:
            clauses.append(clause)
    return [piece for clause in clauses for piece in _at_colon(text, clause)]


def _at_colon(text: str, clause: Span) -> list[Span]:
    match = re.search(r"[:：](?!\d)", clause.of(text))
    if not match or clause.start + match.end() >= clause.end:
        return [clause]
    at = clause.start + match.start()
    return [Span(clause.start, at), Span(at + 1, clause.end)]


def _afters(text: str, quantities: list[Quantity], ends: list[int]) -> list[After]:
    """What stands behind each number; 3219户7631名监测对象 counts one thing twice."""
    afters: list[After] = []
    for index in reversed(range(len(quantities))):
        stretch = text[quantities[index].span.end : ends[index]]
        after = read_after(stretch)
        last = index + 1 == len(quantities)
        if not last and "、" in after.noun:
            after = read_after(stretch[: stretch.index("、")])
        if not last and afters and afters[-1].noun and _ONLY_JOIN.fullmatch(stretch):
            after = replace(afters[-1], length=0)
        afters.append(after)
    return afters[::-1]
