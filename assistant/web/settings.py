"""The handlers of the settings view: what is set now, and whether the two models work.

Nothing is changed here, because settings are read at start. No key is ever read, shown or logged: the
libraries of chat models take theirs from the environment, and what they say of an error is not repeated.
Where others than this machine can open the page, nothing is tried and no folder or address is shown.
"""

from __future__ import annotations

import ipaddress
import time
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answering.chat_model.connect import ChatModelTrouble, Limits, Line, connect_chat_model
from assistant.errors import EmbeddingModelError, SettingError
from assistant.models import Language
from assistant.web import exports
from assistant.web.i18n import Words, words
from assistant.web.keep import Tried
from assistant.web.ratings import Ratings
from assistant.web.render.settings import Trial, Vectors, settings_html

if TYPE_CHECKING:
    from assistant.settings import Settings
    from embeddings.sentence import SentenceEmbeddings
    from embeddings.static import StaticModel

LIMITS = Limits(first=20.0, total=30.0, retries=0, characters=200)
ASKED = "Reply with the single word: ready"
SAMPLE = "全市工会驿站"


class SettingsDesk:
    """Shows the settings and tries the models that they name."""

    def __init__(self, settings: Settings, ratings: Ratings) -> None:
        self._settings = settings
        self._ratings = ratings

    def view(self, language: Language, trial: Trial | None = None) -> str:
        """The view, with what came of a trial."""
        loaded = trial is not None and trial.part == "embedding" and trial.works
        vectors = self._vectors if loaded or self._settings.embedding_model is None else None
        return settings_html(
            self._settings, vectors, trial, words(language), own=self._is_own, ratings=self._ratings.count()
        )

    def ratings(self) -> dict[str, str] | None:
        """The readers' judgements for the browser to save; None where others can open the page too."""
        return exports.file("ratings", "csv", self._ratings.table()) if self._is_own else None

    def probe(self, tried: Tried) -> str:
        """Tries one of the two models; the view with the result, in words."""
        say = words(tried.language)
        if not self._is_own:
            return self.view(tried.language, Trial(tried.what, False, say("settings.closed")))
        trial = self._chat(say) if tried.what == "chat" else self._embedding(say)
        return self.view(tried.language, trial)

    def _chat(self, say: Words) -> Trial:
        """One word from the chat model that is set."""
        name = self._settings.chat_model
        if name is None:
            return Trial("chat", None, say("settings.chat.unset"))
        from langchain_core.messages import HumanMessage

        began = time.monotonic()
        try:
            line = Line(connect_chat_model(name, self._settings.chat_url, LIMITS), LIMITS)
        except SettingError as error:
            return Trial("chat", False, say.failure(error))
        try:
            text = "".join(line.reply([HumanMessage(ASKED)], began + LIMITS.total))
        except ChatModelTrouble as trouble:
            return Trial("chat", False, say(f"trouble.{trouble.why}"))
        finally:
            line.close()
        return Trial("chat", True, say("settings.chat.ok", ms=_since(began), text=text.strip()[:40]))

    def _embedding(self, say: Words) -> Trial:
        """The vector of a few words."""
        from embeddings.errors import EmbeddingError

        began = time.monotonic()
        try:
            vector = self._embeddings.embed_query(SAMPLE)
        except EmbeddingError as error:
            return Trial("embedding", False, say.failure(EmbeddingModelError(en=error.en, zh=error.zh)))
        if len(vector) != self._embeddings.dimension or not any(vector):
            return Trial("embedding", False, say("settings.embedding.odd", n=len(vector)))
        return Trial("embedding", True, say("settings.embedding.ok", n=len(vector), ms=_since(began)))

    @property
    def _is_own(self) -> bool:
        """Whether only this machine can open the page."""
        host = self._settings.host
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:  # a name of this machine that others may know
            return False

    @cached_property
    def _embeddings(self) -> StaticModel | SentenceEmbeddings:
        from embeddings.load import load_model

        return load_model(self._settings.embedding_model)

    @property
    def _vectors(self) -> Vectors:
        return Vectors(self._embeddings.name, self._embeddings.dimension)


def _since(began: float) -> int:
    return max(1, round((time.monotonic() - began) * 1000))
