"""How well a figure fits a question beyond its words: unit, level, doing, result or target, year, narrowing.

Pure; each function gives a bonus or a malus that `pick` adds up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.picking.levels import RANKED, levels_of
from assistant.answering.picking.surroundings import own_words
from assistant.answering.picking.zones import plain
from assistant.language.doings import doings_in
from assistant.language.measure_words import other_kind, same_class
from assistant.language.places import find_places
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import Figure, Question, Report, Term

_NARROWING = re.compile(
    r"示范性?|智能化|智慧|特色|新增|其中|首批|女职工|女性|农民工|新就业形态|线上|线下|最美|优秀|标准化|共享|流动|24小时|精品|星级|模范|高级|困难|新建|非公|百人以上|社会组织|小微|一线|人均|一季度|二季度|三季度|上半年|年均|月均|单位(?=GDP|生产总值|能耗)|全村|全镇|全乡|全街道"
)

NARROWER = re.compile(
    r"示范|智能|智慧|特色|最美|标准化|女职工|女性|农民工|线上|线下|流动|24小时|星级|首批|人均|季度|上半年|全村|全镇|全乡|全街道"
)
_SMART = re.compile(r"(?<!人工)智能(?=[一-鿿]{0,2}[站屋园房柜])")  # 智能驿站, which reports print as 智能化
_REQUIRED = re.compile(r"示范|智能|智慧|农民工|新就业形态|女职工|女性|线上|线下|最美|困难|一季度|上半年|人均")


def unit_fit(question: Question, figure: Figure) -> float:
    asked, unit = question.unit, figure.unit
    if asked is None:
        wants_amount = question.intent in {"figure", "fact", "compare", "rank", "difference", "ratio", "total"}
        return -0.3 if unit in {"%", "个百分点"} and wants_amount else 0.0
    if asked == unit:
        return 0.1
    if not unit and asked != "%":
        return -0.03  # 65.6万贫困人口: none is printed
    if asked == "%" and unit == "个百分点":
        return -0.15  # a distance between two rates, not the rate
    if asked == "个" and not other_kind(asked, unit):
        return 0.03 if same_class(asked, unit) else -0.03  # 个 counts nearly anything
    if (asked == "%") != (unit == "%"):
        return -0.45
    if same_class(asked, unit) or (asked == "家" and unit == "户" and _FIRMS.search(figure.label)):
        return 0.05
    return -0.28


_FIRMS = re.compile(r"企业|公司|商户|主体|工商户")


def asks_target(question: Question) -> bool:
    """Whether the question asks for what is planned, not for what was reached."""
    text = to_simplified(question.text)
    target = _ASKS_TARGET.search(text)
    return target is not None and not _ASKS_RESULT.search(text) and not _ASKS_DONE_FIRST.search(text, 0, target.start())


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


_FINISHED = re.compile(r"[盖建修造完]好|建成|完工|竣工|盖完|修完")


def verb_fit(question: Question, figure: Figure) -> float:
    """A little for a figure of the same doing (建了 - 建成), a little against another doing (提升)."""
    if _FINISHED.search(question.text) and figure.verb:  # 盖好了多少: not how many were begun
        return (
            0.1 if re.search(r"成|竣|完", figure.verb) else -0.2 if figure.verb.startswith(("开工", "新开工")) else 0.0
        )
    asked = doings_in(question.text)
    if not asked or not figure.verb:
        return 0.0
    done = doings_in(figure.verb)
    if not done:
        return 0.0
    return 0.07 if asked & done else -0.07


def example_fit(terms: Sequence[Term], figure: Figure, text: str) -> float:
    """A little against a figure of several things of which the one asked is an example (投入1亿元开展甲、乙、丙等活动)."""
    behind = text[figure.span.end : figure.clause.end]
    listed, _, _ = behind.rpartition("等")
    if listed.count("、") < 1:
        return 0.0
    forms = [form for term in terms if term.noun for form in (term.text, *term.forms)]
    inside = any(form in listed for form in forms)
    return -0.12 if inside and not any(form in figure.label for form in forms) else 0.0


def mean_fit(question: Question, figure: Figure, text: str) -> float:
    """Where an average is asked, one that is printed as such (年均, 人均) comes first."""
    asked = re.search(r"平均|[年月日]均|每[年月日]|一年", to_simplified(question.text))
    if not asked:  # 平均每年脱贫10万人 does not tell how many there were
        return -0.3 if re.search(r"平均每[年月日]|[年月]均(?!增|提|上|下|降)", figure.label) else 0.0
    return 0.12 if re.search(r"[年人户月平]均", figure.clause.of(text)) else 0.0


def holder_fit(question: Question, figure: Figure) -> float:
    """A figure of a county or district of the city (某县经济总量) is not the city's, unless it is asked for."""
    text = to_simplified(question.text)
    return -0.25 if any(name not in text for name in _counties_in(figure.label)) else 0.0


