"""What tests of several rooms share: an assistant over the five reports, made once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from assistant.service import Assistant

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
DATA = ROOT / "tests" / "data"

hypothesis.settings.register_profile("untimed", deadline=None)  # how long a case takes tells of the machine
hypothesis.settings.load_profile("untimed")


def read_lines(name: str) -> list[dict[str, Any]]:
    """The items of a JSON-lines file of tests/data."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def assistant_over(home: Path, files: list[tuple[str, bytes]]) -> Assistant:
    """An assistant over just these files."""
    from assistant.bootstrap import build
    from assistant.models import AddResult
    from assistant.settings import load

    assistant = build(load({}, home=home))
    for item in assistant.add(files):
        assert not isinstance(item, AddResult) or item.outcome == "added", item
    return assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real assistant over the five reports of seeds/."""
    files = [(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]
    made = assistant_over(tmp_path_factory.mktemp("home"), files)
    yield made
    made.close()
