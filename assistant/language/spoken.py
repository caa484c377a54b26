"""Writes spoken ways of wording as a report would: 县一级 as 县级, 创了业 as 创业.

Pure functions over Simplified Chinese; what a question means is decided elsewhere.
"""

from __future__ import annotations

import re

from assistant.language.glossary import glossary
from assistant.language.places import find_places

_LEVEL = re.compile(r"(国家|[省市县区])一级(?=的|里|有|呢|是|几|多)")
_BY_FIRMS = re.compile(r"企业(?:自己|自)?[办建]的")
_PARTED = re.compile(r"([一-鿿])[了过]([一-鿿])(?=的|吗|呢|吧|么|没|[^一-鿿]|$)")


# What a household has to spend has one name in reports and very many in speech.
_HOLDERS = (
    ("城镇", r"城里人?|城镇(?:居民|人)?|城市(?:居民|人)"),
    ("农村", r"农村牧区(?:常住)?(?:居民|人)?|农?牧[区民](?:居民)?|农村(?:居民|人)?|乡下人?|农民|村民|种地的"),
)
_EARNING = r"(?:们|家|的|人)?(?:平均|人均|一年|每年|一个人|每人|一年下来|全年|能|大概|大约|到底|年|可支配)*(?:的)?(?:收入|挣|赚)(?!比|差|倍)"


def spoken_incomes(text: str) -> str:
    """城里人一年挣多少 as 城镇居民人均可支配收入多少."""
    for name, holders in _HOLDERS:
        text = re.sub(rf"(?:{holders}){_EARNING}", f"{name}居民人均可支配收入", text)
    return text


_TOWN = (("城镇", re.compile(r"城里(?!人)")), ("农村", re.compile(r"乡下(?!人)")))


def spoken_places(text: str) -> str:
    """城里新增就业 as 城镇新增就业."""
    for name, pattern in _TOWN:
        text = pattern.sub(name, text)
    return text


_UNION = re.compile(
    r"(?<=[市省县区])总(?=[的在给为把被对向开办组建发举送都也还]|[和与跟同](?!是|为|有|达|多|约|[^一-鿿]|$))"
)


def spoken_unions(text: str) -> str:
    """市总和哪所学校合作 as 市总工会和哪所学校合作."""
    return _UNION.sub("总工会", text)


def spoken_additions(text: str) -> str:
    """添了多少就业 as 新增了多少就业."""
    return _ADDED.sub("新增了", text)


_ADDED = re.compile(r"(?<![新增再])[增添]添?[了上](?=多少|几)")


_OPENED = re.compile(r"(?<=[路线铁速桥隧轨])通了(?=吗|没|么)")


def spoken_openings(text: str) -> str:
    """高铁通了吗 as 高铁通车了吗."""
    return _OPENED.sub("通车了", text)


_GROWN = re.compile(r"(?<![增成生延])长了(?=多少(?:[^一-鿿]|$)|百分之|几个(?:百分)?点)")
_ECONOMY = re.compile(
    r"经济(?=(?:在?(?:(?:19|20)\d\d|去|上|今|全|一)年|同比|比上年|又)*(?:增长|增|涨)(?:了|的)?(?:多少|百分之|几))"
)


def spoken_growth(text: str) -> str:
    """经济长了多少 as 地区生产总值增长了多少, where the economy of the whole place is asked and not a kind of it."""
    text = _GROWN.sub("增长了", text)
    places = {span.end for span, _ in find_places(text)} if _ECONOMY.search(text) else set()
    return _ECONOMY.sub(
        lambda match: (
            "地区生产总值" if match.start() in places or text[: match.start()][-1:] in _WHOLE_PLACE else match.group()
        ),
        text,
    )


_WHOLE_PLACE = ("", "的", "市", "年", "，", ",")


def spoken_power(text: str) -> str:
    """发了多少度电 as 发电量多少千瓦时."""
    return _POWER.sub(lambda match: f"{match[1]}电量{match[2]}{'千瓦时' if match[3] else ''}", text)


_POWER = re.compile(r"([发用])[了过]?(多少|几万|几亿)(度)?电(?![一-鿿])")


def spoken_levels(text: str) -> str:
    """省一级的 as 省级的, 企业自己办的 as 企业级的, 案子 as 案件."""
    text = text.replace("案子", "案件")
    return _BY_FIRMS.sub("企业级的", _LEVEL.sub(r"\1级", text))


def spoken_firsts(text: str) -> str:
    """头一个 as 首个, 头一家 as 首家."""
    return _FIRST.sub("首", text)


_FIRST = re.compile(r"头一(?=[个家张座批次条项例单本部支台套届所列艘])")


_PERIOD = re.compile(r"[“\"「]((?:九|十|十[一二三四五六])五)[”\"」](?!规划|纲要)")


def spoken_periods(text: str) -> str:
    """A five-year period in quotation marks is a time, no name that a report has to print."""
    return _PERIOD.sub(r"\1", text)


def as_reported(text: str) -> str:
    """All spoken ways of this module at once."""
    for spell in (
        spoken_unions,
        spoken_levels,
        spoken_places,
        spoken_incomes,
        spoken_additions,
        spoken_openings,
        spoken_growth,
        spoken_power,
        spoken_firsts,
        joined_verbs,
        joined_names,
        spoken_periods,
    ):
        text = spell(text)
    return text


def joined_verbs(text: str) -> str:
    """A verb that 了 or 过 parts (创了业, 入过会) as one word, where the dictionary has it."""
    import rjieba

    return _PARTED.sub(lambda m: m[1] + m[2] if rjieba.has_word(m[1] + m[2]) else m.group(), text)


def joined_names(text: str) -> str:
    """A name of verb and object that 了 or 过 parts (提供了岗位) as one word, where the glossary has it."""
    return _PARTED_NAME.sub(lambda m: m[1] + m[2] if glossary().entries_of(m[1] + m[2]) else m.group(), text)


_PARTED_NAME = re.compile(r"([一-鿿]{2})[了过]([一-鿿]{2})")
