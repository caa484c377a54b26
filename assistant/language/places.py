"""The places of China: finds their names in a text, knows their forms, resolves slips of the pen.

What must not be taken for a place ("安康杯", "文山会海") is data (`data/place_guards.tsv`). This module does
not decide which place a report is about, nor which places a library has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.gazetteer import (
    RANK,
    Gazetteer,
    Place,
    gazetteer,
    latin_forms,
    latin_index,
    letters,
    looks_alike,
    rank,
)
from assistant.language.sounds import readings
from assistant.models import Span

__all__ = ["Place", "all_places", "find_places", "lookup", "lookup_all", "place_of", "resolve"]

_CITY_LIKE = ("省", "市", "州", "盟", "区", "县", "旗")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’\-]*")
_LATIN_WORDS = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’\-]*(?: [A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’\-]*)*")
# English words after a name, with the endings of the official names that they may stand for.
_LATIN_SUFFIX: dict[str, tuple[str, ...]] = {
    "city": ("市",), "shi": ("市",), "municipality": ("市",), "county": ("县", "旗"), "xian": ("县",),
    "district": ("区",), "qu": ("区",), "prefecture": ("州", "盟", "地区"), "province": ("省", "自治区"),
}  # fmt: skip


def find_places(text: str) -> list[tuple[Span, Place]]:
    """Every place that the text names, in reading order, the longest form at each spot.

    A district's name that several cities share is told apart by the city before it or elsewhere in
    the text; where neither helps, its place carries no province and no prefecture.
    """
    found = list(_chinese_mentions(text))
    resolved: list[tuple[Span, Place]] = []
    for at, (span, options) in enumerate(found):
        place = _choose(span, options, found, at)
        if place is not None:
            resolved.append((span, place))
    resolved.extend(_latin_mentions(text))
    return sorted(resolved, key=lambda item: item[0])


def lookup(name: str) -> Place | None:
    """The place with exactly this name, short name, alias or English form; None if none or several."""
    return _single(lookup_all(name))


def lookup_all(name: str) -> tuple[Place, ...]:
    """All places with exactly this form, the higher level first."""
    known = gazetteer()
    name = name.strip()
    found = known.any_form.get(name)
    if found is None and _LATIN.match(name):
        latin = latin_index()
        found = latin.get(letters(name)) or latin.get(letters(_without_suffix(name)))
    return found or ()


def resolve(fragment: str, candidates: Sequence[Place]) -> Place | None:
    """The place that a piece of a question means, slips of the pen allowed for the candidates.

    Tried in turn: an exact form of a candidate; an exact form of any place of China; the same sound as a
    candidate (西按 for 西安); one look-alike character (汕投 for 汕头); one slip in the letters of a
    longer English form. None where nothing or more than one fits.
    """
    fragment = fragment.strip()
    if not fragment:
        return None
    exact = [place for place in candidates if _is_form_of(fragment, place)]
    if exact:
        return _single(tuple(sorted(exact, key=rank)))
    anywhere = lookup_all(fragment)
    if anywhere:
        return _single(anywhere)
    if _LATIN.match(fragment):
        return _by_letters(fragment, candidates)
    return _by_sound(fragment, candidates) or _by_shape(fragment, candidates)


def place_of(name: str, *, province: str | None = None, prefecture: str | None = None) -> Place | None:
    """The place with this form under the given province or prefecture, where that singles one out."""
    options = [
        place
        for place in lookup_all(name)
        if (province is None or province in (place.province, place.name))
        and (prefecture is None or prefecture == place.prefecture)
    ]
    return _single(tuple(options))


def all_places() -> tuple[Place, ...]:
    """Every place known, provinces first within each level."""
    return gazetteer().places


# --- mentions -------------------------------------------------------------------------------


def _chinese_mentions(text: str) -> Iterator[tuple[Span, tuple[Place, ...]]]:
    known = gazetteer()
    by_head, forms = known.by_head, known.forms
    at, last = 0, len(text) - 1
    while at < last:
        lengths = by_head.get(text[at : at + 2])
        step = 1
        for length in lengths or ():
            form = text[at : at + length]
            options = forms.get(form)
            # At the end of a text the slice is shorter than asked for.
            if len(form) == length and options and _stands_free(text, at, form, known):
                yield Span(at, at + length), options
                step = length
                break
        at += step


def _stands_free(text: str, at: int, form: str, known: Gazetteer) -> bool:
    end = at + len(form)
    if form in known.with_parent and not _parent_before(text, at, known.forms[form]):
        return False
    if form[-1] in "区县" and text.startswith("域", end):  # 提高县域经济, 新建区域中心
        return False
    guard = known.guards.get(form)
    if guard is None:
        return True
    head = text[max(0, at - 4) : at]
    return not head.endswith(guard.before or ("\0",)) and not text.startswith(guard.after or ("\0",), end)


def _parent_before(text: str, at: int, options: tuple[Place, ...]) -> bool:
    head = text[max(0, at - 12) : at]
    for place in options:
        parent = place.prefecture or place.province or "\0"
        if head.endswith((parent, parent.removesuffix("市"), parent.removesuffix("省"))):
            return True
    return False


def _choose(
    span: Span, options: tuple[Place, ...], found: list[tuple[Span, tuple[Place, ...]]], at: int
) -> Place | None:
    """One of several places of a name: by its parent just before it, then anywhere, then by level."""
    top = [place for place in options if RANK[place.level] == RANK[options[0].level]]
    if len(options) == 1 or len(top) == 1:
        return options[0]
    near = {place.name for other, places in found[max(0, at - 1) : at] if other.end == span.start for place in places}
    far = {place.name for _, places in found for place in places}
    for names in (near, far):
        fitting = [place for place in top if place.prefecture in names]
        fitting = fitting or [place for place in top if place.province in names]
        if len(fitting) == 1:
            return fitting[0]
    first = top[0]
    return Place(first.name, first.short, first.level, None, None, first.pinyin, first.english, first.aliases)


def _latin_mentions(text: str) -> Iterator[tuple[Span, Place]]:
    for run in _LATIN_WORDS.finditer(text):
        words = list(_LATIN.finditer(text, run.start(), run.end()))
        at = 0
        while at < len(words):
            taken = _latin_at(words, at)
            if taken is None:
                at += 1
                continue
            count, place = taken
            yield Span(words[at].start(), words[at + count - 1].end()), place
            at += count


def _latin_at(words: list[re.Match[str]], at: int) -> tuple[int, Place] | None:
    latin = latin_index()
    for count in range(min(4, len(words) - at), 0, -1):
        piece = [word.group() for word in words[at : at + count]]
        plain, suffixed = piece, False
        if len(piece) > 1 and piece[-1].lower() in _LATIN_SUFFIX:
            plain, suffixed = piece[:-1], True
        options = latin.get(letters("".join(plain)), ())
        if suffixed:
            fitting = tuple(place for place in options if place.name.endswith(_LATIN_SUFFIX[piece[-1].lower()]))
            options = fitting or options
        place = _single(options)
        if place is not None and (suffixed or _stands_alone(place, plain)):
            return count, place
    return None


def _stands_alone(place: Place, words: list[str]) -> bool:
    """Whether these words name the place without "city" or "county": "how long an hour" is not 隆安县."""
    capitals = all(word[0].isupper() for word in words)
    if place.level in ("province", "prefecture"):
        return capitals or len("".join(words)) >= 5
    return len(place.pinyin.split()) > 1 and len(place.english) >= 5 and (capitals or len(words) == 1)


# --- slips of the pen -----------------------------------------------------------------------


def _by_letters(fragment: str, candidates: Sequence[Place]) -> Place | None:
    wanted = {letters(fragment), letters(_without_suffix(fragment))}
    near: list[Place] = []
    for place in candidates:
        forms = {letters(form) for form in latin_forms(place)}
        if wanted & forms:
            return place
        if any(len(form) >= 5 and _one_slip(form, want) for form in forms for want in wanted):
            near.append(place)
    return near[0] if len(near) == 1 else None


def _by_sound(fragment: str, candidates: Sequence[Place]) -> Place | None:
    core = fragment[:-1] if len(fragment) > 2 and fragment[-1] in _CITY_LIKE else fragment
    sounds = _sounds(core)
    if not sounds:
        return None
    near = [place for place in candidates if place.pinyin in sounds]
    return near[0] if len(near) == 1 else None


def _by_shape(fragment: str, candidates: Sequence[Place]) -> Place | None:
    near = [
        place
        for place in candidates
        if any(_one_look_alike(fragment, form) for form in (place.short, place.name)) and len(fragment) > 1
    ]
    return near[0] if len(near) == 1 else None


def _one_look_alike(left: str, right: str) -> bool:
    if len(left) != len(right):
        return False
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(apart) == 1 and looks_alike(*apart[0])


def _sounds(chinese: str) -> frozenset[str]:
    """Every toneless reading of a few characters; empty if a character has none."""
    if not 1 < len(chinese) <= 6 or not all("\u4e00" <= char <= "\u9fff" for char in chinese):
        return frozenset()
    found = [""]
    for character in chinese:
        found = [f"{head} {one}".strip() for head in found for one in sorted(readings(character))][:64]
    return frozenset(found)


def _one_slip(left: str, right: str) -> bool:
    """Whether one letter added, dropped or changed, or two neighbours swapped, turns one into the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    if len(short) < len(long):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    apart = [at for at in range(len(left)) if left[at] != right[at]]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and left[apart[0]] == right[apart[1]] and left[apart[1]] == right[apart[0]]


# --- forms ------------------------------------------------------------------------------------


def _without_suffix(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in _LATIN_SUFFIX else name


def _is_form_of(fragment: str, place: Place) -> bool:
    if fragment in (place.name, place.short, *place.aliases):
        return True
    return bool(_LATIN.match(fragment)) and letters(_without_suffix(fragment)) in {
        letters(form) for form in latin_forms(place)
    }


def _single(options: tuple[Place, ...]) -> Place | None:
    """The only option, or the only one of the highest level (大理: the prefecture)."""
    if not options:
        return None
    top = [place for place in options if place.level == options[0].level]
    return top[0] if len(top) == 1 else None
