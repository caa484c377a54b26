"""The answers of the stand-in for the assistant that are too long to stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.models import (
    Answer,
    AnswerFigure,
    Apart,
    Citation,
    Comparison,
    Language,
    Ranked,
    Row,
    Warning,
)

Cite = Callable[[str, str, int], Citation]
"""A citation of the words in the second place from the file in the first, with its number."""


def comparison_answer(
    cite: Cite, cities: Sequence[str], topic: str | None, language: Language, question: str
) -> Answer:
    """The comparison of the invented cities: a ranking, a target apart, a row of one city, a damaged figure."""
    places = {
        "甲市": ("jia.txt", "建成驿站1204家", "1204家", 1204.0, "achieved"),
        "乙市": ("yi.txt", "建成驿站312家", "312家", 312.0, "achieved"),
        "丙市": ("bing.txt", "新建驿站500家", "500家", 500.0, "target"),
        "丁市": ("ding.txt", "建成驛站,,約860家", "约860家", 860.0, "achieved"),
    }
    citations: list[Citation] = []
    cells: dict[str, AnswerFigure] = {}
    for n, city in enumerate(cities, 1):
        name, quote, text, value, kind = places[city]
        citations.append(cite(name, quote, n))
        cells[city] = AnswerFigure(
            city, "驿站", text, value, "家", "约" if "约" in text else None, kind, citations[-1].period, n
        )  # type: ignore[arg-type]
    smart = cite("jia.txt", "提升98家驿站为智能化驿站", len(citations) + 1)
    citations.append(smart)
    lost = cite("yi.txt", "服务职工□万人次", len(citations) + 1)
    citations.append(lost)
    rows = _rows(cities, cells, smart, lost)
    achieved = sorted((c for c in cells.values() if c.kind == "achieved"), key=lambda f: -(f.value or 0))
    warning = "统计期不同：甲市为2024年，乙市为过去五年。"
    comparison = Comparison(
        topic or "驿站",
        tuple(cities),
        rows,
        tuple(Ranked(f.city or "", i, f.citation) for i, f in enumerate(achieved, 1)),
        tuple(Apart(city, "target") for city in cities if cells[city].kind == "target"),
        (Warning("period", ("甲市", "乙市"), warning), Warning("target", ("丙市",), "丙市为目标，尚未实现。")),
        2,
        len(cities),
    )
    text = f"**{achieved[0].city}最多：驿站{achieved[0].text}**[{achieved[0].citation}]。\n\n{_table(cities, cells, rows)}\n> {warning}"
    return make_answer(
        question or "对比",
        language,
        "answered",
        text,
        tuple(citations),
        tuple(cells.values()),
        comparison=comparison,
    )


def _rows(cities: Sequence[str], cells: dict[str, AnswerFigure], smart: Citation, lost: Citation) -> tuple[Row, ...]:
    """Totals of every city, a figure of one city, and a damaged figure of another."""
    stations = AnswerFigure("甲市", "智能化驿站", "98家", 98.0, "家", None, "achieved", "2024年", smart.n)
    served = AnswerFigure(
        "乙市", "服务职工", "□万人次", None, "人次", None, "achieved", "过去五年", lost.n, readable=False
    )
    return (
        Row("总数", "家", {city: cells.get(city) for city in cities}),
        Row("智能化驿站", "家", {city: stations if city == "甲市" else None for city in cities}),
        Row("服务人次", "人次", {city: served if city == "乙市" else None for city in cities}),
    )


def _table(cities: Sequence[str], cells: dict[str, AnswerFigure], rows: Sequence[Row]) -> str:
    head = (
        "|  | "
        + " | ".join(f"{city}（{cells[city].period}）" for city in cities)
        + " |\n|---|"
        + "---|" * len(cities)
        + "\n"
    )
    body = "".join(
        f"| {row.label} | "
        + " | ".join(
            (f"原文缺损[{c.citation}]" if not c.readable else f"{c.text}[{c.citation}]") if c else "报告未提及"
            for c in row.cells.values()
        )
        + " |\n"
        for row in rows
    )
    return head + body


def make_answer(
    question: str,
    language: Language,
    status: str,
    text: str,
    citations: tuple[Citation, ...] = (),
    figures: tuple[AnswerFigure, ...] = (),
    *,
    comparison: Comparison | None = None,
    related: tuple[Citation, ...] = (),
) -> Answer:
    return Answer(
        question,
        language,
        status,
        text,
        citations,
        figures,
        (),
        comparison,
        related,
        (),
        None,
        "built-in",  # type: ignore[arg-type]
        {"understand": 1, "retrieve": 5, "compose": 17, "verify": 1},
    )
