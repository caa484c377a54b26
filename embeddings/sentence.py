"""Any sentence-transformers model as LangChain embeddings, with its own prompts for questions and for passages.

Code that comes with a model is never run. Importing this module takes part of a second; the libraries (seconds, half a
gigabyte) are imported when a model is loaded. Where its files are is found by `hub`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from embeddings.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SAMPLE_BYTES = 1 << 20
_BATCH = 32


class SentenceEmbeddings(Embeddings):
    """A sentence-transformers model; questions and passages get the prompts that the model defines for them.

    `dimension` is the length of a vector, `fingerprint` names the model and the content of its files. Vectors have
    unit length.
    """

    def __init__(self, name_or_folder: str, folder: Path) -> None:
        """Loads the model in `folder` (seconds), which `hub.find_model` found for the name.

        Raises EmbeddingError when the files are no model that can be loaded without running code of theirs.
        """
        self.name = name_or_folder
        self.folder = folder
        self._model = _load(name_or_folder, self.folder)
        self.dimension = int(self._model.get_embedding_dimension() or len(self.embed_query("a")))
        self.fingerprint = f"{Path(name_or_folder).name}@{_hash_of_folder(self.folder)}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages, in their order."""
        if not texts:
            return []
        vectors: list[list[float]] = self._model.encode_document(
            texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._model.encode_query(
            text, normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vector


def _load(name: str, folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # What is made ready is told by who asked for the model.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:  # a damaged file raises what its reader likes, plain Exception from Rust included
        reason = " ".join(str(error).split())
        raise EmbeddingError(
            en=f"The embedding model {name!r} cannot be loaded: {reason[:300]}. Models that need code of their own "
            "are not supported; give another sentence-transformers model, or leave the setting out.",
            zh=f"无法加载嵌入模型 {name!r}：{reason[:300]}。不支持需要运行自带代码的模型；"
            "请换一个 sentence-transformers 模型，或不设置此项。",
        ) from error


def _hash_of_folder(folder: Path) -> str:
    """Sixteen hexadecimal digits over names, sizes and content of the files; of large ones both ends are read."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_file() or path.suffix == ".md" or any(part.startswith(".") for part in relative.parts):
            continue
        size = path.stat().st_size
        digest.update(f"{relative.as_posix()}:{size}\n".encode())
        with path.open("rb") as content:
            digest.update(content.read(_SAMPLE_BYTES))
            if size > _SAMPLE_BYTES:
                content.seek(-min(_SAMPLE_BYTES, size), os.SEEK_END)
                digest.update(content.read())
    return digest.hexdigest()[:16]
