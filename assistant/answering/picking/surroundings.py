"""The words of a report around a figure that are its own: its clause, what stands before it, its group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Figure, Question, Span
from assistant.question.word_kinds import is_generic

_GROUPS = re.compile(r"女职工|女性|农民工|新就业形态|困难职工|社会组织|小微企业|非公")
GROUP_END = re.compile(r"[;；。！？!\n]|\?(?![\w,，、])")  # where a group of clauses ends; a loss (?000) is no end


def after_a_group(question: Question, figure: Figure, text: str) -> bool:
    """Whether the clause before speaks of a narrower group, so that the figure is probably of that group too."""
    before = text[figure.sentence.start : figure.clause.start].rstrip("，,；; ")
    last = re.split(r"[，,；;。]", before)[-1]
    named = f"{question.text} {' '.join(form for term in question.terms for form in term.forms)}"
    return any(word not in named for word in _GROUPS.findall(last))


_TAKING_PART = ("参与", "参加", "覆盖", "惠及", "受益")
_BARE = re.compile(r"(?:新增|新发展|发展)?(?:工会)?会员")


_BARE_INCOME = re.compile(r"(?:总|综合)?收入(?:增长)?")
_VISITORS = re.compile(r"游客|旅客|游人")
_SET_BESIDE = re.compile(r"比(?:去年|上年|前年|同期|(?:19|20)\d\d年)")
SHORT = 2  # characters of a label that is only the head of what was told before


def told_of_before(figure: Figure, lead: str, clause: str) -> str:
    """What of the words before its clause a figure is of, though another figure counts it too.

    Those who took part did so in what stands before (竞赛23项, 职工31万余名参加); new members are of the group that the
    clause before speaks of.
    """
    takes_part = figure.verb in _TAKING_PART or clause.endswith(_TAKING_PART)
    if takes_part and is_generic(figure.label):
        return lead
    last = re.split(r"[，,；;。]", lead.rstrip("，,；; "))[-1]
    if _BARE_INCOME.fullmatch(figure.label) and _VISITORS.search(last):
        return f"{last}旅游{figure.label}"  # 接待游客60万人次，总收入9亿元
    if len(figure.label) <= SHORT and figure.label and figure.label in lead and _SET_BESIDE.search(clause):
        return lead  # 办托管班20个，比去年多了5个班
    return last if _BARE.fullmatch(figure.label) and _GROUPS.search(last) else ""


def own_words(figure: Figure, neighbours: Sequence[Figure], text: str) -> str:
    """The words of the clause that are the figure's own: those between the figures beside it."""
    return own_span(figure, neighbours).of(text)


def own_span(figure: Figure, neighbours: Sequence[Figure]) -> Span:
    """The part of the figure's clause between the figures beside it."""
    start, end = figure.clause.start, figure.clause.end
    for other in neighbours:
        if start <= other.span.start < figure.span.start:
            start = max(start, other.span.end)
        if figure.span.end <= other.span.start < end:
            end = min(end, figure.span.end)
    return Span(start, end)


def group_of(text: str, figure: Figure) -> Span:
    """The stretch between semicolons or full stops around a figure, as far as it bears on it."""
    start = max(figure.sentence.start, figure.clause.start - REACH)
    end = min(figure.sentence.end, figure.clause.end + REACH)
    for match in GROUP_END.finditer(text, start, figure.clause.start):
        start = match.end()
    closing = GROUP_END.search(text, figure.clause.end, end)
    return Span(start, closing.start() if closing else end)


REACH = 600  # characters before and after a clause that may speak of its figures; few sentences are as long
