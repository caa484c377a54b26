"""Place names: every level of China, short names, pinyin, English, and what is no place."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.places import all_places, find_places, lookup, lookup_all, place_of, resolve


def names(text: str) -> list[str]:
    return [place.name for _, place in find_places(text)]


def test_every_level_of_china_is_known() -> None:
    counts = {
        level: sum(place.level == level for place in all_places())
        for level in ("province", "prefecture", "county", "district")
    }
    assert counts["province"] == 34
    assert counts["prefecture"] >= 333
    assert counts["county"] >= 1800
    assert counts["district"] >= 970


@pytest.mark.parametrize(
    ("name", "pinyin", "english"),
    [
        ("亳州市", "bo zhou", "Bozhou"), ("单县", "shan xian", "Shanxian"), ("六安市", "lu an", "Lu'an"),
        ("六合区", "lu he", "Luhe"), ("六盘水市", "liu pan shui", "Liupanshui"), ("西安市", "xi an", "Xi'an"),
        ("陕西省", "shan xi", "Shaanxi"), ("山西省", "shan xi", "Shanxi"), ("乐清市", "yue qing", "Yueqing"),
        ("乐陵市", "lao ling", "Laoling"), ("长治市", "chang zhi", "Changzhi"), ("长子县", "zhang zi", "Zhangzi"),
        ("东阿县", "dong e", "Dong'e"), ("莘县", "shen xian", "Shenxian"), ("番禺区", "pan yu", "Panyu"),
        ("蚌埠市", "beng bu", "Bengbu"), ("台州市", "tai zhou", "Taizhou (Zhejiang)"), ("大埔县", "da bu", "Dabu"),
        ("涡阳县", "guo yang", "Guoyang"), ("浚县", "xun xian", "Xunxian"), ("蔚县", "yu xian", "Yuxian"),
        ("洪洞县", "hong tong", "Hongtong"), ("铅山县", "yan shan", "Yanshan"),
        ("呼和浩特市", "hu he hao te", "Hohhot"),
        ("内蒙古自治区", "nei meng gu", "Inner Mongolia"), ("重庆市", "chong qing", "Chongqing"),
    ],
)  # fmt: skip
def test_pinyin_and_english_are_right_also_where_the_reading_is_irregular(name: str, pinyin: str, english: str) -> None:
    place = lookup(name)
    assert place is not None
    assert (place.pinyin, place.english) == (pinyin, english)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南通和湖州的驿站谁多", ["南通市", "湖州市"]),
        ("义乌市总工会", ["义乌市"]),
        ("昆山建了几个驿站", ["昆山市"]),
        ("湘西州与恩施州", ["湘西土家族苗族自治州", "恩施土家族苗族自治州"]),
        ("山东省济南市历下区", ["山东省", "济南市", "历下区"]),
        ("马鞍山市", ["马鞍山市"]),
        ("泉城与羊城", ["济南市", "广州市"]),
        ("How many in Nantong and Xi'an?", ["南通市", "西安市"]),
        ("Compare Bo Zhou with Hu Zhou City", ["亳州市", "湖州市"]),
        ("Yiwu City and Kunshan", ["义乌市", "昆山市"]),
        ("Shaanxi, Inner Mongolia", ["陕西省", "内蒙古自治区"]),
    ],
)
def test_places_are_found_in_short_full_and_english_forms(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“安康杯”竞赛", "长治久安", "文山会海", "大同小异", "西南通道", "孙中山先生", "建设新乡村", "最大连片",
        "示范县",
        "沿海城市", "投资兴业", "隆重庆祝", "提高县域经济", "弘扬中华文化", "新建区域中心", "振兴县域", "阿里巴巴",
        "长白山", "城区改造", "东城区块", "健康县城", "合作共赢", "和平发展", "出海口", "普洱茶",
        "How long an hour", "He said the man is in Dan",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_district_name_of_several_cities_is_told_by_its_city() -> None:
    assert [(place.name, place.prefecture) for _, place in find_places("福州市鼓楼区")][1] == ("鼓楼区", "福州市")
    alone = find_places("鼓楼区总工会")
    assert [(place.name, place.prefecture, place.province) for _, place in alone] == [("鼓楼区", None, None)]
    assert lookup("鼓楼区") is None
    assert len(lookup_all("鼓楼区")) == 4
    found = place_of("鼓楼区", prefecture="开封市")
    assert found is not None and found.province == "河南省"


def test_a_short_name_of_two_levels_means_the_higher() -> None:
    found = lookup("大理")
    assert found is not None and found.name == "大理白族自治州"
    assert lookup("不存在市") is None


CANDIDATES = [
    place
    for name in ("亳州市", "菏泽市", "潍坊市", "义乌市", "德州市", "平顶山市", "遂宁市")
    if (place := lookup(name))
]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("毫州", "亳州市"), ("平项山", "平顶山市"), ("逐宁", "遂宁市"), ("豪州", "亳州市"), ("荷泽", "菏泽市"), ("和泽", "菏泽市"), ("维坊", "潍坊市"),
        ("维坊市", "潍坊市"),
        ("Bo Zhou", "亳州市"), ("bozhou city", "亳州市"), ("Bozhuo", "亳州市"), ("Weifan", "潍坊市"),
        ("yi wu", "义乌市"),
        ("得州", "德州市"), ("宿州", "宿州市"), ("常州", "常州市"), ("今年", None), ("", None), ("漳洲", None),
    ],
)  # fmt: skip
def test_slips_resolve_to_a_candidate_and_real_names_to_themselves(fragment: str, expected: str | None) -> None:
    found = resolve(fragment, CANDIDATES)
    assert (found.name if found else None) == expected


def test_every_place_is_found_by_its_own_name() -> None:
    for place in all_places():
        assert place in lookup_all(place.name)
        assert place in lookup_all(place.short)


@given(st.text(alphabet="亳州市菏泽单县鼓楼区南京 abBoZhou'的在和", max_size=60))
def test_mentions_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find_places(text)
    for (span, _), (following, _) in pairwise(found):
        assert span.end <= following.start
    assert all(0 <= span.start < span.end <= len(text) for span, _ in found)


def test_the_names_are_loaded_only_when_asked_for() -> None:
    code = (
        "import sys; import assistant.language.places as p; before = p.gazetteer.cache_info().currsize;"
        "p.find_places('亳州'); sys.stdout.write(f'{before} {p.gazetteer.cache_info().currsize}')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "0 1"


def test_every_mention_of_a_long_report_is_found() -> None:
    assert len(find_places("亳州市总工会与菏泽市总工会共同举办竞赛，参加职工四千人。" * 600)) == 1200
