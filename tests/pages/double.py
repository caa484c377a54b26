"""A stand-in for `assistant.service.Assistant` with invented cities, for the tests of the page.

It has the methods of the real one, needs no index and no model, and answers from four hand-made
reports. It does not understand questions: a few words in them choose the answer.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.errors import ReportNotFound
from assistant.models import (
    AddResult,
    Answer,
    AnswerFigure,
    Apart,
    Change,
    Citation,
    Comparison,
    Derived,
    Figure,
    Language,
    Loss,
    OffsetMap,
    Original,
    Passage,
    Period,
    Profile,
    Ranked,
    RepairedText,
    Report,
    ReportSummary,
    Row,
    Run,
    Sentence,
    Span,
    Warning,
)


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


TEXTS = {
    "jia.txt": (
        "甲市",
        "某省",
        Period("2024年", "year", 2024, 2024),
        "甲市总工会2024年工作综述\n"
        "提升服务品质\n坚持把服务做到职工身边。推动驿站提质扩面，建成驿站1204家，服务户外劳动者42万余人次；提升98家驿站为智能化驿站，"
        "实现全天开放、自助服务。组织一线职工参加疗休养，为新就业形态劳动者免费体检，常态化开展送清凉、送温暖活动。\n"
        "维护合法权益\n健全多元化解机制，深入企业开展用工体检，调解劳动争议，提供法律援助，把矛盾化解在基层、化解在萌芽。\n"
        * 1
        + "".join(
            f"其他工作之{n}\n这一段讲第{n}项工作，开展活动{n + 3}场，参加职工{n * 37 + 11}人。\n" for n in range(1, 25)
        )
        + "建强基层组织\n推进新就业形态劳动者建会入会，选树示范职工之家，新建职工之家36个，打造社工工作室。\n",
    ),
    "yi.txt": (
        "乙市",
        "某省",
        Period("过去五年", "years", 2019, 2023),
        "乙市工会五年工作纪实\n"
        "服务职工\n五年来，全市建成驿站312家，服务职工□万人次。\n维护权益\n设立调解室15个，办理案件230件。\n",
    ),
    "bing.txt": (
        "丙市",
        "别省",
        Period("今后五年", "future", 2025, 2029),
        "丙市工会今后五年这么干\n今后五年，新建驿站500家，培育工匠100名。\n",
    ),
    "ding.txt": (
        "丁市",
        "别省",
        Period("2023年", "year", 2023, 2023),
        "丁市工會2023年工作總結\n"
        '全市共建成驛站,,約860家，開展活動120場。<script>window.pwned=1</script><img src=x onerror="window.pwned=1">\n',
    ),
}
SCRIPT = str.maketrans("會總結驛約開場", "会总结驿约开场")


def _repair(received: str) -> RepairedText:
    """Simplify the script of some characters and drop doubled commas, keeping the map."""
    runs: list[Run] = []
    changes: list[Change] = []
    out = ""
    at = 0
    for match in re.finditer(r",,", received):
        runs.append(Run(len(out), match.start() - at, at, match.start() - at))
        out += received[at : match.start()].translate(SCRIPT)
        changes.append(Change("doubled punctuation", Span(match.start(), match.end()), ",,", "，"))
        runs.append(Run(len(out), 1, match.start(), 2))
        out += "，"
        at = match.end()
    runs.append(Run(len(out), len(received) - at, at, len(received) - at))
    out += received[at:].translate(SCRIPT)
    offsets = OffsetMap(tuple(run for run in runs if run.length or run.received_length))
    losses = tuple(
        Loss("swallowed", Span(m.start(), m.end()), offsets.to_received(Span(m.start(), m.end())))
        for m in re.finditer("□", out)
    )
    return RepairedText(out, offsets, tuple(changes), losses)


def make_report(name: str, city: str, province: str, period: Period, text: str) -> Report:
    repaired = _repair(text)
    lines: list[tuple[int, str]] = []
    at = 0
    for line in repaired.text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    kind = "target" if period.kind == "future" else "achieved"
    passages: list[Passage] = []
    figures: list[Figure] = []
    heading: tuple[str, ...] = ()
    for start, line in lines:
        if line and not re.search("[。，；]", line):
            heading = (line,)
            continue
        if not line:
            continue
        span = Span(start, start + len(line))
        passages.append(Passage(span, heading, (Sentence(span, kind),)))
        for m in re.finditer(r"(\d+)(万余人次|家|个|场|人|件|名)", line):
            clause = Span(start + max(line.rfind("，", 0, m.start()) + 1, 0), start + m.end())
            figures.append(
                Figure(
                    Span(start + m.start(), start + m.end()),
                    clause,
                    span,
                    m.group(),
                    float(m.group(1)),
                    m.group(2),
                    None,
                    line[max(0, m.start() - 4) : m.start()],
                    None,
                    (),
                    None,
                    kind,
                    period,
                )
            )
    profile = Profile(lines[0][1], city, city[:-1], province, "prefecture", "总工会", "work report", period)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        digest[:16],
        Original(name, digest, text, "txt", "utf-8"),
        repaired,
        profile,
        tuple(passages),
        tuple(figures),
        "2026-11-20T10:00:00+00:00",
    )


HOLD = 10.0
"""Seconds that an answer stands still after its first mark, once, when the question says "慢"."""


class Double:
    """The methods of `Assistant`, from invented reports; `slow` is the pause between words in seconds."""

    def __init__(self, *, slow: float = 0.0, empty: bool = False) -> None:
        self.slow = slow
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
            return self._answer(
                question,
                language,
                "not_found",
                "报告中没有关于“火星”的内容。",
                related=(self._cite("jia.txt", "打造社工工作室", 1),),
            )
        if "坏" in question:
            raise ReportNotFound(en="There is no such report.", zh="没有这份报告。")
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
            return self._answer(
                question,
                language,
                "unreadable",
                "乙市的报告在这里印得不完整，数字无法辨认：“服务职工□万人次”[1]。",
                (c,),
                f,
            )
        if "长" in question:
            c = self._cite("jia.txt", "建成驿站1204家", 1)
            return self._answer(
                question,
                language,
                "answered",
                "\n\n".join(f"- 第{n}点：**建成驿站1204家**[1]。" for n in range(120)),
                (c,),
            )
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
        return self._answer(question, language, "answered", text, (c1, c2, c3, c4), figures)

    def stream(self, question: str, *, history: Sequence[str] = ()) -> Iterator[Answer]:
        whole = self.ask(question, history=history)
        if self.slow:
            pieces = re.findall(r"\[\d+\]|\|[^\n]*\n|[^\[|]{1,6}|.", whole.text, flags=re.S)
            for n in range(1, len(pieces)):
                time.sleep(self.slow)
                yield replace(whole, text="".join(pieces[:n]))
                if "慢" in question and question not in self._held and "[1]" in pieces[:n]:
                    self._held.add(question)
                    time.sleep(HOLD)
        yield whole

    def compare(
        self, cities: Sequence[str], topic: str | None = None, *, language: Language = "zh-Hans", question: str = ""
    ) -> Answer:
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
            citations.append(self._cite(name, quote, n))
            cells[city] = AnswerFigure(
                city, "驿站", text, value, "家", "约" if "约" in text else None, kind, citations[-1].period, n
            )  # type: ignore[arg-type]
        smart = self._cite("jia.txt", "提升98家驿站为智能化驿站", len(citations) + 1)
        citations.append(smart)
        lost = self._cite("yi.txt", "服务职工□万人次", len(citations) + 1)
        citations.append(lost)
        rows = (
            Row("总数", "家", {city: cells.get(city) for city in cities}),
            Row(
                "智能化驿站",
                "家",
                {
                    city: AnswerFigure("甲市", "智能化驿站", "98家", 98.0, "家", None, "achieved", "2024年", smart.n)
                    if city == "甲市"
                    else None
                    for city in cities
                },
            ),
            Row(
                "服务人次",
                "人次",
                {
                    city: AnswerFigure(
                        "乙市",
                        "服务职工",
                        "□万人次",
                        None,
                        "人次",
                        None,
                        "achieved",
                        "过去五年",
                        lost.n,
                        readable=False,
                    )
                    if city == "乙市"
                    else None
                    for city in cities
                },
            ),
        )
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
        text = (
            f"**{achieved[0].city}最多：驿站{achieved[0].text}**[{achieved[0].citation}]。\n\n{head}{body}\n> {warning}"
        )
        return self._answer(
            question or "对比",
            language,
            "answered",
            text,
            tuple(citations),
            tuple(cells.values()),
            comparison=comparison,
        )

    def _difference(self, question: str, language: Language) -> Answer:
        c1, c2 = self._cite("jia.txt", "建成驿站1204家", 1), self._cite("yi.txt", "建成驿站312家", 2)
        answer = self._answer(
            question,
            language,
            "answered",
            "**甲市比乙市多892家**（1204[1] − 312[2]）。两市统计期不同，仅供参考。",
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

    @staticmethod
    def _answer(
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

    # --- the library -------------------------------------------------------------------------

    def topics(self) -> tuple[Topic, ...]:
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
