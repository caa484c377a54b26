"""The static model as a LangChain `Embeddings`, for anybody's chain; the same vectors as `static`, which see."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from embeddings.static import StaticModel


class StaticEmbeddings(StaticModel, Embeddings):
    """A static model wherever LangChain wants its own class."""
