"""What a question speaks of, as weighted terms with all forms in which a report may print them.

Works on the words alone: it knows the glossary and the dictionary, not the library and not the intent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.language.dictionary import translations
from assistant.language.glossary import Found, english_tokens, glossary
from assistant.models import Span, Term
from assistant.question.measure import ASKED_COUNT

_LATIN_NAME = re.compile(
    r"\b(?!(?:How|What|Which|Who|When|Where|Why|The|In|Of|Is|Are|Did|Does|Do|Party|National|May|Day)\b)[A-Z][a-z]{1,5} [A-Z][a-z]{1,12}\b"
)
_QUOTED = re.compile(r"[“‘\"'「『《](.{1,24}?)[”’\"'」』》]")
_ASK = re.compile(
    r"多少|几(?=[^乎]|$)|哪[些个几里儿]?|什么|啥|谁|怎么|怎样|如何|咋|how many|how much|what|which|who|when|where|how"
)
_LEVEL_WORD = re.compile(
    r"(?:国家|省部|省|市|县|区|乡镇|镇|村)级|(?:全|本)[国省市县]|省|全国性|全省性|占比|比例|比重|比率"
)
_GENERIC_THINGS = frozenset(
    [
        "职工",
        "企业",
        "工会",
        "活动",
        "工作",
        "单位",
        "员工",
        "劳动者",
        "占比",
        "增长",
        "举办",
        "建成",
        "培育",
        "发放",
        "聘请",
        "表彰",
        "参与",
        "覆盖",
        "带动",
        "组织",
        "机制",
        "平台",
        "项目",
        "示范",
    ]
)
_NOUNS = ("n", "vn", "l", "j", "i", "eng", "s", "an")
_WEIGHT = {"noun": 1.0, "verb": 0.4, "other": 0.3, "generic": 0.15}


@cache
def _stopwords(kind: str) -> frozenset[str]:
    lines = files("assistant.language").joinpath("data/stopwords.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(
        word
        for line in lines
        if line and not line.startswith("#")
        for name, words in [line.split("\t")]
        if name == kind
        for word in words.split()
    )


def is_filler(word: str) -> bool:
    """Whether a Chinese word says nothing about the topic."""
    return word in _stopwords("question") or word in _stopwords("filler")


@cache
def _tagged(text: str) -> tuple[tuple[str, str, Span], ...]:
    """The words of Chinese `text` with their part of speech and span."""
    import rjieba

    found, at = [], 0
    for word, tag in rjieba.tag(text):
        at = text.index(word, at)
        found.append((word, tag, Span(at, at + len(word))))
        at += len(word)
    return tuple(found)


def chinese_terms(text: str) -> tuple[Term, ...]:
    """The terms of a Simplified topic, most telling first kept in reading order."""
    text = asked = re.sub(r"[（）()]", "", text)
    # 多少家规上企业 must not be cut as 家规: the question word goes with its measure word.
    text = ASKED_COUNT.sub(
        lambda match: "，" * len(match.group()) if match.group(2) not in {"钱", "元"} else match.group(), text
    )
    ask = next((match.start() for match in _ASK.finditer(asked)), None)
    tagged = _tagged(text)
    tokens = {(span.start, span.end) for _, _, span in tagged}
    quoted = [Span(match.start(1), match.end(1)) for match in _QUOTED.finditer(text)]
    found = [item for item in glossary().find(text, tokens) if _stands(item, tagged)]
    terms: list[tuple[Span, Term]] = []
    for span, items in _by_span(found).items():
        terms.append((span, _glossary_term(span.of(text), items, quoted, span)))
    covered = [span for span, _ in terms]
    for word, tag, span in tagged:
        if any(span.overlaps(other) for other in covered):
            rest = _outside(span, covered, text)
            if len(rest) < 2:
                continue
            word = rest
        term = _plain_term(word, tag, any(q.contains(span) for q in quoted))
        if term is not None:
            terms.append((span, term))
    terms += [(span, _name_term(span.of(text))) for span in quoted if 2 <= len(span) <= 16]
    terms.sort(key=lambda item: item[0])
    return _mark_focus(terms, ask)


def english_terms(text: str) -> tuple[Term, ...]:
    """The terms of an English topic, met by glossary phrases, then by the dictionary, then by sound."""
    found = glossary().find_english(text)
    ask = next((match.end() for match in _ASK.finditer(text.lower())), None)
    terms: list[tuple[Span, Term]] = []
    for span, items in _by_span(found).items():
        forms = tuple(dict.fromkeys(form for item in items for form in item.entry.official))
        weak = span.of(text).lower() in _stopwords("english") or all(
            item.entry.canonical in _GENERIC_THINGS for item in items
        )
        weight = _WEIGHT["verb"] if weak else 1.0
        terms.append((span, Term(span.of(text), forms, weight=weight, noun=weight == 1.0)))
    covered = [span for span, _ in terms]
    names = [Span(match.start(), match.end()) for match in _LATIN_NAME.finditer(text)]
    for span in (span for span in names if not any(span.overlaps(other) for other in covered)):
        terms.append((span, Term(span.of(text), (span.of(text),), weight=1.2, pinyin=True, quoted=True)))
        covered.append(span)
    for span, base in english_tokens(text):
        word = span.of(text)
        if (
            any(span.overlaps(other) for other in covered)
            or base in _stopwords("english")
            or word.lower() in _stopwords("english")
        ):
            continue
        if base.isdigit():
            continue
        near = translations(base)
        name = word[:1].isupper() and span.start > 0
        if near and not (name and len(near) < 3):
            terms.append((span, Term(word, (), near=near, weight=0.45, noun=True)))
        else:
            terms.append((span, Term(word, (word,), weight=1.0, pinyin=True)))
    terms.sort(key=lambda item: item[0])
    if any(term.noun and term.weight >= 1 for _, term in terms):
        # Beside a term that is sure, a word met only through the dictionary is a hint, not a condition.
        terms = [(span, replace(term, noun=False) if term.near and not term.forms else term) for span, term in terms]
    return _mark_focus(terms, ask)


def _by_span(found: list[Found]) -> dict[Span, list[Found]]:
    grouped: dict[Span, list[Found]] = {}
    for item in found:
        grouped.setdefault(item.span, []).append(item)
    return grouped


def _stands(item: Found, tagged: tuple[tuple[str, str, Span], ...]) -> bool:
    """Whether a glossary form does not cut a longer word in two at both ends (干部 in 骨干部队)."""
    starts = {span.start for _, _, span in tagged}
    ends = {span.end for _, _, span in tagged}
    return item.span.start in starts or item.span.end in ends


def _glossary_term(text: str, items: list[Found], quoted: list[Span], span: Span) -> Term:
    official = [item for item in items if not item.everyday]
    forms = tuple(dict.fromkeys([text, *(form for item in official for form in item.entry.official)]))
    near = tuple(dict.fromkeys(form for item in items if item.everyday for form in item.entry.official))
    if text in _stopwords("verb"):
        return Term(text, forms, near, weight=_WEIGHT["verb"], noun=False)
    if _LEVEL_WORD.fullmatch(text):
        return _level_term(text)
    generic = _is_generic(text) or any(item.entry.canonical in _GENERIC_THINGS for item in items)
    is_quoted = any(q.contains(span) for q in quoted)
    return Term(text, forms, near, weight=_WEIGHT["verb"] if generic else 1.0, noun=not generic, quoted=is_quoted)


def _is_generic(word: str) -> bool:
    return word in _stopwords("verb") or is_filler(word) or word in _GENERIC_THINGS


def _level_term(word: str) -> Term:
    """A level narrows what is asked; whether a figure is of that level is decided apart."""
    return Term(word, (word,), weight=0.3, noun=False)


def _plain_term(word: str, tag: str, quoted: bool) -> Term | None:
    if is_filler(word) or tag in {"x", "uj", "ul", "uz", "ud", "ug", "uv", "y", "e", "o", "c", "p", "r", "w"}:
        return None
    if tag == "m" or word.isdigit():
        return None
    if _LEVEL_WORD.fullmatch(word):
        return _level_term(word)
    if word in _stopwords("verb"):
        return Term(word, (word,), weight=_WEIGHT["verb"] * 0.7, noun=False)
    if _is_generic(word):
        return Term(word, (word,), weight=_WEIGHT["generic"] * 2, noun=False)
    if tag.startswith(_NOUNS):
        return Term(word, (word,), weight=1.0, noun=True, quoted=quoted)
    kind = "verb" if tag.startswith("v") else "other"
    return Term(word, (word,), weight=_WEIGHT[kind], noun=False, quoted=quoted)


def _name_term(text: str) -> Term:
    """The whole of a quoted name: its exact wording counts on top of its words."""
    return Term(text, (text,), weight=1.2, noun=True, quoted=True)


def _outside(span: Span, covered: list[Span], text: str) -> str:
    return "".join(text[at] for at in range(span.start, span.end) if not any(c.start <= at < c.end for c in covered))


def _mark_focus(terms: list[tuple[Span, Term]], ask: int | None) -> tuple[Term, ...]:
    """Marks the noun nearest the question word, which is usually what is counted or asked for."""
    nouns = [index for index, (_, term) in enumerate(terms) if term.noun]
    if not nouns:
        return tuple(term for _, term in terms)
    if ask is None:  # the head of a Chinese noun phrase comes last
        return tuple(replace(term, focus=index == nouns[-1]) for index, (_, term) in enumerate(terms))
    nearest = min(nouns, key=lambda index: min(abs(terms[index][0].start - ask), abs(terms[index][0].end - ask)))
    return tuple(replace(term, focus=index == nearest) for index, (_, term) in enumerate(terms))
