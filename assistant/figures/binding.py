"""Binds each number of a sentence to what it counts.

A number belongs to the noun behind it (300家站点), else to the noun before it (驿站1204家), else to
what its clause or an earlier clause of the same group speaks of. Lists of parts (其中国家级6家、省级14家)
belong to their whole. Plausibility, kind and period are decided in `extract`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.figures.phrases import Before, is_mark, read_before, tidy
from assistant.figures.places import COUNTS, Place, clauses_of, places_of, takes_after
from assistant.figures.respectively import SUMS, labels_in_a_row, measure_of
from assistant.figures.scope import is_level_only, level_of, scope_words, without_reach
from assistant.language.quantities import Quantity
from assistant.language.sentences import split_groups
from assistant.models import Span

_PEOPLE = frozenset({"person", "occasion"})
_PARTS = re.compile(r"\s*(?:其中|包括|包含|分别是)")
_RATE = re.compile(r"(?:率|占比|比重|比例|量|总额|满意度)$")
_TOPIC = re.compile(
    r"(?:活动|行动|工程|计划|竞赛|大赛|培训|宣讲|平台|制度|服务|项目|专项|改革|品牌|"
    r"补贴|政策|基金|保险|疗休养|比赛|招聘会|仪式|论坛|展会|博览会|讲座|整治|治理|团|队|班|”|试点)$"
)
_BLAND = re.compile(
    r"(?:作用|格局|目标|要求|精神|职责|力度|水平|质量|意识|工作|理念|思想|道路|主线|重点|优势|能力|范围|方式|"
    r"关系|条件)$"
)
# Verbs of what an activity leads to; their numbers belong to the activity before them.
_DEPENDENT = re.compile(
    r"^(?:覆盖|参与|参加|惠及|服务|教育|培训|带动|吸引|资助|帮助|发放|受益|解决|奖励|撬动|兑现|接待|挽回|调解|实施|转化|转移|"
    r"补助|吸纳|辐射|受理|办结|签约|签订|达成|成交|完成|救助|帮扶|慰问|走访|筹集|募集|减免|返还|拨付|投入|节约|涉及|扶持|集聚|"
    r"收集|收到|处理|实现|引进|落户|投资|赠送|提供)"
)
_REACHING = re.compile(r"(?:覆盖|惠及|吸引|吸纳|受益|辐射|涉及|慰问|走访)")
_CONTEXT_ONLY = re.compile(
    r"(?:依托|围绕|聚焦|通过|以|坚持|按照|根据|为|他们|走进|随着|针对|瞄准|锚定|突出|强化|结合|在|对|面对|紧扣|立足)"
)
_NEW = frozenset({"新增", "净增", "新建", "转移", "城镇新增"})
_SHARED = frozenset({"新增", "净增", "累计", "新建", "每年", "现有", "年均", "同比"})
_CHANGES = re.compile(
    r"(?:新增|净增|增产|减产|增收|增长|下降|提高|上升|增加|减少|降低|递增|上涨|回落|压减|下调|降|增|(?:高于|低于).*)$"
)
_AGAINST = re.compile(r"(?:高于|低于|快于|慢于|优于|高出|低出|领先)")
_COMPARING = re.compile(r"[比较].{2,}(?:多|少|高|低|快|慢)$")  # 比前三年之和多26亿元 is told of what stands before it
_LASTING = frozenset({"", "连续", "历时", "为期", "用时", "持续", "长达", "坚持", "共", "仅用", "用", "前后"})
_REACHES = frozenset({"达到", "达", "增至", "增加到", "增长到", "累计达到", "累计达", "总数达到", "总量达到"})
_BASE = re.compile(r"\s*[由从]")  # 由上年的9户增加到12户: of what the clause before named
_OF_ALL = re.compile(r"\s*全[市县区州旗省盟镇乡村]")
_PREPOSITION = re.compile(r"(?:为|向|给|对)\s*$")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number counts, with where that was read."""

    label: str
    head: str | None
    scope: tuple[str, ...]
    verb: str | None
    clause: Span


