"""Grades one answer (its JSON form) against a question with gold: what must be said, cited, warned of and left unsaid.

An item is `{"id", "type" | "kind", "question", "history", "gold": {"all", "none", "abstain", "cities"}, "cite"}` or, for
comparisons, `{"cells", "must_warn", "expect"}`. Returns marks by name and the reasons of what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.evaluation.text import (
    NEGATION,
    NUMBER,
    SPOKEN,
    affirmed,
    city_key,
    clauses,
    hits,
    names_of,
    normal,
    numbers,
    plain,
    without_marks,
)

Item = Mapping[str, Any]
Marks = dict[str, list[bool]]
_KINDS = {
    "period differs": "period", "target not achievement": "target", "not reported": "missing", "definition differs": "scope",
    "figure damaged in source": "unreadable", "implausible figure in source": "implausible", "approximate figure": "approximate", "no clean ranking": "scope",
}  # fmt: skip
_WORDS = {
    "period": r"时期|时间|期间|年份|统计期|五年|period|years?\b",
    "target": r"目标|目標|计划|計劃|规划|打算|target|plan|goal",
    "missing": r"未提|没有|沒有|未给|未報|未报|未列|not report|does not|no figure",
    "scope": r"口径|口徑|范围|範圍|定义|definition|scope",
    "unreadable": r"损坏|損壞|缺损|缺損|残缺|无法辨|無法辨|unreadable|damaged|illegible",
    "implausible": r"不合|存疑|异常|implausible|doubt",
    "approximate": r"约|約|近|余|餘|approx|about",
}
_REFUSED = {"not_found", "unreadable", "partial", "unclear"}
_FIGURE_TYPES = {"figure", "english", "hant", "unit_trap", "plan_trap", "followup"}


def grade_fact(item: Item, answer: Item, texts: Mapping[str, str]) -> tuple[Marks, list[str]]:
    """Marks `right`, and where they apply `lead`, `cited` and `short`."""
    gold, text = item["gold"], str(answer.get("answer", ""))
    normed, why = normal(text), []
    why += [
        f"lacks one of {forms[:4]}" for forms in gold.get("all", []) if not any(hits(form, normed) for form in forms)
    ]
    why += [f"has {form!r}" for form in gold.get("none", []) if hits(form, normed)]
    status = answer.get("status")
    if gold.get("abstain"):
        why += [] if status in _REFUSED else [f"status is {status}, nothing in the reports answers this"]
    elif status in {"not_found", "unclear"} and "cities" not in gold and item["type"] != "plan_trap":
        why.append("refused, although the reports say it")
    if "cities" in gold:
        said = {city_key(cited.get("city")) for cited in answer.get("citations", [])} & affirmed(text)
        if said != {city_key(name) for name in gold["cities"]}:
            why.append(f"cities {sorted(said)}, should be {gold['cities']}")
    marks: Marks = {"right": [not why]}
    if item["type"] in _FIGURE_TYPES and gold.get("all") and not gold.get("abstain"):
        group = gold["all"][-1] if item["type"] == "plan_trap" else gold["all"][0]
        marks["lead"] = [any(hits(form, normal(text[:160])) for form in group)]
    if not gold.get("abstain") and item.get("cite"):
        marks["cited"] = [any(_overlaps(answer, cite, texts) for cite in item["cite"])]
    if item["type"] in _FIGURE_TYPES | {"fact"}:
        marks["short"] = [len(without_marks(text)) <= 400]
    return marks, why


def grade_comparison(item: Item, answer: Item, texts: Mapping[str, str]) -> tuple[Marks, list[str]]:
    """Marks `cells`, `warned`, `expected`, `cited` and `perfect`."""
    why: list[str] = []
    cells = []
    for cell in item["cells"]:
        cells.append(_cell_right(cell, answer))
        if not cells[-1]:
            why.append(f"{cell['city']} / {cell['topic']}: should be {(cell['value'] or ['not reported'])[0]}")
    comparison = answer.get("comparison") or {}
    warnings = comparison.get("warnings") or []
    said = "\n".join([str(answer.get("answer", "")), *(str(one.get("text", "")) for one in warnings)])
    warned = []
    for must in item["must_warn"]:
        kind = _KINDS[must]
        warned.append(any(one["kind"] == kind for one in warnings) or re.search(_WORDS[kind], said, re.I) is not None)
        if not warned[-1]:
            why.append(f"no warning: {must}")
    expected = []
    for key, want in item.get("expect", {}).items():
        met = _expected(key, want, answer)
        if met is None:
            continue
        expected.append(met)
        if not met:
            why.append(f"expected {key} {want}")
    cited = [_overlaps(answer, cell, texts) for cell in item["cells"] if cell.get("value") and cell.get("quote")]
    return {"cells": cells, "warned": warned, "expected": expected, "cited": cited, "perfect": [not why]}, why


def always(item: Item, answer: Item, texts: Mapping[str, str]) -> list[str]:
    """What of the promises that always hold is broken: verbatim quotes, marks with citations, figures with a quote."""
    text, problems = str(answer.get("answer", "")), []
    cited = answer.get("citations", [])
    for one in cited:
        if texts.get(one["report"], "")[one["start"] : one["end"]] != one["quote"]:
            problems.append(f"citation {one.get('n')} is not verbatim")
    known = {one.get("n") for one in cited}
    problems += [
        f"mark [{mark}] has no citation" for mark in re.findall(r"\[(\d{1,3})\]", text) if int(mark) not in known
    ]
    allowed: set[str] = set().union(*(numbers(one["quote"]) for one in cited))
    comparison = answer.get("comparison") or {}
    for one in [*(answer.get("derived") or []), *(comparison.get("derived") or [])]:
        allowed |= numbers(one.get("text", "")) | {f"{one['value']:.6g}"}
    for question in [item["question"], *item.get("history", [])]:
        allowed |= numbers(question)
    for figure in answer.get("figures", []):
        allowed |= numbers(figure.get("period") or "")
    stray = [body for line in text.splitlines() for body in _stray(plain(line), allowed)]
    return problems + ([f"figures without a quote: {stray[:5]}"] if stray else [])


def _stray(line: str, allowed: set[str]) -> list[str]:
    found = []
    for match in NUMBER.finditer(line):
        body, before, after = match.group(), line[: match.start()].rstrip(), line[match.end() :]
        if re.match(r"^\s*(?:[-*]\s*)?\d+[.)、]", line) and match.start() < 4:
            continue  # a list number
        if re.fullmatch(r"(?:19|20)\d\d", body) or (
            re.fullmatch(r"\d{1,2}", body) and re.search(r"(?:of|第|共|top)\s*$|/\s*$", before)
        ):
            continue  # a year; coverage: 2 of 5
        if re.fullmatch(r"\d{1,5}", body) and re.match(
            r"\s*(?:份|篇|个城市|個城市|座城市|个市|個市|项|項|reports?\b|cit(?:y|ies)\b|things\b|of\b|/)", after
        ):
            continue
        if not numbers(body) & allowed and not (
            (spoken := SPOKEN.match(after)) and numbers(body + spoken.group()) & allowed
        ):
            found.append(body)
    return found


def _overlaps(answer: Item, cite: Item, texts: Mapping[str, str]) -> bool:
    at = texts.get(cite["file"], "").find(cite["quote"]) if cite.get("quote") else -1
    end = at + len(cite.get("quote") or "")
    return at >= 0 and any(
        one["report"] == cite["file"] and one["start"] < end and at < one["end"] for one in answer.get("citations", [])
    )


def _rows(answer: Item) -> list[Any]:
    return (answer.get("comparison") or {}).get("rows") or []


def _city_part(answer: Item, city: str) -> str:
    """All that the answer says of one city: its cells and the sentences that name it."""
    key = city_key(city)
    parts = [
        f"{row.get('label', '')} {cell.get('text', '')}"
        for row in _rows(answer)
        for name, cell in row["cells"].items()
        if cell and city_key(name) == key
    ]
    parts += [
        clause
        for clause in clauses(str(answer.get("answer", "")))
        if any(name in clause.lower() for name in names_of(city))
    ]
    parts += [figure.get("text", "") for figure in answer.get("figures", []) if city_key(figure.get("city")) == key]
    return normal("\n".join(parts))


def _cell_right(cell: Item, answer: Item) -> bool:
    city, text = cell["city"], str(answer.get("answer", ""))
    key = city_key(city)
    warnings = (answer.get("comparison") or {}).get("warnings") or []
    missing = {
        city_key(name) for one in warnings if one["kind"] in {"missing", "unreadable"} for name in one.get("cities", [])
    }
    if cell["value"]:
        part = _city_part(answer, city)
        return any(
            hits(form, part) or (hits(form, normal(text)) and key not in missing and len(normal(form)) > 3)
            for form in cell["value"]
        )
    filled = any(value and city_key(name) == key for row in _rows(answer) for name, value in row["cells"].items())
    figures = any(city_key(figure.get("city")) == key for figure in answer.get("figures", []))
    denied = any(
        NEGATION.search(clause) for clause in clauses(text) if any(name in clause.lower() for name in names_of(city))
    )
    return key in missing or denied or not (filled or figures)


def _expected(key: str, want: Any, answer: Item) -> bool | None:
    text = str(answer.get("answer", ""))
    comparison = answer.get("comparison") or {}
    ranking = [city_key(one["city"]) for one in comparison.get("ranking") or []]
    derived = [*(answer.get("derived") or []), *(comparison.get("derived") or [])]
    computed = normal(" ".join([*(one.get("text", "") for one in derived), text]))
    filled = {city_key(name) for row in _rows(answer) for name, cell in row["cells"].items() if cell}
    keys = [city_key(name) for name in want] if isinstance(want, list) else []
    checks = {
        "winner": lambda: any(name in ranking[:1] or filled == {name} for name in keys),
        "order": lambda: [name for name in ranking if name in keys] == keys,
        "apart": lambda: not set(keys) & set(ranking),
        "difference": lambda: any(hits(form, computed) for form in want),
        "ratio": lambda: any(hits(form, computed) for form in want),
        "totals": lambda: all(any(hits(form, computed) for form in forms) for forms in want.values()),
        "set": lambda: set(keys) <= affirmed(text) | filled,
        "not": lambda: not set(keys) & affirmed(text),
        "unreadable": lambda: re.search(_WORDS["unreadable"], text, re.I) is not None,
        "answer": lambda: any(hits(form, normal(text)) for form in want),
        "must_not_claim": lambda: not hits(want, normal(text)),
        "cannot_compare": lambda: not ranking,
        "format": lambda: bool(comparison.get("rows")),
    }
    return checks[key]() if key in checks else None
