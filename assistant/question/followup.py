"""What a turn takes over from the turns before it, and what it changes.

Works on two questions that were each understood alone; decides by the follow-up's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.measure_words import same_class
from assistant.models import City, Intent, Question, Term
from assistant.question.cities import leaves_out
from assistant.question.word_kinds import LEVEL_WORD, stopwords

_ADD = re.compile(
    r"加上|再加|加入|还有.{0,6}呢|也(?:加|列|算)|和.{1,8}(?:比|对比|相比)|跟.{1,8}(?:比|对比|相比)|与.{1,8}(?:比|对比|相比)|比(?:一比|起来|较)?(?:呢|如何|怎么样)|相比|\badd(?:ed|ing)?\b|\bcompared? (?:it )?(?:to|with)|\bversus\b|\bvs\b|include",
    re.I,
)
_MORE = re.compile(r"加上|再加|加入|\badd(?:ed|ing)?\b|include", re.I)
_SWAP = re.compile(r"换成|改成|换|改为|\binstead\b|\breplace|\bswitch", re.I)
_SAME_KIND = re.compile(r"同类|类似|这类|这种|一样的|同样的|similar|same kind", re.I)
_COUNTED = re.compile(
    r"(?:这|那)?([两三四五六七八])(?:个|座)?(?:城市|市|地)|(?:这|那)([两三四五六七八])家|\b(?:the |these |those )?(two|three|four|five|six) (?:cities|of them)",
    re.I,
)
_COUNTS = {
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_PRONOUN = re.compile(
    r"^(?:那|那么|还有|其中|它|他们|这|同期|再|换|改|加|只看|做成|画|列|差|按|and |what about|how about|then |what of )|呢\W*$|它(?:们)?(?:的)?|其中|上面|刚才|前面|\bthey\b|\btheir\b|\bit\b|\bthem\b|\bthose\b|\bthese\b",
    re.I,
)
_DETAIL = re.compile(r"详细|具体(?:一?点|说|讲)|展开|多说|再说说|more detail|tell me more|elaborate", re.I)
_COMPUTED = frozenset({"rank", "difference", "ratio", "total"})
_GROUP = re.compile(r"(?:[者]|农民工|女职工|困难职工|骑手|司机|群体|青年)$")
_GENERIC = {"同类", "活动", "类似", "情况", "数字", "东西", "人数", "数量", "原文", "表格", "图", "柱状图"}


def carry_over(current: Question, earlier: Sequence[Question], *, all_named: bool) -> Question:
    """`current` completed by what it leaves out, from the `earlier` understood questions (oldest first)."""
    previous = next((q for q in reversed(earlier) if q.intent not in {"small_talk", "unclear"}), None)
    if current.intent == "summary" and current.cities and not any(term.noun for term in current.terms):
        return current  # a summary of a city's report is of the whole
    if previous is None or (current.intent in {"small_talk", "library"} and not _PRONOUN.search(current.text)):
        return current
    own = tuple(term for term in current.terms if term.text not in _GENERIC and (term.noun or term.quoted))
    if all(_is_modifier(term.text) for term in own):
        own = ()  # 一季度是多少, 实际完成多少: another view of the same thing
    cities, carried_cities = _cities(current, previous, earlier, all_named)
    terms, carried_topic = _terms(current, previous, own)
    intent, unit = _intent_and_unit(current, previous, cities, own, carried_topic)
    if intent in _COMPUTED and len(cities) < 2 and not all_named:
        now = {city.name for city in current.cities}
        before, _ = _recent_cities(earlier, 2)
        cities = (*(city for city in before if city.name not in now), *current.cities)[-2:]  # X呢，差多少
        carried_cities = tuple(city.name for city in cities if city.name not in now)
        if intent == "rank" and len(cities) < 2:
            cities, carried_cities = (), ()  # who has most is asked of all when only one was spoken of
    share = current.share
    if share is not None and share.of == "all" and not current.cities:
        cities, carried_cities = (), ()
        if share.city is None and len(previous.cities) == 1:
            share = replace(share, city=previous.cities[0].name)
    if carried_topic is not None and "其中" in current.scope:
        unit = unit or previous.unit  # a part of people is people
    asks_more = previous.intent == "figure" and not current.cities and not _moved(current)
    asks_growth = current.unit == "%" != previous.unit  # of the amount that was told before
    scope = current.scope or (previous.scope if carried_topic and not own else ())
    topic = " ".join(term.text for term in terms if term.noun) or current.topic
    if len(cities) > 1 and intent in {"figure", "fact"}:
        intent = "compare"
    return replace(
        current,
        cities=cities,
        terms=terms,
        topic=topic,
        intent=intent,
        share=share,
        unit=unit,
        scope=scope,
        asks=current.asks or (previous.asks if carried_topic and not own else None),
        # Another city's report is of its own time, which its answer tells.
        years=current.years or (previous.years if carried_topic and not own and not _moved(current) else ()),
        all_cities=current.all_cities or (previous.all_cities and not cities),
        province=current.province or (previous.province if not current.cities and not all_named else None),
        detail=bool(_DETAIL.search(current.text)),
        carried_cities=carried_cities,
        carried_topic=None if own and _SWAP.search(current.text) else carried_topic,  # 换成…: it has gone
        after=replace(previous, after=None) if asks_more and (own or asks_growth) else None,
    )


def _moved(current: Question) -> bool:
    """Whether the turn goes on to another city instead of setting one beside those before."""
    return bool(current.cities) and not _ADD.search(current.text)


def _cities(
    current: Question, previous: Question, earlier: Sequence[Question], all_named: bool
) -> tuple[tuple[City, ...], tuple[str, ...]]:
    if counted := _COUNTED.search(current.text):
        wanted = _COUNTS[next(word for word in counted.groups() if word).lower()]
        if not current.cities:
            recent, names = _recent_cities(earlier, wanted)
            if len(recent) == wanted:
                return recent, names
            if all_named:
                return (), ()  # more cities than were spoken of: those of the library
    if current.province is not None and not current.cities:
        return (), ()
    if not current.cities:
        if all_named and not _COUNTED.search(current.text):
            return (), ()
        kept = _spoken_of(earlier) if current.wants != "text" else previous.cities
        return kept, tuple(city.name for city in kept)
    if leaves_out(current.text) and previous.cities:
        kept = tuple(city for city in previous.cities if city.name in {other.name for other in current.cities})
        if kept:
            return kept, tuple(city.name for city in kept)
    if _SWAP.search(current.text) and len(previous.cities) > 1:
        kept = previous.cities[: -len(current.cities)] or previous.cities[:1]
        return _union(kept, current.cities), tuple(city.name for city in kept)
    if _ADD.search(current.text) and not _SWAP.search(current.text) and len(current.cities) < 2:
        kept = _spoken_of(earlier) if _MORE.search(current.text) else previous.cities
        return _union(kept, current.cities), tuple(city.name for city in kept)
    return current.cities, ()


def _spoken_of(earlier: Sequence[Question]) -> tuple[City, ...]:
    """The cities that the last turns asked of one thing one after another (…有多少？ 那边呢？), or set side by side."""
    cities: tuple[City, ...] = ()
    for question in reversed(earlier):
        cities = _union(question.cities, cities)
        if len(question.cities) > 1 or question.carried_topic is None:
            break
    return cities


def _recent_cities(earlier: Sequence[Question], wanted: int) -> tuple[tuple[City, ...], tuple[str, ...]]:
    """The last `wanted` different cities of the conversation, in the order of their first naming."""
    seen: dict[str, City] = {}
    for question in reversed(earlier):
        for city in reversed(question.cities):
            if len(seen) < wanted:
                seen.setdefault(city.name, city)
    cities = tuple(reversed(seen.values()))
    return cities, tuple(city.name for city in cities)


def _union(first: Sequence[City], second: Sequence[City]) -> tuple[City, ...]:
    return tuple({city.name: city for city in (*first, *second)}.values())


def _terms(current: Question, previous: Question, own: tuple[Term, ...]) -> tuple[tuple[Term, ...], str | None]:
    """The terms to look for, and the topic that was carried over, if any."""
    if own and not _PRONOUN.search(current.text):
        if current.cities or current.all_cities:
            return current.terms, None
        return current.terms, None
    if not own:
        levelled = any(LEVEL_WORD.fullmatch(term.text) for term in current.terms)
        kept = tuple(term for term in previous.terms if not (levelled and LEVEL_WORD.match(term.text)))
        if _SAME_KIND.search(current.text):
            # A proper name is the other city's own; what is asked for is the kind of thing.
            names = tuple(term for term in kept if term.quoted)
            kept = (
                tuple(term for term in kept if not any(term.text in n.text or n.text in term.text for n in names))
                or kept
            )
        if current.unit and previous.unit and not same_class(current.unit, previous.unit) and _moved(current):
            kept = _without_counted(kept)
        modifiers = tuple(replace(term, noun=False, weight=0.6) for term in current.terms if term.text not in _GENERIC)
        return (*(replace(term, carried=True) for term in kept), *modifiers), _topic(kept)
    if current.cities and not current.scope:
        return current.terms, None
    new = {form for term in own for form in term.forms}
    if _SWAP.search(current.text) and not current.cities:
        previous = _with_group_kept(previous, own)
    # A name in quotation marks is another thing's where this turn has a name or a city of its own.
    named = bool(current.cities) or any(term.quoted for term in own)
    background = tuple(
        replace(term, carried=True)
        if _stays(current, term)
        else replace(term, weight=term.weight * 0.35, noun=False, carried=True)
        for term in previous.terms
        if term.text not in new and not (term.quoted and named)
    )
    return (*current.terms, *background), _topic(previous.terms) if background else None


def _stays(current: Question, term: Term) -> bool:
    """Whether a term of the question before is the group of people of which another thing is asked now."""
    return bool(_SWAP.search(current.text)) and not current.cities and term.noun and bool(_GROUP.search(term.text))


def _with_group_kept(previous: Question, own: tuple[Term, ...]) -> Question:
    """The question before as another thing is put in its place: of whom it was stays, if the new thing is of people too.

    骑手建会, 换成会员 is of 骑手 still; 骑手会员, 换成会员 is of all members.
    """
    new = {form for term in own for form in term.forms}
    groups = [term for term in previous.terms if _GROUP.search(term.text)]
    if any(_GROUP.search(term.text) for term in own) or any(term.text in new for term in previous.terms):
        kept = tuple(term for term in previous.terms if term not in groups)
        return replace(previous, terms=kept)
    return previous


def _without_counted(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms with what was counted before as a hint only: of 送清凉发了多少份物资 another city's cost is of 送清凉."""
    nouns = [term for term in terms if term.noun]
    return tuple(term if term in nouns[:1] else replace(term, noun=False, weight=term.weight * 0.3) for term in terms)


