"""Whether the embedding model that is set can be had, told in our own errors; loads neither model nor library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import EmbeddingModelError
from assistant.settings import Settings


def look_for_model(settings: Settings) -> bool:
    """Whether the model is read in milliseconds. Raises EmbeddingModelError, within 2 s, when it is neither here nor to be had."""
    with embedding_errors():
        from embeddings.load import look_for

        return look_for(settings.embedding_model)


@contextmanager
def embedding_errors() -> Iterator[None]:
    """Turns the error of the embeddings' room, which knows nothing of ours, into ours."""
    from embeddings.errors import EmbeddingError

    try:
        yield
    except EmbeddingError as error:
        raise EmbeddingModelError(en=error.en, zh=error.zh) from error
