"""What readers said of answers: kept in one file beside the library, and handed out as a table.

Each line of the file is one judgement with its question and answer. Nothing of it leaves this machine by itself.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from assistant.export.cells import safe

log = logging.getLogger(__name__)

FILE = "feedback.jsonl"
COLUMNS = ("at", "rating", "reason", "more", "question", "answer")
LONGEST = 200_000
"""Characters of one judgement with its answer."""


class Ratings:
    """The file of judgements in `home`."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._lock = Lock()

    def add(self, data: object) -> None:
        """Keeps one judgement; raises ValueError for what is none."""
        if not isinstance(data, dict):
            raise ValueError("a rating is an object")
        known = {key: data[key] for key in COLUMNS[1:] if key in data}
        line = json.dumps({"at": datetime.now(UTC).isoformat(), **known}, ensure_ascii=False)
        if len(line) > LONGEST:
            raise ValueError("the rating is too long to keep")
        with self._lock:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a+b") as file:
                torn = file.seek(0, os.SEEK_END) > 0 and not _ends_a_line(file)
                file.write((b"\n" if torn else b"") + line.encode("utf-8", "replace") + b"\n")

    def count(self) -> int:
        """How many judgements are kept."""
        return len(self._judgements())

    def table(self) -> bytes:
        """All judgements as a CSV file that spreadsheets open, oldest first."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for told in self._judgements():
            writer.writerow([safe(str(told.get(column) or "")) for column in COLUMNS])
        return out.getvalue().encode("utf-8-sig")

    def _judgements(self) -> list[dict[str, object]]:
        """The judgements that can be read; a line that was being written when the program was killed is none."""
        with self._lock:
            lines = self._file.read_bytes().split(b"\n") if self._file.exists() else []
        told: list[dict[str, object]] = []
        for number, line in enumerate(lines, start=1):
            try:
                one = json.loads(line) if line.strip() else None
            except ValueError:
                log.warning("Line %d of %s is no whole judgement and is passed over.", number, self._file)
                continue
            if isinstance(one, dict):
                told.append(one)
        return told


def _ends_a_line(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
