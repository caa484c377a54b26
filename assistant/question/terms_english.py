"""What an English question speaks of: glossary phrases first, then the dictionary word by word, then names by sound."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.language.dictionary import translations
from assistant.language.glossary import english_tokens, glossary, wide_glossary
from assistant.models import Span, Term
from assistant.question.terms import WEAK, Placed, by_span, mark_focus
from assistant.question.word_kinds import QUESTION_WORD, stopwords

_NAME = re.compile(
    r"\b(?!(?:How|What|Which|Who|When|Where|Why|The|In|Of|Is|Are|Did|Does|Do|Party|National|May|Day|Rank|Compare|And)\b)"
    r"[A-Z][a-z]{1,5} [A-Z][a-z]{1,12}\b"
)
DICTIONARY = 0.45  # weight of a word met only through the dictionary


def english_terms(text: str) -> tuple[Term, ...]:
    """The terms of an English topic in reading order."""
    ask = next((match.end() for match in QUESTION_WORD.finditer(text.lower())), None)
    terms = _known(text)
    covered = [span for span, _ in terms]
    for match in _NAME.finditer(text):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(other) for other in covered):
            terms.append((span, Term(span.of(text), (span.of(text),), weight=1.2, pinyin=True, quoted=True)))
            covered.append(span)
    for span, base in english_tokens(text):
        word = span.of(text)
        stopped = base in stopwords("english") or word.lower() in stopwords("english") or base.isdigit()
        if stopped or any(span.overlaps(other) for other in covered):
            continue
        terms.append((span, _word(word, base, at_start=span.start == 0)))
    terms.sort(key=lambda item: item[0])
    if any(term.noun and term.weight >= 1 for _, term in terms):
        # Beside a term that is sure, a word met only through the dictionary is a hint, not a condition.
        terms = [(span, replace(term, noun=False) if term.near and not term.forms else term) for span, term in terms]
    return mark_focus(terms, ask)


def _known(text: str) -> Placed:
    found = glossary().find_english(text)
    taken = [item.span for item in found]
    wide = [item for item in wide_glossary().find_english(text) if not any(item.span.overlaps(span) for span in taken)]
    terms: Placed = []
    for span, items in by_span(found).items():
        forms = tuple(dict.fromkeys(form for item in items for form in item.entry.official))
        weak = span.of(text).lower() in stopwords("english") or all(
            item.entry.canonical in stopwords("generic") for item in items
        )
        terms.append((span, Term(span.of(text), forms, weight=WEAK if weak else 1.0, noun=not weak)))
    for span, items in by_span(wide).items():
        near = tuple(dict.fromkeys(form for item in items for form in item.entry.official))
        phrase = span.of(text).strip(".,?!")
        if phrase.lower() in stopwords("english"):
            continue
        several = " " in phrase
        base = english_tokens(phrase)[0][1]
        near = near if several else (*near, *(word for word in translations(base) if word not in near))
        terms.append((span, Term(phrase, (), near, weight=0.9 if several else DICTIONARY, noun=True)))
    return terms


def _word(word: str, base: str, *, at_start: bool) -> Term:
    near = translations(base)
    name = word[:1].isupper() and not at_start
    if near and not (name and len(near) < 3):
        return Term(word, (), near=near, weight=DICTIONARY, noun=True)
    return Term(word, (word,), weight=1.0, pinyin=True)
