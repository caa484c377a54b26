"""Finds the words that narrow a figure: level (国家级), share of a whole (其中), change (新增), base (人均).

It reads only the words it is given; which words those are is decided in `binding`.
"""

from __future__ import annotations

import re

_LEVEL = re.compile(
    r"国家级|世界级|部级|省部级|省级|自治区级|市级|县级|区级|镇级|乡级|村级|校级|街道级|厅级|县区级|区县级|地市级|"
    r"(?:(?<![安健])全(?:国|省|市|县|区|州|盟|旗|域|系统)|我[市省县区]|市本级|市直|县域|中心城区|城区|市区|主城区|城镇|农村|城乡)|"
    r"各级|市县两级|省市两级|(?:国家|中央|国务院)(?=[级认重示五])"
)
_PLACE_LEVEL = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}?(?:省|自治区|市|县)|全国|省|市|国家)(?=[\u4e00-\u9fff“])")
_MANNER = re.compile(
    r"其中|新增|净增|累计|总计|共计|合计|首批|首次|年均|人均|户均|同比|环比|每年|每月|每周|每天|每日|每人每年|每人每月|每人|每户|"
    r"每亩|平均|预计|现有|已有|在建|续建|新建|改建|扩建|新改扩建|新改建|剩余|另有|此外|最高|最低|第一批|当年|全年|线上|线下|免费|规模以上|规上|限额以上|限上|"
    r"以上年末|年末|年底|月均|日均|力争"
)
_COMPARED = re.compile(
    r"[比较](?:上年|去年|上年同期|去年同期|(?:19|20)\d\d年|[“]?十[一二三四]五[”]?(?:期?末|初)?|五年前|年初|"
    r"全[国省]平均(?:水平)?)[末底初]?"
)
_REACH = re.compile(
    r"(?:(?:全国|全省|全市|全县|全区|全州|我[市省县区]|各级|各类|各项|各种|各地|各|当地|辖区内?|市域|境内(?!外))+)"
)
_LEVEL_ONLY = re.compile(
    r"^(?:其中|[、,，:：]|国家级|世界级|部级|省部级|省级|市级|县级|区级|镇级|乡级|村级|校级|全国|全省|全市|省|市|县|区|国家|"
    r"首[支个家批条座]|[\u4e00-\u9fff]{1,4}级|[\u4e00-\u9fff]{2,3}(?:省|(?<![城超都夜门])市))+$"
)


def scope_words(*texts: str) -> tuple[str, ...]:
    """The narrowing words of the texts in reading order, each once."""
    found: list[str] = []
    for text in texts:
        hits = [*_LEVEL.finditer(text), *_MANNER.finditer(text), *_COMPARED.finditer(text)]
        found += [hit[0] for hit in sorted(hits, key=re.Match.start)]
    return tuple(dict.fromkeys(found))


def level_of(noun: str) -> str | None:
    """The level that a noun phrase begins with (国家级, 省级, 山东省, 全国), or None."""
    match = _LEVEL.match(noun) or _PLACE_LEVEL.match(noun)
    return match[0] if match else None


def is_level_only(noun: str) -> bool:
    """Whether a phrase is nothing but a level, so that its noun must come from elsewhere (国家级6家)."""
    return bool(noun) and len(noun) <= 8 and bool(_LEVEL_ONLY.match(noun))


def without_reach(noun: str) -> tuple[str, tuple[str, ...]]:
    """The noun phrase without the words of reach before it (全市地区生产总值 -> 地区生产总值), and those words."""
    reach = _REACH.match(noun)
    if reach and len(noun) > reach.end() + 1:
        words = re.findall(r"全[国省市县区州]|我[市省县区]|各级|各类|市域", reach[0])
        if reach[0].startswith("全国") and not words[1:]:
            return noun, ()
        return noun[reach.end() :], tuple(words)
    return noun, ()
