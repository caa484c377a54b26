"""The words of the page in its three languages, and which language a browser asks for.

The words are data (`words.json`); nothing of a report or an answer is translated here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

from assistant.errors import AssistantError
from assistant.language.script import to_traditional
from assistant.models import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "zh-Hans"
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


@dataclass(frozen=True, slots=True)
class Words:
    """The page's words in one language; `words("key", n=3)` fills the gaps, and one thing has its own form."""

    language: Language
    table: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        if values.get("n") == 1 and f"{key}.one" in self.table:
            key = f"{key}.one"
        return self.table[key].format(**values) if values else self.table[key]

    def script(self, text: str) -> str:
        """Chinese words of our own (none of a report's text) in the reader's script."""
        return to_traditional(text) if self.language == "zh-Hant" else text

    def failure(self, error: AssistantError) -> str:
        """What an error says, in the reader's language and script."""
        return self.script(error.say(self.language))

    def has(self, key: str) -> bool:
        return key in self.table


@cache
def all_words() -> dict[str, dict[Language, str]]:
    """Every word of the page by key and language."""
    text = resources.files("assistant.web").joinpath("words.json").read_text("utf-8")
    return dict(json.loads(text))


@cache
def words(language: Language) -> Words:
    """The words of `language`."""
    return Words(language, {key: texts[language] for key, texts in all_words().items()})


def choose(wanted: Iterable[str]) -> Language:
    """The first of the browser's languages that the page speaks; simplified Chinese if none."""
    for tag in wanted:
        low = tag.lower()
        if low.startswith(_TRADITIONAL):
            return "zh-Hant"
        if low.startswith("zh"):
            return "zh-Hans"
        if low.startswith("en"):
            return "en"
    return DEFAULT
