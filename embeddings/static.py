"""Reads a static embedding model (one row of numbers a token) with tokenizers and NumPy, without torch.

A static model turns a text into the mean of the rows of its tokens. The folder is an ordinary sentence-transformers
folder with a `StaticEmbedding` module and, as a rule, a `Normalize` module after it; the vectors are those of
`SentenceTransformer(folder)`. Models with any other module, or with prompts, are not read here (see `sentence`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import EmbeddingError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_WEIGHTS_FILE = "model.safetensors"
_TOKENIZER_FILE = "tokenizer.json"
_MODULES_FILE = "modules.json"
_BATCH = 512
_KEPT = 16_384
"""Texts whose tokens are kept (some 5 MB): the same sentences are compared with one question after another."""
_NUMBERS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I8": "i1", "U8": "u1", "I32": "<i4", "I64": "<i8"}
"""The kinds of numbers that a table may hold, as safetensors and as NumPy name them."""


class StaticModel:
    """A static model with the two methods of LangChain's `Embeddings`; queries and documents are embedded alike.

    It is no subclass of that class, whose import costs a third of the start of a command and 12 MB; `langchain` has one
    that is. `dimension` is the length of a vector, `fingerprint` names the model and the content of its files.
    """

    def __init__(self, folder: str | Path) -> None:
        """Reads the folder (milliseconds; about the size of its files in memory).

        Raises EmbeddingError when a file is missing, cannot be read, or does not fit the others.
        """
        self.folder = Path(folder)
        self._normalise = _modules_of(self.folder) == ["StaticEmbedding", "Normalize"]
        self._tokenizer = _read_tokenizer(self.folder)
        self._kept: dict[str, NDArray[np.int32]] = {}
        self._rows, self._scale = _read_table(self.folder)
        if self._tokenizer.get_vocab_size() > len(self._scale):
            raise _unusable(self.folder, "the tokenizer has more tokens than the table has rows")
        self.name = self.folder.resolve().name
        self.dimension = int(self._rows.shape[1])
        self.fingerprint = f"{self.name}@{_hash_of_files(self.folder)}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts, one row each; of unit length where the model normalises.

        A text without any known token (an empty one, say) has the zero vector.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            for offset, encoding in enumerate(self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)):
                if ids := encoding.ids:
                    # One product both scales the rows and adds them up; only the rows in use become float32.
                    vectors[start + offset] = self._scale[ids] @ self._rows[ids].astype(np.float32) / len(ids)
        if self._normalise:
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            vectors /= np.maximum(lengths, np.float32(1e-12))
        return vectors

    def closeness(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How close the words of each text come to those of the question, one by one (-1..1; 0 without known tokens).

        For each token of the question the cosine with the token of the text that is most like it; of these the mean,
        in which a token counts as far as its row is long, as it does in a vector. A mean over all tokens of a text
        loses the one word that answers; this finds it.
        """
        found = np.zeros(len(texts), dtype=np.float32)
        rows, lengths = self._unit_rows(self._cut([question])[0])
        cut = self._cut(texts)
        filled = [at for at, tokens in enumerate(cut) if len(tokens)]
        if not filled or not lengths.any():
            return found
        tokens, places = np.unique(np.concatenate([cut[at] for at in filled]), return_inverse=True)
        cosines = (rows @ self._unit_rows(tokens)[0].T)[:, places]
        starts = np.cumsum([0, *(len(cut[at]) for at in filled[:-1])])
        found[filled] = (lengths / lengths.sum()) @ np.maximum.reduceat(cosines, starts, axis=1)
        return found

    def _cut(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """The token numbers of each text, kept for the next question."""
        if len(self._kept) > _KEPT:
            self._kept = {}  # replaced, not cleared: another thread may be reading the old one
        kept = self._kept
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        for text, one in zip(new, self._tokenizer.encode_batch_fast(new, add_special_tokens=False), strict=True):
            kept[text] = np.asarray(one.ids, dtype=np.int32)
        return [kept[text] for text in texts]

    def _unit_rows(
        self, tokens: Sequence[int] | NDArray[np.integer]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The rows of some tokens, each of length 1, and how long they were."""
        rows = self._rows[tokens].astype(np.float32) * self._scale[tokens, None]
        lengths = np.linalg.norm(rows, axis=1)
        return rows / np.maximum(lengths, np.float32(1e-12))[:, None], lengths

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages, in their order."""
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self.encode([text])[0].tolist()
        return vector


def is_static(folder: Path) -> bool:
    """Whether the folder holds a static model that this module reads (no other modules, no prompts)."""
    if not (folder / _MODULES_FILE).is_file() or not (folder / _WEIGHTS_FILE).is_file():
        return False
    if _modules_of(folder) not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        return False
    settings_file = folder / "config_sentence_transformers.json"
    settings = _read_json(settings_file, folder) if settings_file.is_file() else {}
    prompts = settings.get("prompts") if isinstance(settings, dict) else None
    return not any((prompts or {}).values())


def _modules_of(folder: Path) -> list[str]:
    """The class names of the model's modules, in order."""
    modules = _read_json(folder / _MODULES_FILE, folder)
    if not isinstance(modules, list):
        raise _unusable(folder, f"{_MODULES_FILE} is not a list")
    return [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules]


def _read_json(path: Path, folder: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(folder, f"{path.name}: {error}") from error


def _read_tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    path = folder / _TOKENIZER_FILE
    if not path.is_file():
        raise _unusable(folder, f"{_TOKENIZER_FILE} is missing")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the Rust binding raises plain Exception for a file it cannot parse
        raise _unusable(folder, f"{_TOKENIZER_FILE}: {error}") from error
    tokenizer.no_padding()
    return tokenizer


def _read_table(folder: Path) -> tuple[NDArray[np.generic], NDArray[np.float32]]:
    """The rows as stored (one a token) and the factor of each row.

    sentence-transformers reads two forms: `embedding.weight`, or, as model2vec writes it, `embeddings` with an
    optional factor for each token (`weights`) and an optional map from tokens to rows (`mapping`).
    """
    from safetensors import SafetensorError

    path = folder / _WEIGHTS_FILE
    if not path.is_file():
        raise _unusable(folder, f"{_WEIGHTS_FILE} is missing")
    try:
        tensors = _mapped(path)
        rows = tensors["embedding.weight"] if "embedding.weight" in tensors else tensors["embeddings"]
    except (OSError, SafetensorError, KeyError, TypeError) as error:
        raise _unusable(folder, f"{_WEIGHTS_FILE}: {error}") from error
    if "mapping" in tensors:
        rows = rows[tensors["mapping"]]
    scale = tensors.get("weights")
    if scale is None:
        scale = np.ones(len(rows), dtype=np.float32)
    if rows.ndim != 2 or scale.shape != (len(rows),):
        raise _unusable(folder, f"{_WEIGHTS_FILE}: the rows {rows.shape} do not fit their factors {scale.shape}")
    return rows, scale.astype(np.float32)


def _mapped(path: Path) -> dict[str, NDArray[np.generic]]:
    """The tensors of a safetensors file, each a view of the file itself: only the rows in use take memory.

    The library's own reader makes a copy of everything; it still says here whether the file is whole. The form is
    https://huggingface.co/docs/safetensors: eight bytes with the length of a JSON header, the header, the numbers.
    """
    from safetensors import safe_open

    with safe_open(path, framework="numpy"):
        pass
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    numbers = np.asarray(np.memmap(path, np.uint8, "r", offset=8 + length))
    return {
        name: numbers[slice(*item["data_offsets"])].view(_NUMBERS[item["dtype"]]).reshape(item["shape"])
        for name, item in header.items()
    }


def _hash_of_files(folder: Path) -> str:
    """Sixteen hexadecimal digits over the content of the files that shape a vector."""
    digest = hashlib.sha256()
    for name in (_MODULES_FILE, _TOKENIZER_FILE, _WEIGHTS_FILE):
        with (folder / name).open("rb") as file:
            hashlib.file_digest(file, lambda: digest)
    return digest.hexdigest()[:16]


def _unusable(folder: Path, reason: str) -> EmbeddingError:
    return EmbeddingError(
        en=f"The embedding model in {folder} cannot be used: {reason}. "
        "Give the folder of a sentence-transformers model, or leave the setting out to use the bundled model.",
        zh=f"无法使用 {folder} 中的嵌入模型：{reason}。"
        "请给出一个 sentence-transformers 模型的文件夹；不设置此项则使用自带模型。",
    )
