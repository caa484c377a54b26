"""Tells for each sentence whether it speaks of results or of intentions, with the words that decided.

Headings and the turn from review to plan weigh most ("2024年工作回顾", "今年工作安排"), then the words of
the sentence. In doubt inside a plan the answer is `target`: a target told as a result is the worse
mistake. This module does not read figures and does not find the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.dates import find_periods
from assistant.models import Kind, Profile

# 将 as a future mark: after a subject or 必/还/也, or before a verb that takes no object put in front.
_WILL = (
    r"(?:必|还|也|都|即|仍|就|又|均|则)将|将(?:会|要|于|在|以|继续|进一步|持续|始终|坚持|深入|全力|努力|紧|认真|聚焦|聚力|不断|积极|"
    r"大力|加快|着力|重点|全面|坚定|牢牢|严格|按照|围绕|通过|立足|把|新建|新增|建设|建成|投入|举办|开展|组织|推进|推动|实施|启动|"
    r"突出|抓|力争|争取|迎来|完成|达到|实现|安排|锚定|秉持|充分|切实|更加|一如既往|带领|团结|统筹|出台|扩大|提升|打造|发挥|同|与)"
)
# 要 as "must": not inside 重要, 主要, 需要, 要求 ...
_MUST = (
    r"(?<![重主需首必紧只想不摘纪简概提切扼机])"
    r"要(?![求素点闻道件义领略紧害地案么约冲不是塞职])(?=[\u4e00-\u9fff，“])"
)
_LET_US = r"让我们(?:更加|一起|共同|携手|紧密|团结|高举|坚定|继续|不忘|在|以|为)"
_FUTURE = re.compile(
    rf"{_WILL}|{_MUST}|{_LET_US}|力争(?!取)|争取(?:到|在|用|实现|完成|达到|年内)|计划(?:在|于|到|用|投资|投入|新建|新增|建设|实施|完成|培|开展|组织|举办|打造|安排)|"
    r"拟(?:新建|建|投|安排|于|在)|今后(?!发展(?:积蓄|奠定|打下|夯实))|下一步|下一阶段|接下来|明年|未来[一二三四五六七八九十几\d]|(?:预期|奋斗)?目标(?:是|为|：|:)|确保(?:完成|实现|全|年|到)|"
    r"(?:为|朝着).{0,30}(?:而|不懈)?(?:努力)?奋斗[。！!]?$|(?:必须|务必|务求)|作出(?:新的)?更大贡献|作出(?:更大|新的|应有)(?:的)?贡献|"
    r"\bwill\b|\bplans? to\b|\baims? to\b|\bgoal\b|\btarget\b|\bshall\b"
)
_STRONG_FUTURE = re.compile(
    rf"{_WILL}|力争(?!取)|(?:预期|奋斗)?目标(?:是|为|：|:)|今后(?!的|发展(?:积蓄|奠定|打下|夯实))|下一步|下一阶段|接下来|明年(?!是)|未来[一二三四五六七八九十几\d]|{_LET_US}|拟(?:新建|建|投|安排)|"
    r"(?:我们|各级|全市|全县|全区|全州|政府|工会)(?:各级)?(?:工会|政府|组织|部门)?(?:，)?(?:还|也|都|仍|一定|务必|必须|更)?要(?![求素点闻道])|"
    r"\bwill\b|\bplans? to\b|\baims? to\b"
)
_PAST = re.compile(
    r"已经|已(?=[^经])|曾|了(?!解|如|然|望)|完成(?!率)|建成|达到|达(?=\d)|累计|以来|荣获|获(?:得|批|评|奖|全|省|国)|新增|先后|共(?=\d)|实现(?:了)?|"
    r"增长|提高|突破|超额|圆满|成功|位居|被(?:评|授|命|列|确|表)|得到|来自|同比|比上年|首次|胜利(?:闭幕|召开)|召开|印发|"
    r"\bwas\b|\bwere\b|\bhas been\b|\bhave been\b|\breached\b|\bcompleted\b"
)
# What counts as told of the past even inside a plan.
_STRONG_PAST = re.compile(
    r"已经|已(?:建|完|达|有|获|实|培|在|投|开|全)|以来|[一二三四五六七八九十几\d]年来|荣获|(?<![比较与同高于])(?:去年|上年)(?!同期|末)|过去(?:的)?(?:一年|[一二三四五六七八九十几\d]+年)|"
    r"(?:胜利|大会|会议)(?:闭幕|召开|开幕)|曾|圆满完成|(?:作出|带来|形成|取得|奠定|提出|积累)了|了[。；]?$"
)

_YET_TO_COME = re.compile(r"确保|今年|年内|加快|推进|继续|进一步|全面完成|推动|启动|开展|实施|打造|建设(?!成)")

_PLAN_HEADING = re.compile(
    r"(?:今年|明年|今后|下一步|下步|下一年|未来|下一阶段|下半年|新的?一年|来年|新一届(?:政府)?(?:的)?(?:工作|任务|目标|总体|奋斗))(?!以来|回顾).{0,16}|总体要求|(?:预期|奋斗)目标|"
    r"(?:重点|主要)?(?:工作|任务)(?:安排|部署|打算|建议|计划|思路)|(?:工作|基本|总体)思路|指导思想|(?:安排|打算|建议)$|愿景|努力方向|发展目标"
)
_REVIEW_HEADING = re.compile(
    r"回顾|总结|过去(?:的)?(?:一年|[一二三四五六七八九十\d]+年)|(?:去年|上年|前[一二三四五\d]年)|(?:[一二三四五\d]|几)年来|以来|(?:取得|主要|工作)(?:的)?(?:新)?(?:成绩|成就|成效|进展)|"
    r"完成情况|主要做法|工作情况|执行情况|实施情况|工作纪实|本届政府(?!.{0,6}(?:任务|目标))"
)
# What a sentence of a review holds, far more often than one of a plan.
# Whatever else such a heading names ("重点工作回顾", "回顾与展望"), it opens with the review.
_LOOKS_BACK = re.compile(
    r"了(?!解|望)|已|同比|增长\d|[比较]上年|达到?\d|荣获|累计|位居|[一五]年来|被评为|首次|顺利|圆满|新增.{0,8}\d|建成|完成"
)
# Headings that lean to a plan without saying so.
_LOOKS_AHEAD = re.compile(r"任务|确保|开启|新征程|全力|奋力|努力|加快|建设|谱写|打造|推进|奋进|蓝图|规划|展望")
_OPENING_WORDS = 24
_PARAGRAPH_AHEAD = re.compile(r"\W*(?:下一步|下一阶段|接下来|今后|新的一年|明年|未来)")
_ENOUGH_SENTENCES = 6
_PLAN_MARGIN = 0.14  # share of sentences that look back, less those that look ahead, below which a part plans
_AHEAD_SHARE = 0.2
_CLEAR_REVIEW = re.compile(r"回顾|总结(?!经验)|回眸|完成情况|执行情况|工作纪实")
# Annexes explain words; what they say is neither a result nor an intention.
_ANNEX = re.compile(
    r"名词(?:解释|注释|说明)|(?:有关|相关)(?:用语|词语|名词)|^(?:[一二三四五六七八九十]、)?(?:注释|注解|附件|附录|附注|附表)[：:\d一二三]?|用语(?:解释|说明)"
)
_FOOTNOTE = re.compile(
    r"^[\[【〔﹝［]\^?\s*(?:注\s*)?\d{1,3}\s*[\]】〕﹞］]|^\d{1,3}[.．、]\s*[^。：:]{2,24}[：:](?=是?指|即)"  # 28.雪亮工程：即…
)
_FORMALITY = re.compile(
    r"请(?:予|各位)?[^。]{0,20}审议|^(?:各位|同志们|尊敬的)[^。]{0,20}[：:！!]?$|向(?:大会|会议)[^。]{0,30}报告"
    r"|^[—－―\-─\s]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日在[^。]{4,40}(?:会议|大会)上$"
    r"|^[（(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[）)]?$"
)
# Sentences with which a report turns from review to plan without a heading.
_TURN_TO_PLAN = re.compile(
    r"^(?:[一二三四五六七八九十]、)?(?:今年|明年|(?:20\d\d)年).{0,12}(?:是.{0,60}(?:之年|一年|年份|年)|(?:政府)?工作的(?:总体|基本|指导|主要)|(?:全市|全州|全县|全区)?经济社会发展(?:的)?(?:主要)?(?:预期)?目标)|"
    r"(?:政府|全年)?工作的(?:总体(?:要求|思路)|指导思想|基本思路|总要求)(?:是|：|:)|主要(?:预期|奋斗)?目标(?:是|为|：|:|建议)|重点(?:抓好|做好|做|抓)(?:以下|好)"
)
_OWNS_UP = re.compile(
    r"(?:清醒|客观|深刻|冷静)(?:地)?(?:认识|看到|意识)|也要看到|还要看到|(?:存在|面临)(?:着)?[^。]{0,20}(?:问题|困难|不足|差距|挑战)"
)
_WILL_MEND = re.compile(
    r"(?:将|必须|一定|务必|高度重视|正视|对此)[^。]{0,60}(?:解决|克服|改进|应对|整改|化解|破解|努力)[^。]{0,12}[。！!]?$"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What the part of a report around a sentence is about, and the words that say so."""

    kind: Kind = "unknown"
    cue: str | None = None
    clear: bool = False  # whether the heading's own words say so


