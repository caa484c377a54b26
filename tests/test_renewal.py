"""A library that other rules read is renewed while it can be used already, and nothing is added to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import bootstrap
from assistant.models import Report
from assistant.reading import read
from assistant.service import Assistant, Progress
from assistant.settings import Settings

FILES = [
    (f"{name}.txt", f"{name}市总工会2024年工作总结\n全市建成驿站{n}家。\n".encode())
    for n, name in enumerate(["芜湖", "淮南", "衡水"], 7)
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a home whose three reports were read by the present rules."""
    made = Settings(home=tmp_path)
    first = bootstrap.build(made)
    list(first.add(FILES))
    first.close()
    return made


def test_reports_of_other_rules_are_read_anew_and_how_far_that_is_can_be_seen(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "rules", lambda: "other rules")
    assistant = bootstrap.build(settings, renewed=False)
    assert assistant.reports() == () and assistant.starting() is None
    seen: list[tuple[Progress | None, int]] = []
    monkeypatch.setattr("assistant.service.read", _watched(seen, assistant))
    assistant.renew()
    assert seen == [
        (Progress("", "reading", 0, 3), 0),
        (Progress("", "reading", 1, 3), 1),
        (Progress("", "reading", 2, 3), 2),
    ]
    assert assistant.starting() is None and len(assistant.reports()) == 3
    assert list(bootstrap.first_reports(assistant, settings)) == []
    assistant.close()


def test_what_is_not_the_page_waits_until_a_library_is_renewed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "rules", lambda: "other rules")
    assistant = bootstrap.build(settings)
    assert len(assistant.reports()) == 3
    assistant.close()


def _watched(seen: list[tuple[Progress | None, int]], assistant: Assistant) -> Callable[..., Report]:
    """The reading of a file that notes before each one how far the renewal is, and how many reports there are."""

    def reading(name: str, content: bytes, *given: Any) -> Report:
        seen.append((assistant.starting(), len(assistant.reports())))
        return read(name, content, *given)

    return reading
