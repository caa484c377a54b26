"""Small whole reports and an embedding double, for the tests of the index."""

from __future__ import annotations

import hashlib
import re
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.index.chroma import Collections
from assistant.models import (
    Figure,
    OffsetMap,
    Original,
    Passage,
    Period,
    Profile,
    RepairedText,
    Report,
    Run,
    Sentence,
    Span,
)

YEAR = Period("2024年", "year", 2024, 2024)

NORTH = """北河市总工会2024年工作报告
全市新建户外劳动者服务站点120家。新增工会会员3.2万人。全年走访慰问困难职工1,019户。
组织职工技能大赛45场。培训职工超过8000人次。"""
SOUTH = """南山市总工会2024年工作报告
建成职工书屋36家。举办读书活动210场，参与职工1.5万人次。
法律援助中心受理案件88件。为职工挽回经济损失560万元。新建户外劳动者服务站点9家。"""
EAST = """东林县人民政府工作报告
地区生产总值增长6.5%。新建保障性住房3000套。城镇新增就业1.2万人。
中小学新增学位5400个。今年计划改造老旧小区25个。"""


def make_report(name: str, text: str, *, city: str | None = None, sections: int = 1) -> tuple[Report, bytes]:
    """A report whose passages are the lines of the text and whose sentences end with 。"""
    content = text.encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(content).hexdigest()
    passages = tuple(
        Passage(
            Span(*line.span()),
            ("一、主要工作",) * sections,
            tuple(
                Sentence(Span(line.start() + one.start(), line.start() + one.end()), "achieved")
                for one in re.finditer(r"[^。]+。?", line.group())
            ),
        )
        for line in re.finditer(r"[^\n]+", text)
    )
    figures = tuple(_figure(Span(*one.span()), one.group()) for one in re.finditer(r"[0-9]+家", text))
    report = Report(
        id=sha256[:16],
        original=Original(name, sha256, text, "txt", "utf-8"),
        repaired=RepairedText(text, OffsetMap((Run(0, len(text), 0, len(text)),))),
        profile=Profile(text[:10], city, None, None, None, None, "work report", YEAR),
        passages=passages,
        figures=figures,
        added="2026-01-02T03:04:05+00:00",
    )
    return report, content


def _figure(span: Span, text: str) -> Figure:
    return Figure(
        span=span,
        clause=span,
        sentence=span,
        text=text,
        value=float(text[:-1]),
        unit="家",
        qualifier=None,
        label="站点",
        head=None,
        scope=("新建",),
        verb=None,
        kind="achieved",
        period=YEAR,
    )


def verified_here(folder: Path, counts: dict[str, int]) -> bool:
    """The check of a new generation without the second that another process takes to start."""
    collections = Collections.open_folder(folder)
    try:
        return collections.sound(counts)
    finally:
        collections.close()


class BigramEmbeddings:
    """LangChain's protocol over character bigrams: alike texts get alike vectors, always the same."""

    def __init__(self, dimensions: int = 32, seed: int = 0) -> None:
        self.texts = 0  # embedded so far
        self._table = np.random.default_rng(seed).standard_normal((4096, dimensions)).astype(np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += len(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        rows = [zlib.crc32((a + b).encode("utf-8", "surrogatepass")) % 4096 for a, b in pairwise(text)]
        vector = self._table[rows].sum(axis=0) if rows else np.zeros(self._table.shape[1], np.float32)
        return [float(each) for each in vector]
