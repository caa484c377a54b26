"""Runs the page in a process of its own, for the browser tests: `python -m tests.pages.host KIND PORT HOME`.

KIND is `double` (invented reports), `slow` (the same, answering word by word), `empty`, `starting` (a first
indexing that takes some seconds), `seeds` (the real assistant over the reports of the repository), or `offline`
(the same with a chat model that cannot be reached).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from assistant.models import Language
from assistant.settings import Settings
from assistant.web.server import make_app
from tests.pages.double import Double, Progress


class Starting(Double):
    """A double whose first indexing is under way for `seconds` after the page was first opened."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._since: float | None = None

    def examples(self, language: Language) -> tuple[str, ...]:
        self._since = self._since or time.monotonic()
        return super().examples(language)

    def starting(self) -> Progress | None:
        passed = time.monotonic() - self._since if self._since else 0.0
        if passed >= self._seconds:
            return None
        return Progress("jia.txt", "indexing", int(4 * passed / self._seconds), 4)


def main(kind: str, port: int, home: Path) -> None:
    import uvicorn

    assistant: Any
    settings = Settings(home=home)
    if kind == "offline":
        os.environ.setdefault("OPENAI_API_KEY", "none")
        settings = Settings(home=home, chat_model="openai:none", chat_url="http://127.0.0.1:9/v1")
    if kind in ("seeds", "offline"):
        from assistant import bootstrap

        assistant = bootstrap.build(settings)
        for _ in bootstrap.first_reports(assistant, settings):
            pass
    else:
        made = {
            "double": Double,
            "slow": lambda: Double(slow=0.1),
            "empty": lambda: Double(empty=True),
            "starting": lambda: Starting(3.0),
        }
        assistant = made[kind]()
    app = make_app(assistant, home, settings=settings)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", server_header=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
