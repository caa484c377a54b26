"""Which measure words count the same kind of thing, and what they are called in English."""

from __future__ import annotations

_PERSONS = frozenset({"人", "名", "位", "人次", "员"})
_CLASSES = (
    frozenset(["个", "家", "座", "处", "所", "间", "站", "店", "支", "幢", "栋"]),
    frozenset(["个", "项", "种", "类"]),
    _PERSONS,
    frozenset(["场", "次", "场次", "期"]),
    frozenset(["件", "起", "例", "宗"]),
    frozenset(["批", "批次"]),
    frozenset(["户", "套"]),
    frozenset(["元", "万元", "亿元", "钱", "块"]),
    frozenset(["美元", "万美元", "亿美元"]),
    frozenset(["年", "岁"]),
    frozenset(["公里", "米", "千米"]),
    frozenset(["平方米", "平方公里", "亩", "公顷"]),
    frozenset(["%", "个百分点"]),
)
_ENGLISH = {
    "家": "", "个": "", "名": "people", "人": "people", "位": "people", "人次": "person-times", "场": "events", "场次": "events", "次": "times",
    "户": "households", "件": "cases", "项": "items", "条": "items", "元": "yuan", "万元": "yuan", "亿元": "yuan", "%": "percent", "年": "years",
    "平方米": "square metres", "公里": "kilometres", "份": "copies", "册": "volumes", "篇": "articles", "倍": "times", "亩": "mu", "吨": "tonnes",
}  # fmt: skip


_MONEY = frozenset(["元", "万元", "亿元", "美元", "万美元", "亿美元", "欧元", "港元", "块", "钱"])
_SHARES = frozenset({"%", "‰", "个百分点"})
_PHYSICAL = frozenset(
    [
        "公里",
        "米",
        "千米",
        "平方米",
        "平方公里",
        "亩",
        "公顷",
        "立方米",
        "吨",
        "斤",
        "公斤",
        "千瓦",
        "兆瓦",
        "千瓦时",
    ]
)
_HELD = frozenset({"届"})
_TIMES = frozenset({"天", "日", "个月", "小时", "分钟", "年", "岁"})


def other_kind(asked: str, unit: str) -> bool:
    """Whether a figure in `unit` cannot answer a question for `asked`: money, shares and physical sizes never mix."""
    if "个" in {asked, unit} or "户" in {asked, unit}:  # people and things are both counted so
        groups: tuple[frozenset[str], ...] = (_MONEY, _SHARES, _PHYSICAL, _TIMES, _HELD)
    else:
        groups = (_MONEY, _SHARES, _PHYSICAL, _TIMES, _HELD, _PERSONS)
    return any((asked in group) != (unit in group) for group in groups)


def counts_nothing(unit: str) -> bool:
    """Whether a unit measures (元, %, 亩, 年), so that it never tells how many of a thing there are."""
    return any(unit in group for group in (_MONEY, _SHARES, _PHYSICAL, _TIMES))


def same_class(first: str, second: str) -> bool:
    """Whether two measure words can count the same thing (家 and 个, 名 and 人次)."""
    return first == second or any(first in group and second in group for group in _CLASSES)


def english_unit(unit: str) -> str:
    """A plain English word for a measure word; empty where English needs none."""
    return _ENGLISH.get(unit, "")
