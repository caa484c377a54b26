"""Broad topics and the narrower things that tell of them: a fair for jobs tells of 就业服务 without that word.

Looser than the glossary, whose words mean one thing; only for whoever looks for words about a topic, never for figures.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files


@cache
def _topics() -> tuple[tuple[tuple[frozenset[str], ...], tuple[str, ...]], ...]:
    """The topics: their names, each the set of the words that it takes, and what tells of them."""
    lines = files("assistant.language").joinpath("data/topics.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            names, telling = line.split("\t")
            found.append((tuple(frozenset(name.split("+")) for name in names.split("|")), tuple(telling.split("|"))))
    return tuple(found)


def telling_of(words: Collection[Collection[str]]) -> dict[int, tuple[str, ...]]:
    """What tells of a topic that `words` name, each given with its other names, by the place of the word in `words`.

    A name of two words counts only where two of `words` say it together.
    """
    found: dict[int, list[str]] = {}
    for names, telling in _topics():
        for name in names:
            said = {part: at for part in name for at, forms in enumerate(words) if part in forms}
            if len(said) == len(name) and len(set(said.values())) == len(name):
                for at in said.values():
                    found.setdefault(at, []).extend(telling)
    return {at: tuple(dict.fromkeys(told)) for at, told in found.items()}