def _is_modifier(text: str) -> bool:
    """Whether a word only asks for another view of the same thing: 同比, 五年平均, 再建, goal."""
    words = sorted(stopwords("modifier") | stopwords("verb") | stopwords("filler"), key=len, reverse=True)
    return (
        re.fullmatch("(?:" + "|".join(map(re.escape, words)) + "|[一二三五十]年|涨|降|再|多)+", text.lower())
        is not None
    )


def _topic(terms: Sequence[Term]) -> str | None:
    return " ".join(dict.fromkeys(term.text for term in terms if term.noun)) or None


def _intent_and_unit(
    current: Question, previous: Question, cities: tuple[City, ...], own: tuple[Term, ...], carried_topic: str | None
) -> tuple[Intent, str | None]:
    """What is asked of the topic now, and in which unit, as far as the turn itself leaves them open."""
    intent, unit = current.intent, current.unit
    if carried_topic is not None and intent in {"fact", "compare", "figure"} and not (intent == "figure" and own):
        intent = _intent(current, previous, cities, own)
        unit = unit or (previous.unit if not own else None)
    elif carried_topic is not None and not own and intent in _COMPUTED and current.unit is None:
        unit = previous.unit  # 覆盖了多少职工？ 那边呢，哪边多？: of people still
    if not own and carried_topic is None and intent == "fact" and previous.intent == "figure":
        intent = "figure"
    if carried_topic is not None and own and previous.intent == "figure" and intent == "fact" and current.asks is None:
        intent = "figure"
    return intent, unit


def _intent(current: Question, previous: Question, cities: tuple[City, ...], own: tuple[Term, ...]) -> Intent:
    if current.intent == "compare" or len(cities) > 1:
        return "compare"
    if own and current.asks is not None:
        return current.intent
    if previous.intent in {"compare", "rank", "difference", "ratio", "total", "which_cities"} and len(cities) == 1:
        counted = previous.intent in _COMPUTED
        return "figure" if previous.unit or counted else "fact"
    return previous.intent
