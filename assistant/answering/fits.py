"""How well a figure fits a question beyond its words: unit, level, doing, result or target, year, narrowing.

Pure; each function gives a bonus or a malus that `pick` adds up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.zones import plain
from assistant.language.doings import doings_in
from assistant.language.measure_words import other_kind, same_class
from assistant.language.people import names_of_people
from assistant.language.places import find_places
from assistant.language.script import to_simplified
from assistant.language.spoken import spoken_levels
from assistant.models import Figure, Passage, Question, Report, Span, Term

_LEVELS = (
    ("national", re.compile(r"国家级|全国|中华全国|国家|\bnational(?:ly)?\b|\bnationwide\b", re.I)),
    (
        "provincial",
        re.compile(
            r"省级|省部级|全省|(?:^|\s)省(?=[一-鿿]{2})|省(?=五一|劳|先|工|模|总|级)|[一-鿿]{2}省|自治区级|\bprovincial\b"
        ),
    ),
    (
        "municipal",
        re.compile(
            r"市级|全市级|(?:^|\s)[一-鿿]{2,3}市(?=[一-鿿]{2})|(?<!省)[一-鿿]{2}市(?=五一|劳|先|工|模|级)|[一-鿿]{2}(?:级)(?=示范)|\bmunicipal\b|\bcity-level\b"
        ),
    ),
    ("county", re.compile(r"县级|区级|县区级|\bcounty[- ]level\b")),
    ("company", re.compile(r"企业级|企业(?=工匠学院)")),
)
_NARROWING = re.compile(
    r"示范性?|智能化|智慧|特色|新增|其中|首批|女职工|女性|农民工|新就业形态|线上|线下|最美|优秀|标准化|共享|流动|24小时|精品|星级|模范|高级|困难|新建|非公|百人以上|社会组织|小微|一线|人均|一季度|二季度|三季度|上半年|年均|月均|单位(?=GDP|生产总值|能耗)|全村|全镇|全乡|全街道"
)

NARROWER = re.compile(
    r"示范|智能|智慧|特色|最美|标准化|女职工|女性|农民工|线上|线下|流动|24小时|星级|首批|人均|季度|上半年|全村|全镇|全乡|全街道"
)
_REQUIRED = re.compile(r"示范|智能|智慧|农民工|新就业形态|女职工|女性|线上|线下|最美|困难|一季度|上半年|人均")
_WHICH_CITY = re.compile(r"[哪各每几][个些座]?市|全市(?!级)")  # 哪个市工匠学院最多, 全市职工: no municipal one is asked
_GROUPS = re.compile(r"女职工|女性|农民工|新就业形态|困难职工|社会组织|小微企业|非公")


def levels_of(text: str) -> frozenset[str]:
    """The administrative levels that `text` names."""
    text = spoken_levels(_WHICH_CITY.sub("", text))
    return frozenset(name for name, pattern in _LEVELS if pattern.search(text))


def unit_fit(question: Question, figure: Figure) -> float:
    asked, unit = question.unit, figure.unit
    if asked is None:
        wants_amount = question.intent in {"figure", "compare", "rank", "difference", "ratio", "total"}
        return -0.3 if unit in {"%", "个百分点"} and wants_amount else 0.0
    if asked == unit:
        return 0.1
    if asked == "%" and unit == "个百分点":
        return -0.15  # a distance between two rates, not the rate
    if asked == "个" and not other_kind(asked, unit):
        return 0.03 if same_class(asked, unit) else -0.03  # 个 counts nearly anything
    if (asked == "%") != (unit == "%"):
        return -0.45
    if same_class(asked, unit):
        return 0.05
    return -0.28


def level_fit(question: Question, terms: Sequence[Term], figure: Figure, text: str) -> float:
    words = " ".join(term.text for term in terms)
    asked = levels_of(f"{without_cities(question)} {words}" if terms is question.terms else words)
    printed = levels_of(" ".join((*figure.scope, figure.label)))
    if not printed:
        near = text[max(figure.clause.start, figure.span.start - 14) : figure.span.start]
        printed = levels_of(near) if asked else frozenset()
    if asked and printed:
        return 0.12 if asked & printed else -0.3
    if asked:
        return -0.12
    return -0.05 if printed else 0.0


_ABOVE = re.compile(r"以上|以下|above|or higher")


def other_level(question: Question, terms: Sequence[Term], figure: Figure, text: str) -> bool:
    """Whether a level is asked (省级) and the figure is of another one (市级), or of none that is told."""
    asked = levels_of(f"{without_cities(question, honours=True)} {' '.join(term.text for term in terms)}")
    if not asked or _RANKED.search(question.text) or _ABOVE.search(question.text):
        return False
    printed = levels_of(" ".join((*figure.scope, figure.label)))
    near = levels_of(f"{figure.head or ''} {text[figure.sentence.start : figure.clause.end]}")
    return not asked & (printed or near) and bool(printed or asked <= {"provincial", "county"})


def without_cities(question: Question, *, honours: bool = False) -> str:
    """The question without its cities: of 保山市 only an honour (保山市劳动模范) is of the city's level by that name.

    With `honours` these are taken out as well.
    """
    text = to_simplified(question.text)
    for city in question.cities:
        text = re.sub(re.escape(city.name) + ("" if honours else f"(?!{_HONOUR})"), "，", text)
    return text


_HONOUR = r"(?:五一|劳动模范|劳模|先进|工人先锋|模范|工匠(?!学院)|金牌|标兵)"


def asks_target(question: Question) -> bool:
    """Whether the question asks for what is planned, not for what was reached."""
    text = to_simplified(question.text)
    return bool(_ASKS_TARGET.search(text)) and not _ASKS_RESULT.search(text)


def asks_past(question: Question) -> bool:
    """Whether the question asks for what was done (去年开通了哪些), so that what is planned answers nothing."""
    text = to_simplified(question.text)
    return bool(_ASKS_PAST.search(text)) and not asks_target(question)


def asks_of_lacks(question: Question) -> bool:
    """Whether the question asks for what is wanting: problems, gaps, difficulties."""
    return bool(_ASKS_LACKS.search(to_simplified(question.text)))


def tells_of_lacks(sentence: str) -> bool:
    """Whether a sentence tells what is wanting (供给仍然不足), which nobody means who asks what was done."""
    return bool(_LACKS.search(sentence))


_ASKS_PAST = re.compile(r"去年|上年|前年|过去|[五一]年来|已经|\blast year\b|\bdid\b|\balready\b", re.I)
_ASKS_LACKS = re.compile(
    r"问题|不足|短板|困难|差距|挑战|压力|薄弱|欠缺|难[点题]|没做好|problem|challenge|difficult|weak|lack|shortcoming",
    re.I,
)
_LACKS = re.compile(
    r"(?:仍|还)(?:然|需|有)?(?:不足|不够|不高|不强|不优|存在|较多|突出)|短板(?:仍|较|明显|突出|依然|不少)|(?:供给|保障|发展|投入|动力|能力|意识)不(?:足|充分|平衡|够|强)|"
    r"有待(?:进一步)?(?:提高|提升|加强|改善|优化)|亟[待需]|欠账|清醒(?:地)?(?:看到|认识)|压力(?:较|依然|仍)|尚有差距|任重道远"
)


def kind_fit(question: Question, figure: Figure, report: Report) -> float:
    """Results answer questions about results, targets those about targets; a report that is a plan has only targets."""
    if report.profile.kind == "plan" or figure.kind == "unknown":
        return 0.0
    if asks_target(question) or _is_planned(question, report):
        return 0.15 if figure.kind == "target" else -0.25
    return -0.25 if figure.kind == "target" else 0.0


def _is_planned(question: Question, report: Report) -> bool:
    """Whether the years asked lie behind those that the report reviews, so that it can only plan them."""
    last = report.profile.period.end
    return bool(question.years) and last is not None and all(year > last for year in question.years)


def verb_fit(question: Question, figure: Figure) -> float:
    """A little for a figure of the same doing (建了 - 建成), a little against another doing (提升)."""
    asked = doings_in(question.text)
    if not asked or not figure.verb:
        return 0.0
    done = doings_in(figure.verb)
    if not done:
        return 0.0
    return 0.07 if asked & done else -0.07


def aspect_fit(question: Question, figure: Figure, text: str) -> float:
    """已 in the question is met by 已 in the clause: of a set and its done part, the done part is asked."""
    return 0.14 if re.search(r"已|already", question.text) and "已" in figure.clause.of(text) else 0.0


def done_part_fit(question: Question, figure: Figure, neighbours: Sequence[Figure], text: str) -> float:
    """Of a set (建议1200条) and the part of it that was done (采纳900条), the part is meant only where it is asked for."""
    whole = any(
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
    if any(sign in asked for sign in done) or doings_in(done) & doings_in(asked) or _DONE.search(asked):
        return 0.0
    return -0.3 if done else 0.0


_DONE = re.compile(
    r"已|了[^？?]|过|实际|真正|落实|落地|其中|already|actually|succe|success|carried|implement|of (?:them|these|which)",
    re.I,
)


def mean_fit(question: Question, figure: Figure, text: str) -> float:
    """Where an average is asked, one that is printed as such (年均, 人均) comes first."""
    asked = re.search(r"平均|年均", to_simplified(question.text))
    return 0.12 if asked and re.search(r"[年人户月平]均", figure.clause.of(text)) else 0.0


def stock_fit(question: Question, figure: Figure, text: str) -> float:
    """How many there are (总数, 现有) is told apart from how many were added (新增)."""
    asked = question.text
    before = text[figure.clause.start : figure.span.start]
    added = figure.verb in _ADDED or figure.label.startswith(_ADDED) or "新增" in figure.scope
    added = added or bool(_NEWLY.search(before))
    over_years = figure.period.start != (figure.period.end or figure.period.start)
    summed = "累计" in figure.scope and not (over_years and not _ASKS_SUM.search(asked))
    total = figure.label.endswith(("总数", "总量")) or summed
    if _ASKS_ADDED.search(asked):
        return -0.1 if total and not added else 0.0
    if _ASKS_STOCK.search(asked):
        return (0.14 if total else 0.0) - (0.15 if added and not total else 0.0)
    compared = question.intent in {"compare", "rank", "difference", "ratio", "total"}
    if compared:  # whoever asks which city has more means how many there are
        return 0.14 if total else -0.04 if added else 0.0
    return 0.05 if total else 0.0


def holder_fit(question: Question, figure: Figure) -> float:
    """A figure of a county or district of the city (某县经济总量) is not the city's, unless it is asked for."""
    text = to_simplified(question.text)
    return -0.25 if any(name not in text for name in _counties_in(figure.label)) else 0.0


