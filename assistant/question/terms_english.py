"""What an English question speaks of: glossary phrases first, then the dictionary word by word, then names by sound."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.language.doings import TELLING, doings_in
from assistant.language.english import doing_forms, is_grammar, is_past, phrasal_doings, render
from assistant.language.glossary import english_glossary, english_tokens, glossary, wide_glossary
from assistant.language.numerals import in_characters
from assistant.models import Span, Term
from assistant.question.focus import mark_focus
from assistant.question.terms import WEAK, Placed, by_span, signature_terms
from assistant.question.units_english import unit_spans
from assistant.question.word_kinds import QUESTION_WORD, is_generic, stopwords

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
DONE = 0.5  # ... of a verb with the Chinese verbs that reports have for it
MOST = 40  # forms of a word; further ones are rare senses


def english_terms(text: str) -> tuple[Term, ...]:
    """The terms of an English topic in reading order."""
    if _SIGNED.search(text):
        return signature_terms()
    ask = next((match.end() for match in QUESTION_WORD.finditer(text.lower())), None)
    terms = _numbered(text)
    terms += [(span, Term(span.of(text), forms, weight=DONE, noun=False)) for span, forms in phrasal_doings(text)]
    terms += [item for item in _known(text) if not any(item[0].overlaps(span) for span, _ in terms)]
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
    terms = _with_phrases(text, terms)
    covered = [span for span, _ in terms]
    for span, base in english_tokens(text):
        word = span.of(text)
        stopped = (
            len(word.strip("'’s")) < 2
            or base in stopwords("english")
            or word.lower() in stopwords("english")
            or is_grammar(word)
            or base.isdigit()
        )
        if stopped or any(span.overlaps(other) for other in covered):
            continue
        terms.append((span, _doing(text, span) or _word(word, at_start=span.start == 0)))
    terms = _weighed(text, _without_units(text, _one_name(text, terms)))
    heads = {_head(text, terms, match.end()) for match in _COUNTED.finditer(text)}
    return mark_focus(_with_nouns(terms), ask, heads)


def _with_phrases(text: str, terms: Placed) -> Placed:
    """The terms with the phrases that the dictionary knows in place of the single words of them."""
    for one in render(text):
        # A phrase (job seeker) is more than the single words of it that a glossary knows (job).
        inside = [item for item in terms if item[0].overlaps(one.span)]
        if set(one.text.lower().split()) <= stopwords("english"):
            continue  # each year, last year: when, and no thing
        if _IN_A_PLACE.fullmatch(one.text) and doing_forms(one.text.split()[0]):
            continue  # worked in the market
        if one.text.lower().startswith(("many ", "much ")):
            continue  # many times, behind how
        if (
            one.words > 1
            and not any(not term.noun and term.weight == DONE and " " in term.text for _, term in inside)
            and not any(re.search("[ -]", term.text) for _, term in inside)
        ):
            near = tuple(form for form, _ in one.forms if not form.isascii())
            terms = [item for item in terms if item not in inside]
            terms.append((one.span, Term(one.text, (), near, weight=PHRASE, noun=True)))
    return terms


def _weighed(text: str, terms: Placed) -> Placed:
    """The terms by what they tell beside each other: a verb of care less than its object, a hint less than a sure name."""
    helping = [term for _, term in terms if term.text.lower() in stopwords("care")]
    if any(term.noun and term not in helping for _, term in terms):
        # Of a verb of care what is cared for tells more (support for education).
        doings = [span.start for span, term in terms if term.weight == DONE]
        terms = [
            (span, replace(term, weight=HELPING, noun=not _leads_to(text, span, doings)) if term in helping else term)
            for span, term in terms
        ]
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
    return terms


_IN_A_PLACE = re.compile(r"[a-z]+ (?:in|on|at|by|for|to|with)", re.I)


def _leads_to(text: str, span: Span, doings: list[int]) -> bool:
    """Whether a verb of care only leads to what is done (help mediate, helped to find)."""
    return any(start > span.end and text[span.end : start].strip() in {"", "to"} for start in doings)


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
    telling = [_tells(term) for _, term in terms]
    if any(telling):  # how many workers were trained: the doing tells more than the workers
        return [
            (span, replace(term, noun=True, weight=0.8) if tells else term)
            for (span, term), tells in zip(terms, telling, strict=True)
        ]
    doings = [bool(stopwords("verb") & set(term.forms)) for _, term in terms]
    return [
        (span, term if doing else replace(term, noun=True, weight=0.8))
        for (span, term), doing in zip(terms, doings, strict=True)
    ]


def _tells(term: Term) -> bool:
    """Whether a doing says what a number is of, where nothing else does (how many were trained)."""
    return any(doings_in(form) & TELLING for form in term.forms[:1])


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


def _without_units(text: str, terms: Placed) -> Placed:
    """Without words for units (households, tonnes) that no glossary knows as a thing, where another noun is left."""
    spans = [span for span, _, _ in unit_spans(text)]
    others = [
        (place, term)
        for place, term in terms
        if (term.forms and term.forms != (term.text,)) or not any(span.contains(place) for span in spans)
    ]
    left = any(term.noun or (term.weight == DONE and not is_generic(term.forms[0])) for _, term in others if term.forms)
    return others if left or any(term.noun for _, term in others) else terms


def _doing(text: str, span: Span) -> Term | None:
    """A verb with the Chinese verbs for it: a past form, or one behind did, to and the like; else None."""
    word = span.of(text)
    if not (is_past(word) or _BEFORE_A_VERB.search(text, 0, span.start)):
        return None
    forms = doing_forms(word)
    forms = forms or (() if is_past(word) else _translations(word))
    return Term(word, forms, weight=DONE, noun=False) if forms else None


_BEFORE_A_VERB = re.compile(
    r"\b(?:(?:did|does|do|will|would|can|could|should|it|they|he|she|to|help|helped)[\s，]+(?:[A-Z]\w+\s+)?(?:(?:the|its) )?"
    r"(?:(?:unions?|cit(?:y|ies)|governments?|police|leaders?|officials)\s+)?)$"
)
_NUMBERS = {
    "one": "一",
    "two": "二两双",
    "three": "三",
    "four": "四",
    "five": "五",
    "six": "六",
    "seven": "七",
    "eight": "八",
    "nine": "九",
    "ten": "十",
    "double": "双",
    "hundred": "百",
    "thousand": "千",
}
_NUMBERED = re.compile(rf"\b({'|'.join(_NUMBERS)})[- ]([a-z]+)\b( of\b)?", re.I)
_QUOTE = "'\"‘“"
_QUOTES = re.compile(r"[\"“”]|(?<!\w)['‘’]|['‘’](?!\w)")


def _numbered(text: str) -> Placed:
    """Names that begin with a number (a six-star team: 六星; "double-ten": 双十); in quotes, or with a hyphen."""
    found: Placed = []
    for match in _NUMBERED.finditer(text):
        kinds = match[3] and match[2].lower() in {"types", "kinds"}  # six types of market
        if not kinds and "-" not in match[0] and text[match.start() - 1 : match.start()] not in _QUOTE:
            continue
        nouns = _NUMBERS.get(match[2].lower()) or _in_short(match[2])
        forms = tuple(number + noun for number in _NUMBERS[match[1].lower()] for noun in nouns)
        if forms:
            span = Span(match.start(), match.end(2))
            found.append((span, Term(span.of(text), forms, weight=1.2, noun=True)))
    return found


def _in_short(word: str) -> tuple[str, ...]:
    """The Chinese forms of a word as they stand behind a number in a name: whole (六星级), or one character (六星)."""
    forms = [
        *_translations(word),
        *(form for one in english_glossary().find_english(word) for form in one.entry.official),
    ]
    endings = _ENDINGS.get(word.lower().removesuffix("s"), ())
    parts = (part for form in forms for part in (form, f"个{form}", f"大{form}", f"项{form}", form[-1], form[0]))
    return tuple(dict.fromkeys((*endings, *parts)))


_ENDINGS = {"type": ("型", "类"), "kind": ("种", "类"), "aspect": ("个方面",), "one": ("个一",)}


def _ordinal(text: str, number: int) -> Term:
    """19th as 第十九 or 第19, and as a congress is called for short (十九大)."""
    name = in_characters(number)
    return Term(text, (f"第{name}", f"第{number}", f"{name}大"), weight=0.8)


def _known(text: str) -> Placed:
    found = english_glossary().find_english(text)
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
        name = _QUOTES.sub("", span.of(text).strip(".,?!()"))
        if (doing := _doing(text, span) if " " not in name and is_past(name) else None) is not None:
            terms.append((span, replace(doing, near=(*forms, *near))))  # who were recruited may be no members
            continue
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
        manner = word.endswith("ly") and word.lower() not in _NO_MANNER
        return Term(word, (), near=near, weight=DICTIONARY, noun=not manner)
    if near:
        return Term(word, (word, *near), weight=1.0, pinyin=True)
    return Term(word, (word,), weight=1.0, pinyin=True)


_NO_MANNER = frozenset({"family", "supply", "assembly", "monthly", "daily", "italy", "ally", "reply", "fly"})


def _translations(word: str) -> tuple[str, ...]:
    """The Chinese forms of one word, likeliest first."""
    found = [form for one in render(word) if one.words == 1 for form, _ in one.forms if not form.isascii()]
    return tuple(dict.fromkeys(found))[:MOST]
