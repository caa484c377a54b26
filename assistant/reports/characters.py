"""Repairs that look at single characters: invisible, full-width, Traditional ones, and radicals.

Each keeps or drops a character; none looks at sentences or lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.language.script import to_simplified
from assistant.models import Span
from assistant.reports.offsets import Edit

_CONTROLS = "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
_ZERO_WIDTH = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue5e5"
_INVISIBLE = re.compile(f"[{_CONTROLS}{_ZERO_WIDTH}]+")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
_LINE_END = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％＋－／＄＆＝＜＞～＠＃]+")
_FULL_WIDTH_GROUPS = re.compile(r"(?<![０-９0-9，,第居列前位])[０-９]{1,3}(?:，[０-９]{3})+(?![０-９0-9，,])")
_FULL_POINT = re.compile(r"(?<=[0-9])[．·•](?=[0-9])")
_FULL_GROUPING = re.compile(r"(?<![0-9,，.第居列])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9,，])")
_SURE_GROUPING = re.compile(r"(?<![0-9,，.])[1-9][0-9]{0,2}，0[0-9]{2}(?![0-9,，])")  # no number begins with 0
_HABIT = 2  # numbers grouped by a Chinese comma, from which it is the writer's habit
_SHIFT = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


# PDF fonts often map a character to the radical that looks the same. Unicode gives the characters
# of the Kangxi block itself; those of the supplement are from its EquivalentUnifiedIdeograph.txt.
_RADICALS = dict(
    zip(
        "⺁⺅⺉⺊⺒⺓⺕⺖⺘⺙⺝⺟⺠⺡⺣⺨⺩⺫⺬⺭⺮⺶⺹⺼⻁⻂⻄⻅⻆⻈⻉⻊⻋⻌⻏⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻯⻰⻱⻳",
        "厂亻刂卜巳幺彐忄扌攵月母民氵灬犭王目示礻竹羊耂月虎衤西见角讠贝足车辶阝钅長长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐歯齿竜龙龜龟",
        strict=True,
    )
)
_LOOK_ALIKE = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06]")


def radical_edits(text: str) -> Iterator[Edit]:
    """Radicals, compatibility forms and Latin ligatures of PDF fonts become the characters meant."""
    for match in _LOOK_ALIKE.finditer(text):
        meant = _RADICALS.get(match[0]) or unicodedata.normalize("NFKC", match[0])
        if meant != match[0]:
            yield Edit(match.start(), match.end(), meant)


def line_end_edits(text: str) -> Iterator[Edit]:
    """Every line end becomes one `\\n`."""
    return (Edit(m.start(), m.end(), "\n") for m in _LINE_END.finditer(text))


def invisible_edits(text: str) -> Iterator[Edit]:
    """Drop control characters, zero-width characters and stray byte-order marks."""
    return (Edit(m.start(), m.end(), "") for m in _INVISIBLE.finditer(text))


def odd_space_edits(text: str) -> Iterator[Edit]:
    """No-break and typographic spaces become plain spaces."""
    return (Edit(m.start(), m.end(), " " * len(m[0])) for m in _ODD_SPACE.finditer(text))


def full_width_edits(text: str) -> Iterator[Edit]:
    """Full-width digits, letters and signs of reckoning become ASCII, one for one; so do the commas of `３，５２０`."""
    groups = [Edit(m.start(), m.end(), m[0].translate(_SHIFT)) for m in _FULL_WIDTH_GROUPS.finditer(text)]
    rest = _FULL_WIDTH_GROUPS.sub(lambda match: " " * len(match[0]), text)
    return iter(
        sorted([*groups, *(Edit(m.start(), m.end(), m[0].translate(_SHIFT)) for m in _FULL_WIDTH.finditer(rest))])
    )


def number_mark_edits(text: str) -> Iterator[Edit]:
    """`１２．５` and `1，235`: the marks inside a number become ASCII.

    A single `1，235` may as well be two numbers and stays; `1，019` cannot.
    """
    edits = [Edit(m.start(), m.end(), ".") for m in _FULL_POINT.finditer(text) if m[0] == "．"]
    grouped = list(_FULL_GROUPING.finditer(text))
    sure = grouped if len(grouped) >= _HABIT else _SURE_GROUPING.finditer(text)
    edits += [Edit(m.start(), m.end(), m[0].replace("，", ",")) for m in sure]
    return iter(sorted(edits))


def simplify_edits(text: str, keep: Sequence[Span]) -> Iterator[Edit]:
    """Traditional characters become Simplified, except inside the spans to keep."""
    converted = to_simplified(text)
    if converted == text:
        return
    kept = {at for span in keep for at in range(span.start, span.end)}
    start = None
    for at, (old, new) in enumerate(zip(text, converted, strict=True)):
        changes = old != new and at not in kept and new <= "\uffff"
        if changes and start is None:
            start = at
        elif not changes and start is not None:
            yield Edit(start, at, converted[start:at])
            start = None
    if start is not None:
        yield Edit(start, len(text), converted[start:])