@lru_cache(maxsize=8192)
def _counties_in(label: str) -> tuple[str, ...]:
    return tuple(place.short for _, place in find_places(label) if place.level in {"county", "district"})


def start_fit(question: Question, figure: Figure, text: str) -> float:
    """Where a number rose from (由9户增加到12户, 上年9户) is not what it is now."""
    rises = rises_from(figure, text)
    before = figure.period.label in {"上年", "去年同期", "上年同期"} and "上年" not in question.text
    return -0.2 if rises or before else 0.0


def rises_from(figure: Figure, text: str) -> bool:
    """Whether a number is the one that a change began at (由9户增加到12户: 9户)."""
    began = _FROM.search(text, max(0, figure.clause.start - 1), figure.span.start)
    return bool(began and _TO.match(text, figure.span.end))


_ADDED = ("新增", "净增", "减少", "新发展", "新建", "增加", "新登记", "新设立", "新注册")
_NEWLY = re.compile(r"新(?:登记|增|设立|注册|发展|建(?!成)|签约)|净增")
_ASKS_ADDED = re.compile(r"新增|净增|增加|减少|新发展|新建|新成立|新开|add|new\b", re.I)
_ASKS_SUM = re.compile(r"累计|总共|一共|共|以来|[三四五几]年|至今|目前|现在|in total|altogether", re.I)
_ASKS_STOCK = re.compile(
    r"总数|总共|一共|共有|累计|现在|目前|已有|拥有|现有|达到|总量|有(?:多少|几)|是多少|in total|altogether|now\b|are there",
    re.I,
)
_FROM = re.compile(
    r"[由从](?:上年|去年|年初|原来|以前|(?:19|20)\d\d年(?:末|底)?|“?十[一二三四五]五”?末)?的?(?:[\d.,]+[万亿]?[一-鿿%％]{1,4}、)?\s*$"
)
_TO = re.compile(
    r"(?:、[\d.,]+[万亿]?[一-鿿%％]{1,4}?)?\s*(?:预计)?(?:分别)?(?:增加|提高|扩大|增长|减少|下降|上升|发展|提升|扩展|壮大|增至|增|升|降)[到至为]"
)


