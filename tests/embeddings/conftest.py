"""Fixtures of this room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_models import write_model

from embeddings.langchain import StaticEmbeddings
from embeddings.load import load_embeddings


@pytest.fixture(scope="session")
def bundled() -> StaticEmbeddings:
    model = load_embeddings()
    assert isinstance(model, StaticEmbeddings)
    return model


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "tiny")