def section_of(headings: Sequence[str], profile: Profile) -> Section | None:
    """Whether a heading path clearly opens a review, a plan or an annex; None where its words do not say.

    The outermost heading that says anything decides: "二、2025年工作安排 > （一）回顾" stays a plan. A
    section of kind `unknown` is one that tells neither (an annex).
    """
    for heading in headings:
        if _ANNEX.search(heading):
            return Section("unknown", heading, clear=True)
        kind = _kind_of_heading(heading, profile)
        if kind is not None:
            return Section(kind, heading, clear=True)
    return None


def section_by_content(
    heading: str | None, sentences: Sequence[str], profile: Profile, before: Section | None
) -> Section | None:
    """What a part whose heading does not say is about, judged by how many of its sentences look back or ahead.

    The marks were measured on the parts of 150 government reports whose headings do say. What follows a
    plan stays a plan: reports do not turn back, and a target must not pass for a result.
    """
    if before is not None and before.kind == "target":
        return before
    if not sentences or not _is_review(profile):
        return before
    back = sum(1 for sentence in sentences if _LOOKS_BACK.search(sentence)) / len(sentences)
    ahead = sum(1 for sentence in sentences if _FUTURE.search(sentence)) / len(sentences)
    if profile.body == "人民政府" and before is not None:
        margin = _PLAN_MARGIN * (2 if heading and _LOOKS_AHEAD.search(heading) else 1)
        plans = len(sentences) >= _ENOUGH_SENTENCES and back - ahead < margin
    else:
        plans = ahead > max(_AHEAD_SHARE, back)
    if plans:
        return Section("target", heading)
    return before or Section("achieved", heading)


