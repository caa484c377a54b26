"""Finds the things that a question over several cities names side by side (驿站、疗休养和创新工作室各多少).

Whether they are one printed thing after all (劳动和技能竞赛) only the reports tell; here they are offered, each as a
question of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.language.glossary import glossary
from assistant.models import Question, Term
from assistant.question.each import PAIRED
from assistant.question.measure import ASKED_COUNT
from assistant.question.word_kinds import is_generic

Read = Callable[[str], Question]
_SIGNS = re.compile(
    r"[、，,；;。？?！!：:]|以及|或者?|(?<![附触普涉推及以])和(?![谐平解睦])|(?<![参赋授给])与|(?<![普涉以推])及(?!时|其|格)|跟|\s还有\s?"
)
_ENGLISH_SIGNS = re.compile(r"(?:[,;?:]|\.(?=\s|$))\s*(?:and\b)?|\band\b|&|\bplus\b", re.I)
_PEOPLE = re.compile(r"[者工员人模匠]$|群体$")
_EITHER = re.compile(r"[一-鿿]{2,4}[（(]([一-鿿]{2,4})[）)]([一-鿿]{2,6})")
_RATE = re.compile(r"增速|增幅|增长率|\s?growth(?: rates?)?", re.I)
_MEASURES = {
    "场次": "场",
    "场数": "场",
    "人数": "人",
    "听众": "人",
    "观众": "人",
    "人次": "人次",
    "户数": "户",
    "家数": "家",
    "件数": "件",
    "次数": "次",
    "金额": "元",
    "资金": "元",
}
_MEASURE = re.compile(rf"({'|'.join(_MEASURES)})(?=[^一-鿿]*$|列|做|排|比|对比|各|分别|都|是|有|谁|哪|多|少|更|呢)")
_AND_THAT = re.compile(r"呢\W*$|的人(?:谁|哪).{0,3}[多少]")
# 差几个, 多多少: between what was asked before, and no measure of its own.
_DISTANCE = re.compile(r"\W*(?:一?共|还|又|要|到底)?(?:相?差|多|少|高|低)(?:了|出)?(?:多少|几)[一-鿿]{0,2}\W*")
LONG = 3  # characters of a name that is hardly a part of another
MOST = 6  # things that one table holds
BESIDE = 0.4  # weight of words that name no thing of their own


def things_of(text: str, whole: Question, read: Read) -> tuple[Question, ...]:
    """The things that Simplified or English `text` asks of all its cities, each as a question; none where it is one."""
    english = whole.language == "en"
    signs = _ENGLISH_SIGNS if english else _SIGNS
    pieces = [piece for piece in signs.split(_without_cities(text, whole)) if piece.strip()]
    pieces = _with_counterparts(pieces)
    found: list[Question] = []
    vague = []
    for piece in pieces:
        part = with_named_measure(read(piece), piece)
        named = tuple(term for term in part.terms if term.noun and not is_generic(term.text) and len(term.text) > 1)
        if named:
            found.append(_asked_of_all(part, whole, part.terms))
            vague.append(not any(_is_a_name(term, english) for term in named))
        elif found and not named and part.unit is not None and _asks(piece):
            beside = tuple(replace(term, noun=False, weight=BESIDE) for term in part.terms)
            measured = _asked_of_all(part, whole, (*found[-1].terms, *beside))
            measured = replace(measured, text=f"{found[-1].text}，{part.text}")
            if _is_new(part, found[-1]):
                found.append(measured)
            elif len(found) == 1 and found[0].unit is None:  # 义诊，办了几场，来了多少人: 场 is the measure of 义诊
                found[0] = measured
    if len(vague) > 1 and any(vague):
        return ()
    found = _with_shared_rate(_with_shared_head(found))
    different = {(tuple(term.text for term in one.terms_of_substance), one.unit) for one in found}
    if any((named, None) in different for named, unit in different if unit is not None):
        return ()  # 甲的疗休养人数, 乙参加疗休养的职工: one thing
    return tuple(found) if 1 < len(different) == len(found) <= MOST else ()


def _with_counterparts(pieces: list[str]) -> list[str]:
    """The pieces, with 农村的呢 behind 城镇居民收入 as 农村居民收入."""
    for index, piece in enumerate(pieces):
        asked = _COUNTERPART.fullmatch(piece)
        for one, two in PAIRED if asked is not None else ():
            before, other = (one, two) if asked[1] == two else (two, one)  # type: ignore[index]
            if asked[1] == other and (named := [p for p in pieces[:index] if before in p]):  # type: ignore[index]
                pieces[index] = named[-1].replace(before, other)
    return pieces


_COUNTERPART = re.compile(r"(?:那|那么)?([一-鿿]{1,2})(?:居民|人)?的?呢")


def _asked_of_all(part: Question, whole: Question, terms: tuple[Term, ...]) -> Question:
    return replace(
        whole,
        text=part.text,
        terms=terms,
        topic=" ".join(term.text for term in terms if term.noun),
        unit=part.unit,
        scope=part.scope,
        years=part.years or whole.years,
        parts=(),
        things=(),
    )


def either_of_two(text: str) -> str:
    """`text` with two kinds of one thing, one in brackets, as the one known by its name (劳模（职工）疗休养)."""

    def known(match: re.Match[str]) -> str:
        kind, rest = match[1], match[2]
        named = any(item.span.start == 0 and len(item.span) > len(kind) for item in glossary().find(kind + rest))
        return kind + rest if named else match[0]

    return _EITHER.sub(known, text)


def with_named_measure(part: Question, piece: str) -> Question:
    """The question of a piece that ends in the name of a measure (…的场次, 参与人数) as asked in that measure."""
    match = _MEASURE.search(piece)
    if match is None or part.unit is not None:
        return part
    terms = tuple(term for term in part.terms if term.text not in _MEASURES)
    return replace(part, terms=terms, unit=_MEASURES[match[1]])


def _asks(piece: str) -> bool:
    if _DISTANCE.fullmatch(piece):
        return False
    return any(pattern.search(piece) for pattern in (ASKED_COUNT, _MEASURE, _AND_THAT))


def _is_new(part: Question, before: Question) -> bool:
    """Whether another measure is asked of the thing before (…办了多少场，多少人参加)."""
    return before.unit is not None and before.unit != part.unit


def _is_a_name(term: Term, english: bool) -> bool:
    return english or len(term.text) >= LONG or bool(glossary().entries_of(term.text))


def names_a_thing(question: Question) -> bool:
    """Whether a question names a thing of its own, and not only what was done with one (已建的)."""
    named = [term for term in question.terms_of_substance if not is_generic(term.text)]
    return any(_is_a_name(term, question.language == "en") for term in named) or bool(named and question.unit)


def same_thing(first: Question, second: Question) -> bool:
    """Whether two questions name one thing, perhaps by two of its names (驿站, 服务站点)."""

    def known(terms: tuple[Term, ...], others: tuple[Term, ...]) -> bool:
        forms = {form for term in others for form in term.forms}
        return all(set(term.forms) & forms for term in terms)

    one, other = first.terms_of_substance, second.terms_of_substance
    return known(one, other) and known(other, one)


def _with_shared_head(found: list[Question]) -> list[Question]:
    """农民工和骑手会员: the head that only the last of several groups of people has belongs to all of them."""
    if len(found) < 2:
        return found
    *before, last = found
    nouns = last.terms_of_substance
    groups = [one.terms_of_substance for one in before]
    if len(nouns) != 2 or not all(len(own) == 1 and _PEOPLE.search(own[0].text) for own in (*groups, nouns[:1])):
        return found
    head = nouns[-1]
    return [*(replace(one, terms=(*one.terms, head), text=f"{one.text}{head.text}") for one in before), last]


def _with_shared_rate(found: list[Question]) -> list[Question]:
    """投资、消费和工业增速: the growth that only the last one names is asked of all of them."""
    if len(found) < 2 or found[-1].unit != "%" or any(one.unit is not None for one in found[:-1]):
        return found
    rate = next((match.group() for match in _RATE.finditer(found[-1].text)), None)
    names = [one.terms_of_substance[:1] for one in found]
    if rate is None or names[-1] in names[:-1]:
        return found
    return [*(replace(one, unit="%", text=f"{one.text}{rate}") for one in found[:-1]), found[-1]]


def _without_cities(text: str, whole: Question) -> str:
    names: Sequence[str] = [name for city in whole.cities for name in (city.name, city.short)]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text


def without_de(term: Term) -> Term:
    """A name with 的 inside, as reports print it without (零的突破, 零突破)."""
    shorter = term.text.replace("的", "")
    known = len(shorter) < 3 or shorter in term.forms or term.quoted
    return term if known else replace(term, forms=(*term.forms, shorter))
