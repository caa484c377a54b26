"""Collects the blocks of a parsed file into one text and notes where each block stands.

What a block is (page, paragraph, table row) the parser's adapter says; nothing is parsed here.
"""

from __future__ import annotations

from typing import Literal

from assistant.models import Anchor, Span


class TextBlocks:
    """A text that grows line by line, with an anchor for every paragraph and table row."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._tables = 0
        self.anchors: list[Anchor] = []

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def paragraph(self, text: str) -> None:
        """Add a paragraph; its label counts paragraphs from 1. Blank ones are left out."""
        if text.strip():
            self._paragraphs += 1
            self._add(text, "paragraph", str(self._paragraphs))

    def table(self, lines: list[str]) -> None:
        """Add the lines of a table; labels are `table.row`, both from 1, the rule not counted."""
        if not lines:
            return
        self._tables += 1
        row = 0
        for line in lines:
            if line.startswith("| ---"):
                self._add(line, None, "")
            else:
                row += 1
                self._add(line, "table", f"{self._tables}.{row}")

    def page(self, number: int, text: str) -> None:
        """Add a page; its label is its number."""
        self._add(text, "page", str(number))

    def _add(self, text: str, kind: Literal["page", "paragraph", "table"] | None, label: str) -> None:
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        if kind and text:
            self.anchors.append(Anchor(Span(start, start + len(text)), kind, label))
