"""What the page shows while its library is filled or renewed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.web.library import LibraryDesk
from assistant.web.waking import WakingDesk
from tests.pages.double import Double, Progress


class Busy(Double):
    """An empty library that is being filled."""

    def __init__(self, name: str) -> None:
        super().__init__(empty=True)
        self._name = name

    def starting(self) -> Progress | None:
        return Progress(self._name, "reading", 3, 9)


def test_how_far_the_library_is_stands_in_the_header_and_it_is_not_called_empty(
    tmp_path: Path,
) -> None:
    assistant: Any = Busy("甲.txt")
    header, welcome = WakingDesk(assistant, LibraryDesk(assistant, tmp_path)).look({"language": "zh-Hans"})
    assert "正在准备报告库：甲.txt（3/9）" in header
    assert "准备好一份就可以问一份" in welcome and "还没有报告" not in welcome
