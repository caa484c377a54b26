"""What an English question speaks of: glossary phrases first, then the dictionary word by word, then names by sound."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.language.english import render
from assistant.language.glossary import english_tokens, glossary, wide_glossary
from assistant.language.numerals import in_characters
from assistant.models import Span, Term
from assistant.question.focus import mark_focus
from assistant.question.terms import WEAK, Placed, by_span, signature_terms
from assistant.question.word_kinds import QUESTION_WORD, stopwords

_NAME = re.compile(
    r"\b(?!(?:How|What|Which|Who|When|Where|Why|The|In|Of|Is|Are|Did|Does|Do|Party|National|May|Day|Rank|Compare|And)\b)"
    r"[A-Z][a-z]{1,5} [A-Z][a-z]{1,12}\b"
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|[JFMASOND][a-z]{2,8}))", re.I)
_SIGNED = re.compile(
    r"\bwho (?:wrote|reported|signed|authored)\b|\bwrote the\b|(?:reporter|journalist|author|editor) (?:of|who wrote|behind)\b",
    re.I,
)
_HOW_MANY = re.compile(
    r"\bhow many (?:times as (?:many|much) |(?:new|more|fewer|other|different|[a-z]+(?:time|al|ed|ic|ive|ary)) )*(?!people\b|persons\b|[a-z]+ (?:of|in)\b)",
    re.I,
)
_COUNTED = re.compile(rf"{_HOW_MANY.pattern}|\bnumbers? of (?:the )?(?:(?:new|different) )*", re.I)
COUNTED = 1.0  # weight of the noun right behind "how many"
DICTIONARY = 0.45  # weight of a word met only through the dictionary
HELPING = 0.4  # ... of a verb of care beside what is cared for
PHRASE = 0.9  # ... of a phrase of several words
MOST = 40  # forms of a word; further ones are rare senses


def english_terms(text: str) -> tuple[Term, ...]:
    """The terms of an English topic in reading order."""
    if _SIGNED.search(text):
        return signature_terms()
    ask = next((match.end() for match in QUESTION_WORD.finditer(text.lower())), None)
    terms = _known(text)
    covered = [span for span, _ in terms]
    for match in _ORDINAL.finditer(text):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(other) for other in covered):
            terms.append((span, _ordinal(match.group(), int(match.group(1)))))
            covered.append(span)
    for match in _NAME.finditer(text):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(other) for other in covered):
            terms.append((span, Term(span.of(text), (span.of(text),), weight=1.2, pinyin=True, quoted=True)))
            covered.append(span)
    rendered = render(text)
    for one in rendered:
        # A phrase (job seeker) is more than the single words of it that a glossary knows (job).
        inside = [item for item in terms if item[0].overlaps(one.span)]
        if set(one.text.lower().split()) <= stopwords("english"):
            continue  # each year, last year: when, and no thing
        if one.words > 1 and not any(" " in term.text for _, term in inside):
            near = tuple(form for form, _ in one.forms if not form.isascii())
            terms = [item for item in terms if item not in inside]
            terms.append((one.span, Term(one.text, (), near, weight=PHRASE, noun=True)))
    covered = [span for span, _ in terms]
    for span, base in english_tokens(text):
        word = span.of(text)
        stopped = (
            len(word.strip("'’s")) < 2
            or base in stopwords("english")
            or word.lower() in stopwords("english")
            or base.isdigit()
        )
        if stopped or any(span.overlaps(other) for other in covered):
            continue
        terms.append((span, _word(word, at_start=span.start == 0)))
    terms = _one_name(text, terms)
    helping = [term for _, term in terms if term.text.lower() in stopwords("care")]
    if any(term.noun and term not in helping for _, term in terms):
        # Of a verb of care what is cared for tells more (support for education).
        terms = [(span, replace(term, weight=HELPING) if term in helping else term) for span, term in terms]
    if any(term.noun and term.weight >= 1 for _, term in terms):
        # Beside a term that is sure, a word met only through the dictionary is a hint, not a condition.
        # The noun right behind "how many" is what is counted, whatever it is known from.
        counted = {_head(text, terms, match.end()) for match in _HOW_MANY.finditer(text)}
        terms = [
            (span, replace(term, weight=COUNTED) if span.start in counted else replace(term, noun=False))
            if term.near and not term.forms
            else (span, term)
            for span, term in terms
        ]
    heads = {_head(text, terms, match.end()) for match in _COUNTED.finditer(text)}
    return mark_focus(_with_nouns(terms), ask, heads)


def _head(text: str, terms: Placed, start: int) -> int:
    """Where the counted noun begins: of a compound (fruit tree nurseries) the word in the plural, else its first word."""
    end = start
    for span, term in sorted(terms, key=lambda item: item[0]):
        if span.start < start or not _JOINED.fullmatch(text[end : max(end, span.start)]):
            continue
        if not term.near or term.forms or _PLURAL.search(span.of(text)):
            return span.start if _PLURAL.search(span.of(text)) else start
        end = span.end
    return start


_JOINED = re.compile(r"[\s-]*|-\w+\s+")  # fruit-tree nurseries
_PLURAL = re.compile(r"(?<!s)s$|(?:men|children|people)$", re.I)


def _with_nouns(terms: Placed) -> Placed:
    """Where nothing names a thing, the generic words must do (which platforms were built), before the doings."""
    if any(term.noun for _, term in terms):
        return terms
    doings = [bool(stopwords("verb") & set(term.forms)) for _, term in terms]
    return [
        (span, term if doing else replace(term, noun=True, weight=0.8))
        for (span, term), doing in zip(terms, doings, strict=True)
    ]


def _one_name(text: str, terms: Placed) -> Placed:
    """Neighbours that name one thing in Chinese (outdoor worker | service sites) as that thing; sorted by place."""
    joined: Placed = []
    for span, term in sorted(terms, key=lambda item: item[0]):
        before, other = joined[-1] if joined else (Span(0, 0), term)
        if joined and not text[before.end : span.start].strip():
            names = (first + second for first in other.forms for second in term.forms)
            entry = next((entry for name in names for entry in glossary().entries_of(name)), None)
            if entry is not None:
                whole = Span(before.start, span.end)
                near = tuple(form for form in entry.everyday if form not in entry.official)
                joined[-1] = (whole, Term(whole.of(text).strip(".,?!()"), entry.official, near, weight=1.0, noun=True))
                continue
        joined.append((span, term))
    return joined


def _ordinal(text: str, number: int) -> Term:
    """19th as 第十九 or 第19, and as a congress is called for short (十九大)."""
    name = in_characters(number)
    return Term(text, (f"第{name}", f"第{number}", f"{name}大"), weight=0.8)


def _known(text: str) -> Placed:
    found = glossary().find_english(text)
    loose = wide_glossary().find_english(text)
    taken = [item.span for item in found]
    # A longer name (model worker theme park) is told beside what it begins with.
    wide = [
        item
        for item in loose
        if not any(item.span.overlaps(span) and not _is_longer(item.span, span) for span in taken)
    ]
    terms: Placed = []
    for span, items in by_span(found).items():
        forms = tuple(dict.fromkeys(form for item in items for form in item.entry.official))
        weak = span.of(text).lower() in stopwords("english") or all(
            item.entry.canonical in stopwords("generic") for item in items
        )
        # As in Chinese, a form that is an everyday word of another thing is near to that too.
        beside = [other for form in forms for other in glossary().entries_of(form) if form in other.everyday]
        wider = (
            *(form for item in items for form in item.entry.everyday),
            *(f for one in beside for f in one.official),
        )
        near = tuple(dict.fromkeys(form for form in wider if form not in forms))
        name = span.of(text).strip(".,?!()")
        terms.append((span, Term(name, forms, near, weight=WEAK if weak else 1.0, noun=not weak)))
    for span, items in by_span(wide).items():
        near = tuple(dict.fromkeys(form for item in items for form in item.entry.official))
        phrase = span.of(text).strip(".,?!")
        if phrase.lower() in stopwords("english"):
            continue
        several = " " in phrase
        near = near if several else (*near, *(word for word in _translations(phrase) if word not in near))
        terms.append((span, Term(phrase, (), near, weight=0.9 if several else DICTIONARY, noun=True)))
    return terms


def _is_longer(span: Span, inside: Span) -> bool:
    return span.contains(inside) and len(span) > len(inside)


def _word(word: str, *, at_start: bool) -> Term:
    near = _translations(word)
    name = word[:1].isupper() and not at_start
    if near and not (name and len(near) < 3):
        return Term(word, (), near=near, weight=DICTIONARY, noun=True)
    return Term(word, (word,), weight=1.0, pinyin=True)


def _translations(word: str) -> tuple[str, ...]:
    """The Chinese forms of one word, likeliest first."""
    found = [form for one in render(word) if one.words == 1 for form, _ in one.forms if not form.isascii()]
    return tuple(dict.fromkeys(found))[:MOST]
