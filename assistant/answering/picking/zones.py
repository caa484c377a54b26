"""How well the words of a question are met by the places around a figure or in a sentence.

Pure functions over texts. A term counts fully where one of its forms stands as a word of its own, less where only
parts of it stand, and not at all where it is merely a part of the name of another thing (体检 in 法治体检).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.glossary import glossary
from assistant.language.sounds import readings
from assistant.language.words import is_verb
from assistant.models import Span, Term

# A measure of the thing itself (粮食总产量, 公路总里程) is no other thing.
_MEASURE_OF = re.compile(r"(?:总|通车)?(?:里程|产量|产|数量|总量|总数|规模|长度)")
# 新增会员 are 会员, and 模范职工之家 is a kind of 职工之家: no other thing.
_ADDED = re.compile(r"新增加?|净增|新?发展|新建|(?:全国|省级?|市级?)?(?:模范|示范性?|共享|优秀|最美|标准化|星级)")
_DROPPED = re.compile(r"[“”‘’\"'「」『』《》〈〉\s]")
_OF_A_LAW = re.compile(
    r"之[星家友窗声]|[一-鿿]{0,6}?(?:法|条例|办法|规定)(?=[、，。；》）\")]|$)"
)  # 劳动争议 in 劳动争议调解仲裁法, 农民工 in 农民工之星
_INSURED = frozenset({"养老", "医疗", "失业", "工伤", "生育"})
_INSURANCE = re.compile(r"(?:、[一-鿿]{2,4})*(?:保险|参保|金)")  # 养老 in 养老、医疗保险 is no care for the old
_PART = 0.75  # what parts of a term are worth against the whole
_HEAD = 0.8  # what an ordinary word is worth as the head of a longer name
_PART_OF = 0.5  # ... and elsewhere in it
_INSIDE = 0.25  # what a form inside the name of another thing is worth
_HEARD = 0.8  # what a homophone is worth (合里化 for 合理化)
_PARTED = 0.85  # what a verb and its object are worth with words between them
_LIKELY = 0.6  # what a word that the model finds near is worth: enough on a figure's own label, not around it
_LETTER = 0.65  # what a single character is worth, which may be a part of any word
_NEAR = 0.85  # what an everyday or dictionary rendering is worth against an official form


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """`text` without quotation marks and blanks, in lower case, for matching only."""
    return _DROPPED.sub("", text).lower()


@lru_cache(maxsize=16384)
def _names(text: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """The glossary names in plain `text`: start, end, all official forms of what they name."""
    grouped: dict[Span, set[str]] = {}
    for found in glossary().find(text):
        if not found.everyday and len(found.span) >= 2:
            grouped.setdefault(found.span, set()).update(plain(form) for form in found.entry.official)
    return tuple((span.start, span.end, frozenset(forms)) for span, forms in grouped.items())


@lru_cache(maxsize=65536)
def _form_in(form: str, text: str, asked: frozenset[str] = frozenset()) -> float:
    """1 where `form` stands in plain `text`, less where only inside another thing's longer name, else 0.

    A name that is itself `asked` is no other thing.

    A thing of the glossary is not met by another thing's name (体检 in 法治体检); an ordinary word that is the head of
    the name nearly is (竞赛 in 职业技能竞赛).
    """
    at, best = text.find(form), 0.0
    if len(form) == 1 and not form.isascii():
        return _LETTER if at >= 0 else 0.0
    while at >= 0:
        end = at + len(form)
        outer = [
            stop
            for start, stop, forms in _names(text)
            if start <= at
            and end <= stop
            and stop - start > len(form)
            and form not in forms
            and text[start:stop] not in asked
            and not (stop == end and _ADDED.fullmatch(text, start, at))
        ]
        other = _OF_A_LAW.match(text, end) or (form in _INSURED and _INSURANCE.match(text, end))
        if not any(not _MEASURE_OF.fullmatch(text, end, stop) for stop in outer) and not other:
            return 1.0
        ordinary = not glossary().entries_of(form)
        best = max(best, (_HEAD if end in outer else _PART_OF) if ordinary else _INSIDE)
        at = text.find(form, at + 1)
    return best


def starts_a_name(form: str, text: str) -> bool:
    """Whether a longer name in plain `text` begins with `form` (工匠 in 工匠学院)."""
    return any(end - start > len(form) and text.startswith(form, start) for start, end, _ in _names(text))


@lru_cache(maxsize=16384)
def sounds_like(form: str, text: str) -> bool:
    """Whether plain `text` holds characters that sound like `form` (合里化 -> 合理化, decheng -> 德成)."""
    if re.fullmatch(r"[a-z'’]+", form):
        wanted = re.sub(r"['’]", "", form)
        return len(wanted) >= 3 and any(_spelt(wanted, text[at : at + 5]) for at in range(len(text)))
    size = len(form)
    if size < 2 or not re.fullmatch(r"[一-鿿]+", form):
        return False
    wanted_readings = [readings(one) for one in form]
    return any(
        all(readings(text[at + offset]) & wanted_readings[offset] for offset in range(size))
        for at in range(len(text) - size + 1)
    )


def _spelt(wanted: str, characters: str) -> bool:
    """Whether the first of `characters` can be read as the letters `wanted`."""
    if not wanted:
        return True
    if not characters:
        return False
    return any(
        wanted.startswith(one) and _spelt(wanted[len(one) :], characters[1:])
        for one in readings(characters[0])
        if one.isalpha()
    )


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of plain text around a candidate and what a word in it is worth (0..1)."""

    text: str
    worth: float


