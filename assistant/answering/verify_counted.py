"""Decides whether a number of an answer is told of what the report counts with it, by the words beside both.

Only Han words are compared; where none of them tells, nothing is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.verify_figures import Source, same_value
from assistant.answering.verify_numbers import Stated
from assistant.language.measure_words import same_class
from assistant.models import Figure, Span

_EVERYWHERE = frozenset({"职工", "工会", "全市", "其中"})
_LEVELS = (("national", "国家级"), ("provincial", "省级"), ("(?:city|municipal)", "市级"), ("county", "县级"))
_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")


def is_of_another(stated: Stated, sources: Sequence[Source], before: str, after: str) -> bool:
    """Whether the words beside a number name what another figure of the sources counts, and not what it counts.

    Among figures of one unit, which are easily swapped, the nearest pair of characters that only one of the two has
    decides, first of those before the number; else words of the other's name, and none of its own.
    """
    own = [(one, source) for source in sources for one in source.figures if same_value(stated, one.value, one.text)]
    others = [(one, source) for source in sources for one in source.figures if (one, source) not in own]
    if not own or not others:
        return False
    mine = _pairs(*(f"{_beside(*one)} {one[0].label} {one[0].head or ''} {''.join(one[0].scope)}" for one in own))
    alike = [one for one in others if not stated.unit or not one[0].unit or same_class(stated.unit, one[0].unit)]
    foreign = _pairs(*(_beside(*one) for one in alike))
    for pair in (*reversed(_pairs(before)), *_pairs(after), *_pairs(*_levels(after))):
        if (pair in mine) != (pair in foreign):
            return pair in foreign
    said = set(_pairs(f"{before}{stated.text}{after}"))
    clauses = _pairs(*(one.clause.of(source.report.repaired.text) for one, source in own))
    return not said & {*mine, *clauses} and bool(said & {*_pairs(*(one.label for one, _ in others))})


def _levels(english: str) -> list[str]:
    """The levels that English words behind a number name, as reports print them."""
    return [printed for words, printed in _LEVELS if re.match(rf"[^,;.]*?\b{words}\b", english, re.I)][:1]


def _beside(figure: Figure, source: Source) -> str:
    """The words of a figure's own clause around it, up to the figures beside it."""
    start, end = figure.clause.start, figure.clause.end
    for other in source.report.figures:
        if other.span != figure.span and other.span.overlaps(figure.clause):
            if other.span.end <= figure.span.start:
                start = max(start, other.span.end)
            elif other.span.start >= figure.span.end:
                end = min(end, other.span.start)
    text = source.report.repaired.text
    behind = re.split("[、，；。]", Span(figure.span.end, max(end, figure.span.end)).of(text))[0]
    return f"{Span(min(start, figure.span.start), figure.span.start).of(text)} {behind}"


def _pairs(*texts: str) -> list[str]:
    return [pair for text in texts for pair in _PAIR.findall(text) if pair not in _EVERYWHERE]
