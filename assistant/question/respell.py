"""Finds the word behind a slip of the pen (体捡 for 体检) among the words that the reports print.

A run of characters that is no word, and that no report prints, is taken for a word of the reports when just one of its
characters differs and sounds or looks alike, or two that stand side by side have changed places (疗养休 for 疗休养).
Names are left alone: what is found must be an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.language.gazetteer import looks_alike
from assistant.language.glossary import glossary
from assistant.language.sounds import near_readings
from assistant.question.measure import ASKED_COUNT
from assistant.question.word_kinds import is_filler

_LONGEST = 4  # characters of a run
_HAN = re.compile(r"[一-鿿]+")
_COUNTED_CITIES = re.compile(r"[一二两三四五六七八九十几各全]+[个座]?(?:城|省|县)?[市省县]$")
_YEARS = re.compile(r"(?:19|20)\d\d\s*年")
_DONE = frozenset({"了", "过", "着", "为", "出"})
_GOING = frozenset("去来到了")
_GRAMMAR = ["f", "u", "y", "p", "c", "r", "m", "q", "d", "e", "o", "w"]


def respell(text: str, sources: Sequence[str]) -> tuple[str, str] | None:
    """The run of Simplified `text` that is miswritten and the word that the plain `sources` print for it, or None."""
    for run in _odd_runs(ASKED_COUNT.sub("，", _YEARS.sub("，", text))):  # 多少人|新落户
        if any(run in source for source in sources):
            continue
        found = next(
            (word for source in sources for word in _alike(run, source) if _is_word(word) or _recurs(word, source)),
            None,
        )
        if found is not None:
            return run, found
    return _of_two_words(text, sources)


def _of_two_words(text: str, sources: Sequence[str]) -> tuple[str, str] | None:
    """Two words of two characters, each a word, that no report prints together, for a known name that one does (心里健康)."""
    import rjieba

    for first, second in pairwise(rjieba.cut(text)):
        run = first + second
        if len(first) == len(second) == 2 and _HAN.fullmatch(run) and not any(run in source for source in sources):
            right = (word for source in sources for word in _alike(run, source) if glossary().entries_of(word))
            if (found := next(right, None)) is not None:
                return run, found
    return None


def _odd_runs(text: str) -> Iterator[str]:
    """Runs of two to four characters about a lone or unknown piece, the shortest first."""
    import rjieba

    pieces = [(word, tag) for word, tag in rjieba.tag(text)]
    for index, (word, tag) in enumerate(pieces):
        if (
            not _HAN.fullmatch(word)
            or tag[:1] in _GRAMMAR
            or is_filler(word)
            or word[-1] in "是的了"
            or _COUNTED_CITIES.match(word)
            or word[0] in "各每哪这那再又还也都已将只仅最更很太不没未"
        ):
            continue
        if len(word) > 1 and rjieba.has_word(word):
            continue
        if index + 1 < len(pieces) and pieces[index + 1][0] in _DONE:
            continue  # 成了, 产了: a verb
        before = _content(*pieces[index - 1]) if index else ""
        after = _content(*pieces[index + 1]) if index + 1 < len(pieces) else ""
        runs = {word, before + word, word + after, before + word + after}
        runs |= {run[1:] for run in runs if run[0] in _GOING and len(run) > 3}  # 去疗修养
        yield from sorted((run for run in runs if 2 <= len(run) <= _LONGEST and _HAN.fullmatch(run)), key=len)


def _content(word: str, tag: str) -> str:
    """The word, unless it is one of grammar, which a run does not reach over."""
    return "" if tag[:1] in _GRAMMAR or is_filler(word) else word


def _alike(run: str, source: str) -> Iterator[str]:
    """The stretches of `source` that differ from `run` in the order of two characters or in one that is taken for it."""
    for at in range(len(run) - 1):
        changed = run[:at] + run[at + 1] + run[at] + run[at + 2 :]
        if changed != run and len(run) > 2 and changed in source:
            yield changed
    for at, character in enumerate(run):
        left, right = re.escape(run[:at]), re.escape(run[at + 1 :])
        wanted = near_readings(character)
        for match in re.finditer(f"{left}([一-鿿]){right}", source):
            if near_readings(match.group(1)) & wanted or looks_alike(character, match.group(1)):
                yield match.group()


def _recurs(word: str, source: str) -> bool:
    """Whether a longer name stands in the report more than once, so that it is no chance meeting of characters."""
    return len(word) > 2 and source.count(word) > 1


def _is_word(word: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(word)) or bool(glossary().entries_of(word))
