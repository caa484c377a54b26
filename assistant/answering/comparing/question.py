"""Reads a comparing question once more for lining up: what in its words names only the places or the measure.

Which cities are compared and in which unit they count is already understood; left among the words, 芜湖市 would ask
for the municipal level and 场次 for a thing of that name. Answers nothing and picks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.language.glossary import glossary
from assistant.language.measure_words import same_class
from assistant.language.places import lookup
from assistant.language.script import to_simplified
from assistant.language.topics import telling_of
from assistant.models import Question, Term

_COUNTED_PLACES = re.compile(
    r"(?:[各每几全]|哪[些几个]个?|[一二两三四五六七八九十\d]+)(?:[个座]|所有)?(?:地级|城)?市(?!级)|城市(?=[有的是都]|$)"
)
_GROWTH = re.compile(
    r"\bgrowth\b|\bgrew\b|增长(?:率|速度)?(?=分别|各|排|对比|比|是|谁|哪|的?情况|[，,。？?\s]|$)", re.I
)
_RATE_OF = re.compile(r"增速|增幅|增长|\bgrowth\b|\bgrew\b", re.I)
_COUNTED_BY = re.compile(
    r"(?P<unit>人次|场次|批次)(?:数量?)?$|(?<![专作国画业])(?P<counted>[家户场次件篇期册批份])数$|(?P<people>人数)$|个数$|数目$|数量$"
)
# What a thing is counted in by its own name, whatever measure word the question leaves out.
_COUNTED_IN = (
    (re.compile(r"(?:总额|总值|收入|产值|增加值|投资额?|金额|营收|利润|税收|余额)$"), "元"),
    (re.compile(r"(?:产量|总产)$"), "吨"),
    (re.compile(r"(?:新增就业|就业人数|人口)$"), "人"),
)
# Those that took part are counted, where nothing else says in what (参与职工是…的几倍, 参加的企业各多少).
_TAKERS = re.compile(
    r"(?:参与|参加|覆盖|惠及|受益|服务|吸引|带动|资助|帮助)(?:的|了|到)?(?:(?P<people>职工|群众|劳动者|工人|员工|人员|人)|(?P<firms>企业|单位|公司))"
    r"(?=数(?!据|字)|的?(?:总数|数量)|[\s，,、；;？?。]|$|[是为比各有谁哪最多排列分])"
)
_MONEY = re.compile(r"(?:资金|款|经费|理赔金|费用|慰问金|助学金|救助金|奖金|补贴|补助|津贴|赔金|金额)$")
_GROUP = re.compile(r"(?:者|农民工|骑手|司机|女职工|群体)$")
_PROVINCE_WEIGHT = 0.3  # as a level has: it narrows, and whether a figure is of it is decided apart


@lru_cache(maxsize=64)
def for_lining_up(question: Question) -> Question:
    """`question` in Simplified script without its places, with the measure it counts in as its unit."""
    text = question.text if question.language == "en" else to_simplified(question.text)
    for city in question.cities:
        text = re.sub(rf"{re.escape(city.name)}|{re.escape(city.short)}市?(?![级])", " ", text)
    text = _COUNTED_PLACES.sub(" ", text)
    terms, unit = _without_measures(question.terms, question.unit)
    if unit is None and _GROWTH.search(text) and not question.parts:
        unit = "%"
    if unit is None and (takers := _TAKERS.search(text)) is not None:
        unit = "人" if takers["people"] else "家"
    unit = unit or _own_unit(terms) or _money(terms)
    terms = _with_money_of_topic(terms) if unit == "元" else terms
    terms = tuple(
        _as_level(term) if _names_a_province(term.text) else term for term in _with_their_doing(terms, question.scope)
    )
    return replace(
        question,
        text=text,
        terms=terms,
        unit=unit,
        parts=tuple(for_lining_up(part) for part in question.parts),
        things=tuple(for_lining_up(thing) for thing in question.things),
    )


def _without_measures(terms: Sequence[Term], unit: str | None) -> tuple[tuple[Term, ...], str | None]:
    """The terms without measure words (场次, 培训人次), and the unit that these ask for."""
    kept: list[Term] = []
    for term in terms:
        match = _COUNTED_BY.search(term.text) if term.noun and len(term.forms) == 1 else None
        if match is None:
            kept.append(term)
            continue
        asked = match["unit"] or match["counted"] or ("人" if match["people"] else None)
        unit = unit if unit is not None and (asked is None or same_class(unit, asked)) else asked
        rest = term.text[: match.start()]
        if len(rest) >= 2 and not _said_by(rest, [other.text for other in terms if other is not term]):
            kept.append(replace(term, text=rest, forms=(rest,)))
    if not any(term.noun for term in kept):
        kept = [replace(term, noun=True, weight=0.8) for term in kept]
    return tuple(kept), unit


def without_counted_noun(question: Question) -> Question | None:
    """The question without the noun that its measure word says already (法律援助的案件多少件), or None.

    A report may print the measure alone (提供法律援助90件).
    """
    nouns = _COUNTED_NOUNS.get(question.unit or "", frozenset())
    kept = tuple(term for term in question.terms if term.text not in nouns)
    named = [term for term in kept if term.noun]
    if len(kept) == len(question.terms) or not named:
        return None
    return replace(question, terms=tuple(replace(term, focus=term is named[-1]) for term in kept))


_COUNTED_NOUNS = {"件": frozenset({"案件", "案子", "官司"}), "项": frozenset({"项目"}), "场": frozenset({"活动"})}


def is_indicator(question: Question) -> bool:
    """Whether a measure of statistics is asked, or its growth: of such a measure any other word makes another one."""
    return _own_unit(question.terms) is not None or (question.unit == "%" and bool(_RATE_OF.search(question.text)))


def _own_unit(terms: Sequence[Term]) -> str | None:
    """The unit in which the thing asked is counted by its name: 元 for 进出口总额."""
    for term in terms:
        if term.noun and term.focus:
            name = next(iter(term.forms), term.text)
            return next((unit for pattern, unit in _COUNTED_IN if pattern.search(name)), None)
    return None


def _money(terms: Sequence[Term]) -> str | None:
    """元, where the thing asked is an amount of money by its name (慰问资金), though no measure of statistics."""
    named = (term.text for term in terms if term.noun and term.focus)
    return "元" if any(_MONEY.search(name) for name in named) else None


def _with_money_of_topic(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, met by the moneys of the topics that they name too: of people in need, money of condolence is told."""
    told = telling_of([(term.text, *term.forms) for term in terms])
    moneys = {at: tuple(word for word in words if _MONEY.search(word)) for at, words in told.items()}
    return tuple(
        replace(term, near=tuple(dict.fromkeys((*term.near, *moneys.get(at, ()))))) for at, term in enumerate(terms)
    )


