"""Writes a static model as a sentence-transformers folder, with eight bits a number.

The weights are stored in the form that model2vec uses and sentence-transformers reads: `embeddings` (int8) and one
factor a token (`weights`). Both readers multiply them to 32-bit numbers, so that nothing is lost but the rounding.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_LARGEST = 127
_STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_NORMALISE = "sentence_transformers.base.modules.normalize.Normalize"
_DESCRIPTIONS: dict[str, object] = {
    "modules.json": [
        {"idx": 0, "name": "0", "path": "", "type": _STATIC},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALISE},
    ],
    "config_sentence_transformers.json": {
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    },
    "1_Normalize/config.json": {
        "module_input_name": "sentence_embedding",
        "module_output_name": "sentence_embedding",
    },
}


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight bits a number and one factor a row; `rows * factors[:, None]` is the table again."""
    factors = (np.abs(table).max(axis=1) / _LARGEST).astype(np.float32)
    rows = np.rint(table / np.where(factors > 0, factors, 1.0)[:, None]).astype(np.int8)
    return rows, factors


def save_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Writes the folder's files; others that are there (a README) stay."""
    from safetensors.numpy import save

    rows, factors = quantise(table)
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "model.safetensors").write_bytes(save({"embeddings": rows, "weights": factors}))
    for path, value in _DESCRIPTIONS.items():
        (folder / path).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
