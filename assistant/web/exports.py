"""Chats and comparisons as files for the reader to keep: Markdown and Word, comparisons also for spreadsheets.

The files are made for one request and handed to the browser; none is kept here.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import partial

from assistant import export as files
from assistant.web import render
from assistant.web.document import document
from assistant.web.i18n import Words, words
from assistant.web.keep import Exported, Turn

_MARK = re.compile(r"\[(\d{1,3})\]")


def export(asked: Exported) -> dict[str, str] | None:
    """What the browser is to save, or None where there is nothing to write."""
    return _chat(asked) if asked.what == "chat" else _comparison(asked)


def _chat(asked: Exported) -> dict[str, str]:
    say = words(asked.language)
    title = asked.name or say("chats.untitled")
    if asked.form == "docx":
        return file(title, "docx", document(title, asked.turns, asked.language))
    return file(title, "md", _markdown(title, asked.turns, say).encode())


def _markdown(title: str, turns: Sequence[Turn], say: Words) -> str:
    """The chat with its marks as footnotes, numbered through, and the reports that it cites."""
    parts, notes, reports = [f"# {title}"], list[str](), dict[str, str]()
    for turn in turns:
        parts.append(f"## {turn.question}")
        if turn.answer is None:
            parts.append(turn.trouble or say("chat.interrupted"))
            continue
        numbers: dict[int, int] = {}
        for citation in turn.answer.citations:
            notes.append(render.source_line(citation, say))
            numbers[citation.n] = len(notes)
            reports.setdefault(citation.report, render.whence(citation, say))
        parts.append(_MARK.sub(partial(_footnote, numbers), turn.answer.text.strip()))
    if notes:
        listed = (f"- {say('export.listed', whence=whence, report=report)}" for report, whence in reports.items())
        parts += [f"## {say('sources.open')}", "\n".join(listed)]
        parts += [f"[^{n}]: {note}" for n, note in enumerate(notes, 1)]
    return "\n\n".join(parts) + "\n"


def _footnote(numbers: Mapping[int, int], mark: re.Match[str]) -> str:
    number = numbers.get(int(mark.group(1)))
    return mark.group() if number is None else f"[^{number}]"


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
