"""The gazetteer: every place of China with its forms, read from the data files once and on demand.

Source and date of the names stand in `data/README.md`. What a text or a question means by a name is
decided in `places`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Level = Literal["province", "prefecture", "county", "district"]

RANK: dict[str, int] = {"province": 0, "prefecture": 1, "county": 2, "district": 3}
_NO_LETTERS = re.compile(r"[^a-zü]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture, county or district with the forms in which it is written."""

    name: str  # official: 芜湖市
    short: str  # everyday: 芜湖
    level: Level
    province: str | None  # None for a province itself
    prefecture: str | None  # None above, and where the province governs directly
    pinyin: str  # of the short name, syllables apart: "bo zhou"
    english: str  # Wuhu, Xi'an, Inner Mongolia
    aliases: tuple[str, ...]  # other forms, Chinese and English


@dataclass(frozen=True, slots=True)
class Guard:
    """What must not stand next to a short name."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places with their forms, indexed for finding."""

    places: tuple[Place, ...]
    forms: dict[str, tuple[Place, ...]]  # Chinese forms that count as a mention
    by_head: dict[str, tuple[int, ...]]  # first two characters -> lengths of forms, longest first
    any_form: dict[str, tuple[Place, ...]]  # also short names too ordinary to count as a mention
    with_parent: frozenset[str]
    guards: dict[str, Guard]


@cache
def gazetteer() -> Gazetteer:
    """All places and forms; loading takes some 30 ms, later calls nothing."""
    never, with_parent, guards = _read_guards()
    places = tuple(_read_place(row) for row in _data("places.tsv"))
    forms: dict[str, list[Place]] = {}
    any_form: dict[str, list[Place]] = {}
    for place in sorted(places, key=rank):
        for form in (place.name, place.short, *place.aliases):
            if form.isascii() or place in any_form.get(form, ()):
                continue
            any_form.setdefault(form, []).append(place)
            if _counts_as_mention(place, form, never):
                forms.setdefault(form, []).append(place)
    heads: dict[str, set[int]] = {}
    for form in forms:
        heads.setdefault(form[:2], set()).add(len(form))
    return Gazetteer(
        places=places,
        forms={form: tuple(options) for form, options in forms.items()},
        by_head={head: tuple(sorted(lengths, reverse=True)) for head, lengths in heads.items()},
        any_form={form: tuple(options) for form, options in any_form.items()},
        with_parent=frozenset(with_parent),
        guards=guards,
    )


@cache
def latin_index() -> dict[str, tuple[Place, ...]]:
    """Letters of an English or pinyin form -> places; a name such as "Suzhou (Anhui)" leaves "Suzhou" to the other."""
    index: dict[str, list[Place]] = {}
    for place in sorted(gazetteer().places, key=rank):
        forms = latin_forms(place) if "(" not in place.english else (place.english, *place.aliases)
        for written in dict.fromkeys(letters(form) for form in forms if form.isascii()):
            index.setdefault(written, []).append(place)
    return {written: tuple(options) for written, options in index.items()}


@cache
def look_alikes() -> tuple[frozenset[str], ...]:
    """Groups of characters that are taken for one another in writing (亳 毫)."""
    return tuple(frozenset(row[0]) for row in _data("look_alikes.tsv"))


def looks_alike(one: str, other: str) -> bool:
    """Whether two characters are taken for one another in writing."""
    return any({one, other} <= group for group in look_alikes())


def letters(text: str) -> str:
    """The Latin letters of a name in lower case, without spaces, apostrophes and hyphens."""
    return _NO_LETTERS.sub("", text.lower())


def latin_forms(place: Place) -> tuple[str, ...]:
    """English name, pinyin and Latin aliases of a place."""
    return (place.english, place.pinyin, *(alias for alias in place.aliases if alias.isascii()))


def rank(place: Place) -> int:
    """The level as a number, the province first."""
    return RANK[place.level]


def _counts_as_mention(place: Place, form: str, never: set[str]) -> bool:
    """Whether a form alone names the place: short names of counties and districts need their suffix."""
    if form == place.name or (form in place.aliases and form not in never):
        return True
    if form in never:
        return False
    return place.level in ("province", "prefecture") or place.name.endswith("市") or len(form) > 2


def _read_place(row: list[str]) -> Place:
    _, level, name, short, pinyin, english, aliases, province, prefecture = row
    first, *others = english.split("|")
    return Place(
        name=name,
        short=short,
        level=cast(Level, level),
        province=province or None,
        prefecture=prefecture or None,
        pinyin=pinyin,
        english=first,
        aliases=(*(aliases.split("|") if aliases else ()), *others),
    )


def _read_guards() -> tuple[set[str], set[str], dict[str, Guard]]:
    never: set[str] = set()
    with_parent: set[str] = set()
    sides: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, rule, strings in _data("place_guards.tsv"):
        if rule == "never":
            never.add(name)
        elif rule == "with_parent":
            with_parent.add(name)
        else:
            sides.setdefault(name, {})[rule.removeprefix("not_")] = tuple(strings.split("|"))
    guards = {name: Guard(side.get("before", ()), side.get("after", ())) for name, side in sides.items()}
    return never, with_parent, guards


def _data(name: str) -> list[list[str]]:
    text = files("assistant.language").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:] if line]
