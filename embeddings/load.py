"""The public door of the room: a model's folder or name becomes LangChain embeddings.

Without a name the bundled model is read; nothing is downloaded for it. What a model is called in an index manifest
and how long its vectors are stand here too. No model is read when this module is imported.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.sentence import SentenceEmbeddings
    from embeddings.static import StaticEmbeddings

BUNDLED_MODEL = Path(__file__).parent / "model"


def load_embeddings(name_or_folder: str | None = None) -> StaticEmbeddings | SentenceEmbeddings:
    """The embeddings of a model: `None` for the bundled one, else a sentence-transformers folder or a hub name.

    The bundled model and other static folders are read in milliseconds without torch. Any other model takes the time
    and memory of sentence-transformers; a hub name is looked for on this machine first and downloaded only when it
    is not there. Both kinds are LangChain `Embeddings` with `name`, `dimension` and `fingerprint`.

    Raises EmbeddingError when the model is not there, cannot be read, or cannot be downloaded (told within 2 s when
    the network is missing).
    """
    from embeddings.static import StaticEmbeddings, is_static

    if name_or_folder is None:
        return StaticEmbeddings(BUNDLED_MODEL)
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir() and is_static(folder):
        return StaticEmbeddings(folder)
    from embeddings.sentence import SentenceEmbeddings

    return SentenceEmbeddings(name_or_folder)


def look_for(name_or_folder: str | None) -> bool:
    """Whether a model is read in milliseconds; of any other, makes sure first that it can be had.

    Nothing is loaded or downloaded. Raises EmbeddingError, within 2 s, when the model is not on this machine and the
    hub does not answer.
    """
    from embeddings.static import is_static

    if name_or_folder is None:
        return True
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir() and is_static(folder):
        return True
    from embeddings import sentence

    sentence.look_for(name_or_folder)
    return False


def describe(embeddings: StaticEmbeddings | SentenceEmbeddings) -> str:
    """One line that names the model, the length of its vectors and the hash of its files, for an index manifest."""
    return f"{embeddings.fingerprint}/{embeddings.dimension}"
