"""What readers said of answers: kept in one file beside the library, and handed out as a table.

Each line of the file is one judgement with its question and answer. Nothing of it leaves this machine by itself.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from assistant.export.cells import safe

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
            with self._file.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    def count(self) -> int:
        """How many judgements are kept."""
        return len(self._lines())

    def table(self) -> bytes:
        """All judgements as a CSV file that spreadsheets open, oldest first."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for line in self._lines():
            told = json.loads(line)
            writer.writerow([safe(str(told.get(column) or "")) for column in COLUMNS])
        return out.getvalue().encode("utf-8-sig")

    def _lines(self) -> list[str]:
        with self._lock:
            if not self._file.exists():
                return []
            return [line for line in self._file.read_text("utf-8").splitlines() if line.strip()]
