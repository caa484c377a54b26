"""The page's words: every key in all three languages, with the same gaps, and the right one chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.web import i18n


@pytest.mark.parametrize("key", sorted(i18n.all_words()))
def test_every_word_is_there_in_each_language_with_the_same_gaps(key: str) -> None:
    texts = i18n.all_words()[key]
    assert set(texts) == set(i18n.LANGUAGES)
    assert all(text.strip() for text in texts.values())
    assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts.values()}) == 1


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["zh-CN", "en"], "zh-Hans"),
        (["zh-TW"], "zh-Hant"),
        (["zh-Hant-HK"], "zh-Hant"),
        (["zh"], "zh-Hans"),
        (["fr-FR", "en-GB"], "en"),
        (["fr"], "zh-Hans"),
        ([], "zh-Hans"),
    ],
)
def test_the_first_language_that_the_page_speaks_is_chosen(wanted: list[str], chosen: str) -> None:
    assert i18n.choose(wanted) == chosen


def test_no_word_is_kept_that_nothing_says() -> None:
    folder = Path(i18n.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in [*folder.rglob("*.py"), *folder.rglob("*.js")])
    composed = re.compile(
        r"^(kind|verdict|report|view|drawer|loss|outcome|stage|column|language|csv|export|rule|remain|feedback|trouble|tag|place)\."
        r"|^settings\.(chat|embedding)(\.does|\.test)?$"
    )
    said = {key: key.removesuffix(".one") for key in i18n.all_words()}
    unused = [key for key, base in said.items() if f'"{base}"' not in source and not composed.match(base)]
    assert unused == []
