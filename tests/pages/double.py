"""A stand-in for `assistant.service.Assistant` with invented cities, for the tests of the page.

It has the methods of the real one, needs no index and no model, and answers from four hand-made
reports. It does not understand questions: a few words in them choose the answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import AssistantError, ReportNotFound
from assistant.models import (
    AddResult,
    Answer,
    AnswerFigure,
    Citation,
    Derived,
    Language,
    Period,
    Report,
    ReportSummary,
)
from tests.pages.double_answers import comparison_answer, make_answer
from tests.pages.double_reports import TEXTS, make_report


@dataclass(frozen=True, slots=True)
class Progress:
    name: str
    stage: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Topic:
    label: str
    reports: tuple[str, ...]


HOLD = 60.0
"""Seconds after which what stands still goes on by itself."""


class Double:
    """The methods of `Assistant`, from invented reports; `slow` is the pause between words in seconds.

    An answer to a question that says "慢" stands still after its first mark, and a file whose name says so before it is
    added, until a file with the name of the question or file appears in `gates`: a test then has all the time it needs.
    """

    def __init__(self, *, slow: float = 0.0, empty: bool = False, gates: Path | None = None) -> None:
        self.slow = slow
        self._gates = gates
        self._held: set[str] = set()
        made = () if empty else (make_report(name, *rest) for name, rest in TEXTS.items())
        self._reports = {report.id: report for report in made}
        self._removed: dict[str, Report] = {}
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    # --- questions ---------------------------------------------------------------------------

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        language: Language = (
            "en" if re.search("[A-Za-z]{3}", question) and not re.search("[一-鿿]", question) else "zh-Hans"
        )
        if "火星" in question:
            return make_answer(
                question,
                language,
                "not_found",
                "报告中没有关于“火星”的内容。",
                related=(self._cite("jia.txt", "打造社工工作室", 1),),
            )
        if "坏" in question:
            raise ReportNotFound(en="There is no such report.", zh="没有这份报告。")
        if "崩" in question:
            raise RuntimeError("a fault that nobody foresaw")
        if "差" in question:
            return self._difference(question, language)
        if "比" in question or "哪个" in question:
            return self.compare(("甲市", "乙市", "丙市"), "驿站", language=language, question=question)
        if "服务" in question and "多少" in question:
            c = self._cite("yi.txt", "服务职工□万人次", 1, verdict="verbatim")
            f = (
                AnswerFigure(
                    "乙市", "服务职工", "□万人次", None, "人次", None, "achieved", "过去五年", 1, readable=False
                ),
            )
            return make_answer(
                question,
                language,
                "unreadable",
                "乙市的报告在这里印得不完整，数字无法辨认：“服务职工□万人次”[1]。",
                (c,),
                f,
            )
        if "长" in question:
            c = self._cite("jia.txt", "建成驿站1204家", 1)
            return make_answer(
                question,
                language,
                "answered",
                "\n\n".join(f"- 第{n}点：**建成驿站1204家**[1]。" for n in range(120)),
                (c,),
            )
        return self._stations(question, language)

    def _stations(self, question: str, language: Language) -> Answer:
        c1, c2 = self._cite("jia.txt", "建成驿站1204家", 1), self._cite("jia.txt", "提升98家驿站为智能化驿站", 2)
        c3 = self._cite("ding.txt", "建成驛站,,約860家", 3)
        c4 = self._cite("jia.txt", "新建职工之家36个", 4, verdict="figures_match")
        text = "**甲市2024年建成驿站1204家**[1]，其中智能化驿站98家[2]。\n\n丁市约860家[3]；另有职工之家36个[4]。"
        if language == "en":
            text = (
                "**Jia built 1204 stations in 2024** (驿站1204家)[1], 98 of them smart[2]. Ding: 860[3]; homes: 36[4]."
            )
        figures = tuple(
            AnswerFigure(c.city, "驿站", t, v, "家", q, "achieved", c.period, c.n)
            for c, t, v, q in (
                (c1, "1204家", 1204.0, None),
                (c2, "98家", 98.0, None),
                (c3, "约860家", 860.0, "约"),
                (c4, "36个", 36.0, None),
            )
        )
        return make_answer(question, language, "answered", text, (c1, c2, c3, c4), figures)

    def stream(self, question: str, *, history: Sequence[str] = ()) -> Iterator[Answer]:
        whole = self.ask(question, history=history)
        if self.slow:
            pieces = re.findall(r"\[\d+\]|\|[^\n]*\n|[^\[|]{1,6}|.", whole.text, flags=re.S)
            for n in range(1, len(pieces)):
                time.sleep(self.slow)
                grown = replace(whole, text="".join(pieces[:n]))
                yield grown
                if "[1]" in pieces[:n]:
                    for _ in self._standing_still(question):
                        yield grown  # as a chat model that is silent is waited for
        yield whole

    def _standing_still(self, what: str) -> Iterator[None]:
        if self._gates is None or "慢" not in what or what in self._held:
            return
        self._held.add(what)
        end = time.monotonic() + HOLD
        while not (self._gates / what).exists() and time.monotonic() < end:
            time.sleep(0.1)
            yield

    def compare(
        self, cities: Sequence[str], topic: str | None = None, *, language: Language = "zh-Hans", question: str = ""
    ) -> Answer:
        return comparison_answer(self._cite, cities, topic, language, question)

    def _difference(self, question: str, language: Language) -> Answer:
        c1, c2 = self._cite("jia.txt", "建成驿站1204家", 1), self._cite("yi.txt", "建成驿站312家", 2)
        answer = make_answer(
            question,
            language,
            "answered",
            "甲市比乙市多**892家**（1204[1] − 312[2]）。两市统计期不同，仅供参考。",
            (c1, c2),
        )
        return replace(
            answer,
            derived=(Derived("difference", "892家", 892.0, (1, 2)),),
            carried_cities=("甲市", "乙市"),
            carried_topic="驿站",
        )

    def _cite(self, name: str, quote: str, n: int, *, verdict: str = "verbatim") -> Citation:
        report = self.report(name)
        start = report.original.text.index(quote)
        kind = "target" if report.profile.period.kind == "future" else "achieved"
        return Citation(
            n,
            name,
            report.id,
            report.profile.city,
            start,
            start + len(quote),
            quote,
            verdict,
            None,
            report.profile.period.label,
            kind,
        )  # type: ignore[arg-type]

    # --- the library -------------------------------------------------------------------------

    def topics(self, among: Collection[str] | None = None) -> tuple[Topic, ...]:
        ids = {r.profile.city: r.id for r in self._reports.values()}
        every = tuple(ids.values())
        rows = {
            "驿站": every,
            "智能化驿站": ("甲市",),
            "职工之家": ("甲市",),
            "工匠": ("丙市",),
            "劳动争议调解": ("甲市", "乙市"),
        }
        return (
            tuple(Topic(label, tuple(ids.get(c, c) for c in cities)) for label, cities in rows.items()) if ids else ()
        )

    def reports(self) -> tuple[ReportSummary, ...]:
        return tuple(
            ReportSummary(
                r.id,
                r.name,
                r.profile.title,
                r.profile.city,
                r.profile.short,
                r.profile.province,
                r.profile.kind,
                r.profile.period,
                len(r.original.text),
                len(r.figures),
                len(r.repaired.losses),
                r.added,
                r.original.format,
                r.original.encoding,
            )
            for r in self._reports.values()
        )

    def report(self, id_or_name: str) -> Report:
        for report in self._reports.values():
            if id_or_name in (report.id, report.name):
                return report
        raise ReportNotFound(en=f"No report is called {id_or_name!r}.", zh=f"没有名为 {id_or_name!r} 的报告。")

    def add(self, files: Iterable[tuple[str, bytes]]) -> Iterator[Progress | AddResult]:
        todo = list(files)
        for n, (name, data) in enumerate(todo):
            for stage in ("load", "repair", "index"):
                yield Progress(name, stage, n, len(todo))
                time.sleep(self.slow)
            for _ in self._standing_still(name):
                pass
            try:
                text = data.decode()
            except UnicodeDecodeError:
                yield AddResult(name, "refused", None, "不是文本文件。")
                continue
            if not text.strip():
                yield AddResult(name, "refused", None, "文件是空的。")
                continue
            report = make_report(name, "戊市", "别省", Period("2025年", "year", 2025, 2025), text)
            known = report.id in self._reports
            self._reports[report.id] = report
            yield AddResult(name, "unchanged" if known else "added", report.id)

    def remove(self, report_id: str) -> None:
        self._removed[report_id] = self._reports.pop(self.report(report_id).id)

    def restore(self, report_id: str) -> None:
        self._reports[report_id] = self._removed.pop(report_id)

    def correct(self, report_id: str, **fields: str) -> ReportSummary:
        report = self.report(report_id)
        known = {k: v for k, v in fields.items() if k in ("city", "province", "title", "kind")}
        profile = replace(report.profile, **known)  # type: ignore[arg-type]
        if "period" in fields:
            profile = replace(profile, period=replace(profile.period, label=fields["period"]))
        self._reports[report.id] = replace(report, profile=profile)
        return next(line for line in self.reports() if line.id == report.id)

    def reread(self, report_id: str) -> None:
        self.report(report_id)

    def examples(self, language: Language) -> tuple[str, ...]:
        if not self._reports:
            return ()
        chinese = (
            "甲市建成多少家驿站？",
            "乙市怎样维护职工权益？",
            "哪些城市提到了工匠？",
            "甲市和乙市的驿站哪个多？丙市呢",
            "概括甲市2024年的工作",
            "How many stations did Jia build?",
        )
        return chinese if language != "en" else (*reversed(chinese),)

    def starting(self) -> Progress | None:
        return None

    def trouble(self) -> AssistantError | None:
        return None