@lru_cache(maxsize=8192)
def _counties_in(label: str) -> tuple[str, ...]:
    return tuple(
        place.short
        for span, place in find_places(label)
        if place.level in {"county", "district"} and not _FEATURE.match(label, span.end)
    )


_FEATURE = re.compile(
    r"[大小]?(?:沙[地漠]|草[原场]|山|河|湖|江|湿地|平原|盆地|森林|林[区场]|水库|大桥|高速|铁路|机场|古[城镇])"
)
_UNITS_OF_A_CITY = re.compile(
    r"(?:综保区|综合保税区|保税港?区|开发区|高新区|经开区|园区|工业园|产业园|自贸区|试验区|港区|口岸|公司|集团)(?=[一-鿿])"
)


_SECTORS = re.compile(
    r"(?:农林牧渔业|[农林渔]业|畜牧业|种植业|养殖业|工业|建筑业|制造业|服务业|房地产业?|物流业|餐饮业?|住宿业?|会展业|金融业|零售业|批发业|采矿业|第[一二三]产业)"
    r"(?=(?:总|营业)?(?:生产总值|总?产值|增加值|投资|收入|利润|税收))"
)


def of_a_part(question: Question, figure: Figure) -> bool:
    """Whether a figure is of a part of the city that the question does not speak of.

    A zone, a port, a firm (某园区外贸额), or a sector (农业生产总值 where 生产总值 is asked).
    """
    said = _said(question)
    part, sector = _UNITS_OF_A_CITY.search(figure.label), _SECTORS.search(figure.label)
    return (part is not None and part[0][-2:] not in said) or (sector is not None and sector[0][:2] not in said)


@lru_cache(maxsize=1024)
def _said(question: Question) -> str:
    return to_simplified(question.text) + " ".join(form for term in question.terms for form in term.forms)


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
    if own.kind == "since" and not _ASKS_SPAN.search(to_simplified(question.text)):
        compared = question.intent in {"compare", "rank", "difference", "ratio", "total"}
        return -0.1 if compared and period.start is None else 0.0
    if own.start is None or own.end is None or own.start == own.end or period.start is None:
        return 0.0
    text, one_year = to_simplified(question.text), period.start == period.end
    if _ASKS_SPAN.search(text):
        return -0.1 if one_year else 0.0
    compared = question.intent in {"compare", "rank", "difference", "ratio", "total"}
    return 0.0 if one_year else -0.1 if compared or _ASKS_YEAR.search(text) else -0.05


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
    label = " ".join((*figure.scope, figure.label, figure.head or "", own_words(figure, neighbours, text)))
    return tuple(dict.fromkeys(word for word in _NARROWING.findall(label) if word and plain(word) not in asked))


