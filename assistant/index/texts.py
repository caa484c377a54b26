"""What is looked up for each sentence and passage: the one text that words and vectors are made of.

A passage is looked up with its heading path, a sentence without: its passage speaks for that.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.index.places import WHOLE, Unit
from assistant.models import Report


def unit_texts(report: Report, unit: Unit) -> Iterator[tuple[int, int, str]]:
    """(passage, sentence, text) of every sentence, or of every passage (sentence -1), in order."""
    text = report.repaired.text
    for at, passage in enumerate(report.passages):
        if unit == "passage":
            yield at, WHOLE, "\n".join((*passage.headings, passage.span.of(text)))
        else:
            for index, sentence in enumerate(passage.sentences):
                yield at, index, sentence.span.of(text)