def met(term: Term, zones: Sequence[Zone], asked: frozenset[str] = frozenset()) -> float:
    """How well `term` is met in `zones`, 0..1; `asked` are the plain forms of all that is asked."""
    best = 0.0
    for zone in zones:
        if zone.worth <= best or not zone.text:
            continue
        for form in term.forms:
            best = max(best, zone.worth * _form_in(plain(form), zone.text, asked))
        for form in term.near:
            best = max(best, zone.worth * _NEAR * _form_in(plain(form), zone.text, asked))
        for form in term.likely:
            best = max(best, zone.worth * _LIKELY * _form_in(form, zone.text))
        if term.pinyin:
            best = max(best, zone.worth * 0.95 * float(sounds_like(plain(term.text), zone.text)))
    if best < _PART and not term.pinyin:
        for form in (term.text, *term.forms[1:4]):
            best = max(best, _parts(plain(form), zones, term))
        for form in (*term.forms[:4], *term.near[:4]):
            best = max(best, _PARTED * _parted(plain(form), zones))
    if best < _PARTED:
        best = max(best, *(_PARTED * _coded(plain(form), zones) for form in term.forms[:2]), 0.0)
    if best < _PART and any("?" in zone.text for zone in zones):
        best = max(best, _damaged(term, zones))
    if best < 0.3 and term.misspelt and 2 <= len(term.text) <= 6:
        best = max(
            best,
            _HEARD
            * max(
                (zone.worth for zone in zones if zone.worth >= 0.7 and sounds_like(plain(term.text), zone.text)),
                default=0.0,
            ),
        )
    return min(best, 1.0)


def _damaged(term: Term, zones: Sequence[Zone]) -> float:
    """How well a term is met by its beginning before a loss (书?200 for 书籍)."""
    begun = [plain(form)[:at] + "?" for form in term.forms for at in range(1, len(plain(form)))]
    return max((_PART * zone.worth for zone in zones if any(one in zone.text for one in begun)), default=0.0)


def _parted(form: str, zones: Sequence[Zone]) -> float:
    """Whether the halves of a form stand in a clause with words between them (引进高层次人才 for 引进人才).

    Between a verb and its object there may be more than between two nouns (单身职工联谊 for 单身联谊); a longer name may
    have one word more anywhere (合作框架协议 for 合作协议).
    """
    if not 4 <= len(form) <= 8 or not form.isalpha() or form.isascii():
        return 0.0
    if len(form) == 4:
        most = 8 if is_verb(form[:2]) else 4
        pattern = rf"{form[:2]}[^，。；,;：]{{1,{most}}}{form[2:]}"
    else:
        pattern = "|".join(rf"{form[:at]}[一-鿿]{{2}}{form[at:]}" for at in range(2, len(form) - 1))
    return max((zone.worth for zone in zones if re.search(pattern, zone.text)), default=0.0)


_CODE = re.compile(r"(\d[a-z]|[a-z]+\d+|[a-z]{2,})级?([一-鿿]{2,})")


def _coded(form: str, zones: Sequence[Zone]) -> float:
    """Whether the code and the thing of a form such as 5A景区 stand in one clause, in whatever order."""
    match = _CODE.fullmatch(form)
    if match is None:
        return 0.0
    code, thing = re.compile(rf"(?<![a-z0-9]){match[1]}(?![a-z0-9])"), match[2]
    return max(
        (
            zone.worth
            for zone in zones
            for one in re.split(r"[，。；,;]", zone.text)
            if thing in one and code.search(one)
        ),
        default=0.0,
    )