def lacks(question: Question, figure: Figure, neighbours: Sequence[Figure], text: str) -> tuple[str, ...]:
    """Narrowing words of the question (新就业形态, 示范性) that neither the figure nor the clause before it has."""
    national = "national" in levels_of(question.text) and not RANKED.search(question.text)
    if national and "national" not in levels_of(" ".join((figure.label, *figure.scope, figure.clause.of(text)))):
        return ("全国",)
    asked = {word for word in _NARROWING.findall(question.text) if _REQUIRED.search(word)}
    asked |= set(_SMART.findall(question.text))
    asked -= _met_by_a_name(question, asked, text[figure.sentence.start : figure.span.start], figure, neighbours)
    asked |= {
        group for term in question.terms if term.noun for group in ("新就业形态", "农民工") if group in term.forms
    }
    if not asked:
        return ()
    before = re.split(r"[，,；;。]", text[figure.sentence.start : figure.clause.start].rstrip("，,；; "))[-1]
    near = "".join((figure.label, figure.head or "", *figure.scope, figure.clause.of(text), before))
    return tuple(sorted(word for word in asked if word not in near and not re.search(_ALSO.get(word, word[:2]), near)))


def _met_by_a_name(
    question: Question, words: set[str], before: str, figure: Figure, neighbours: Sequence[Figure]
) -> set[str]:
    """The words that are only a part of a name (智慧工会) under which the sentence tells the figure, and that counts nothing."""
    labels = [one.label for one in (*neighbours, figure)]
    names = {
        term.text: form
        for term in question.terms
        if term.noun and len(term.forms) > 1
        for form in term.forms
        if form in _bare_words(before) and not any(form in label for label in labels)
    }
    return {word for word in words if any(word in name and word != name for name in names)}


def _bare_words(text: str) -> str:
    return re.sub(r"[“”‘’《》\"]", "", text)


_ALSO = {"女职工": "女", "女性": "女"}


_ASKS_TARGET = re.compile(
    r"打算|计划|目标|今年(?:还)?[要将会拟想得]|想(?:达到|要)|[要将拟](?=新增|新建|改造|减少|完成|引进|力争|超过?|评|招)|将(?:要|会)?|(?<![需主重必首次只不])要(?![求闻点素件么紧害回到来])(?!(?:花|等|用)?(?:几|多少|多久)(?:天|日|个?小时|分钟|个?工作日|钱|元|时间|年|个月|久|[？?]))|准备|今后|未来|规划|预期|力争|下一步|明年|今年的?.{0,10}任务(?:是|有|为|量)|\bplan|\btarget|\bgoal|\bwill\b|\baim|intend|next (?:year|five)",
    re.I,
)
_ASKS_DONE_FIRST = re.compile(r"了(?:多少|几)[^，,；;。？?]*[，,；;。？?]")  # 甲建了多少，乙打算建多少
_ASKS_RESULT = re.compile(r"已经|已|完成(?:了|得|情况)|实现了|达到了|建成了|培养(?:出|了)|\balready\b|\bachieved\b")


def quoted_fit(terms: Sequence[Term], group: str) -> float:
    """A little more for a figure beside a name that the question quotes than for one in the next clause but one."""
    quoted = [term for term in terms if term.quoted and not term.carried]
    whole = [
        term for term in quoted if not any(term.text != other.text and term.text in other.text for other in quoted)
    ]
    return 0.08 if any(form in group for term in whole for form in (term.text, *term.forms)) else 0.0


def stated_fit(question: Question, figure: Figure) -> float:
    """More for the figure whose number the question states (是350万还是不到), since it is asked about that print."""
    if not question.premise or figure.value is None:
        return 0.0
    return 0.2 if any(value == figure.value for value, _ in _stated_in(question.text)) else 0.0


@lru_cache(maxsize=64)
def _stated_in(text: str) -> tuple[tuple[float, str], ...]:
    found = find_quantities(to_simplified(text))
    return tuple((one.value, one.unit) for one in found if one.value is not None and one.value >= _TELLING)


_TELLING = 100  # a stated number that hardly stands beside another thing by chance
