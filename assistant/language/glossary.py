"""The glossary: which words mean the same thing, in official Chinese, everyday Chinese and English.

The entries are data (`data/glossary.tsv`). This module reads them and finds them in a text; it does not know
cities, reports or questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from assistant.models import Span

_LATIN = re.compile(r"[A-Za-z0-9.+&'’-]+")
_IRREGULAR = {
    "craftsmen": "craftsman",
    "women": "woman",
    "children": "child",
    "people": "person",
    "companies": "company",
}
_BRITISH = {
    "labor": "labour",
    "center": "centre",
    "meter": "metre",
    "kilometer": "kilometre",
    "program": "programme",
    "theater": "theatre",
    "harbor": "harbour",
    "neighbor": "neighbour",
    "neighborhood": "neighbourhood",
    "fiber": "fibre",
    "honor": "honour",
    "honored": "honoured",
    "license": "licence",
    "mold": "mould",
    "traveler": "traveller",
    "enrollment": "enrolment",
    "aging": "ageing",
}
"""American spellings, which are read as the British ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its official forms (first = canonical), everyday words and English phrases."""

    official: tuple[str, ...]
    everyday: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def canonical(self) -> str:
        return self.official[0]


@dataclass(frozen=True, slots=True)
class Found:
    """A form of an entry in a text; `everyday` is whether it was a colloquial form."""

    span: Span
    form: str
    entry: Entry
    everyday: bool


def _lemma(word: str) -> str:
    """A crude English base form; enough to meet plurals and possessives, both sides treated alike."""
    word = word.lower().replace("’", "'").strip("'-.")
    word = re.sub(r"'s?$", "", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = _BRITISH.get(word, _BRITISH.get(word.removesuffix("s"), word))
    word = re.sub(r"(?<=\w{3})iz(?=e[sd]?$|ing$|ations?$)", "is", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def english_tokens(text: str) -> list[tuple[Span, str]]:
    """The Latin words of `text` with their spans, in base form; hyphens part words."""
    found: list[tuple[Span, str]] = []
    for match in _LATIN.finditer(text):
        at = match.start()
        for part in match.group().replace("’", "'").split("-"):
            base, word = _lemma(part), part.strip("'")  # a quotation mark beside a word is no part of it
            if base:
                start = at + part.index(word)
                found.append((Span(start, start + len(word)), base))
            at += len(part) + 1
    return found


class Glossary:
    """Looks up entries by any of their forms."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self._by_form: dict[str, list[tuple[Entry, bool]]] = {}
        for entry in entries:
            for form in entry.official:
                self._by_form.setdefault(form, []).append((entry, False))
            for form in entry.everyday:
                self._by_form.setdefault(form, []).append((entry, True))
        self._reach: dict[str, int] = {}  # the length of the longest form that begins with a character
        for form in self._by_form:
            self._reach[form[0]] = max(len(form), self._reach.get(form[0], 0))

    @cached_property
    def _by_english(self) -> dict[tuple[str, ...], list[Entry]]:
        """Made when the first English question comes: most readers ask in Chinese."""
        found: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.entries:
            for phrase in entry.english:
                key = tuple(base for _, base in english_tokens(phrase))
                if key:
                    found.setdefault(key, []).append(entry)
        return found

    def entries_of(self, form: str) -> list[Entry]:
        """The entries that have `form` as an official or everyday form."""
        return [entry for entry, _ in self._by_form.get(form, [])]

    def find(self, text: str, tokens: set[tuple[int, int]] | None = None) -> list[Found]:
        """Glossary forms in Chinese `text`, longest first from the left, not overlapping.

        A form of one character counts only where `tokens` (start, end) has it as a word of its own.
        """
        found: list[Found] = []
        at = 0
        while at < len(text):
            for length in range(min(self._reach.get(text[at], 0), len(text) - at), 0, -1):
                form = text[at : at + length]
                known = self._by_form.get(form)
                if known and (length > 1 or (tokens is not None and (at, at + 1) in tokens)):
                    found.extend(Found(Span(at, at + length), form, entry, everyday) for entry, everyday in known)
                    at += length
                    break
            else:
                at += 1
        return found

    def find_english(self, text: str) -> list[Found]:
        """Glossary phrases in English `text`, longest first from the left, not overlapping."""
        tokens = english_tokens(text)
        found: list[Found] = []
        at = 0
        by_english = self._by_english
        longest = max((len(key) for key in by_english), default=1)
        while at < len(tokens):
            for length in range(min(longest, len(tokens) - at), 0, -1):
                key = tuple(base for _, base in tokens[at : at + length])
                entries = by_english.get(key)
                if entries and not self._cuts_a_name(tokens, at, length, longest):
                    span = Span(tokens[at][0].start, tokens[at + length - 1][0].end)
                    found.extend(Found(span, span.of(text), entry, False) for entry in entries)
                    at += length
                    break
            else:
                at += 1
        return found

    def _cuts_a_name(self, tokens: list[tuple[Span, str]], at: int, length: int, longest: int) -> bool:
        """Whether a phrase that is at least as long begins inside this one and goes beyond it: its head comes last."""
        bases = tuple(base for _, base in tokens)
        return any(
            bases[start : start + size] in self._by_english
            for start in range(at + 1, at + length)
            for size in range(max(length, at + length - start + 1), longest + 1)
            if start + size <= len(bases)
        )


@cache
def glossary() -> Glossary:
    """The glossary that is shipped, read once."""
    return Glossary(_read("glossary.tsv"))


@cache
def wide_glossary() -> Glossary:
    """Looser than `glossary`: the official words of an entry belong together but need not mean one thing."""
    return Glossary(_read("glossary_wide.tsv"))


@cache
def english_glossary() -> Glossary:
    """What English questions are read with: the glossary, and things that only their English name leads to."""
    things = (line.split("\t") for line in _lines("english_things.tsv"))
    return Glossary(
        (*glossary().entries, *(Entry(_split(chinese), (), _split(english)) for chinese, english in things))
    )


def _read(name: str) -> tuple[Entry, ...]:
    entries = []
    for line in _lines(name):
        official, everyday, english = [*line.split("\t"), "", ""][:3]
        entries.append(Entry(_split(official), _split(everyday), _split(english)))
    return tuple(entries)


def _lines(name: str) -> list[str]:
    lines = files("assistant.language").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