def step_fit(figure: Figure, neighbours: Sequence[Figure], text: str) -> float:
    """A mark that was passed (突破2000亿元、达2010.9亿元) says less than the number reached."""
    if figure.qualifier != "超":
        return 0.0
    after = next((one for one in neighbours if 0 <= one.span.start - figure.span.end <= 10), None)
    reached = after is not None and after.unit == figure.unit and "达" in text[figure.span.end : after.span.start]
    return -0.1 if reached else 0.0


def year_fit(question: Question, figure: Figure, report: Report) -> float:
    own, period = report.profile.period, figure.period
    if not question.years and period.end is not None and own.end is not None and period.end < (own.start or own.end):
        return -0.15  # a base that the report compares with
    if not question.years:
        return _length_fit(question, figure, report)
    if period.start is None:
        return 0.0
    end = period.end or period.start
    if not any(period.start <= year <= end for year in question.years):
        return -0.2
    return 0.12 if period.start == end else 0.04


def _length_fit(question: Question, figure: Figure, report: Report) -> float:
    """Against a span where a year is asked (去年), or a year where a span is, in a report that tells of both.

    Where the question says neither, its last year is meant a little rather than all of them.
    """
    own, period = report.profile.period, figure.period
    if own.start is None or own.end is None or own.start == own.end or period.start is None:
        return 0.0
    text, one_year = to_simplified(question.text), period.start == period.end
    if _ASKS_SPAN.search(text):
        return -0.1 if one_year else 0.0
    return 0.0 if one_year else -0.1 if _ASKS_YEAR.search(text) else -0.05