def _said_by(rest: str, others: Sequence[str]) -> bool:
    """Whether the other terms say all of `rest` (职工 and 培训 of 职工培训)."""
    for other in sorted(others, key=len, reverse=True):
        rest = "" if rest in other else rest.replace(other, "")
    return not rest


def _with_their_doing(terms: Sequence[Term], scope: Sequence[str]) -> list[Term]:
    """The terms, each with the names that it has together with a verb of the question (发展 … 会员 is 新增会员 too)."""
    verbs = [*(term.text for term in terms if not term.noun), *(word for word in scope if word == "新增")]
    if any(_GROUP.search(term.text) for term in terms if term.noun):
        verbs.append("新增")  # of a group of people, reports tell the new members
    return [
        replace(
            term, forms=tuple(dict.fromkeys((*term.forms, *_names_of_doing(verbs, next(iter(term.forms), term.text)))))
        )
        if term.noun
        else term
        for term in terms
    ]


def _names_of_doing(verbs: Sequence[str], noun: str) -> list[str]:
    return [form for verb in verbs for entry in glossary().entries_of(f"{verb}{noun}") for form in entry.official]


def _names_a_province(text: str) -> bool:
    place = lookup(text) if text.endswith(("省", "自治区")) else None
    return place is not None and place.level == "province"


def _as_level(term: Term) -> Term:
    return replace(term, noun=False, weight=_PROVINCE_WEIGHT, focus=False)
