"""Decides whether what was picked is about what was asked, or only resembles it; of sentences, `sentence_found` does.

The thresholds here and there are the one place where the built-in answers weigh finding against refusing; they were tuned on
questions of the project's own over reports that are not shipped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.picking.fits import of_a_part
from assistant.answering.picking.levels import levels_of, other_level
from assistant.answering.picking.pick import Pick
from assistant.answering.picking.stock import of_stock
from assistant.answering.picking.zones import EVERYWHERE, Zone, met, plain
from assistant.language.doings import TELLING, doings_in
from assistant.language.measure_words import counts_nothing, other_kind, same_class
from assistant.language.opposites import opposed
from assistant.language.script import to_simplified
from assistant.models import Figure, Question, Term
from assistant.question.word_kinds import is_generic, stopwords

_PEOPLE = re.compile(
    r"(?:(?<!巨)[人者员工手匠生户模]|模范|先进|骨干|代表|人才|职工|获得者|会员|干部|骑手|小哥|奖章|标兵|能手|工匠)$"
)
_POPULATION = re.compile(r"人口|学生|居民|群众|儿童|老人|游客|人数$")
_LEFT = re.compile(r"还(?:有|剩|差)|剩下|剩余")
_LESS = ("减少", "脱贫", "新增", "净增", "消除", "化解")
_BY_POINTS = re.compile(
    r"百分点|个点|提高|提升|上升|下降|增加|降低|高出|快于|高于|低于|涨|降|升|变化|points|rise|rose|fall|fell|higher|lower|faster",
    re.I,
)
_SHARE_OF = re.compile(r"占[^，,；;]{0,14}$")
_SUMMED = re.compile(r"([^、]{2,}(?:、[^、]{2,})*[、和与及][^、]{2,}?)(?:总|合计|共计)(?=[一-鿿])")
_DURATIONS = frozenset({"年", "个月", "天", "日", "小时", "分钟"})
_HOW_LONG = re.compile(r"年|天|月|日|期|久|长|寿|岁|工作日|快|多少(?=[？?]?$)|几")
_HEADS = frozenset({"人", "名", "位", "人次"})
FIGURE_NOUNS = 0.58  # share of the naming words that a figure must meet
NAME = 3  # characters of a word that is hardly the beginning of another
NAMED = 0.8  # a word is met, by another name at least
COUNTED_NOUNS = 0.5  # the same where the label names just what is counted
UNNAMED_NOUNS = 0.72  # the same where no city is named, so that any report could seem to answer
OWN_NOUNS = 0.5  # share that a figure with another name on its label must meet itself
KEY_TERM = 0.34  # the rarest naming word must be met at least so far


def key_of(terms: Sequence[Term], pick: Pick) -> float:
    """How well the word is met without which the answer would be about something else."""
    quoted = [term for term in terms if term.quoted and term.noun]
    named = quoted or [term for term in terms if term.focus and term.noun] or [term for term in terms if term.noun]
    return max((pick.each.get(term.text, 0.0) for term in named), default=1.0)


def figure_found(question: Question, pick: Pick, terms: Sequence[Term] | None = None) -> bool:
    """Whether the picked figure counts what was asked.

    A figure whose label names another thing (物价涨幅 beside 居民收入) is not excused by the clauses before it.
    """
    terms = question.terms if terms is None else terms
    if ruled_out(question, pick, terms) or (pick.other and pick.own < OWN_NOUNS):
        return False
    least = FIGURE_NOUNS if question.cities or question.carried_topic else UNNAMED_NOUNS
    if question.cities and any(term.focus and term.noun and pick.each.get(term.text, 0.0) >= NAMED for term in terms):
        least = COUNTED_NOUNS  # the thing counted is named; what it was for may stand around it
    if pick.figure is not None and not pick.figure.readable:
        return (
            pick.nouns >= least * 0.8 and key_of(terms, pick) >= KEY_TERM * 0.8
        )  # where characters are lost, words of the label are lost with them
    return pick.nouns >= least and key_of(terms, pick) >= KEY_TERM


def ruled_out(question: Question, pick: Pick, terms: Sequence[Term]) -> bool:
    """Whether a figure cannot be what was asked, however well its words fit: its measure, level or thing is another."""
    figure, text = pick.figure, pick.report.repaired.text
    if figure is None:
        return bool(pick.lacking)
    return (
        bool(pick.lacking)  # the figure of the whole is no answer about a part
        or is_excluded(question, figure)
        or of_another_whole(question, pick, terms)
        or (question.language != "en" and (_unmet_thing(terms, pick) or _unmet_group(question, terms, pick)))
        or (figure.readable and _unmet_code(terms, pick))
        or _other_measure(question, pick, figure, terms)
        or only_listed(terms, figure.label)
        or opposed(to_simplified(question.text), f"{figure.head or ''}{figure.label}")
        or (question.language != "en" and _of_projects(terms, figure.label, question.text))
        or unmet_kind(question, pick, terms)
        or _of_a_doing(question, terms, figure, text)  # how many came does not tell how many there are
        or other_level(question, terms, figure, text)
        or of_stock(question, figure, text)
        or of_a_part(question, figure)
        or _another_thing(question, pick, figure, terms)
    )


def is_excluded(question: Question, figure: Figure) -> bool:
    """Whether a figure is of what the question says that it does not mean."""
    label = plain("".join((*figure.scope, figure.head or "", figure.label)))
    levels = levels_of(" ".join(question.excluded)) & levels_of(label)
    return bool(levels) or any(plain(name) in label for name in question.excluded)


def _unmet_thing(terms: Sequence[Term], pick: Pick) -> bool:
    """Whether one of several things that the glossary knows stands nowhere about the figure: members are no check-ups."""
    named = [term for term in terms if term.noun and len(term.forms) > 1 and term.text not in EVERYWHERE]
    # A turn that only goes on to another city asks for all that the one before named.
    things = [term for term in named if not term.carried] or named
    return len(things) > 1 and any(pick.each.get(term.text, 0.0) == 0.0 for term in things)


def _unmet_code(terms: Sequence[Term], pick: Pick) -> bool:
    """Whether a name of letters and digits (PM2.5) stands nowhere about the figure, by no other name either."""
    return any(
        term.noun and not term.carried and _CODE.fullmatch(term.text) and pick.each.get(term.text, 0.0) == 0.0
        for term in terms
    )


_CODE = re.compile(r"[A-Za-z]+-?\d[\w.]*")


def _unmet_group(question: Question, terms: Sequence[Term], pick: Pick) -> bool:
    """Whether people of a kind are asked about of whom nothing stands about a figure: 职工 are no 工会干部."""
    if question.intent != "figure":
        return False
    groups = [term for term in terms if term.noun and not term.carried and not term.quoted and _is_a_group(term)]
    return any(pick.each.get(term.text, 0.0) == 0.0 for term in groups)


def unmet_kind(question: Question, pick: Pick, terms: Sequence[Term]) -> bool:
    """Whether English words say of which kind the counted things are (private hospitals), and none of them is met."""
    asked, focus = _HOW_MANY.search(question.text), next((term for term in terms if term.focus and term.noun), None)
    if question.language != "en" or asked is None or focus is None:
        return False
    before = question.text[asked.end() : max(asked.end(), question.text.find(focus.text, asked.end()))]
    if len(before.split()) > KIND_WORDS or re.search(r"\bof\b", before):
        return False  # a verb stands between them (how many firms became giants), or what it is of (cases of aid)
    kinds = [term for term in terms if term.near and not term.forms and term.text in before]
    return any(pick.each.get(kind.text, 0.0) == 0.0 for kind in kinds if kind.text.lower() not in _ANY_KIND)


KIND_WORDS = 2  # words between "how many" and the noun
_ANY_KIND = frozenset(
    {
        "new",
        "local",
        "total",
        "big",
        "large",
        "small",
        "major",
        "main",
        "different",
        "various",
        "other",
        "special",
        "extra",
    }
)


def of_another_whole(question: Question, pick: Pick, terms: Sequence[Term]) -> bool:
    """Whether a part is asked for (其中职工多少), and nothing before the figure speaks of the thing it is a part of."""
    if "其中" not in question.scope:
        return False
    whole = [term for term in terms if (term.noun or term.carried) and not is_generic(term.text)]
    things = [term.text for term in whole if term.text not in stopwords("verb")]
    return bool(things) and max(pick.each.get(thing, 1.0) for thing in things) < KEY_TERM


def _other_measure(question: Question, pick: Pick, figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether people, shares, points or what is left were asked, and the figure counts otherwise."""
    if question.unit is None and question.language != "en" and figure.unit in _DURATIONS and "时" not in question.text:
        return not _HOW_LONG.search(question.text)  # 连续3年 is no size of a trade
    if question.unit in {"人", "名", "位", "人次"} and figure.unit == "个" and not _PEOPLE.search(figure.label):
        return True  # 90个驿站 is no number of people
    if question.unit == "家" and figure.unit in _DONE_OR_WRITTEN | {"项", "种"}:
        return True  # 49项成果 is no number of 企业
    if question.unit in {"个", "家", "处", "座", "所"} and figure.unit in _HEADS:
        counted = next((term.text for term in terms if term.focus), "")
        if not _PEOPLE.search(counted):
            return True  # 19.77万人 is no number of 安置点
    if is_a_place(question, figure.unit, figure.clause.of(pick.report.repaired.text)):
        return True
    if how_many_things(question) and counts_nothing(figure.unit):
        return True  # 20亿元 is no number of metro lines
    if question.unit == "次" and question.language == "en" and figure.unit not in _OCCASIONS:
        return True  # how many times something was done is no number of things
    if _LEFT.search(question.text) and (figure.verb in _LESS or figure.label.startswith(_LESS)):
        return True  # how many were lifted out does not tell how many are left
    if figure.unit == "个百分点" and not _BY_POINTS.search(question.text):
        return True  # by how much a rate rose is not how high it is
    rate = figure.unit in {"%", "个百分点"} and question.unit != "%"
    if rate and _SHARE_OF.search(pick.report.repaired.text, figure.clause.start, figure.span.start):
        return True  # a share of the population is no number of people
    if question.unit is not None and other_kind(question.unit, unit_counted(figure)):
        return not (figure.unit == "%" and question.unit == "元")
    # Nothing but the words around it speaks for it, and it is counted in another measure.
    return question.unit is not None and not pick.own and not _counts_so(question.unit, figure.unit)


