"""The one error of this room: a model or its training files cannot be used.

The room imports nothing of the application, so the error stands here and not in the application's tree; whoever
wires the two turns it into the application's own error with the same two sentences. Nothing is printed here.
"""

from __future__ import annotations


class EmbeddingError(Exception):
    """A model folder, a model name or a training file cannot be used; says why and what to do next.

    `en` and `zh` are whole sentences for the reader.
    """

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh
