"""Small whole reports and an embedding double, for the tests of the index."""

from __future__ import annotations

import hashlib
import re
import zlib
from itertools import pairwise

import numpy as np

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


def make_report(name: str, text: str, *, city: str | None = None) -> tuple[Report, bytes]:
    """A report whose passages are the lines of the text and whose sentences end with 。"""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    passages = []
    for line in re.finditer(r"[^\n]+", text):
        sentences = tuple(
            Sentence(Span(line.start() + one.start(), line.start() + one.end()), "achieved")
            for one in re.finditer(r"[^。]+。?", line.group())
        )
        passages.append(Passage(Span(*line.span()), ("一、工作",), sentences))
    figures = tuple(
        Figure(
            Span(*one.span()),
            Span(*one.span()),
            Span(*one.span()),
            one.group(),
            float(one.group()[:-1]),
            "家",
            None,
            "站点",
            None,
            (),
            None,
            "achieved",
            Period("2024年", "year", 2024, 2024),
        )
        for one in re.finditer(r"\d+家", text)
    )
    report = Report(
        id=sha256[:16],
        original=Original(name, sha256, text, "txt", "utf-8"),
        repaired=RepairedText(text, OffsetMap((Run(0, len(text), 0, len(text)),))),
        profile=Profile(text[:10], city, None, None, None, None, "work report", Period("2024年", "year", 2024, 2024)),
        passages=tuple(passages),
        figures=figures,
        added="2026-01-02T03:04:05+00:00",
    )
    return report, content


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