@dataclass(slots=True)
class _Group:
    """What the clauses of a group have spoken of so far."""

    last: Bound | None = None
    last_quantity: Quantity | None = None
    topic: str | None = None  # the activity that the group is about
    subject: str | None = None  # what the nearest clause without numbers says something of
    object: str | None = None  # what the nearest clause dealt with, people and money aside
    whole: Bound | None = None  # what the parts of a list add up to
    level: str | None = None  # the level that the first item of a list names
    manner: tuple[str, ...] = ()  # 新增, 累计: what the first item of a list says of all
    row: tuple[str, ...] = ()  # the things that a clause of nothing else lists
    seen: list[tuple[Bound, Quantity]] = field(default_factory=list)


_ONLY_REACHES = re.compile(
    r"[;；\s*]*(?:(?:19|20)\d\d年|去年|全年|当年)[底末]?(?:预计)?(?:达到?|[增升]至|[增提][加高]到|完成|实现)\s*\d"
)


def bind(text: str, sentence: Span, quantities: Sequence[Quantity]) -> list[Bound]:
    """What each quantity of the sentence counts, in their order."""
    groups = [clauses_of(text, span) for span in split_groups(text, sentence)]
    starts = [clause.start for clauses in groups for clause in clauses]
    # A number that damaged print puts before the first clause is read with it.
    homes = [max(0, bisect_right(starts, quantity.span.start) - 1) for quantity in quantities]
    bounds: list[Bound] = []
    earlier: list[tuple[Bound, Quantity]] = []
    number = 0
    for clauses in groups:
        group = _Group()
        if clauses and earlier and _PARTS.match(text, clauses[0].start):
            group.last, group.last_quantity = earlier[-1]
            group.seen = list(earlier)
        elif clauses and _ONLY_REACHES.match(text, clauses[0].start):
            # 年均增长8%，五年翻一番；2020年达到60亿元: what grew is reached, not the doubling
            measured = [(bound, quantity) for bound, quantity in earlier if bound.verb != "翻"]
            group.last, group.last_quantity = measured[-1] if measured else (None, None)
        known = len(group.seen)
        for clause in clauses:
            inside = [quantity for quantity, home in zip(quantities, homes, strict=True) if home == number]
            _bind_clause(text, clause, inside, group)
            number += 1
        earlier = group.seen
        bounds += [bound for bound, _ in group.seen[known:]]
    return bounds


def _bind_clause(text: str, clause: Span, quantities: list[Quantity], group: _Group) -> None:
    parts = bool(_PARTS.match(text, clause.start, clause.end))
    if not quantities:
        _note_clause(clause.of(text), group)
    places = places_of(text, clause, quantities)
    if parts:
        group.whole = _whole_for(places[0] if places else None, group)
    pairs = labels_in_a_row(places, [bound.label for bound, _ in group.seen], group.row) if places else []
    for place, pair in zip(places, pairs, strict=True):
        starts_anew = place.before.verb and not place.listed and not parts
        if group.whole and (starts_anew or (place.before.change and not parts)):
            group.object, group.whole = group.whole.label, None
        bound = _bind_one(place, group, pair)
        group.seen.append((bound, place.quantity))
        if not _COMPARING.match(bound.label):
            group.last, group.last_quantity = bound, place.quantity
        _note_object(bound, place, group)


def _note_object(bound: Bound, place: Place, group: _Group) -> None:
    """Keeps a thing that was counted for the numbers that it leads to; people and money lead to none."""
    if place.quantity.kind in ("person", "money", "share", "points") or place.quantity.unit == "人次":
        return
    reaches = bool(bound.verb and _REACHING.match(bound.verb))
    if not (group.object and (reaches or place.listed)):
        group.object = bound.label


