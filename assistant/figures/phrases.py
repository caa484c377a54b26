"""Reads the words beside a number: what is counted, what is done with it, what leads to it.

Works on one clause at a time with a word list (`language/data/figure_verbs.tsv`) and rjieba's word
boundaries. Which of two candidates a number belongs to is decided in `binding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.figures.words import Word, classes, cut, is_act, is_compound_tail, is_measure_tail, tail_patterns

# Verbs that set somebody else to work: what is counted belongs to the verb after them.
_PIVOTS = re.compile(
    r"带动|帮助|组织|引导|支持|指导|动员|推动|促成|促进|吸引|助力|依托|协助|鼓励|发动|撬动|拉动|促使|推进|牵头|联合|"
    r"会同|使|让|惠及"
)
_STATES = frozenset({"实现", "确保", "完成", "推动", "带动", "提升", "促进"})  # 实现满意率: these take a rate as object
_LEAD = re.compile(
    r"^(?:[\s、,，:：;；—·•]|\d{1,2}[.．、](?!\d)|以及|和(?![谐平])|及(?!时)|与(?!会)|并(?!购)|另有|另外?|还(?!款)|又|再(?![生就])|也|已经?|共计|总计|合计|共(?![享同建青])|包括|包含|涵盖|"
    r"全部|分别|(?<![年月日人户])均(?!衡)|其中|总?累计|预计|力争|争取(?=[在到全实新])|计划|拟|将|先后|成功(?!率)|顺利|圆满|大力|积极|"
    r"深入(?=开展|推进|实施|贯彻|学习|落实|排查|挖掘)|扎实|持续|继续|进一步|常态化(?=开展|推进|实施|组织|举办)|率先|相继|陆续|统筹(?=推进|实施)|"
    r"(?:全面|切实|着力|加快|重点|有序|有效|稳步|广泛|深入|主动|认真)(?=做好|推进|完成|落实|实施|建成|启动|开展|推行|培育|"
    r"打造|建设|发展|抓好|办好|引进|整治|排查|解决|培训|组织|举办|推广|养护|修复|改造)|"
    r"新(?=发展|培育|认定|引进|组建|成立|命名|授牌|评选|改扩建|建成|获批|入库|登记)|基本(?=建成|完成|竣工|形成)|中(?=$)|了|着|过(?=[了的])|的(?=[\u4e00-\u9fff])|年内|全年|"
    r"当年|今年(?:以来)?|去年(?:以来)?|上半年|截至目前|目前|[五一]年来|期间|每年|每月|每季度|每周|线上线下|免费(?=[为提培])|"
    r"[\u4e00-\u9fff]{1,6}以来|(?:19|20)\d\d\s*年(?:\d+月)?(?:以来|度|末|底)?)"
)
_TRAIL = re.compile(
    r"(?:[\s、:：(（]|“$|了|着|的|(?<!自)已|等|共|约|各类|以及|和|及|与|也|都|(?<![年月日人户])均|(?<!一)再|又|还|为|则|就|(?<!不)仅|只|每年|每月|每|"
    r"向|给|从|由|在|(?<!等)于|以|把|将|被|(?<!核)对|按|可|平均|人均|首次|历史性|一举|再次|连续|在全[国省区](?:的)?(?:排名|位次))$"
)
_MAY_BE_PART = frozenset("将再又也均并着过共还与和及")  # 并网, 共建: of a longer word as often as a particle
_LINK_WORDS = re.compile(
    r"(?:已经|已|预计可?|预期|累计|总计|共计?|合计|全年|率先|分别|(?<![年月日人户])均|首次|一举|成功|将|可|则|平均|稳定|连续|再次|历史性|也|都|仅|就)$"
)
# The year that an amount is of: 由2010年的4469亿元增加到2015年的6100亿元, 恢复到2019年同期95%以上.
_DATED_TAIL = re.compile(
    r"(?<![比较])[由从自]?(?:(?:19|20)\d\d\s*年|上年|去年|年初|年末|年底|[五十]年前)(?:同期的?|[底末初]?的)$"
)
_AVERAGE = re.compile(r"[年月日人户]均$")
_SHORT_LINKS = frozenset("计即均有是为到至共占仅")
# Words that no noun phrase behind a number goes beyond.
_STOP_WORD = re.compile(
    r"(?:[为以在由从向对把被将比较按用经给让使已都也正就还可并且而但则走上下进出来去达于至到有是居列占总]|均为?|全部|即将|先后|"
    r"得到|得以|左右|达到|为了|用于|通过|随着|没有|实现|完成|进行|位居|位列|累计|分别|率先|同比|环比|年均|预计|总投资|总面积|"
    r"免费|热情|踊跃|积极|在线|纷纷|相继|陆续|顺利|成功|全面|分获|勇夺|喜获|跻身|进入|晋升|晋级|参会|参赛|其中|不断|持续|"
    r"同时|稳步|有序|依法)$"
)
_MARK_PASSED = re.compile(r"大关|关口|门槛|(?:新)?台阶|新高")  # 突破6000亿元大关 counts no 大关
_RELATIVE = re.compile(r"^[^，,；;、。]{1,18}?的(?=[\u4e00-\u9fffA-Za-z“])")
_HOLDERS = re.compile(r"(?:企业|单位|组织|机构|人员|职工|家庭|人口|村|社区|学校|医院|项目|农户|群众|学生|者)$")
_PERSON = re.compile(r"(?:职工|农民工?|群众|学生|干部|教师|居民|市民|子女|青年|[者员人])$")


def is_mark(noun: str) -> bool:
    """Whether a noun is only a mark that was passed (突破千亿元大关、达到1192亿元): it is not what is counted."""
    return bool(_MARK_PASSED.fullmatch(noun))


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number: subject, verb, noun, and the link or change next to the number."""

    subject: str
    verb: str | None
    noun: str
    link: str | None
    change: str | None