def _parts(form: str, zones: Sequence[Zone], term: Term) -> float:
    """How much of a longer form stands in the zones, by neighbouring pairs of characters."""
    if len(form) < 3 or not re.search(r"[一-鿿]", form):
        return 0.0
    pairs = [form[at : at + 2] for at in range(len(form) - 1)]
    own = {plain(other) for other in (*term.forms, *term.near)}
    worth = [
        max((zone.worth for zone in zones if pair in zone.text and not _taken(pair, form, zone.text, own)), default=0.0)
        for pair in pairs
    ]
    share = sum(1 for value in worth if value) / len(pairs)
    return _PART * sum(worth) / len(pairs) if share >= 0.5 else 0.0


@lru_cache(maxsize=65536)
def _rivals(form: str, text: str, own: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Names in `text` of other things that share the beginning or the end of `form` (奖状 where 奖章 is asked)."""
    return tuple(
        (start, end)
        for start, end, forms in _names(text)
        if not forms & own
        and len(_common(text[start:end], form)) >= 2
        and len(_common(text[start:end], form)) >= (end - start) / 2
    )


def _common(first: str, second: str) -> str:
    """The longest common prefix or suffix."""
    prefix = 0
    while prefix < min(len(first), len(second)) and first[prefix] == second[prefix]:
        prefix += 1
    suffix = 0
    while suffix < min(len(first), len(second)) and first[-1 - suffix] == second[-1 - suffix]:
        suffix += 1
    return first[:prefix] if prefix >= suffix else first[len(first) - suffix :]


def _taken(pair: str, form: str, text: str, own: set[str]) -> bool:
    """Whether every occurrence of `pair` belongs to a rival name."""
    rivals = _rivals(form, text, frozenset(own))
    if not rivals:
        return False
    at = text.find(pair)
    while at >= 0:
        if not any(start <= at and at + 2 <= end for start, end in rivals):
            return False
        at = text.find(pair, at + 1)
    return True


EVERYWHERE = frozenset(
    [
        "职工",
        "企业",
        "工会",
        "活动",
        "工作",
        "参与",
        "覆盖",
        "组织",
        "培训",
        "项目",
        "宣传",
        "子女",
        "岗位",
        "就业",
        "培育",
        "工匠",
        "产业工人",
        "农民工",
        "工会会员",
        "困难职工",
        "帮扶",
        "职工之家",
        "资金",
        "增长",
        "占比",
    ]
)


def names_another(terms: Sequence[Term], label: str) -> bool:
    """Whether a plain label holds the name of a thing that the question does not speak of.

    Of examples before a common noun (会议室、书屋等阵地) the noun alone is what is counted.
    """
    listed, _, whole = label.rpartition("等")
    label = whole if "、" in listed and whole else label
    asked = {plain(form) for term in terms for form in (term.text, *term.forms, *term.near)}
    return any(
        not forms & asked and not forms & EVERYWHERE and not _is_added(label[start:end], asked)
        for start, end, forms in _names(label)
    )


def _is_added(name: str, asked: Collection[str]) -> bool:
    """Whether a name is that of something asked with a word of adding before it (新增会员 where 会员 is asked)."""
    added = _ADDED.match(name)
    return added is not None and name[added.end() :] in asked


def within_other_name(terms: Sequence[Term], text: str) -> bool:
    """Whether a naming word stands in plain `text` only as a part of another thing's name."""
    named = [term for term in terms if term.noun]
    return any(max((_form_in(plain(form), text) for form in term.forms), default=0.0) == _INSIDE for term in named)


def rarity(terms: Iterable[Term], texts: Sequence[str]) -> dict[str, float]:
    """How telling each term is among the plain sentences `texts`: 1 for unseen or single, towards 0.15 for everywhere."""
    count = max(len(texts), 2)
    found: dict[str, float] = {}
    for term in terms:
        forms = [plain(form) for form in (*term.forms, *term.near, *term.likely)]
        seen = sum(1 for text in texts if any(form in text for form in forms))
        found[term.text] = max(0.15, min(1.0, math.log((count + 1) / max(seen, 1)) / math.log(count + 1)))
    return found


def coverage(
    terms: Sequence[Term], zones: Sequence[Zone], rare: Mapping[str, float]
) -> tuple[float, float, dict[str, float]]:
    """Weighted share of all terms met, the same of the naming terms alone, and how each term was met."""
    total = total_nouns = got = got_nouns = 0.0
    each: dict[str, float] = {}
    asked = frozenset(plain(form) for term in terms for form in (*term.forms, *term.near))
    for term in terms:
        weight = term.weight * rare.get(term.text, 1.0) * (1.4 if term.focus else 1.0) * (1.2 if term.quoted else 1.0)
        value = met(term, zones, asked)
        each[term.text] = max(value, each.get(term.text, 0.0))
        total += weight
        got += weight * value
        if term.noun:
            total_nouns += weight
            got_nouns += weight * value
    return (
        (got / total if total else 0.0),
        (got_nouns / total_nouns if total_nouns else got / total if total else 0.0),
        each,
    )
