"""A chat as a Word document: each question a heading, each answer with its sources as footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.export.document import Writer
from assistant.models import Language
from assistant.web.i18n import words
from assistant.web.keep import Turn


def document(title: str, turns: Sequence[Turn], language: Language) -> bytes:
    """The turns of a chat as the bytes of a .docx file."""
    writer = Writer(title, language)
    for turn in turns:
        if turn.question:
            writer.heading(turn.question)
        if turn.answer is None:
            writer.paragraph(turn.trouble or words(language)("chat.interrupted"))
        else:
            writer.answer(turn.answer)
    return writer.done()