def is_a_place(question: Question, unit: str, words: str) -> bool:
    """Whether a number is a place in a ranking where none is asked: a port that is 75th is no number of containers."""
    return unit == "位" and bool(_PLACE.search(words)) and not _ASKS_PLACE.search(question.text)


def how_many_things(question: Question) -> bool:
    """Whether an English question asks how many of a thing there are, and names no unit to measure it in."""
    return question.language == "en" and question.unit is None and _HOW_MANY.search(question.text) is not None


_OCCASIONS = frozenset({"次", "场", "场次", "人次", "批次", "轮", "期", "起", "件", "趟", "班次"})
_PLACE = re.compile(r"排名|位次|名次|位列|位居")
_ASKS_PLACE = re.compile(r"排|第几|位|名次|\brank|\bplace|\bposition|\bwhere\b", re.I)


def unit_counted(figure: Figure) -> str:
    """The unit of a figure; that of people where none is printed (65.6万贫困人口)."""
    return figure.unit or ("人" if _POPULATION.search(figure.label) or _PEOPLE.search(figure.label) else "")


def _another_thing(question: Question, pick: Pick, figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether the label names another thing that belongs to the one asked: 143个视频 is no number of 文化宫."""
    focus = next((term for term in terms if term.focus and term.noun), None)
    group = focus is not None and question.intent not in {"fact", "which_cities"} and _is_a_group(focus)
    if group and question.unit in {None, "个"} and figure.unit not in _HEADS | {"个", "户", "%"}:
        return True  # 100场宣讲 is no number of 工匠
    built = focus is not None and any(_BUILT.search(form) for form in (focus.text, *focus.forms[:1]))
    bodies = question.unit in {"个", "家"} and _BODIES.search(to_simplified(question.text))
    if ((built and question.unit is None) or bodies) and figure.unit in _DONE_OR_WRITTEN:
        return True  # 900件 is no number of 法律援助服务站
    named = focus is not None and met(focus, (Zone(plain(figure.label), 1.0),)) >= 0.5
    many = how_many_things(question)
    if many and focus is not None and not group and not named and figure.unit in _HEADS - {"人次"}:
        return True  # how many disputes is not how many who settle them
    if question.intent == "figure" and question.language != "en" and _honours_others(question, figure, terms):
        return True  # 20名竞赛标兵 is no number of those who took part
    if pick.on_label and (named or not pick.other):
        return False
    if group and focus is not None and figure.unit in _HEADS:
        counted = plain(f"{figure.verb or ''}{figure.label}")  # 职工 who heard 劳模 speak are no 劳模
        return met(focus, (Zone(counted, 1.0),)) < 0.5 and not focus.text.endswith(figure.label or "-")
    if many and figure.unit in _HEADS | {"次"}:
        return True  # how many fairs is not how many people
    return pick.other and _counts_things(question, figure, terms)


def _honours_others(question: Question, figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether a figure counts those who bear an honour of which the question does not speak."""
    honour = _HONOUR.search(figure.label)
    asked = (to_simplified(question.text), *(form for term in terms for form in (term.text, *term.forms, *term.near)))
    return honour is not None and not any(honour.group()[:2] in words for words in asked)


_HONOUR = re.compile(r"(?:标兵|先进个人|先进工作者|奖章|奖状|能手|先锋号|楷模|模范|状元)$")
_BODIES = re.compile(r"(?:多少|几)[个家][一-鿿]{0,10}?(?:组织|机构|委员会|协会|联盟)[？?]?$")
_BUILT = re.compile(r"(?:站|站点|中心|室|小屋|园区|公园|馆|宫|学院|基地)$")
_DONE_OR_WRITTEN = frozenset({"件", "起", "例", "次", "场", "场次", "篇", "条", "份", "册"})


def _is_a_group(term: Term) -> bool:
    """Whether a term names people of one kind (劳模, 骑手), not just 职工 or 人."""
    names = (term.text, *term.forms)
    return not any(is_generic(name) for name in names) and any(_PEOPLE.search(name) for name in names)


_HOW_MANY = re.compile(r"\bhow many\b", re.I)


def _of_a_doing(question: Question, terms: Sequence[Term], figure: Figure, text: str) -> bool:
    """Whether nothing but 职工, 企业 … is asked for, and the figure counts those that something was done with."""
    return names_nothing(question, terms) and not _STOCK.search(figure.clause.of(text))


def names_nothing(question: Question, terms: Sequence[Term]) -> bool:
    """Whether a question names nothing but 职工, 企业, 活动 …, and no doing either."""
    if question.carried_topic is not None or question.after is not None or not terms:
        return False
    return all(not term.noun or is_generic(term.text) for term in terms) and not any(
        term.noun and TELLING & doings_in(term.text) for term in terms
    )


_STOCK = re.compile(
    r"拥有|现有|共有|总数|总量|已有|存量|达到?|注册|登记|从业|全[市县区州省旗](?:职工|企业|员工|工人)[^，。；]{0,4}\d"
)


def _counts_things(question: Question, figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether things are counted on both sides, and the label has not even the head of what was asked (…竞赛)."""
    named = [term for term in terms if term.noun and term.focus] or [term for term in terms if term.noun]
    heads = {form[-2:] for term in named for form in (term.text, *term.forms)}
    return (
        question.unit in {None, *_THINGS} and figure.unit in _THINGS and not any(head in figure.label for head in heads)
    )


_THINGS = frozenset({"个", "家", "座", "处", "所", "项", "种", "条", "间", "支"})


def _counts_so(asked: str, unit: str) -> bool:
    return asked in {"个", unit} or same_class(asked, unit)


def _of_projects(terms: Sequence[Term], label: str, asked: str) -> bool:
    """Whether a label counts projects or brands of what is asked (基层组织建设项目), which are not the thing itself."""
    head = re.search(r"(建设项目|课题|案例)$", label)
    if head is None or head.group(1) in asked:
        return False
    forms = [form for term in terms if term.noun for form in (term.text, *term.forms)]
    return not any(form in label[head.start() :] for form in forms)


def only_listed(terms: Sequence[Term], label: str) -> bool:
    """Whether a label counts several things together (会议室、书屋等阵地) of which the one asked is only an example."""
    forms = [form for term in terms if term.noun and term.weight > 0.8 for form in term.forms]
    if (
        "等" not in label and (summed := _SUMMED.match(label)) is not None
    ):  # 养老保险、工伤保险和失业保险总参保人数 is of none of them alone
        items = re.split(r"[、和与及]", summed.group(1))
        named = [item for item in items if any(form in item or item in form for form in forms)]
        return 0 < len(named) < len(items)
    listed, _, whole = label.rpartition("等")
    if "、" not in listed or not whole:
        return False
    # A label of damaged print may have lost the end of an item (先进工 for 先进工作者).
    items = [item for item in listed.split("、") if len(item) > NAME]
    begun = any(form in listed or any(form.startswith(item) for item in items) for form in forms)
    return begun and not any(form in whole for form in forms)


def pick_unit_differs(question: Question, pick: Pick) -> bool:
    """Whether the unit asked for cannot be the figure's."""
    return question.unit is not None and pick.figure is not None and other_kind(question.unit, pick.figure.unit)