def _bind_one(place: Place, group: _Group, pair: str | None) -> Bound:
    before, after, quantity = place.before, place.after, place.quantity
    noun, reach = without_reach("" if is_mark(before.noun) else before.noun)
    head: str | None = None
    if pair is not None:
        label = pair
    elif before.change or (quantity.kind == "points" and _AGAINST.match(noun)):
        label = _changed(before, noun, group)
    elif _told_behind(place, noun):
        label = tidy(re.split(r"[、，,]", place.after_text)[0]) or noun
    elif _opens_clause(place, noun, group):
        label = read_before(place.after_text, listed=False).noun
    elif takes_after(place):
        label, more = without_reach(after.noun)
        reach = (*reach, *more)
        head = after.of
    elif (noun in SUMS or noun.startswith("占")) and group.last:
        label = f"{_unchanged(group.last.label)}{noun}"
    elif noun and not is_level_only(noun):
        label = noun
        head = after.noun if after.noun and not is_mark(after.noun) and quantity.kind not in COUNTS else None
    elif before.link and before.subject:
        label, more = without_reach(before.subject)
        reach = (*reach, *more)
    else:
        label, head = _inherited(quantity, before, noun, group)
    if before.verb in _NEW and label == noun and len(noun) <= 2:
        label = f"{before.verb}{noun}"  # 新增就业 is the measure, 就业 is not
    scope = (*reach, *scope_words(label if pair is not None else place.before_text, after.noun))
    if group.whole is not None:
        head = group.whole.label
        scope = ("其中", *scope)
    scope = (*scope, *_list_scope(label, place, group))
    verb = _verb(place, group)
    head = head or _head(label, verb, before, group)
    if group.whole is None and label == noun and _beside(head, place, group):
        head = None
    return Bound(label, head if head != label else None, tuple(dict.fromkeys(scope)), verb, place.clause)


def _beside(head: str | None, place: Place, group: _Group) -> bool:
    """Whether what would be the head is only counted beside this, in the same unit (治理沙地60万亩、修复草原10万亩)."""
    return any(bound.label == head and earlier.unit == place.quantity.unit for bound, earlier in group.seen[-2:])


def _told_behind(place: Place, noun: str) -> bool:
    """连续2年承办大赛, 为1.58万人次发放理赔金: what the number is about follows as a whole phrase."""
    lasting = place.quantity.kind == "time" and noun in _LASTING and not place.before.link
    return lasting or (not place.after.noun and bool(_PREPOSITION.search(place.before_text)))


def _opens_clause(place: Place, noun: str, group: _Group) -> bool:
    """2.5万人实现稳定脱贫: a number that opens its clause, with a verb and its object behind it."""
    before = place.before
    if _BASE.match(place.before_text):
        return False
    if noun or before.verb or before.link not in (None, "有") or place.after.noun or place.listed:
        return False
    # 28人荣获奖章 tells of other people than the number before it.
    apart = place.quantity.kind == "person" and not place.before_text.strip() and not group.whole
    return (apart or not _alike(place.quantity, group)) and bool(place.after_text.strip(" 。”"))


def _verb(place: Place, group: _Group) -> str | None:
    verb = place.before.change or place.before.verb
    if verb is None and place.before.link in _REACHES:
        return None  # 新增6户，达到236户: the second is how many there are
    if verb is None and place.before.link in ("完成", "实现"):
        verb = place.before.link
    if verb is None and place.after.verb and (_PREPOSITION.search(place.before_text) or not place.before.noun):
        return place.after.verb
    apart = group.whole is not None or _PREPOSITION.search(place.before_text)
    if group.last and group.last.verb and _CHANGES.fullmatch(group.last.verb) and place.before.link:
        return verb
    if verb is None and group.last and group.last_quantity and not apart:
        named = place.before.noun or (place.before.link and place.before.subject)
        return group.last.verb if place.listed or _continues(place, group) or not named else None
    return verb


def _continues(place: Place, group: _Group) -> bool:
    """Whether a clause only adds an item to the clause before: 新增甲2家，乙5家."""
    before, earlier = place.before, group.last_quantity
    if earlier is None or before.verb or before.link or before.change or not before.noun:
        return False
    if _OF_ALL.match(place.before_text) or (group.last and before.noun == group.last.label):
        return False  # 新增产量300万吨，全市产量突破2000万吨
    return earlier.unit == place.quantity.unit and 0 <= place.clause.start - earlier.span.end <= 2


def _list_scope(label: str, place: Place, group: _Group) -> tuple[str, ...]:
    """全国奖章3人、先锋号1个: the level of the first item holds for the others, unless they name theirs."""
    own = level_of(label)
    if not place.listed:
        group.level = own
        if _continues(place, group):
            return group.manner
        group.manner = tuple(word for word in scope_words(place.before_text) if word in _SHARED)
        return ()
    if own and own != group.level:
        group.level = None
    return (*((group.level,) if group.level and not own else ()), *group.manner)