def turns_to_plan(sentence: str, profile: Profile) -> str | None:
    """The words with which a sentence opens the plan of a report that has no headings, if it does."""
    match = _TURN_TO_PLAN.search(sentence[:120])
    if match is None:
        return None
    year = re.search(r"20\d\d", match.group())
    if year and profile.period.end is not None and int(year.group()) <= profile.period.end:
        return None
    return match.group()


def ends_review(paragraph: str) -> str | None:
    """The words with which a paragraph that owns up to problems promises to mend them, the last of a review."""
    match = _WILL_MEND.search(paragraph) if _OWNS_UP.search(paragraph) else None
    return match.group() if match is not None else None


def section_of_paragraph(sentence: str, profile: Profile) -> Section | None:
    """What the opening words of a paragraph make of it: "五年来，…" inside a plan, "下一步，…" inside a review."""
    opening = sentence[:_OPENING_WORDS]
    periods = [(span, period) for span, period in find_periods(sentence) if span.start < _OPENING_WORDS // 2]
    if profile.kind == "plan":
        back = [
            span.of(sentence)
            for span, period in periods
            if period.kind in ("years", "since") and period.start is None and not period.label.startswith("“")
        ]
        return Section("achieved", back[0]) if back and not _FUTURE.search(sentence) else None
    ahead = _PARAGRAPH_AHEAD.match(opening)
    if ahead:
        return Section("target", ahead.group())
    future = [span.of(sentence) for span, period in periods if period.kind == "future"]
    return Section("target", future[0]) if future else None


def tell(
    sentence: str,
    headings: Sequence[str],
    profile: Profile,
    *,
    section: Section | None = None,
    closing: bool = False,
) -> tuple[Kind, str | None]:
    """Whether the sentence tells of a result or an intention, and the words that decided it.

    `section` is what the surrounding part is (default: read from the headings); `closing` marks the
    last paragraph of a review, where reports look ahead.
    """
    if section is None:
        section = section_of(headings, profile) or Section("unknown", None)
    if section.kind == "unknown" and section.cue is not None:
        return "unknown", section.cue
    note = _FOOTNOTE.match(sentence)
    if note:
        return "unknown", note.group()
    formality = _FORMALITY.search(sentence)
    if formality and is_formality(sentence):
        return "unknown", formality.group()
    if section.kind == "target" or (section.kind == "unknown" and profile.kind == "plan"):
        return _in_plan(sentence, section, profile)
    strong = _STRONG_FUTURE.search(sentence)
    if section.kind == "achieved" or _is_review(profile):
        return _in_review(sentence, strong, section, profile, closing)
    past, future = _PAST.search(sentence), strong or _FUTURE.search(sentence)
    if future and (strong or not past):
        return "target", future.group()
    if past and not future:
        return "achieved", past.group()
    return "unknown", None


def is_formality(sentence: str) -> bool:
    """Whether a sentence is one of those with which every report opens and closes (请予审议)."""
    return len(sentence) < 120 and _FORMALITY.search(sentence) is not None


def _in_plan(sentence: str, section: Section, profile: Profile) -> tuple[Kind, str | None]:
    future = _FUTURE.search(sentence)
    past = _STRONG_PAST.search(sentence)
    if past and not future and not _YET_TO_COME.search(sentence) and _speaks_of_the_past(sentence, profile):
        return "achieved", past.group()
    if future:
        return "target", future.group()
    earlier = _earlier_year(sentence, profile)
    if earlier:
        return "achieved", earlier
    return "target", section.cue or profile.period.label


def _earlier_year(sentence: str, profile: Profile) -> str | None:
    """The printed year of a sentence in a plan document that speaks only of years before the plan."""
    start = profile.period.start
    if profile.kind != "plan" or start is None or _YET_TO_COME.search(sentence):
        return None
    named = [(span, period.end) for span, period in find_periods(sentence) if period.kind in ("year", "years")]
    if named and all(end is not None and end < start for _, end in named):
        return named[0][0].of(sentence)
    return None


def _in_review(
    sentence: str, strong: re.Match[str] | None, section: Section, profile: Profile, closing: bool
) -> tuple[Kind, str | None]:
    if strong and not (_PAST.search(sentence) and _is_object_marker(sentence, strong)):
        return "target", strong.group()
    if closing:
        future = _FUTURE.search(sentence)
        if future:
            return "target", future.group()
    past = _PAST.search(sentence)
    if past:
        return "achieved", past.group()
    return "achieved", section.cue or profile.period.label


def _is_object_marker(sentence: str, mark: re.Match[str]) -> bool:
    """Whether 将 only puts an object in front (将 … 纳入 …), as 把 does."""
    return (
        mark.group().startswith("将")
        and re.search(r"将.{2,30}(?:纳入|作为|打造成|列入|建设成|升级|转化为|由)", sentence) is not None
    )


def _speaks_of_the_past(sentence: str, profile: Profile) -> bool:
    """Whether the periods that the sentence names, if any, lie before the plan."""
    ends = [period.end for _, period in find_periods(sentence) if period.end is not None]
    limit = profile.period.start
    return limit is None or not ends or max(ends) < limit


def _is_review(profile: Profile) -> bool:
    return profile.kind in ("work report", "news") and profile.period.kind in ("year", "years", "since")


def _kind_of_heading(heading: str, profile: Profile) -> Kind | None:
    review, plan = _REVIEW_HEADING.search(heading), _PLAN_HEADING.search(heading)
    if _CLEAR_REVIEW.search(heading) or (review and not (plan and plan.start() < review.start())):
        return "achieved"
    end = profile.period.end
    years = [int(year) for year in re.findall(r"(?<![\d—-])20\d\d(?![\d—-])", heading)]
    if end is not None and years and (max(years) > end or not plan):
        return "target" if max(years) > end else "achieved"
    starts = [period.start for _, period in find_periods(heading) if period.kind == "years" and period.start]
    if end is not None and starts and min(starts) > end:  # the next five-year plan
        return "target"
    return "target" if plan else None
