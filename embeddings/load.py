"""The public door of the room: a model's folder or name becomes LangChain embeddings.

Without a name the bundled model is read; nothing is downloaded for it. What a model is called in an index manifest
and how long its vectors are stand here too. No model is read when this module is imported.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.langchain import StaticEmbeddings
    from embeddings.sentence import SentenceEmbeddings
    from embeddings.static import StaticModel

BUNDLED_MODEL = Path(__file__).parent / "model"


def load_embeddings(name_or_folder: str | None = None) -> StaticEmbeddings | SentenceEmbeddings:
    """The embeddings of a model: `None` for the bundled one, else a sentence-transformers folder or a hub name.

    The bundled model and other static folders are read in milliseconds without torch. Any other model takes the time
    and memory of sentence-transformers; a hub name is looked for on this machine first and downloaded only when it
    is not there. Both kinds are LangChain `Embeddings` with `name`, `dimension` and `fingerprint`.

    Raises EmbeddingError when the model is not there, cannot be read, or cannot be downloaded (told within 2 s when
    the network is missing).
    """
    from embeddings.langchain import StaticEmbeddings

    folder = _static_folder(name_or_folder)
    return StaticEmbeddings(folder) if folder is not None else _other(name_or_folder)


def load_model(name_or_folder: str | None = None) -> StaticModel | SentenceEmbeddings:
    """The same for who asks for the two methods only: a static model is read without LangChain."""
    from embeddings.static import StaticModel

    folder = _static_folder(name_or_folder)
    return StaticModel(folder) if folder is not None else _other(name_or_folder)


def look_for(name_or_folder: str | None) -> bool:
    """Whether a model is read in milliseconds; of any other, makes sure first that it can be had.

    Nothing is loaded or downloaded. Raises EmbeddingError, within 2 s, when the model is not on this machine and the
    hub does not answer.
    """
    if _static_folder(name_or_folder) is not None:
        return True
    from embeddings import hub

    hub.look_for(str(name_or_folder))
    return False


def describe(embeddings: StaticModel | SentenceEmbeddings) -> str:
    """One line that names the model, the length of its vectors and the hash of its files, for an index manifest."""
    return f"{embeddings.fingerprint}/{embeddings.dimension}"


def _static_folder(name_or_folder: str | None) -> Path | None:
    """The folder of the bundled or another static model, else None."""
    from embeddings.static import is_static

    if name_or_folder is None:
        return BUNDLED_MODEL
    folder = Path(name_or_folder).expanduser()
    return folder if folder.is_dir() and is_static(folder) else None


def _other(name_or_folder: str | None) -> SentenceEmbeddings:
    from embeddings.hub import find_model

    folder = find_model(str(name_or_folder))  # before anything heavy is imported: it may not be there
    from embeddings.sentence import SentenceEmbeddings

    return SentenceEmbeddings(str(name_or_folder), folder)