@dataclass(frozen=True, slots=True)
class After:
    """The noun phrase behind a number, what it belongs to (A的B), the verb that follows, and its length."""

    noun: str = ""
    of: str | None = None
    verb: str | None = None
    length: int = 0
    verbal: bool = False  # it begins with what is tagged a verb, so that it may be none


def read_before(text: str, *, listed: bool) -> Before:
    """Takes apart what stands before a number; `listed` says that it follows 、 after another number."""
    rest, link, change = _strip_tail(strip_lead(text))
    words = [word for word in cut(rest) if word.text.strip()]
    if words and all(classes(word.text) & {"act", "both"} or word.text in "、和及" for word in words):
        return Before("", _joined(words), "", link, change)
    at = _governing_verb(words, listed)
    if at is None:
        return Before("", None, tidy(rest), link, change)
    first = _chain_start(words, at)
    subject, verb = tidy(_joined(words[:first])), _joined(words[first : at + 1])
    noun = _object(words[at + 1 :])
    if noun == "成功":
        verb, noun = verb + noun, ""
    if not noun:
        return _nominal(subject, verb, rest, link, change)
    if _is_relative(words, first, at):
        return Before(subject, None, tidy(_joined(words[first:])), link, change)
    return Before(subject, verb, noun, link, change)


def _nominal(subject: str, verb: str, rest: str, link: str | None, change: str | None) -> Before:
    """学历提升29人 counts 学历提升; 实施1500条 has no noun; 总额预计实现4800亿元 measures the subject."""
    noun = tidy(rest) if subject and not link else ""
    return Before(subject, verb, noun, link, change)


def _object(words: list[Word]) -> str:
    """The object behind a verb; of 精准、便捷的各类活动 only what follows the description."""
    last = max((i for i, word in enumerate(words) if word.text == "的"), default=None)
    if last is not None and last + 1 < len(words):
        described = _joined(words[:last])
        if "、" in described or words[last + 1].text in ("各类", "各项", "各种") or len(described) > 12:
            words = words[last + 1 :]
    return tidy(_joined(words))


def _is_relative(words: list[Word], first: int, at: int) -> bool:
    """Whether the verb opens a description of the noun: 已开设食堂的园区."""
    if first > 0:
        return False
    text = _joined(words[at + 1 :])
    return bool(re.search(r"^[^、]{2,14}的[^的、]{2,10}$", text)) and bool(_HOLDERS.search(text))


def read_after(text: str) -> After:
    """The noun phrase that a text begins with; empty where it begins otherwise."""
    lead = re.match(r"[”\s]*(?:的|余|多)?", text)
    skipped = lead.end() if lead else 0
    body = text[skipped:]
    aside = re.match(r"[（(][^（()）]{1,6}[)）]", body)  # 5537套（间）
    if aside:
        skipped, body = skipped + aside.end(), body[aside.end() :]
    if not body or body[0] in "、，,；;。：:）)！？ \n和及与至—-~":
        return After()
    words = cut(body)
    if not words or _STOP_WORD.match(words[0].text) or words[0].tag in ("p", "u", "y", "d"):
        return After()
    start = 0
    second = words[1].text if len(words) > 1 else ""
    if classes(words[0].text) & {"link", "change"}:
        return After()
    if is_act(words[0].text) and not is_compound_tail(second):
        relative = _RELATIVE.match(body)
        if not relative:
            return After()
        start = next((i for i, word in enumerate(words) if word.start >= relative.end()), len(words))
    end = next((i for i in range(start, len(words)) if _stops(words, i, start)), len(words))
    verb = next((word.text for word in words[end : end + 4] if classes(word.text) & {"act", "both"}), None)
    while end > start and words[end - 1].tag in ("d", "ad", "c", "u", "f", "y"):
        end -= 1
    length = words[end].start if end < len(words) else len(body)
    noun, of = _divided(body[:length], start == 0)
    if _MARK_PASSED.fullmatch(noun):
        return After()
    return After(tidy(noun), tidy(of) if of else None, verb, skipped + length, words[0].tag in ("v", "vd", "vi"))


