"""Which numbered set a question asks for (哪三个平台, “五家”是哪五家): how many members, and by what words it is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.script import to_simplified
from assistant.models import Question

_NUMBER = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMBER |= {str(number): number for number in range(2, 11)}
NUMBER_WORD = r"(两|二|三|四|五|六|七|八|九|十|10|[2-9])"
_MEASURE_WORDS = "个项种条件大款点类座张门家名位块对处所支片批道部套根档期间本"
MEASURE = rf"[{_MEASURE_WORDS}]?"
_MEASURES = ("个", "项", "件", "种", "大", "条", "")
COUNTED_BY = "个项种条件大款点类座张门家名位块对级届次层批期场所处县市区省国人户年月天篇本册份步轮"
_ASKED = (
    re.compile(rf"哪[“‘\"「]?({NUMBER_WORD[1:-1]}|几)(?!年|月|日|市|城|岁|天|万|千|百)"),
    re.compile(
        rf"(?<![第\d十百千万小]){NUMBER_WORD}(?![届次年天月场期级]){MEASURE}(?:[一-鿿“”‘’]{{0,10}}?)?(?:是|有|指|为|包括|包含|讲|说|叫)(?:的是|的|做)?(?:哪些|什么|啥)"
    ),
)
# “六城”是哪六城: no cities, where the name of the set says so.
_ASKED_AGAIN = re.compile(
    rf"(?<=[“‘\"「])(?:{NUMBER_WORD}(?P<kind>[市城天年月区县]))(?=[”’\"」][^，。？?]{{0,6}}哪\1(?P=kind))"
)
_NUMBERS_EN = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ASKED_EN = re.compile(
    rf"\b(?:what|which)\s+(?:(?:is|was|are|were)\s+)?(?:the\s+)?['\"‘“]?({'|'.join(_NUMBERS_EN)})[\s-]+", re.I
)
LONGEST_NAME = 5  # characters of a number and what it counts
_OTHER = re.compile(r"什么时候|何时|哪一?[年天]|多少|几(?=[个家名项场次人])|怎么|如何|为什么")
_SET_NAME = re.compile(rf"[“‘\"《「]([^”’\"》」]{{0,8}}{NUMBER_WORD}([^”’\"》」]{{1,8}}))[”’\"》」]")
_TAIL_OF_SET = re.compile(r"[“”‘’\"「」《》]|分别|具体|到底|究竟")
_PLACES = r"省|市|县|区(?!域)|旗|镇|乡(?!村)|街道|国家"


def set_asked(question: Question) -> list[tuple[int, list[str]]]:
    """How many members are asked for, and the words by which the set may be named, best first; for 哪几 any number."""
    text = to_simplified(question.text)
    if question.language == "en":
        return _asked_in_english(question)
    match = next((found for pattern in (*_ASKED, _ASKED_AGAIN) if (found := pattern.search(text))), None)
    if match is None or _OTHER.search(text):
        return []
    sets = [(_NUMBER[name.group(2)], name.group(1), name.group(3)) for name in _SET_NAME.finditer(text)]
    words = [word for word in _things(text, match) if word not in COUNTED_BY]  # 哪三条: no thing is named
    if any(re.match(_PLACES, word) for word in words):
        return []  # 哪两个省: two places, whatever else there are two of
    if match.group(1) == "几":
        return [(wanted, _by_number(wanted, words)) for wanted in range(2, 11)]
    wanted = _NUMBER[match.group(1)]
    words += [head for number, _, head in sets if number == wanted]
    words += [word[0] for word in words if len(word) > 2 and _bare_kind(word)]  # 五型工会: of five 型
    kinds = [name for number, name, _ in sets if number == wanted] + _by_number(wanted, words)
    if question.cities:  # without a city only the number tells which set is meant
        nouns = sorted((term.text for term in question.terms if term.noun), key=len, reverse=True)
        kinds += [*(head for word in words for head in _heads(word)), *nouns]
    cleaned = [_TAIL_OF_SET.sub("", kind) for kind in kinds]
    return [(wanted, [kind for kind in dict.fromkeys(cleaned) if kind])]


def quoted_set(question: Question) -> tuple[str, int] | None:
    """The set that is named in quotation marks and whose members are asked for (“三进”是哪三进), with their number."""
    text = to_simplified(question.text)
    match = next((found for pattern in (*_ASKED, _ASKED_AGAIN) if (found := pattern.search(text))), None)
    if question.language == "en" or match is None or match.group(1) == "几" or _OTHER.search(text):
        return None
    wanted = _NUMBER[match.group(1)]
    return next(((one[1], wanted) for one in _SET_NAME.finditer(text) if _NUMBER[one[2]] == wanted), None)


def _asked_in_english(question: Question) -> list[tuple[int, list[str]]]:
    match = _ASKED_EN.search(question.text)
    if match is None:
        return []
    wanted = 2 + _NUMBERS_EN.index(match.group(1).lower())
    behind, named = question.text[match.end() :].lower(), question.text[match.start(1) :].lower()
    if own := next((term for term in question.terms if named.startswith(term.text.lower())), None):
        short = [form for form in own.forms if len(form) <= LONGEST_NAME]  # a five-star team: 五星
        return [(wanted, [*short, *(form[1:] for form in short[:1] if len(form) == 2)])]
    # The thing that the number counts stands right behind it; its official forms name the set.
    names = [term for term in question.terms if behind.startswith(term.text.lower())]
    forms = [form for term in names for form in (*term.forms, *term.near) if len(form) > 1 and not form.isascii()]
    return [(wanted, _by_number(wanted, forms) + (forms if question.cities else []))] if forms else []


def _things(text: str, match: re.Match[str]) -> list[str]:
    """The words behind the number that say of what there are so many."""
    after = re.match(rf"{MEASURE}[“‘\"]?([一-鿿]{{1,6}})", text[match.end() :]) if text[match.start()] == "哪" else None
    inside = re.match(
        rf"{NUMBER_WORD}{MEASURE}([一-鿿]{{1,8}}?)(?:分别|具体)?(?:是|有|指|为|包括|包含|讲|说|叫|$)", match.group()
    )
    before = re.search(
        rf"(?<!\d){NUMBER_WORD}{MEASURE}[“‘\"]?(?!年|月)([一-鿿]{{1,8}}?)[”’\"]?(?:分别|具体|都)?(?:是|有|指|为)(?:的是)?$",
        text[: match.start()],
    )
    return [
        *(one.group(1) for one in (after,) if one),
        *(one.group(2) for one in (inside, before) if one),
    ]


def _by_number(wanted: int, words: Sequence[str]) -> list[str]:
    """三件大事, 3件大事, 三大事 … for each head of the words."""
    heads = dict.fromkeys([head for word in words for head in _heads(word)] + [_tokens(word)[0] for word in words])
    return [f"{number}{measure}{head}" for head in heads for number in spellings(wanted) for measure in _MEASURES]


def _bare_kind(word: str) -> bool:
    """Whether a word begins with a noun of one character that is no measure word (型 of 型工会, not 级 of 级工匠)."""
    return len(_tokens(word)[0]) == 1 and word[0] not in COUNTED_BY


def _heads(word: str) -> list[str]:
    """The nouns that `word` begins with, up to the first verb (大事 of 大事总结), and the last of them."""
    nouns = _tokens(word)
    return ["".join(nouns), nouns[-1]]


def _tokens(word: str) -> list[str]:
    import rjieba

    nouns: list[str] = []
    for token, tag in rjieba.tag(word):
        if nouns and tag.startswith("v") and tag != "vn":
            break
        nouns.append(token)
    return nouns or [word]


def spellings(number: int) -> list[str]:
    """The words for a small number: 两, 二, 2."""
    return [word for word, value in _NUMBER.items() if value == number]
