"""A question, its evidence and its built-in answer over the made reports, for the tests of the chat model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.marks import answer_figure
from assistant.models import (
    City,
    Comparison,
    Derived,
    Draft,
    Evidence,
    Hit,
    Language,
    Question,
    Ranked,
    Report,
    Row,
)
from tests.answering.made_reports import cite, reports

STATIONS = "全市新建职工驿站1326家，服务户外职工35.8万余人次"


@dataclass
class BuiltIn:
    """A composer that always gives one draft."""

    draft: Draft
    name: str = "built-in"

    def compose(self, question: Question, evidence: Evidence) -> Draft:
        return self.draft

    def stream(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        yield self.draft

    def complete(self, turn: str, history: Sequence[str]) -> Iterator[str]:
        yield from ()

    def look_further(self, question: Question, evidence: Evidence, refusal: Draft) -> Iterator[Draft]:
        yield from ()


def question(text: str = "保山市新建了多少家职工驿站？", language: Language = "zh-Hans") -> Question:
    """A question about one figure of one city."""
    return Question(text, language, "figure", (City("保山市", "保山", True),), "职工驿站")


def evidence(*found: Report) -> Evidence:
    """All sentences of the reports as hits."""
    hits = tuple(
        Hit(
            report.id,
            at,
            number,
            one.span,
            one.span.of(report.repaired.text),
            passage.headings,
            one.kind,
            1.0,
            1.0,
            1.0,
        )
        for report in found
        for at, passage in enumerate(report.passages)
        for number, one in enumerate(passage.sentences)
    )
    return Evidence(hits, {report.id: report for report in found})


def figure_draft() -> Draft:
    """The built-in answer to the question about one figure."""
    report = reports()["baoshan"]
    return Draft(
        "answered",
        f"保山市（2024年）**1326家**：“{STATIONS}”[1]。",
        (cite("baoshan", STATIONS, 1),),
        (answer_figure(report, report.figures[0], 1),),
    )


def comparison_draft() -> Draft:
    """The built-in comparison of two cities, with its table and its difference."""
    both = [reports()["baoshan"], reports()["qingyuan"]]
    figures = tuple(answer_figure(report, report.figures[0], n) for n, report in enumerate(both, start=1))
    difference = Derived("difference", "1052家", 1052.0, (1, 2))
    row = Row("职工驿站", "家", {"保山市": figures[0], "清远市": figures[1]})
    comparison = Comparison(
        "职工驿站",
        ("保山市", "清远市"),
        (row,),
        (Ranked("保山市", 1, 1), Ranked("清远市", 2, 2)),
        (),
        (),
        2,
        2,
        (difference,),
    )
    text = (
        "保山市 **1326家**[1]，多于清远市 **274家**[2]。相差**1052家**（1326家[1] − 274家[2]）。\n\n"
        "| | 保山市 | 清远市 |\n|---|---|---|\n| 职工驿站 | 1326家[1]（2024年） | 274家[2]（过去五年） |"
    )
    citations = (cite("baoshan", "新建职工驿站1326家", 1), cite("qingyuan", "建成职工驿站274家", 2))
    return Draft("answered", text, citations, figures, (difference,), comparison)
