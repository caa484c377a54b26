"""How well a sentence holds the kind of thing a question asks for: a date, a person, a name, a place in a ranking.

Pure; a bonus or a malus that `pick` and `trim` add up.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.people import names_of_people, names_of_studios
from assistant.language.places import find_places
from assistant.language.script import to_simplified
from assistant.models import Passage, Question

_ENUMERATES = re.compile(r"内容(?:包括|涵盖|涉及)|包括总则")
_DATE = re.compile(r"\d{4}年|\d+月\d+日|\d+月|\d+日")


def answer_type(question: Question, sentence: str, passage: Passage) -> float:
    """A little for a sentence that holds the kind of thing asked for: a date for when, a person for who, a 县 for 哪个县."""
    if question.asks == "how" and _ENUMERATES.search(sentence):
        return -0.12  # a table of contents names things without saying how they are done
    fit = 0.0
    if question.asks == "when" or _ASKS_WHEN.search(question.text):
        fit += 0.08 if _DATE.search(sentence) else -0.08
    if question.asks == "where":
        fit += 0.1 if _BODY.search(sentence) else 0.0
    if question.asks == "who":
        fit += 0.12 if names_somebody(question, sentence) else -0.08
    if any(term.text == "署名" for term in question.terms) and passage.headings == ("署名",):
        fit += 0.15
    if _ASKS_NAME.search(question.text):
        fit += 0.12 if _has_a_name(question, sentence) else 0.0
    if asks_place(question):
        fit += 0.2 if ORDINAL.search(sentence) else -0.2
    if (there := names_such_a_place(question, sentence)) is not None:
        fit += 0.12 if there else -0.08
    if (named := _names_of_kind(question)) is not None:
        fit += 0.1 if any(name not in question.text for name in named.findall(sentence)) else -0.08
    signed = any(term.text == "署名" for term in question.terms) or question.asks in {"who", "when"}
    return fit - 0.15 if passage.headings == ("署名",) and not signed else fit


def names_such_a_place(question: Question, sentence: str) -> bool | None:
    """Whether a sentence names a place of the kind asked for (哪个县) that the question does not; None where none is asked."""
    kind = _kind_asked(question)
    if kind is None or not re.match(_PLACE_KIND, kind):
        return None
    levels = next(levels for sign, levels in _PLACE_LEVELS.items() if re.match(sign, kind))
    return any(place.short not in question.text for _, place in find_places(sentence) if place.level in levels)


def names_somebody(question: Question, sentence: str) -> bool:
    """Whether a sentence names a person; one after whom a studio is named counts where a studio is asked about."""
    if "工作室" in to_simplified(question.text) and names_of_studios(to_simplified(sentence)):
        return True
    return bool(names_of_people(sentence))


def holds_no_answer(question: Question, sentence: str) -> bool:
    """Whether a sentence cannot tell what is asked: no time for when, no honour for which title."""
    if question.asks == "when" and not _TIME.search(sentence):
        return True
    if (kind := _ASKS_EVENT.search(to_simplified(question.text))) is not None:
        signs = next(signs for name, signs in _EVENTS if name in kind.group(1))
        return not re.search(signs, sentence)
    return bool(_ASKS_HONOUR.search(to_simplified(question.text))) and not _HONOURED.search(sentence)


_EVENTS = (("赛", "赛"), ("讲座", "讲座|讲堂|讲课|授课"), ("论坛", "论坛"))
_ASKS_EVENT = re.compile(r"(?:什么|哪些|哪个|哪场|哪项|啥)[一-鿿]{0,8}?(比赛|赛事|竞赛|大赛|讲座|论坛)")
_TIME = re.compile(
    r"\d{4}年|\d+[月日]|[上下]半年|季度|去年|今年|上年|年[初底末]|[春夏秋冬]|日前|近日|期间|周年|以来|[一二三四五六七八九十]月|每[年月周日天]"
)
_ASKS_HONOUR = re.compile(r"(?:什么|哪些|哪个|啥)[一-鿿]{0,8}?(?:称号|荣誉|奖项)|\bwhat (?:title|honou?r|award)", re.I)
_HONOURED = re.compile(r"评为|评选|获|荣|授予|命名|称号|表彰|入选|奖")


def asks_place(question: Question) -> bool:
    """Whether the place in a ranking is asked (在全国排第几)."""
    return bool(_ASKS_PLACE.search(to_simplified(question.text)))


_ASKS_PLACE = re.compile(
    r"第几[位名]?(?=[？?，,。呢吗的]|$)|排名?(?:第)?(?:多少|几)|位[列居次第](?:第)?几|名次|what (?:place|rank)|\brank\w* (?:in|among)",
    re.I,
)
ORDINAL = re.compile(
    r"第[\d一二三四五六七八九十]{1,4}(?:位|名)?(?=[，,、。；;”的之]|$)|首位|榜首|第一|前[\d一二三四五六七八九十]{1,3}(?:位|名|强)?|[\d一二三四五六七八九十]+强"
)
"""How a report tells a place in a ranking: 居全省第6位, 重返地级市10强."""


def _kind_asked(question: Question) -> str | None:
    text = to_simplified(question.text)
    match = _WHICH_PLACES.search(text) or _WHICH_KIND.search(text)
    return match.group(1) if match else None


_PLACE_KIND = r"县|区(?!域)|旗|省"
_PLACE_LEVELS = {r"省": {"province"}, r"县|区|旗": {"county", "district"}}


def _has_a_name(question: Question, sentence: str) -> bool:
    """Whether a name in quotation marks stands at a thing that is asked for (“…”工匠学院, “…工匠学院”)."""
    forms = [form for term in question.terms if term.noun for form in term.forms]
    return any(
        re.search(rf"[“《][^”》]{{1,14}}(?:{re.escape(form)}[”》]|[”》][一-鿿]{{0,6}}{re.escape(form)})", sentence)
        for form in forms
    )


_ASKS_NAME = re.compile(r"叫(?:做|个)?(?:什么|啥)|名[字称](?:是|叫)|什么名|啥名")


@lru_cache(maxsize=256)
def _names_of_kind(question: Question) -> re.Pattern[str] | None:
    """What a name of the kind asked for looks like (哪所高校: …大学, …学院), or None where no kind is asked for."""
    kind = _kind_asked(question)
    if kind is None or re.match(_PLACE_KIND, kind):
        return None
    endings = next((ends for asked, ends in _KINDS.items() if re.match(asked, kind)), None)
    if endings is None:
        return None
    return re.compile(rf"[一-鿿A-Za-z0-9（）()“”]{{1,14}}?(?:{endings})")


_BODY = re.compile(
    r"[一-鿿]{2}(?:公司|集团|学院|学校|医院|法院|供电所|养护中心|服务中心|文化宫|展览馆|会议室|广场|公园|园区|街道|基地)|[国省]道|在[一-鿿]{2,6}(?:县|区|镇|乡|村)"
)
_ASKS_WHEN = re.compile(r"什么时候|何时|哪一?天|哪一?年|几月|几号")
_WHICH_KIND = re.compile(r"哪一?(?:[个家所位座条支类种款部场]|些|几[个家所])?([一-鿿]{1,6})")
_WHICH_PLACES = re.compile(r"哪[两三四五六七八九十]个?(省|[县区](?!域)|旗)")
_KINDS = {
    r"高校|大学|学院|院校|学校": "大学|学院|学校|中学|小学|党校|职校",
    r"企业|公司|工厂|厂": "公司|集团|厂|企业|银行|股份|矿|航空|电力",
    r"镇|乡|街道": "镇|乡|街道",
    r"村|社区": "村|社区",
    r"医院": "医院",
    r"部门|单位|机构": "局|委|办|厅|部|院|中心|公司|集团|支队|总队|总社|学院|大学",
    r"媒体|报纸|电视台": "报|台|网|新闻|媒体",
    r"平台|系统": "平台|系统|APP|App|小程序",
    r"法院": "法院",
    r"景区": "景区|景点|公园|山|湖|古城|古镇",
    r"工作室": "工作室",
    r"街|路": "街|路",
}
