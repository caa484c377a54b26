"""What comes in from outside, checked before the assistant sees it: questions, cities, stretches of a report.

The page, the HTTP API and the MCP server have the same limits; they stand here. Nothing is answered here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.errors import RequestRefused
from assistant.language.places import Place, lookup, resolve
from assistant.models import Question, Report, ReportSummary, Span, Term

LONGEST_QUESTION = 2000
"""The most characters a question may have."""

MOST_TURNS = 200
"""The most earlier questions of one chat that are taken."""

MOST_CITIES = 100
"""The most cities that one comparison may name."""

MOST_PASSAGES = 50
"""The most passages that one search gives."""

LONGEST_SPAN = 20_000
"""The most characters of a report that are read at once."""

_MISFITS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "list_type": "应为列表",
    "too_long": "最多 {max_length} 项",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是 {expected}",
    "json_invalid": "不是有效的 JSON",
    "model_attributes_type": "应为 JSON 对象",
}
"""What is wrong with an argument, by the kind that pydantic gives it; its own sentences are English only."""


def misfits(found: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """What pydantic found wrong, in English and in Chinese, by name of the argument; what was sent is not repeated."""
    en, zh = [], []
    for one in [*found][:5]:
        where, said = ".".join(str(part) for part in one["loc"]), str(one["msg"])
        limits = {name: str(value).replace(" or ", " 或 ") for name, value in one.get("ctx", {}).items()}
        en.append(f"{where}: {said}")
        zh.append(
            f"{where}：{_MISFITS.get(one['type'], said.replace('{', '{{').replace('}', '}}')).format_map(limits)}"
        )
    return f"The request is not in order. {'; '.join(en)}.", f"请求有误：{'；'.join(zh)}。"


def question(text: str, history: Sequence[str] = ()) -> tuple[str, tuple[str, ...]]:
    """The question and the earlier ones without the blanks around them. Raises RequestRefused."""
    asked = text.strip()
    if not asked:
        raise RequestRefused(en="The question is empty. Ask something.", zh="问题是空的，请输入问题。")
    if len(history) > MOST_TURNS:
        raise RequestRefused(
            en=f"The history holds {len(history)} questions; at most {MOST_TURNS} are taken. Leave out the oldest.",
            zh=f"history 有 {len(history)} 个问题，最多 {MOST_TURNS} 个，请去掉最早的。",
        )
    for one in (asked, *history):
        if len(one) > LONGEST_QUESTION:
            raise RequestRefused(
                en=f"A question has {len(one)} characters; at most {LONGEST_QUESTION} are read. Shorten it.",
                zh=f"有一个问题长达 {len(one)} 字，最多 {LONGEST_QUESTION} 字，请缩短。",
            )
    return asked, tuple(turn.strip() for turn in history if turn.strip())


def cities(names: Iterable[str], library: Iterable[ReportSummary]) -> tuple[str, ...]:
    """The official names of the cities meant, in the order given. Raises RequestRefused for one without a report.

    A city may be named in full, in short, in pinyin or with a slip, as in a question.
    """
    wanted = [name.strip() for name in names if name.strip()]
    if len(wanted) > MOST_CITIES:
        raise RequestRefused(
            en=f"{len(wanted)} cities are named; at most {MOST_CITIES} are compared at once.",
            zh=f"一次给出了 {len(wanted)} 个城市，最多比较 {MOST_CITIES} 个。",
        )
    there = _places(library)
    found: dict[str, None] = {}
    for name in wanted:
        place = resolve(name[:80], there)
        if place is None:
            known = [one.short for one in there]
            raise RequestRefused(
                en=f"No report of {name[:80]!r} is in the library. There are reports of: {', '.join(known) or 'no city'}.",
                zh=f"库中没有“{name[:80]}”的报告。已有报告的城市：{'、'.join(known) or '无'}。",
            )
        found[place.name] = None
    return tuple(found)


def span(report: Report, start: int, end: int) -> Span:
    """The stretch `start`..`end` of the report as received, in code points. Raises RequestRefused."""
    length = len(report.original.text)
    if not 0 <= start < end <= length:
        raise RequestRefused(
            en=f"{start}..{end} is no stretch of {report.name}; it has {length} characters: 0 <= start < end <= {length}.",
            zh=f"{start}..{end} 不在 {report.name} 之内；全文 {length} 字，应有 0 ≤ start < end ≤ {length}。",
        )
    if end - start > LONGEST_SPAN:
        raise RequestRefused(
            en=f"{end - start} characters are asked for; at most {LONGEST_SPAN} are given at once. Read in parts.",
            zh=f"一次要读 {end - start} 字，最多 {LONGEST_SPAN} 字，请分段读取。",
        )
    return Span(start, end)


def _places(library: Iterable[ReportSummary]) -> tuple[Place, ...]:
    names = dict.fromkeys(item.city for item in library if item.city)
    return tuple(place for name in names if name is not None and (place := lookup(name)) is not None)


def sound(text: str) -> str:
    """Text without the halves of characters that a broken encoding leaves behind; no index can be asked for them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def about(asked: Question, topic: str | None) -> Question:
    """`asked` with the topic it is to be about, as it is, where no word of it was understood as a thing."""
    name = (topic or "").strip()
    if not name or asked.terms_of_substance:
        return asked
    return replace(asked, terms=(Term(name, (name,), focus=True),), topic=name)
