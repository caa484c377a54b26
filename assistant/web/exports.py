"""Chats and comparisons as files for the reader to keep: Markdown and Word, comparisons also for spreadsheets.

The files are made for one request and handed to the browser; none is kept here.
"""

from __future__ import annotations

from base64 import b64encode

from assistant import export as files
from assistant.web import render
from assistant.web.document import document
from assistant.web.i18n import words
from assistant.web.keep import Exported


def export(asked: Exported) -> dict[str, str] | None:
    """What the browser is to save, or None where there is nothing to write."""
    return _chat(asked) if asked.what == "chat" else _comparison(asked)


def _chat(asked: Exported) -> dict[str, str]:
    say = words(asked.language)
    title = asked.name or say("chats.untitled")
    if asked.form == "docx":
        return file(title, "docx", document(title, asked.turns, asked.language))
    parts = [f"# {title}\n"]
    for turn in asked.turns:
        missing = (turn.trouble or say("chat.interrupted")) + "\n"
        parts += [f"## {turn.question}\n", render.plain_text(turn.answer, asked.language) if turn.answer else missing]
    return file(title, "md", "\n".join(parts).encode())


def _comparison(asked: Exported) -> dict[str, str] | None:
    answer = asked.answer
    if answer is None or answer.comparison is None:
        return None
    title = answer.comparison.topic
    return file(title, asked.form, files.export(answer, asked.form))


def file(title: str, form: str, content: bytes) -> dict[str, str]:
    """A file as the browser is to save it."""
    name = f"{safe_name(title)}.{form}"
    return {"do": "download", "name": name, "type": files.TYPES[form], "base64": b64encode(content).decode()}


def safe_name(text: str) -> str:
    """`text` as a file name that every system takes."""
    kept = "".join(c if c.isalnum() or c in "-_ （）·" else "_" for c in text).strip(" ._")
    return kept[:80] or "export"
