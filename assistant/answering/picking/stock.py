"""How well a figure fits a question for how many there are, were added or done, and where a number rose from.

Pure; each function gives a bonus or a malus that `pick` adds up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.doings import doings_in
from assistant.language.script import to_simplified
from assistant.models import Figure, Question


def stock_fit(question: Question, figure: Figure, text: str) -> float:
    """How many there are (总数, 现有) is told apart from how many were added (新增)."""
    asked = question.text
    added = is_added(figure, text) or figure.verb == "减少" or figure.label.startswith("减少")
    over_years = figure.period.start != (figure.period.end or figure.period.start)
    summed = "累计" in figure.scope and not (over_years and not _ASKS_SUM.search(asked))
    total = figure.label.endswith(("总数", "总量")) or summed
    if figure.label.endswith(_ROSE) and figure.unit != "%" and not _ASKS_ROSE.search(asked):
        return -0.2  # 生产总值达到526亿元、净增160亿元: by how much it rose is not how much it is
    if _ASKS_ADDED.search(asked):
        return -0.1 if total and not added else 0.0
    if asks_standing(question) and figure.verb and "upgrade" in doings_in(figure.verb):
        return -0.3  # how many were done up does not tell how many there are
    if _ASKS_STOCK.search(asked):
        near = max(figure.clause.start, figure.span.start - 6)
        total = total or bool(_ASKS_ALL.search(asked) and not added and _REACHED.search(text, near, figure.span.start))
        return (0.14 if total else 0.0) - (0.15 if added and not total else 0.0)
    compared = question.intent in {"compare", "rank", "difference", "ratio", "total"}
    if compared:  # whoever asks which city has more means how many there are
        return 0.14 if total else -0.04 if added else 0.0
    return 0.05 if total else 0.0


def of_stock(question: Question, figure: Figure, text: str) -> bool:
    """Whether a figure tells how many there are (达到44家) where the question asks how many were added."""
    asked = to_simplified(question.text)
    if not _ASKS_ADDED.search(asked) or _ASKS_ROSE_TO.search(asked) or figure.unit in {"%", "‰", "个百分点"}:
        return False
    reached = _REACHED.search(text, max(figure.clause.start, figure.span.start - 6), figure.span.start)
    return bool(reached) and not is_added(figure, text) and figure.verb is None


def is_added(figure: Figure, text: str) -> bool:
    """Whether a figure tells how many were added; what the clause calls a total tells how many there are."""
    if _TOTAL.search(text, max(figure.clause.start, figure.span.start - 6), figure.span.start):
        return False  # 新增友城1个、总数达9个
    before = text[figure.clause.start : figure.span.start]
    if _REACHED.search(before) and re.search(r"\d", before):
        return False  # 新增25家、达到225家
    named = figure.verb in _ADDED or figure.label.startswith(_ADDED) or "新增" in figure.scope
    return named or bool(_NEWLY.search(before))


def asks_standing(question: Question) -> bool:
    """Whether the question asks how many there are in all, not how many were added, nor a part of what was told."""
    text = to_simplified(question.text)
    return "其中" not in question.scope and bool(_ASKS_STANDING.search(text)) and not _ASKS_ADDED.search(text)


_TOTAL = re.compile(r"(?:总数|总量|累计|总计)(?:达|达到|为|超|超过|突破)*\s*$")
_ADDED = ("新增", "净增", "新发展", "新建", "增加", "新登记", "新设立", "新注册")
_ROSE = ("净增", "增加", "减少", "增长", "下降")
_ASKS_ROSE = re.compile(r"增|减|多了|少了|涨|降|变化|add|new|rose|rise|increas|grow|fell|more|fewer", re.I)
_REACHED = re.compile(r"(?:达到?|[增升]至|增加到|发展到|[共拥已]有|突破|超过?)\s*$")
_ASKS_ROSE_TO = re.compile(r"(?:增|减)(?:加|少)?[到至]|增长")  # 增加到多少: how many there are then
_NEWLY = re.compile(r"新(?:登记|增|设立|注册|发展|建(?!成)|签约|认定|培育|引进|入库)|净增")
_ASKS_ADDED = re.compile(r"新增|净增|增加|减少|新发展|新建|新成立|新开|添了|添加|add|new\b", re.I)
_ASKS_SUM = re.compile(
    r"累计|总共|一共|共|以来|[三四五几]年|至今|目前|现在|in total|altogether|\bin all\b|overall", re.I
)
_ASKS_STOCK = re.compile(
    r"总数|总共|一共|共有|加起来|合计|累计|现在|目前|已有|拥有|现有|达到|总量|有(?:多少|几)|是多少|in total|altogether|\bin all\b|overall|now\b|are there",
    re.I,
)
_ASKS_ALL = re.compile(r"总数|总共|一共|共有|加起来|合计|in total|altogether|\bin all\b|overall", re.I)
_ASKS_STANDING = re.compile(
    r"总数|现有|拥有|(?:目前|现在|如今).{0,4}有|(?<!还)[总共]有|有(?:多少|几)(?!.*发展)|\bin total\b|\bare there\b|\bdo(?:es)? [A-Z]?\w+ have\b",
    re.I,
)


def start_fit(question: Question, figure: Figure, text: str) -> float:
    """Where a number rose from (由9户增加到12户, 上年9户) is not what it is now."""
    rises = rises_from(figure, text)
    before = figure.period.label in {"上年", "去年同期", "上年同期"} and "上年" not in question.text
    return -0.2 if rises or before else 0.0


def rises_from(figure: Figure, text: str) -> bool:
    """Whether a number is the one that a change began at (由9户增加到12户: 9户)."""
    began = _FROM.search(text, max(0, figure.clause.start - 1), figure.span.start)
    return bool(began and _TO.match(text, figure.span.end))


_FROM = re.compile(
    r"[由从](?:上年|去年|年初|原来|以前|[一二三四]季度|上半年|(?:19|20)\d\d年(?:末|底)?|“?十[一二三四五]五”?末)?的?(?:[\d.,]+[万亿]?[一-鿿%％]{1,4}、)?\s*$"
)
_TO = re.compile(
    r"(?:、[\d.,]+[万亿]?[一-鿿%％]{1,4}?)?\s*(?:预计)?(?:分别)?(?:增加|提高|扩大|增长|减少|下降|上升|发展|提升|扩展|壮大|增至|增|升|降|回升|恢复|反弹|下滑|攀升|跃升|缩短|缩小|压缩|压减|缩|压)[到至为]"
)


def aspect_fit(question: Question, figure: Figure, text: str) -> float:
    """已 in the question is met by 已 in the clause: of a set and its done part, the done part is asked."""
    return 0.14 if _ASKS_DONE_PART.search(question.text) and "已" in figure.clause.of(text) else 0.0


def done_part_fit(question: Question, figure: Figure, neighbours: Sequence[Figure], text: str) -> float:
    """Of a set (建议1200条) and the part of it that was done (采纳900条), the part is meant only where it is asked for."""
    whole = figure.unit not in {"%", "‰"} and any(  # a lower rate is no part of a higher one
        one.label == figure.label
        and one.unit == figure.unit
        and one.span.start < figure.clause.start
        and (one.value or 0) > (figure.value or 0)
        for one in neighbours
    )
    if not whole:
        return 0.0
    done = "".join(sign for sign in text[figure.clause.start : figure.span.start] if sign not in figure.label)
    asked = to_simplified(question.text)
    if (
        any(sign in asked for sign in done)
        or any(form in done for form in english_doings(question))
        or doings_in(done) & doings_in(asked)
        or _DONE.search(asked)
        or _ASKS_DONE_PART.search(asked)
    ):
        return 0.0
    return -0.3 if done else 0.0


def english_doings(question: Question) -> tuple[str, ...]:
    """The Chinese verbs for what an English question says was done (cleared away: 清理)."""
    doings = (term for term in question.terms if question.language == "en" and not term.noun and term.weight >= 0.5)
    return tuple(form for term in doings for form in term.forms if len(form) > 1 and not form.isascii())


_ASKS_DONE_PART = re.compile(
    r"已|\balready\b|\b(?:have|has) (?:since |now )?(?:formed|founded|established|set up|joined|built|got)\b", re.I
)
_DONE = re.compile(
    r"已|了[^？?]|过|实际|真正|落实|落地|其中|already|actually|succe|success|carried|implement|of (?:them|these|which)",
    re.I,
)


def inherited_fit(question: Question, figure: Figure, neighbours: Sequence[Figure], text: str) -> float:
    """Of two figures of one name (线上入会39万人，转化4万人次), the one beside which it stands is meant.

    Unless the question has words of the other one's own clause (调解成功了几件).
    """
    clause, asked = figure.clause.of(text), to_simplified(question.text)
    own = text[figure.clause.start : figure.span.start]
    if any(form in own for form in english_doings(question)):
        return 0.0
    if figure.label in clause or any(own[at : at + 2] in asked for at in range(len(own) - 1)):
        return 0.0
    named = any(one.label == figure.label and one.label in one.clause.of(text) for one in neighbours)
    return -0.1 if named else 0.0


_ASKS_MORE_THAN_BEFORE = re.compile(
    r"比(?:去年|上年|前年|同期|以前|之前|(?:19|20)\d\d年?)[^，。？?]{0,6}[多少增减]了?(?:多少|几)"
)
_SET_BESIDE = re.compile(r"比(?:去年|上年|前年|同期|(?:19|20)\d\d年)|同比|增加|增长|净增|减少|下降")


def beside_fit(question: Question, figure: Figure, text: str) -> float:
    """Where the distance to the year before is asked (比去年多了几个), only what is told as one is meant."""
    if not _ASKS_MORE_THAN_BEFORE.search(to_simplified(question.text)):
        return 0.0
    return 0.15 if _SET_BESIDE.search(text, figure.clause.start, figure.span.start) else -0.3


_ASKS_SPENDING = re.compile(r"投入|投(?:了|过|进)|投多少|花了?|用了|掏了?|\bspen[dt]\b|\bspending\b", re.I)
_SPENT = re.compile(r"资金|经费|投入|款物?$")
_PAID_OUT = re.compile(r"津贴|补贴|补助|奖金|理赔金|助学金")


def spending_fit(question: Question, figure: Figure) -> float:
    """What was spent on a thing (投入, 资金) comes before one kind of payment out of it (津贴), unless that is asked."""
    asked = to_simplified(question.text)
    if figure.unit != "元" or not _ASKS_SPENDING.search(asked):
        return 0.0
    paid = _PAID_OUT.search(figure.label)
    return 0.05 if _SPENT.search(figure.label) else -0.1 if paid and paid[0] not in asked else 0.0


_STEP = re.compile(r"[迈登跃跨站][上入过]|闯过")


def step_fit(figure: Figure, neighbours: Sequence[Figure], text: str) -> float:
    """A mark that was passed (突破2000亿元、达2010.9亿元) says less than the number reached."""
    if figure.qualifier != "超" and not _STEP.search(text, figure.clause.start, figure.span.start):
        return 0.0
    reached = any(
        0 <= one.span.start - figure.span.end <= 20
        and one.unit == figure.unit
        and (one.value or 0) >= (figure.value or 0)
        and "达" in text[figure.span.end : one.span.start]
        for one in neighbours
    )
    return -0.25 if reached else 0.0
