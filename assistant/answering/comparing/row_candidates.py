"""The figures of one report that may stand in a comparison: those of the thing asked and of its parts, one for each narrowing.

Which row a figure belongs to is decided here by its own words; lining up several reports is `rows`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.answering.comparing.question import is_indicator, without_counted_noun
from assistant.answering.picking.beside import are_two_kinds, twin_of
from assistant.answering.picking.decide import figure_found
from assistant.answering.picking.fits import asks_target
from assistant.answering.picking.levels import levels_of
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.answering.picking.zones import Zone, met, plain
from assistant.language.doings import doings_in
from assistant.language.measure_words import same_class
from assistant.models import Figure, Question, Report

# Narrowings that make a different thing; the others (一线, 困难 ...) stay in the row and are warned of.
NARROWER_THING = re.compile(
    r"示范|智能化|智慧|特色|最美|标准化|共享|其中|女职工|女性|农民工|新就业形态|线上|线下|流动|24小时|星级|百人以上|社会组织|首批|模范|人均|单位|季度|上半年|年均|月均|全村|全镇|全乡|全街道"
)
LEVEL_NAMES = {"national": "国家级", "provincial": "省级", "municipal": "市级", "county": "县级", "company": "企业"}
LEVELS = ("national", "provincial", "municipal", "county", "company")
_SEVERAL_LEVELS = re.compile(r"[两二三四]级|各级|级(?:及|和)?以上")
_SHARES = frozenset({"%", "‰", "个百分点"})
_GROWS = re.compile(r"[增升降跌涨减]|下滑|回落|收窄")
_PART_OF = re.compile(r"占[^，,；;]{2,}|比重")
_CHANGE = re.compile(r"(?:同比|可比)?(?:增长|增加|下降|提高|增幅|增速)$")
# Words around the name of a measure that leave it the measure it is: the whole place, the print's own words, its change.
_NEUTRAL = re.compile(
    r"全[国省市县区州盟]|我[省市县区]|[全本当]年|年度|预计|预期|实现|完成|累计|合计|同比|可比|力争|确保|保持|稳定|连续|"
    r"全?社会|地方级?|外贸|货物|名义|实际|规模以上|规上|限额以上|限上|总[额值量计]?|人[数员]|获得者|得主|称号|数量?|平均|分别|均|各|再|"
    r"增长|增速|增幅|增加|增|下降|降幅|提[高升]|收窄|回升|达到?|突破|超过?|迈上|大?台阶|大关|规模|额|[一二三四五六七八九十\d]+年|在|由|从|到|为|约|近|的|和|、|[（(].*?[）)]"
)
_WHOLE = re.compile(r"全[市州盟年]|预计")
_ASIDE = re.compile(r"城镇|农村|城乡|全体|常住|居民")  # of these each is a part, told apart by its scope
_JOINED_BEFORE = re.compile(r"([一-鿿]{2,})[、和与及](?:部分)?$")
_JOINED_AFTER = re.compile(r"^[、和与及]([一-鿿]{2,})")
GROWTH, SHARE = "增速", "占比"
NAMED = 0.9  # share of the naming words that a label must meet to name the thing by itself
CLOSE = 0.24  # how far below the best figure of its report another still counts as the same topic
LIFTED = 0.3  # what a figure gains that names the thing together with the words before it


def candidates(question: Question, report: Report, similar: Similar, levels: frozenset[str]) -> list[Pick]:
    """The figures of `report` that count the thing asked or a part of it; one for each narrowing."""
    found = _candidates(question, report, similar, levels)
    if found or (measured := without_counted_noun(question)) is None:
        return found
    return [pick for pick in _candidates(measured, report, similar, levels) if figure_of(pick).unit == question.unit]


def _candidates(question: Question, report: Report, similar: Similar, levels: frozenset[str]) -> list[Pick]:
    near = (
        _of_its_kind(question, _with_its_head(question, pick)) for pick in pick_figures(question, report, similar)[:30]
    )
    picks = sorted((pick for pick in near if _fits(question, pick)), key=lambda pick: -pick.score)
    if is_indicator(question):
        picks = _of_the_whole_place([pick for pick in picks if _is_the_indicator(question, pick)])
    if not picks:
        return []
    single = [pick for pick in picks if figure_of(pick).label.count("、") < 2]  # the others sum up several things
    picks = _of_the_kind_asked(question, _named_first(single or picks))
    best = picks[0]
    close = CLOSE if not levels else 0.5
    kept: dict[str, Pick] = {}
    for pick in picks:
        if pick.score < best.score - close or pick.nouns < best.nouns - 0.2:
            continue
        if not same_class(figure_of(best).unit, figure_of(pick).unit):
            continue
        if levels and not _levels(pick) & levels:
            continue
        key = row_key(question, pick, levels)
        if key and _belongs_to_another(question, pick):
            continue
        # Without a narrowing there is one figure of the topic; with one, each part is another row.
        kept.setdefault(key, pick)
    return [_first_kind(question, pick, similar) for pick in kept.values()]


def _first_kind(question: Question, pick: Pick, similar: Similar) -> Pick:
    """Of two kinds of the thing that fit as well, the one printed first: neither is all, and the other is warned of."""
    other = other_kind_of(question, pick, similar)
    return pick if other is None or figure_of(other).span.start > figure_of(pick).span.start else other


def other_kind_of(question: Question, pick: Pick, similar: Similar) -> Pick | None:
    """The figure of another kind of the thing asked that its report gives beside the picked one."""
    twin = twin_of(question, pick, similar)
    if twin is None or not are_two_kinds(pick, twin) or figure_of(pick).sentence != figure_of(twin).sentence:
        return None
    whole: frozenset[str] = frozenset()  # 市级 and 县级 are rows of their own
    return twin if row_key(question, pick, whole) == row_key(question, twin, whole) else None


def figure_of(pick: Pick) -> Figure:
    """The figure of a pick that has one."""
    assert pick.figure is not None
    return pick.figure


def _fits(question: Question, pick: Pick) -> bool:
    """Whether the figure is found for the question; a share of the thing (占投资比重) is no growth of it."""
    figure = figure_of(pick)
    if _counted_otherwise(question.unit, figure.unit):
        return False
    if question.unit in _DONE and figure.unit in _STANDING and _BUILT.search(figure.label):
        return False  # 8个站 is no number of cases
    if _people_of_a_place(question, pick) or told_of_its_like(question, figure):
        return False
    growth = question.unit == "%" and any(term.text in _GROWTH_WORDS for term in question.terms)
    clause = figure.clause.of(pick.report.repaired.text)
    if question.language == "en" and _focus_unmet(question, pick):
        return False
    return figure_found(question, pick) and not (growth and figure.unit == "%" and _PART_OF.search(clause))


def _focus_unmet(question: Question, pick: Pick) -> bool:
    """Whether nothing about a figure speaks of what is counted, though the glossary knows it: model workers are no talks."""
    focus = next((term for term in question.terms if term.focus and term.noun and term.forms), None)
    return focus is not None and pick.each.get(focus.text, 0.0) == 0.0


def _counted_otherwise(asked: str | None, unit: str) -> bool:
    """Whether people, firms or money are asked and a figure counts another: how many events is another measure."""
    if asked in _HEADS:
        return unit not in _HEADS | {"户"}
    if asked == "家" and unit == "户":
        return False  # firms are counted in households too; figure_found tells whether these are
    return asked in {"家", "元"} and unit not in _SHARES and not same_class(asked, unit)


def _people_of_a_place(question: Question, pick: Pick) -> bool:
    """Whether places are asked (基地各多少) and people are counted who were there."""
    focus = next((term.text for term in question.terms if term.focus and term.noun), "")
    places = bool(_BUILT.search(focus)) and question.unit is None and not doings_in(question.text)
    return places and figure_of(pick).unit in _HEADS and pick.on_label < NAMED


def told_of_its_like(question: Question, figure: Figure) -> bool:
    """Whether two words of the question make one name (篮球联赛) and the figure is told of its like (乒乓球联赛)."""
    head, asked = plain(figure.head or ""), plain(question.text)
    for kind, name in pairwise(term for term in question.terms if term.noun):
        if f"{kind.text}{name.text}" not in asked or not any(head.endswith(plain(form)) for form in name.forms):
            continue
        words = plain(f"{head}{figure.label}")
        if not any(plain(form) in words for form in (kind.text, *kind.forms, *kind.near)):
            return True
    return False


_DONE = frozenset({"件", "起", "例", "场", "场次", "次"})
_STANDING = frozenset({"个", "家", "座", "处", "所"})
_BUILT = re.compile(r"(?:站|站点|中心|室|小屋|园|馆|宫|学院|基地)$")
_HEADS = frozenset({"人", "名", "位", "人次"})
_GROWTH_WORDS = frozenset({"增速", "增长", "增幅", "增长率", "growth"})


def _with_its_head(question: Question, pick: Pick) -> Pick:
    """Lifts a figure whose label completes the words before it to the name asked (粮食面积…、产量… is 粮食产量)."""
    figure = figure_of(pick)
    label, _, listed = plain(figure.label).partition("：")
    label, head = _CHANGE.sub("", label), listed or plain(figure.head or "")
    if len(label) < 2 or pick.on_label >= NAMED:
        return pick
    named = [term for term in question.terms if term.noun]
    names = [plain(form) for term in named for form in term.forms]
    if len(named) != 1 or label in names:
        return pick
    whole = any(name.endswith(label) and name[: -len(label)] in head for name in names if name != label)
    if not whole:
        return pick
    return replace(
        pick,
        score=pick.score + LIFTED,
        nouns=1.0,
        own=1.0,
        on_label=1.0,
        other=False,
        each={**pick.each, named[0].text: 1.0},
    )


def _of_its_kind(question: Question, pick: Pick) -> Pick:
    """Lifts the people told of an event of the kind asked, in the sentence that counts those asked before it.

    劳动竞赛50场, 承办省技能竞赛, 带动16万名职工参与: they took part in all of them, as far as the print tells.
    """
    figure = figure_of(pick)
    named = [term for term in question.terms if term.noun and term.focus]
    head, text = plain(figure.head or ""), pick.report.repaired.text
    if question.unit not in _HEADS or figure.unit not in _HEADS or len(named) != 1 or pick.on_label or not head:
        return pick
    kinds = {plain(form)[-_KIND:] for form in (named[0].text, *named[0].forms) if len(form) > _KIND}
    clause = text[figure.clause.start : figure.sentence.end]
    if not any(head.endswith(kind) for kind in kinds) or not _TOOK_PART.search(clause):
        return pick
    counted = (
        one
        for one in pick.report.figures
        if one.sentence == figure.sentence and one.span.start < figure.span.start and one.unit not in _HEADS
    )
    if not any(met(named[0], (Zone(plain(one.label), 1.0),)) >= _TOLD for one in counted):
        return pick
    each = {**pick.each, named[0].text: _TOLD}
    return replace(pick, score=pick.score + LIFTED, nouns=max(pick.nouns, _TOLD), own=max(pick.own, _TOLD), each=each)


_TOOK_PART = re.compile(r"参与|参加|参赛")
_KIND = 4  # characters that end a full name and are a wider one (技能竞赛 of 劳动和技能竞赛)
_TOLD = 0.8  # share of a name that the label of an event must meet to be one of those asked


def _belongs_to_another(question: Question, pick: Pick) -> bool:
    """Whether the name asked only qualifies what a label counts (劳动竞赛标兵): the head of a Chinese name comes last."""
    figure = figure_of(pick)
    label, names = plain(figure.label), [plain(form) for term in question.terms if term.noun for form in term.forms]
    after = [label.rpartition(name)[2] for name in names if name in label]
    if figure.unit in _SHARES or not after or any(piece[:1] in "和与及、等" for piece in after):
        return False
    rest = min((_NEUTRAL.sub("", NARROWER_THING.sub("", piece)) for piece in after), key=len)
    return len(rest) > 2 or rest.startswith("之")  # 农民工之星 is no 农民工会员


def _is_the_indicator(question: Question, pick: Pick) -> bool:
    """Whether a label names the measure asked and nothing narrower (跨境电商进出口, 进出口通关时间)."""
    label = plain(figure_of(pick).label).partition("：")[0].replace("地方", "")
    names = sorted(
        {plain(form) for t in question.terms if t.noun for form in (t.text, *t.forms)}, key=len, reverse=True
    )
    name = next((name for name in names if name in label), None)
    if name is None:
        rest = _NEUTRAL.sub("", label)  # where 城镇 and 新增 stand before it, 就业人数 is the label
        return pick.on_label >= NAMED or (pick.own >= NAMED and any(rest in name for name in names))
    # Of things told together (总收入、收入均增长) the one asked counts.
    before, _, after = next(piece for piece in (*label.split("、"), label) if name in piece).partition(name)
    return not any(_NEUTRAL.sub("", _ASIDE.sub("", piece)) for piece in (before, after))


def _of_the_whole_place(picks: list[Pick]) -> list[Pick]:
    """`picks` led by one that is told of the whole city or year, where the best one is not (a county's 生产总值)."""
    best = next(iter(picks), None)
    if best is None or _WHOLE.search(" ".join(figure_of(best).scope)):
        return picks
    whole = [
        pick
        for pick in picks
        if _WHOLE.search(" ".join(figure_of(pick).scope))
        and (figure_of(pick).kind, figure_of(pick).unit) == (figure_of(best).kind, figure_of(best).unit)
    ]
    if any(figure_of(pick).clause == figure_of(best).clause for pick in whole):
        return picks  # what the clause says of the whole holds for the number reached in it too
    return [*whole[:1], *(pick for pick in picks if pick not in whole[:1])]


def _of_the_kind_asked(question: Question, picks: list[Pick]) -> list[Pick]:
    """Results before targets, or the other way round where targets are asked, among figures that name the thing as well."""
    wanted = "target" if asks_target(question) else "achieved"
    best = picks[0]
    if best.report.profile.kind == "plan" or figure_of(best).kind in {wanted, "unknown"}:
        return picks
    better = [
        pick
        for pick in picks
        if figure_of(pick).kind == wanted
        and pick.nouns >= best.nouns - 0.1
        and pick.on_label >= best.on_label - 0.1
        and not pick.extra
        and same_class(figure_of(best).unit, figure_of(pick).unit)
    ]
    return [*better[:1], *(pick for pick in picks if pick not in better[:1])]


def _named_first(picks: list[Pick]) -> list[Pick]:
    """`picks` led by one whose own label names the thing, where the best one's label names another (奖章 beside 先锋号)."""
    best = picks[0]
    if not best.other or best.on_label > 0.1:
        return picks
    named = next((p for p in picks if p.on_label >= NAMED and not p.other and p.score >= best.score - CLOSE), None)
    return picks if named is None else [named, *(pick for pick in picks if pick is not named)]


def _levels(pick: Pick) -> frozenset[str]:
    """The one level that narrows a figure; none for 省、市两级, 县级以上 and 各级, which mean the whole."""
    figure = figure_of(pick)
    words = " ".join((*figure.scope, figure.label))
    return frozenset() if _SEVERAL_LEVELS.search(words) else levels_of(words)


def _counted_with(question: Question, figure: Figure) -> str | None:
    """The label of a figure that counts the thing asked together with another one (职工、劳模), else None."""
    label = plain(figure.label).partition("：")[0]
    names = sorted((plain(form) for term in question.terms if term.noun for form in term.forms), key=len, reverse=True)
    name = next((name for name in names if name in label), None)
    if name is None:
        return None
    before, _, after = label.partition(name)
    joined = _JOINED_BEFORE.search(before) or _JOINED_AFTER.search(after)
    return label if joined and len(_NEUTRAL.sub("", _ASIDE.sub("", joined[1]))) > 1 else None


def _narrowings(pick: Pick) -> list[str]:
    """The words that make the figure one of another, narrower thing than the one asked."""
    figure = figure_of(pick)
    own = " ".join((*figure.scope, figure.label, figure.clause.of(pick.report.repaired.text)))
    # A head that lists several things narrows none of them, and one that stands by a full name narrows nothing.
    aside = "、" in (figure.head or "") or pick.on_label >= NAMED
    hard = [word for word in pick.extra if NARROWER_THING.search(word) and (word in own or not aside)]
    if {"线上", "线下"} <= set(hard):
        hard = [word for word in hard if word not in {"线上", "线下"}]  # both together are the whole
    if pick.on_label >= NAMED or _levels(pick):
        return [word for word in hard if word != "其中"]  # 其中农民工会员 is the whole of 农民工会员
    return hard


def row_key(question: Question, pick: Pick, levels: frozenset[str]) -> str:
    """What narrows the figure: a level, a hard narrowing, its growth or share where the thing itself is asked, or nothing."""
    hard = _narrowings(pick)
    figure = figure_of(pick)
    if figure.unit in _SHARES and question.unit not in _SHARES:
        words = f"{figure.label}{figure.verb or ''}{figure.clause.of(pick.report.repaired.text)}"
        hard.append(SHARE if _PART_OF.search(words) or not _GROWS.search(words) else GROWTH)
    if (others := _counted_with(question, figure)) is not None:
        hard.append(others)
    level = _levels(pick)
    if level and (not levels or len(levels) > 1):
        return "·".join([LEVEL_NAMES[next(item for item in LEVELS if item in level)], *hard])
    return "·".join(hard)