_ASKS_SPAN = re.compile(r"[三四五几]年|十[一二三四五]五|累计|以来|任期|本届|past \w+ years|since", re.I)
_ASKS_YEAR = re.compile(r"去年|上年|全年|一年|当年|年度|last year", re.I)


_ASKS_RATE = re.compile(r"率|比例|占比|比重|增|降|涨|rate|share|percent|grow|proportion", re.I)


def other_year(question: Question, figure: Figure) -> bool:
    """Whether a figure is of one year and other years are asked: it answers nothing, however well its words fit."""
    period = figure.period
    if not question.years or period.start is None:
        return False
    if figure.kind == "target":  # told with its year where no result is printed, but not for a year long gone
        return period.start - 1 > max(question.years)
    if period.start == (period.end or period.start):
        return period.start not in question.years
    # The growth over some years is neither the amount nor the growth of one of them.
    return figure.unit in {"%", "个百分点"} and question.unit != "%" and not _ASKS_RATE.search(question.text)


def extra_of(
    question: Question, terms: Sequence[Term], figure: Figure, neighbours: Sequence[Figure], text: str
) -> tuple[str, ...]:
    """Narrowing words of the figure's label and scope that the question did not use."""
    asked = plain(" ".join((question.text, *(form for term in terms for form in (term.text, *term.forms, *term.near)))))
    label = " ".join((*figure.scope, figure.label, figure.head or "", _own_words(figure, neighbours, text)))
    return tuple(dict.fromkeys(word for word in _NARROWING.findall(label) if word and plain(word) not in asked))


def lacks(question: Question, figure: Figure, text: str) -> tuple[str, ...]:
    """Narrowing words of the question (新就业形态, 示范性) that neither the figure nor the clause before it has."""
    national = "national" in levels_of(question.text) and not _RANKED.search(question.text)
    if national and "national" not in levels_of(" ".join((figure.label, *figure.scope, figure.clause.of(text)))):
        return ("全国",)
    asked = {word for word in _NARROWING.findall(question.text) if _REQUIRED.search(word)}
    asked |= {
        group for term in question.terms if term.noun for group in ("新就业形态", "农民工") if group in term.forms
    }
    if not asked:
        return ()
    before = re.split(r"[，,；;。]", text[figure.sentence.start : figure.clause.start].rstrip("，,；; "))[-1]
    near = "".join((figure.label, figure.head or "", *figure.scope, figure.clause.of(text), before))
    return tuple(sorted(word for word in asked if word not in near and not re.search(_ALSO.get(word, word[:2]), near)))


_ALSO = {"女职工": "女", "女性": "女"}
_RANKED = re.compile(r"全国(?:第|排|前|率先|首|最|平均|性)|排名?|位[居列次]|national(?:ly)? (?:rank|average)", re.I)


def after_a_group(question: Question, figure: Figure, text: str) -> bool:
    """Whether the clause before speaks of a narrower group, so that the figure is probably of that group too."""
    before = text[figure.sentence.start : figure.clause.start].rstrip("，,；; ")
    last = re.split(r"[，,；;。]", before)[-1]
    named = f"{question.text} {' '.join(form for term in question.terms for form in term.forms)}"
    return any(word not in named for word in _GROUPS.findall(last))


