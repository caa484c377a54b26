"""In which unit an English question counts, and its words for units, which name no thing; data in `english_units.tsv`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from assistant.language.glossary import english_tokens
from assistant.models import Span

_COUNTED = re.compile(r"\bhow (?:many|much)\s+(?:(?:more|new|different|million|thousand)\s+)*", re.I)
_IN = re.compile(r"\b(?:in|by how many|measured in)\s+(?:million |thousand |billion )?", re.I)
_CHINESE = re.compile(r"[一-鿿]")
_STANDS_ALONE = re.compile(r"s$|^(?:mu|[kKM][mMwWgG]|kWh|sq[ m]+|teu)$", re.I)  # a household toilet is no household
_MULTIPLE = re.compile(r"\s+(?:as (?:many|much)|more|larger|higher|the)\b", re.I)
_SIZED = re.compile(r"\bhow many (?!(?:million |billion |hundred )*yuan\b).*\byuan\b", re.I)
_MONEY_ASKED = re.compile(r"\b(?:how much|spent|spends?|costs?|money|funds?|funding)\b", re.I)
_STATED = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s+(?:thousand |million |billion )?", re.I)
_NO_MONEY = re.compile(
    r"\bhow much (?:\w+ )?(?:rice|grain|wheat|maize|corn|coal|oil|gas|electricity|power|water|cargo|freight|waste|garbage|rubbish|sewage"
    r"|meat|pork|beef|fish|tea|fruit|timber|steel|cement|food|rain|sugar\w*|rubber|coffee|tobacco|cotton|vegetables?|milk|energy|capacity|space|land|area|farmland|forest|housing|ground|floor)\b",
    re.I,
)


def unit_spans(text: str) -> list[tuple[Span, str, bool]]:
    """The words for units in `text`: place, unit as reports print it, whether they count things too."""
    tokens = english_tokens(text)
    found: list[tuple[Span, str, bool]] = []
    at = 0
    while at < len(tokens):
        for length in range(min(3, len(tokens) - at), 0, -1):
            known = _units().get(tuple(base for _, base in tokens[at : at + length]))
            if known is not None:
                found.append((Span(tokens[at][0].start, tokens[at + length - 1][0].end), *known))
                at += length
                break
        else:
            at += 1
    return found


def english_unit_asked(text: str) -> str | None:
    """The unit right behind "how many", or that the amount is wanted in (in tonnes); None where none is named."""
    if _CHINESE.search(text):
        return None
    patterns = (_COUNTED, _IN) if _COUNTED.search(text) else (_STATED,)
    starts = {match.end() for pattern in patterns for match in pattern.finditer(text)}
    return next(
        (
            unit
            for span, unit, also in unit_spans(text)
            if span.start in starts
            and not also
            and _STANDS_ALONE.search(span.of(text))
            and not _MULTIPLE.match(text, span.end)
        ),
        None,
    )


def is_yuan_of_things(text: str) -> bool:
    """Whether yuan only tell the size of the things that are counted (how many projects worth over 100 million yuan)."""
    return bool(_SIZED.search(text)) and not _MONEY_ASKED.search(text)


def is_no_money(text: str) -> bool:
    """Whether "how much" asks for an amount of goods, which is no sum of money."""
    return bool(_NO_MONEY.search(text))


@cache
def _units() -> dict[tuple[str, ...], tuple[str, bool]]:
    lines = files("assistant.language").joinpath("data/english_units.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, ...], tuple[str, bool]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            unit, names, also = [*line.split("\t"), ""][:3]
            for name in names.split("|"):
                found[tuple(base for _, base in english_tokens(name))] = (unit, also == "1")
    return found
