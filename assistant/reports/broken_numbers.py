"""Prints of a number that show no number any more, read by their form alone.

Read in parts they would give a wrong value: 30 of `4 030`, 万户 of `**万户`, 8 of `增长7；8%`. Each rule was held against
the whole corpus: what it marks there is damaged in print as well. Nothing is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.language.quantities import unit_words
from assistant.language.script import HAN
from assistant.models import Span
from assistant.reports.lines import is_table_or_mark, lines_of
from assistant.reports.signs import is_prose

_LARGE = "[%‰万亿]"
_COUNTED = rf"(?:[余多]?(?:[万亿]|{unit_words(without='time')}|天))"
_UNIT = rf"(?:{_COUNTED}|[余多]?[千百年月日])"  # what stands behind a number, dates and 百 of 百姓 among it
_FIRST = rf"(?<=[{HAN}])(?<![第居列前位至升])"  # not 全省第1。35个: two sentences
_FOREIGN = r"<>^_@&\\`¿※!！?？*＊○●△▲"  # no sign of reckoning, of a list or of a range
_WHOLE = "(?<![0-9])[0-9]+"  # from its first digit on, so that a long row of digits is gone through once
_NO_YEAR = "(?!(?:19|20)[0-9]{2}年)"

_MASKED = (
    rf"(?<![A-Za-z*×xX＊○〇●□■_])(?:[xX]{{2,6}}|×{{1,6}}|[○●]{{2,6}}|[□■△▲※]{{1,6}}|_{{2,12}})(?={_UNIT})",
    rf"(?<![A-Za-z*×xX＊○〇●□■_])[xXN○●](?={_LARGE})",
    rf"(?<=[{HAN}0-9])[*＊]{{2,6}}(?={_UNIT})",
    rf"(?<=[{HAN}])(?:['&~～¿•#@^\\=+_<>*…]|[(（\[【] *[)）\]】]){{1,4}}(?=[万亿](?:{unit_words()}))",  # 达到（ ）亿元
    rf"(?<![A-Za-z0-9])[lIOo][0-9.]*[0-9](?={_UNIT})",  # 增长l1%, not O2O, ISO9000, PM10
    rf"(?<![A-Za-z0-9.])[0-9][0-9.]*[lIOo][0-9.]*(?={_UNIT})",  # 输转3l万人 1O2人
    rf"(?<=[{HAN}])[A-Za-z][0-9.]*[0-9](?={_LARGE})",
    rf"(?<![A-Za-z0-9.])[0-9][0-9.]*[SZBDbzs][0-9.]*(?={_LARGE})",
)
_SWALLOWED = (
    rf"{_WHOLE}\.[，,、；。#~{_FOREIGN}]+{_NO_YEAR}[0-9.]*[0-9]",  # 7.，5%
    rf"{_WHOLE}[，,、；。]+\.[0-9]+",  # 790,.8亿元
    rf"{_WHOLE}\.\.+[0-9]+(?={_UNIT})|{_WHOLE}\.[0-9]+\.[0-9.]{{0,20}}[0-9](?={_UNIT})",  # 6..5% 12.5.6亿
    r"(?<![0-9A-Za-z.\n])(?<!^)[0-9]+\.(?:(?=[，。；：、）%％‰万亿])|个百分点)",  # 106.， 7.%
    rf"(?<![0-9,])[0-9]{{1,3}}(?:,[0-9]{{1,2}},[0-9]{{3}}|,[0-9]{{4,}})(?={_UNIT})",  # 1,23,456人
    rf"{_FIRST}[1-9][0-9]{{0,2}}，[0-9]{{3}}(?={_UNIT})",  # 驿站1，235家: one number or two
    rf"(?:{_FIRST}|(?<=[，、]))[0-9]+[,，。；;][0-9]{{1,2}}(?={_COUNTED})",  # 增长12。5%
    rf"{_WHOLE}(?:[·•‧∙・]|[{_FOREIGN}$￥#'’‘\"]+)[0-9.]*[0-9](?={_COUNTED}|年)",  # 93·3% 49※2个
    rf"{_WHOLE}[%一][0-9.]+(?={_LARGE})",
    rf"(?<=[{HAN}])[\^_@&\\`¿※×○●□■•*＊~]+[0-9][0-9.]*(?={_COUNTED})",  # 综合站_57个
    rf"(?<=[{HAN}])(?:[·#!][0-9][0-9.]*(?={_LARGE})|！[0-9][0-9.]*(?=%))",  # 增长·3%
    rf"(?<=[{HAN}])(?:[—\-+/]0(?={_COUNTED})|[$￥][0-9][0-9.]*(?=%|个|[万亿]?[亩户人名家吨]))",  # 项目—0个
    rf"(?<=[达到为至长降])、[0-9][0-9.]*(?={_COUNTED})",  # 总数达、4万户
    rf"(?<![0-9A-Za-z.\-/:])(?<![0-9][,，])(?:0[0-9]+(?:\.[0-9]+)?(?={_COUNTED})|0(?=[万亿]))",  # 08天 0亿元
    rf"(?<![0-9A-Za-z.])\.[0-9]+(?={_UNIT})",  # 补贴.6亿元
    rf"(?<=[{HAN}])[%‰](?![A-Za-z])|(?<=[长降高低升])个百分点",  # 同比增长%
)
_PARTED = (  # a blank in a number, or for a sign that is gone; in rows and lists it parts one number from the next
    rf"(?<=[{HAN}，、：；。“”])[0-9]+(?:[ \u3000\t]+{_NO_YEAR}[0-9.]*[0-9])+(?=[{HAN}%％‰”])",  # 解决3 4.5万人 “6 3”产业
    rf"(?<=[{HAN}0-9，、；。])\|[0-9]+",  # 首店|78家
)
_KINDS: tuple[tuple[Literal["swallowed", "masked"], re.Pattern[str]], ...] = (
    ("masked", re.compile("|".join(_MASKED))),
    ("swallowed", re.compile("|".join(_SWALLOWED))),
)
_IN_PROSE = re.compile("|".join(_PARTED))


def broken_numbers(text: str) -> Iterator[tuple[Literal["swallowed", "masked"], Span]]:
    """Every stretch that a number's place shows and no number, in no order; they may overlap."""
    for kind, pattern in _KINDS:
        yield from ((kind, Span(*match.span())) for match in pattern.finditer(text))
    for line in lines_of(text):
        if is_prose(line.text) and not is_table_or_mark(line.text):
            for match in _IN_PROSE.finditer(line.text):
                yield "swallowed", Span(line.start + match.start(), line.start + match.end())
