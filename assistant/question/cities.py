"""Which places a question names: by official, short, pinyin or English name, with typos and homophones.

Knows the places of China and which of them the library has reports of; does not know the topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.places import Place, find_places, lookup, resolve
from assistant.models import City, Span

ALL_NAMED = re.compile(
    r"(?:哪|各|每)(?:些|几)?(?:个|座)?(?:市|城市|地方|地市|地区|家)(?!的?人(?![数均]))|(?:[两二三四五六七八九十\d]+|几|所有|全部|其他|其它|其余|别的)(?:个|座)?(?:城市|地市|市(?!级|场|民|政|区|直|属|县|总|人))|"
    r"(?:[两三四五六七八九十\d]+|几|这些|所有|全部|各)(?:份|篇|个)?(?:报告|材料|文件)|(?:城市|地市)(?:都|分别)?(?:有|是)(?:哪些|哪几[个座]?)|各地|谁家(?:的|最|更)|谁(?:最|更)|谁的(?=.{0,24}(?:最|更|[多少高低大小强](?:[?？。]|$)|领先|报告|材料|文件))|"
    r"\b(?:which|what|all|every|each|any|other)\b(?: of)?(?: the)?(?: \w+)? (?:cit(?:y|ies)|unions?|reports?)\b|\bthe (?:two|three|four|five|six) (?:cit(?:y|ies)|unions?|reports?)\b"
    r"|\b(?:the|these|those) (?:cities|unions)\b|\b(?:rank|compare|among|between|across) (?:the )?(?:cities|unions)\b",
    re.I,
)
_OTHERS = re.compile(
    r"(?:其他|其它|其余|别的)(?:的)?(?:几|[两三四五六七八九十])?(?:个|座|份|篇)?(?:城市|市|地|报告|材料|工会|呢|都|有没有|[?？]|$)|\bother (?:cit|report|union)",
    re.I,
)
_ALSO = re.compile(r"也?(?:算上|算进|包括在内|带上)|\b(?:including|count in)\b", re.I)
_EXCEPT = re.compile(r"除了?[^，,。？?]{1,10}?(?:以外|之外|外|[，,、]?(?:还有|其[他它余]|别的|哪))")
_LEFT_OUT = r"去掉|去除|除去|除掉|剔除|排除|拿掉|删掉|删去|不要|不算|不看|不包括|不含|抛开|\b(?:without|remove|drop|excluding|exclude|leave out|except)\b"
_LEAVES_OUT = re.compile(
    rf"(?:{_LEFT_OUT})(?:了|掉|\s)*$|^市?(?:{_LEFT_OUT}|除外)(?:了|掉|呢|的话|吧)?(?=[^一-鿿]|$)", re.I
)
_PROVINCE = re.compile(r"(?:只看|仅看|只要|just|only)?\s*(\w{2,3}?)(?:省)?(?:的|内的|各市|省内|境内)")


@dataclass(frozen=True, slots=True)
class Named:
    """The places of a question: where they stand, which are meant, whether all are meant."""

    cities: tuple[City, ...]
    spans: tuple[Span, ...]
    all_cities: bool
    others: bool
    province: str | None


def name_cities(text: str, library: Sequence[Place]) -> Named:
    """The cities that `text` names, in order; `library` holds the places that have a report."""
    known = {place.name for place in library}
    found: list[tuple[Span, Place]] = []
    province = None
    # An English possessive must not hide the name in front of it.
    readable = re.sub(r"['’]s\b", "  ", text)
    for span, place in find_places(readable):
        span, place = _whole_name(text, Span(span.start, min(span.end, len(text))), place, library)
        if text[span.end - 1] == "市" and text[span.end : span.end + 1] in _CITY_WORDS:
            span = Span(span.start, span.end - 1)  # 市场, 市民: the 市 is theirs
        if place.name not in known and (
            _inside_name(text, span) or _latin_county(span.of(text), place) or _latin_name(text, span)
        ):
            continue
        if _is_province(place) and place.name not in known:
            if _narrows(text, span) and not _PARTNER.search(text, 0, span.start):
                province = place.name
                found.append((span, place))
            continue
        found.append((span, place))
    found += [hit for hit in _own_short_names(readable, library) if not any(hit[0].overlaps(span) for span, _ in found)]
    found.sort(key=lambda hit: hit[0])
    replaced = [(span, _with_report(place, library, known)) for span, place in found]
    counties = {span for (span, place), (_, parent) in zip(found, replaced, strict=True) if place.short != parent.short}
    found = replaced
    cities_found = [(span, place) for span, place in found if not _is_province(place) or place.name in known]
    sure = [span for span, place in cities_found if place.name in known]
    slips = [hit for hit in _misspelt(text, library) if not any(hit[0].overlaps(s) for s, _ in cities_found)]
    cities_found += [(span, place) for span, place in slips if not sure or _is_beside(text, span, sure)]
    cities_found.sort(key=lambda hit: hit[0])
    cities: dict[str, City] = {}
    levels = [(span, place) for span, place in cities_found if _is_level(text, span, place, library, known)]
    cities_found = [hit for hit in cities_found if hit not in levels]
    for _, place in _drop_parents(_without_scenes(text, cities_found, known), known):
        cities.setdefault(place.name, City(place.name, place.short, place.name in known))
    spans = tuple(
        sorted(
            {span for span, place in found if _is_province(place) and place.name == province}
            # A county without a report of its own stays in the topic: its prefecture's report may speak of it.
            | {span for span, place in cities_found if place.name in cities and span not in counties}
            | {Span(span.start, span.start + len(place.short)) for span, place in levels}
        )
    )
    left_out = any(_LEAVES_OUT.search(text[: span.start]) or _LEAVES_OUT.search(text[span.end :]) for span in spans)
    # 除了省级的 leaves out no city.
    excepted = any(found.start() < span.start < found.end() for found in _EXCEPT.finditer(text) for span in spans)
    others = left_out or excepted or bool(_OTHERS.search(text))
    also = bool(ALL_NAMED.search(text) and _ALSO.search(text))  # 几个市排一排，衡水也算上
    every = bool(ALL_NAMED.search(text)) and (not cities or others or also)
    return Named(() if also else tuple(cities.values()), spans, every, others, province)


_PARTNER = re.compile(r"[一-鿿][跟与同向给对从]$")  # 芜湖跟江苏哪个市合作: with whom, not of which cities


def _whole_name(text: str, span: Span, place: Place, library: Sequence[Place]) -> tuple[Span, Place]:
    """A place without a report gives way to one with a report whose name it cuts (那曲 in 那曲靖呢)."""
    if place in library:
        return span, place
    for other in library:
        at = text.find(other.short, max(0, span.start - len(other.short) + 1), span.end + len(other.short) - 1)
        if at >= 0 and span.start < at < span.end < at + len(other.short):
            return Span(at, at + len(other.short)), other
    return span, place


def leaves_out(text: str) -> bool:
    """Whether `text` has a word that takes a city out of what is looked at (去掉, without)."""
    return re.search(_LEFT_OUT, text, re.I) is not None


def _is_province(place: Place) -> bool:
    """Whether a place is a province and no city as well, as 上海市 is."""
    return place.level == "province" and not place.name.endswith("市")


def _with_report(place: Place, library: Sequence[Place], known: set[str]) -> Place:
    """The prefecture that has a report, for a county of it that has none: the county is spoken of there, if anywhere."""
    if place.name in known or place.level not in {"county", "district"}:
        return place
    parent = next((one for one in library if one.name == place.prefecture or one.short == place.prefecture), None)
    return parent or place


def _own_short_names(text: str, library: Sequence[Place]) -> list[tuple[Span, Place]]:
    """Counties and districts of the library by their name without its suffix, which alone might be an ordinary word.

    Where there is a report of 和县, 和县 is still said in full: one character names no place.
    """
    counties = [place for place in library if place.level in {"county", "district"} and len(place.short) > 1]
    return [
        (Span(match.start(), match.end()), place)
        for place in counties
        for match in re.finditer(re.escape(place.short), text)
    ]


def _inside_name(text: str, span: Span) -> bool:
    """Whether a place that has no report stands inside another name (北京路, 上海世博)."""
    follow = text[span.end : span.end + 1]
    return bool(follow) and follow in "路街大学院饭"


def _latin_county(name: str, place: Place) -> bool:
    """Whether a county without a report is only spelt alike (a person's given name in pinyin)."""
    return name.isascii() and place.level in {"county", "district"}


def _latin_name(text: str, span: Span) -> bool:
    """Whether a place spelt in Latin letters is a part of another name (Niu Decheng, Ankang Cup)."""
    if not span.of(text).isascii():
        return False
    before = re.search(r"([A-Za-z]+) $", text[: span.start])
    after = re.match(r" ([A-Z][a-z]+)", text[span.end :])
    led = before and before[1][0].isupper() and before[1] not in _BEFORE_A_PLACE and before.start() > 0
    return bool(led) or bool(
        after
        and after[1]
        not in {
            "City",
            "Municipal",
            "Municipality",
            "Prefecture",
            "County",
            "District",
            "Federation",
            "Unions",
            "Union",
        }
    )


_BEFORE_A_PLACE = {"In", "Of", "And", "Or", "Compare", "For", "Did", "Does", "Is", "Was", "Has", "With", "City", "To"}


def _between_words(text: str, span: Span) -> bool:
    """Whether two characters belong to two ordinary words (书屋和驿站: 屋和)."""
    import rjieba

    at, edges = 0, set()
    for word in rjieba.cut(text):
        if len(word) > 1 and rjieba.has_word(word):
            edges.add((at, at + len(word)))
        at += len(word)
    return any(start < span.start < end <= span.start + 1 for start, end in edges)


_CITY_WORDS = frozenset("场民政容值级")


def _narrows(text: str, span: Span) -> bool:
    """Whether a province narrows the question (只看山东的) and is no part of a title (山东省劳动模范)."""
    before, after = text[max(0, span.start - 3) : span.start].lower(), text[span.end : span.end + 12]
    return (
        bool(_AS_A_WHOLE.match(after))
        or bool(re.search(r"只看|仅|只要|only|in $|看看", before))
        or bool(
            re.match(
                r"省?(?:有?哪[些几]?个?[城市地]|(?:的|内|各)(?:城市|市|几|呢|$)?|(?:[两二三四五六七八九十\d]+个?)?(?:城市|[两三四五六七八九十]市))",
                after,
            )
        )
    )


_AS_A_WHOLE = re.compile(
    r"(?:省|一共|总共|共|全省|去年|今年|目前|现在|到底|都)*(?:有|新?[建办开设]|新增|发放?|培训)(?:了|成了?|有)?(?:多少|几|哪些)"
)


def asks_whole_province(text: str, province: str | None) -> bool:
    """Whether Simplified `text` asks for a number of the province itself (山东省有多少), which no city's report gives."""
    if province is None:
        return False
    found = re.search(rf"{province[:-1]}(?={_AS_A_WHOLE.pattern})", text)
    return found is not None or re.search(r"全省", text) is not None


def _without_scenes(text: str, found: list[tuple[Span, Place]], known: set[str]) -> list[tuple[Span, Place]]:
    """A place that has no report and in which another city did something, or which helped it, is not the city asked."""
    if not any(place.name in known for _, place in found):
        return found
    return [
        (span, place)
        for span, place in found
        if place.name in known
        or not (_SCENE.search(text, 0, span.start) or _helps(text, span) or _is_a_partner_s(text, span))
    ]


def _helps(text: str, span: Span) -> bool:
    """Whether a place is the one that helps (上海帮扶了遵义多少), and no second city that is asked beside another."""
    return _HELPS.match(text, span.end) is not None and not _BESIDE.search(text, 0, span.start)


def _is_a_partner_s(text: str, span: Span) -> bool:
    """Whether somebody of a place is asked for (跟某市哪家企业签约), and not the place beside another."""
    return _OF_THERE.match(text, span.end) is not None and _BESIDE.search(text, 0, span.start) is not None


_OF_THERE = re.compile(
    r"市?(?:的|那边的?)?(?:哪(?:一|[两二三四五六七八九几些])?[个家所座]?|什么)"
    r"(?:区|县|镇|医院|大学|高校|学校|学院|企业|公司|集团|机构|单位|平台|研究|院|港|园区|城区)"
)
_HELPS = re.compile(r"市?(?:的)?(?:对口|帮扶|支援|援助|援建|捐赠|捐了)")
_BESIDE = re.compile(r"[、，,和与跟同及]$")
_SCENE = re.compile(r"[一-鿿](?:在|到|赴|去|往|从)$")


def _is_level(text: str, span: Span, place: Place, library: Sequence[Place], known: set[str]) -> bool:
    """Whether a place is named for the level only (百色市级的), being the prefecture of a place that has a report."""
    if place.name in known or not any(other.prefecture == place.name for other in library):
        return False
    return re.match(r"市?级(?![别的那这呢])", text[span.end :]) is not None


def _drop_parents(found: list[tuple[Span, Place]], known: set[str]) -> list[tuple[Span, Place]]:
    """A place that has no report and stands beside one that has is a scope (曲靖市五一劳动奖章), not the city asked."""
    if not any(place.name in known for _, place in found):
        return found
    kept = [(span, place) for span, place in found if place.name in known]
    parents = {place.prefecture for _, place in kept}
    return [(span, place) for span, place in found if place.name in known or place.name not in parents]


def _is_beside(text: str, span: Span, sure: Sequence[Span]) -> bool:
    """Whether a slip of the pen stands beside a city that is surely named (恒水和常州)."""
    nearest = min(sure, key=lambda one: abs(one.start - span.start))
    first, second = (nearest, span) if nearest.start < span.start else (span, nearest)
    return _BETWEEN.fullmatch(text[first.end : second.start]) is not None


_BETWEEN = re.compile(r"市?(?:的?[^，。、]{0,6})?[、和与跟同及比]")
_PARTICLES = frozenset("了的着吗呢吧")


def _misspelt(text: str, library: Sequence[Place]) -> list[tuple[Span, Place]]:
    """Places of the library behind a typo or a homophone, where no ordinary word stands."""
    from assistant.language.words import content_words

    ordinary = set(content_words(text))
    found: list[tuple[Span, Place]] = []
    for match in re.finditer(r"[一-鿿]+", text):
        for start in range(match.start(), match.end() - 1):
            for size in (3, 2):
                piece, span = text[start : start + size], Span(start, start + size)
                if len(piece) < size or any(one.overlaps(span) for one, _ in found):
                    continue
                if _PARTICLES & set(piece):
                    continue  # 提到了城镇 sounds like 聊城; nobody writes a particle for a part of a name
                place = resolve(piece, library)
                if place is None or len(place.short) != size or _between_words(text, span):
                    continue
                if piece not in ordinary or (lookup(piece) is None and start == match.start()):
                    found.append((span, place))
    for match in re.finditer(r"[A-Za-z][A-Za-z' ]*[A-Za-z]", text):
        words = list(re.finditer(r"[A-Za-z']+", match.group()))
        for size in (2, 1):
            for index in range(len(words) - size + 1):
                start, end = match.start() + words[index].start(), match.start() + words[index + size - 1].end()
                place = resolve(text[start:end], library)
                if place is not None and place not in library and _latin_name(text, Span(start, end)):
                    continue
                if place is not None and _is_province(place) and place not in library:
                    continue  # narrows the cities, is none
                if place is not None and not any(span.overlaps(Span(start, end)) for span, _ in found):
                    found.append((Span(start, end), place))
    return found