def _own_words(figure: Figure, neighbours: Sequence[Figure], text: str) -> str:
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


_ASKS_TARGET = re.compile(
    r"打算|计划|目标|今年(?:还)?[要将会拟想得]|想(?:达到|要)|[要将拟](?=新增|新建|改造|减少|完成|引进|力争|超过?|评|招)|将(?:要|会)?|(?<![需主重必首次只不])要(?![求闻点素件么紧害])|准备|今后|未来|规划|预期|力争|下一步|明年|\bplan|\btarget|\bgoal|\bwill\b|\baim|intend|next (?:year|five)",
    re.I,
)
_ASKS_RESULT = re.compile(r"已经|已|完成(?:了|得|情况)|实现了|达到了|建成了|培养(?:出|了)|\balready\b|\bachieved\b")


GROUP_END = re.compile(r"[;；。！？!?\n]")  # where a group of clauses ends
_ENUMERATES = re.compile(r"内容(?:包括|涵盖|涉及)|包括总则")
_DATE = re.compile(r"\d{4}年|\d+月\d+日|\d+月|\d+日")


def group_of(text: str, figure: Figure) -> Span:
    """The stretch between semicolons or full stops around a figure."""
    start, end = figure.sentence.start, figure.sentence.end
    for match in GROUP_END.finditer(text, start, figure.clause.start):
        start = match.end()
    closing = GROUP_END.search(text, figure.clause.end, end)
    return Span(start, closing.start() if closing else end)


def answer_type(question: Question, sentence: str, passage: Passage) -> float:
    """A little for a sentence that holds the kind of thing asked for: a date for when, a person for who, a 县 for 哪个县."""
    if question.asks == "how" and _ENUMERATES.search(sentence):
        return -0.12  # a table of contents names things without saying how they are done
    fit = 0.0
    if question.asks == "when" or _ASKS_WHEN.search(question.text):
        fit += 0.08 if _DATE.search(sentence) else -0.08
    if question.asks == "who":
        fit += 0.12 if names_of_people(sentence) else -0.08
    if any(term.text == "署名" for term in question.terms) and passage.headings == ("署名",):
        fit += 0.15
    if _ASKS_NAME.search(question.text):
        fit += 0.12 if _has_a_name(question, sentence) else 0.0
    if asks_place(question):
        fit += 0.2 if ORDINAL.search(sentence) else -0.2
    kind = _kind_asked(question)
    if kind is not None and re.match(_PLACE_KIND, kind):
        there = [place.short for _, place in find_places(sentence) if place.level in {"county", "district"}]
        fit += 0.12 if any(name not in question.text for name in there) else -0.08
    if (named := _names_of_kind(question)) is not None:
        fit += 0.1 if any(name not in question.text for name in named.findall(sentence)) else -0.08
    signed = any(term.text == "署名" for term in question.terms) or question.asks in {"who", "when"}
    return fit - 0.15 if passage.headings == ("署名",) and not signed else fit


def asks_place(question: Question) -> bool:
    """Whether the place in a ranking is asked (在全国排第几)."""
    return bool(_ASKS_PLACE.search(to_simplified(question.text)))


_ASKS_PLACE = re.compile(
    r"第几[位名]?(?=[？?，,。呢吗的]|$)|排名?(?:第)?(?:多少|几)|位[列居次第](?:第)?几|名次|what (?:place|rank)|\brank\w* (?:in|among)",
    re.I,
)
ORDINAL = re.compile(
    r"第[\d一二三四五六七八九十]{1,4}(?:位|名)?(?=[，,、。；;”的之]|$)|首位|榜首|第一|前[\d一二三四五六七八九十]{1,3}(?:位|名|强)?|[\d一二三四五六七八九十]+强|排名"
)
"""How a report tells a place in a ranking: 居全省第6位, 重返地级市10强."""


def _kind_asked(question: Question) -> str | None:
    match = _WHICH_KIND.search(to_simplified(question.text))
    return match.group(1) if match else None


_PLACE_KIND = r"县|区(?!域)|旗"


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


_ASKS_WHEN = re.compile(r"什么时候|何时|哪一?天|哪一?年|几月|几号")
_WHICH_KIND = re.compile(r"哪一?(?:[个家所位座条支类种款部场]|些|几[个家所])?([一-鿿]{1,6})")
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
