"""The one place that wires: settings in, assistant out. Only this file knows which real parts are in use."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.answering.base import Composer
from assistant.answering.extractive import Extractive
from assistant.embedding_model import embedding_errors, look_for_model
from assistant.errors import EmbeddingModelError, SettingError
from assistant.index.build import Embeddings, Index
from assistant.models import AddResult
from assistant.reading import rules
from assistant.renewal import Counted, Progress
from assistant.service import Assistant
from assistant.settings import Settings, load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from embeddings.sentence import SentenceEmbeddings
    from embeddings.static import StaticModel

log = logging.getLogger(__name__)


def build(settings: Settings, tell: Counted | None = None) -> Assistant:
    """An assistant over the library of `settings.home`; waits for the embedding model and for what it embeds anew.

    `tell` is given how many reports are up to date again, of how many that are not. Raises the errors of the parts;
    adds no reports.
    """
    assistant = _assembled(settings, settings.embedding_model)
    assistant.catch_up(tell)
    return assistant


def start(settings: Settings | None = None) -> Assistant:
    """An assistant that can be asked at once, as the commands have it: its first reports are added to an empty library.

    Without `settings` those of the environment hold. Raises the errors of the parts.
    """
    settings = settings or load(os.environ)
    assistant = build(settings)
    for told in first_reports(assistant, settings):
        if isinstance(told, AddResult) and told.outcome == "refused":
            log.warning("%s: %s", told.name, told.reason_en)
    return assistant


def build_at_once(settings: Settings) -> Assistant:
    """The same without waiting; `catch_up` has to follow, in the background.

    Until that is through, the bundled model stands in for one that takes long to load, and reports that have to be
    read anew are missing. Raises EmbeddingModelError, within 2 s, when the model is neither here nor to be had.
    """
    return _assembled(settings, settings.embedding_model if look_for_model(settings) else None)


def catch_up(assistant: Assistant, settings: Settings) -> None:
    """Does what `build_at_once` left; an embedding model that cannot be loaded is told of and leaves the stand-in."""
    from embeddings.load import load_model

    try:
        if look_for_model(settings):
            assistant.catch_up()
            return
        loading = Progress(Path(str(settings.embedding_model)).name, "loading", 0, 1)
        with embedding_errors(), assistant.renewal.at_work(loading):
            embeddings = load_model(settings.embedding_model)
    except EmbeddingModelError as error:
        log.error("%s The bundled model answers instead.", error.en)
        assistant.renewal.trouble = error
        assistant.catch_up()
        return
    composer = _composer(settings, _chat_model(settings), embeddings, assistant)
    assistant.catch_up(index=_index(settings, embeddings), composer=composer)


def _assembled(settings: Settings, embedding_model: str | None) -> Assistant:
    model = _chat_model(settings)  # first, because a wrong setting must not leave the index open
    _make_home(settings.home)
    with embedding_errors():
        from embeddings.load import load_model

        embeddings = load_model(embedding_model)
    index = _index(settings, embeddings)
    assistant = Assistant(index, Extractive(Likeness(embeddings)))
    assistant.use(index, _composer(settings, model, embeddings, assistant))
    return assistant


def _index(settings: Settings, embeddings: StaticModel | SentenceEmbeddings) -> Index:
    from embeddings.load import describe

    return Index(settings.home, embeddings, model=describe(embeddings), reading=rules(), chroma=settings.chroma)


def _composer(
    settings: Settings, model: BaseChatModel | None, embeddings: Embeddings, assistant: Assistant
) -> Composer:
    built_in = Extractive(Likeness(embeddings))
    if model is None:
        return built_in
    from assistant.answering.chat_model.composer import ChatModelComposer

    return ChatModelComposer(str(settings.chat_model), model, built_in, look_up=assistant.evidence)


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            en=f"The home folder {home} cannot be made ({error.strerror}). Give a folder that can be written as --home.",
            zh=f"无法建立 home 文件夹 {home}（{error.strerror}）。请用 --home 指定一个可以写入的文件夹。",
        ) from error


def _chat_model(settings: Settings) -> BaseChatModel | None:
    if settings.chat_model is None:
        if settings.chat_url is not None:
            log.warning("The address %s is not used: no chat model is set (--chat-model).", settings.chat_url)
        return None
    from assistant.answering.chat_model.connect import connect_chat_model

    return connect_chat_model(settings.chat_model, settings.chat_url)


def first_reports(assistant: Assistant, settings: Settings) -> Iterator[Progress | AddResult]:
    """Adds the reports of `settings.seeds` when the library is empty; yields nothing when it is not."""
    if assistant.reports():
        return
    files = [(path.name, path.read_bytes()) for path in seed_files(settings.seeds)]
    yield from assistant.fill(files)


def seed_files(folder: Path) -> list[Path]:
    """The report files of the seeds folder, without its README."""
    return (
        sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".html", ".docx", ".pdf"})
        if folder.is_dir()
        else []
    )


KEPT_VECTORS = 20_000


class Likeness:
    """How alike a question and some texts are: cosines of the embedding model, texts kept once embedded."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._kept: dict[str, NDArray[np.float16]] = {}

    def __call__(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        if not texts:
            return []
        if len(self._kept) > KEPT_VECTORS:
            self._kept = {}  # replaced, not cleared: another thread may be reading the old one
        kept = self._kept
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        if new:
            rows = np.asarray(self._embeddings.embed_documents(new), np.float32)
            lengths = np.linalg.norm(rows, axis=1, keepdims=True)
            rows = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float16)
            kept.update(zip(new, rows, strict=True))
        asked = np.asarray(self._embeddings.embed_query(question), np.float32)
        length = float(np.linalg.norm(asked)) or 1.0
        table = np.stack([kept[text] for text in texts]).astype(np.float32)
        return [float(value) for value in table @ (asked / length)]