def _divided(noun: str, plain: bool) -> tuple[str, str | None]:
    """60个工种的市级大赛 counts 工种 of a 大赛; a description (设站条件的园区) stays whole."""
    at = noun.find("的")
    if plain and 1 < at < len(noun) - 1 and "、" not in noun[:at]:
        return noun[:at], noun[at + 1 :]
    return noun, None


def strip_lead(text: str) -> str:
    """The text without the particles, adverbs and dates that it begins with."""
    while match := _LEAD.match(text):
        if match[0] in _MAY_BE_PART and _inside_word(text, match.end()):
            return text
        text = text[match.end() :]
    return text


def tidy(noun: str) -> str:
    """A noun phrase without particles, stray quotes and spaces at its ends."""
    noun = strip_lead(re.sub(r"\s+", "", noun))
    while match := _TRAIL.search(noun):
        if len(match[0]) == 1 and match[0].isalpha() and _inside_word(noun, match.start()):
            break
        noun = noun[: match.start()]
    for opener, closer in ("“”", "（）", "()", "《》", "‘’"):
        if noun.count(opener) < noun.count(closer):
            noun = noun.replace(closer, "", 1)
        elif noun.count(opener) > noun.count(closer):
            noun = noun.replace(opener, "", 1)
    return noun.strip("、，,:：")


def _strip_tail(text: str) -> tuple[str, str | None, str | None]:
    """Takes link and change words off the end (总额预计达到, 同比增长)."""
    link_end, change_end = tail_patterns()
    link = change = None
    while True:
        text = _DATED_TAIL.sub("", text.rstrip(" \u3000:："))
        match = link_end.search(text)
        if match and (_AVERAGE.search(text) or (match[1] in _SHORT_LINKS and _inside_word(text, match.start()))):
            match = None
        if match:
            link, text = link or match[1], text[: match.start()]
            continue
        match = None if link or change else change_end.search(text)
        if match and (match[1] == "翻" or not _inside_word(text, match.start())):
            change, text = match[1], text[: match.start()]
            continue
        match = _LINK_WORDS.search(text) if link or change else None
        if match is None:
            return text, link, change
        text = text[: match.start()]


def _inside_word(text: str, at: int) -> bool:
    """Whether a cut at this place would split a word (设计, 小计, 平均)."""
    return at < len(text) and all(word.start != at for word in cut(text))


def _joined(words: list[Word]) -> str:
    return "".join(word.text for word in words)


def _governing_verb(words: list[Word], listed: bool) -> int | None:
    """The verb whose object is counted: the first of the clause, or the one behind a pivot."""
    at = _first_verb(words, 0, listed)
    while at is not None and _PIVOTS.search(words[at].text):
        following = _first_verb(words, at + 1, True)
        if following is None or following + 1 >= len(words):
            return at
        at = following
    return at


def _first_verb(words: list[Word], start: int, listed: bool) -> int | None:
    for at in range(start, len(words)):
        following = words[at + 1].text if at + 1 < len(words) else ""
        measure = is_measure_tail(following) and words[at].text not in _STATES
        if measure or (following in ("、", "和", "及") and not _verb_at(words, at + 2)):
            continue
        if is_act(words[at].text):
            return _chain_end(words, at)
        served = words[0].text in ("为", "向", "给", "对")  # 为职工送春联
        may_be = (at == 0 or served) and not listed and "both" in classes(words[at].text)
        if may_be and following and not is_compound_tail(following):
            return _chain_end(words, at)
    return None


def _verb_at(words: list[Word], at: int) -> bool:
    return at >= len(words) or bool(classes(words[at].text) & {"act", "both"})


def _chain_end(words: list[Word], at: int) -> int:
    """Where a row of verbs ends: 评选推荐, 调解、代理, 走访慰问、帮扶."""
    while True:
        step = 2 if at + 1 < len(words) and words[at + 1].text in "、和及并" else 1
        if at + step + 1 >= len(words) or not _verb_at(words, at + step):
            return at
        if is_compound_tail(words[at + step + 1].text):
            return at
        at += step


def _chain_start(words: list[Word], at: int) -> int:
    first = at
    while first > 0:
        if classes(words[first - 1].text) & {"act", "both"}:
            first -= 1
        elif words[first - 1].text in "、和及并" and first > 1 and classes(words[first - 2].text) & {"act", "both"}:
            first -= 2
        else:
            break
    return first


def _stops(words: list[Word], at: int, start: int) -> bool:
    """Whether a noun phrase that began at `start` ends before this word."""
    word = words[at]
    if word.text in "，,；;。：:！？\n" or _STOP_WORD.match(word.text):
        return True
    if at == start or word.tag == "x":
        return False
    following = words[at + 1].text if at + 1 < len(words) else ""
    after_person = bool(_PERSON.search(words[at - 1].text))
    if is_act(word.text):
        return following != "的" and (after_person or not is_compound_tail(following))
    if "both" in classes(word.text) and following and not is_compound_tail(following):
        return after_person
    return word.tag == "p" and word.text not in ("与", "和", "及")
