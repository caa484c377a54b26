"""Fixtures of the index's tests: a home, an index in it, and a few small reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.index import generations
from assistant.index.build import Index
from assistant.index.library import Library
from tests.index.made_reports import BigramEmbeddings, verified_here

OpenIndex = Callable[..., Index]


@pytest.fixture(autouse=True)
def verify_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares these tests the second that the verifying process takes to start; the fault tests do it."""
    monkeypatch.setattr(generations, "verified", verified_here)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library.sqlite3", reading="rules 1")
    yield made
    made.close()


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[OpenIndex]:
    """Opens indexes on one home; closes what the test leaves open."""
    opened: list[Index] = []

    def start(**given: object) -> Index:
        settings = {"model": "bigrams 32", "reading": "rules 1", "embeddings": BigramEmbeddings()} | given
        made = Index(tmp_path / "home", **settings)  # type: ignore[arg-type]
        opened.append(made)
        return made

    yield start
    for one in opened:
        one.close()