def _changed(before: Before, noun: str, group: _Group) -> str:
    """A change is told apart from the amount that it changes: 收入增长 4.1%, not 收入 4.1%."""
    noun = measure_of(noun)
    noun = without_reach(tidy(noun) or before.subject)[0]
    if not noun and group.last:
        noun = _CHANGES.sub("", group.last.label)
    noun = noun or group.subject or ""
    against = _AGAINST.match(before.noun)
    return f"{noun}{before.change or (against[0] if against else '')}"


def _inherited(quantity: Quantity, before: Before, noun: str, group: _Group) -> tuple[str, str | None]:
    """The label of a number with no noun of its own: 实施1500条, 国家级6家."""
    last, earlier = group.last, group.last_quantity
    if last is not None and earlier is not None:
        if before.verb == "净增" and not noun:
            return f"{_unchanged(last.label)}净增", last.head  # 生产总值增长4.6%，净增130亿元
        if noun:
            whole = group.whole or last
            return f"{tidy(noun)}{_without_level(whole.label)}", whole.label
        if _alike(quantity, group) or (quantity.kind not in COUNTS and not before.verb):
            # 收入增长13.3%，达到5519亿元: the amount is the income's, not the growth's.
            return _unchanged(last.label) if before.link else last.label, last.head
    if quantity.kind == "place" and group.topic:
        return group.topic, None
    if last is None and before.link and group.subject:
        return group.subject, None
    return before.subject + (before.verb or "") or group.object or group.subject or noun, None


def _unchanged(label: str) -> str:
    """What changed, without the change: 驿站 of 驿站新增, 粮食产量 of 粮食增产."""
    bare = re.sub(r"年均$", "", _CHANGES.sub("", label))
    return f"{bare}产量" if label.endswith(("增产", "减产")) else re.sub(r"^(?:新增|净增)", "", bare)


def _alike(quantity: Quantity, group: _Group) -> bool:
    """Whether the number before counts in the same unit, or both count people."""
    earlier = group.last_quantity
    if earlier is None:
        return False
    return earlier.unit == quantity.unit or (earlier.kind in _PEOPLE and quantity.kind in _PEOPLE)


def _without_level(label: str) -> str:
    level = level_of(label)
    return label[len(level) :] if level and level.endswith("级") else label


def _whole_for(place: Place | None, group: _Group) -> Bound | None:
    """The number that parts are parts of: the last one, unless an earlier one of their unit is about the like."""
    amounts = [(bound, quantity) for bound, quantity in group.seen if not _CHANGES.search(bound.label)]
    if place is None or not amounts:
        return group.last
    last, quantity = amounts[-1]
    if quantity.unit == place.quantity.unit:
        return last
    noun = place.before.noun or place.after.noun
    pairs = {noun[at : at + 2] for at in range(len(noun) - 1)}
    for bound, earlier in reversed(amounts[-3:]):
        if earlier.unit == place.quantity.unit and any(pair in bound.label for pair in pairs):
            return bound
    return last


def _head(label: str, verb: str | None, before: Before, group: _Group) -> str | None:
    """The activity or thing that the number belongs to, from its own clause or an earlier one."""
    if _RATE.search(label) and len(label) <= 6:
        last = group.last
        if last and _RATE.search(last.label) and last.head:
            return last.head
        return last.label if last else group.object
    subject = without_reach(before.subject)[0]
    if subject and _TOPIC.search(subject):
        return subject
    if verb and _DEPENDENT.match(verb):
        return group.object or group.topic
    return group.topic


def _note_clause(words: str, group: _Group) -> None:
    """Keeps what a clause without numbers speaks of, for the clauses that follow."""
    if _CONTEXT_ONLY.match(words.strip()):
        return
    items = [item for item in re.split(r"[、和与]", words.strip()) if item]
    group.row = tuple(items) if len(items) > 1 and all(2 <= len(item) <= 12 for item in items) else ()
    before = read_before(words, listed=False)
    noun = without_reach(before.noun)[0]
    group.subject = without_reach(before.subject)[0] or (None if before.verb else noun[:20])
    if before.subject and noun.endswith(before.verb or "。"):  # 读书月活动启动
        noun = before.subject if _TOPIC.search(before.subject) else ""
    if not before.verb or not noun or len(noun) > 40:
        return
    group.topic = noun if _TOPIC.search(noun) else None
    group.object = None if _BLAND.search(noun) else noun
