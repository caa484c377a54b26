"""How a gold form is looked for in an answer: width, case, blanks, marks and thousands commas do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.language.places import find_places, lookup
from assistant.language.script import to_traditional

_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_MARK = re.compile(r"\[\^?\d{1,3}\]|【\d{1,3}】")
NEGATION = re.compile(r"没|沒|未|不|无|無|除|\bnot?\b|n't|\bexcept\b|\bnone\b|\bneither\b", re.I)
NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?:余|餘|多)?[万萬亿億千百]?%?")
SPOKEN = re.compile(r"\s*(hundred thousand|thousand|million|billion)\b", re.I)
_SPOKEN_VALUE = {"hundred thousand": 1e5, "thousand": 1e3, "million": 1e6, "billion": 1e9}


def normal(text: str) -> str:
    """`text` in the form in which gold and answer are compared."""
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", _MARK.sub("", text))
    text = _PINYIN.sub("", unicodedata.normalize("NFKC", text).lower().replace("’", "'"))
    text = re.sub(r"[*_`|]", "", text)
    return re.sub(
        r"\s+",
        lambda m: " " if text[m.start() - 1 : m.start()].isdigit() and text[m.end() : m.end() + 1].isdigit() else "",
        text,
    )


def without_marks(text: str) -> str:
    """`text` without its citation marks."""
    return _MARK.sub("", text)


def plain(text: str) -> str:
    """`text` without marks and pinyin, in normal width."""
    return unicodedata.normalize("NFKC", _PINYIN.sub("", _MARK.sub("", text)))


def hits(form: str, normed: str) -> bool:
    """Whether `form` stands in a normalised text; digits at its ends match only as whole numbers."""
    form = normal(form)
    if not form:
        return False
    pattern = re.escape(form)
    if form[0].isdigit():
        pattern = r"(?<!\d)(?<!\d\.)" + pattern
    if form[-1].isdigit():
        pattern += r"(?!\d)(?!\.\d)(?!(?:余|餘|多)?[万萬亿億千])(?!%)(?!million)"
    return re.search(pattern, normed) is not None


def clauses(answer: str) -> list[str]:
    """The sentences and half-sentences of an answer."""
    return [piece for piece in re.split(r"[。；;！!？?\n]|\.(?=\s|$)", _MARK.sub("", answer)) if piece.strip()]


@lru_cache(maxsize=512)
def names_of(city: str) -> tuple[str, ...]:
    """All names under which an answer may speak of a city, in lower case."""
    place = lookup(city)
    if place is None:
        return (city.lower(),)
    forms = {place.short, place.name, to_traditional(place.short), place.english, place.pinyin}
    return tuple(sorted(form.lower() for form in forms if form))


def city_key(name: str | None) -> str:
    """One name for a city, however it is written."""
    place = lookup(name or "")
    return place.short if place is not None else (name or "")


def affirmed(answer: str) -> set[str]:
    """The cities that clauses without a negation name."""
    found: set[str] = set()
    for clause in re.split(r"[。；;！!？?\n,，]|\.(?=\s|$)|\bbut\b|\bwhile\b|但|而", answer):
        if not NEGATION.search(clause):
            found |= {place.short for _, place in find_places(clause)}
    return found


def numbers(text: str) -> set[str]:
    """Figures of a text in a form that can be compared: '1,019' -> '1019', '1.5万余' -> '1.5万', '97%' -> '97%'."""
    text = plain(text)
    found: set[str] = set()
    for match in NUMBER.finditer(text):
        raw = re.sub(r"[,余餘多]", "", match.group()).replace("萬", "万").replace("億", "亿")
        found.add(raw)
        scale = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}.get(raw[-1], 1.0)
        body = raw.rstrip("万亿千百%")
        if body and raw[-1] != "%":
            word = SPOKEN.match(text[match.end() :])
            spoken = _SPOKEN_VALUE[word.group(1).lower()] if word else 1.0
            found.add(f"{float(body) * scale * spoken:.6g}")
    for match in re.finditer(r"(?<![\d一二三四五六七八九十百千万亿])(百万|千万|百|千|万)(?=[^\d亿])", text):
        value = {"百万": 1e6, "千万": 1e7, "百": 100, "千": 1000, "万": 10000}[match.group(1)]
        found.add(f"{value:.6g}")
    return found
