"""Runs the page in a process of its own, for the browser tests: `python -m tests.pages.host KIND PORT HOME`.

KIND is `double` (invented reports), `slow` (the same, answering word by word), `empty`, `starting` (a first
indexing that goes on until it is told to end), `seeds` (the real assistant over the reports of the repository), or `offline`
(the same with a chat model that cannot be reached).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.web.server import make_app
from tests.pages.double import Double, Progress


class Starting(Double):
    """A double whose first indexing is under way until a file `indexed` appears in `gates`."""

    def __init__(self, gates: Path) -> None:
        super().__init__()
        self._indexed = gates / "indexed"

    def starting(self) -> Progress | None:
        return None if self._indexed.exists() else Progress("jia.txt", "indexing", 1, 4)


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
            "slow": lambda: Double(slow=0.1, gates=home),
            "empty": lambda: Double(empty=True),
            "starting": lambda: Starting(home),
        }
        assistant = made[kind]()
    app = make_app(assistant, home, settings=settings)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", server_header=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
