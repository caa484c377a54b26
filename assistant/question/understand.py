"""Understands a question in its conversation: cities, topic, intent, unit, years, what is carried over.

The only public name of this room is `understand`. It looks nothing up in reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.doings import doings_in
from assistant.language.places import Place
from assistant.language.script import script_of, to_simplified
from assistant.language.spoken import as_reported
from assistant.models import City, Intent, Question, Span, Term
from assistant.question.asking import asking_part
from assistant.question.cities import ALL_NAMED, name_cities
from assistant.question.each import each_asked, each_with_its_city
from assistant.question.excluded import names_of, without_excluded
from assistant.question.focus import named_by_its_object
from assistant.question.followup import carry_over
from assistant.question.intent import (
    KIND_ASKED,
    asks_of,
    intent_of,
    is_lowest,
    place_asked,
    puts_in_order,
    says_how_many,
    wants_of,
)
from assistant.question.measure import ASKED_COUNT, premise_of, scope_of, unit_of, without_amounts, years_of
from assistant.question.shares import share_asked
from assistant.question.terms import chinese_terms, signature_terms
from assistant.question.terms_english import english_terms
from assistant.question.things import names_a_thing, same_thing, things_of, with_named_measure
from assistant.question.within import asks_rest, pair_of
from assistant.question.word_kinds import FOLLOW_UP_WORDS, is_generic, scaffolding

MOST_OTHERS = 12
"""Cities that are named where all but some are asked; of more, all of the library are."""
MOST_TERMS = 32
"""More than any question has that is typed; a pasted page of a report has hundreds."""

_ANYTHING = frozenset({"大事", "大事儿", "实事", "好事"})  # what was done, whatever it was


def understand(text: str, *, history: Sequence[str] = (), library: Sequence[Place] = ()) -> Question:
    """The question `text` as it is meant after the user's earlier turns `history` (oldest first).

    `library` holds the places of which there is a report; other places of China are recognised as not known.
    """
    earlier: list[Question] = []
    for turn in history:
        earlier.append(_asked(turn, earlier, library))
    return _asked(text, earlier, library)


def _asked(text: str, earlier: Sequence[Question], library: Sequence[Place]) -> Question:
    part, excluded = without_excluded(asking_part(text))
    question = _complete(part, earlier, library)
    if excluded:
        question = replace(question, excluded=names_of(excluded, question))
    return question if part == text else replace(question, whole=text)


_IN_GENERAL = re.compile(r"怎么样|怎麼樣|咋样|\bhow (?:is|are|was|were)\b", re.I)


def _complete(text: str, earlier: Sequence[Question], library: Sequence[Place]) -> Question:
    alone, all_named = _alone(text, library)
    completed = carry_over(alone, earlier, all_named=all_named)
    named = [term for term in completed.terms if term.noun]
    if not completed.cities:
        named = [term for term in named if len(term.text) > 1 or not term.quoted]  # “年” alone could be anybody's
    of_a_kind = completed.intent == "which_cities" and all(KIND_ASKED.fullmatch(term.text) for term in named)
    nothing = not named or of_a_kind
    if nothing and completed.intent in {"fact", "figure", "which_cities", "quote", "compare", *_COMPUTED}:
        several = len(completed.cities) > 1 or completed.all_cities
        open_ended = completed.asks is None or (KIND_ASKED if completed.asks == "name" else _IN_GENERAL).search(text)
        bare: Intent = "summary" if completed.cities and completed.intent == "fact" and open_ended else "unclear"
        if completed.intent == "which_cities" and (completed.years or completed.province or KIND_ASKED.search(text)):
            bare = "library"  # which of them are plans, which are of 2024
        return replace(completed, intent="compare" if several and completed.intent == "compare" else bare)
    if completed.intent in {"figure", "fact"} and not completed.cities and puts_in_order(to_simplified(text)):
        return replace(completed, intent="rank", all_cities=True)
    if (computed := _within(text, completed, earlier, library)) is not None:
        return computed
    parts = _parts(text, library) if len(completed.cities) > 1 else ()
    if not parts and len(completed.cities) == 1 and completed.intent in {"figure", "fact", "library"}:
        together = _asked_together(text, completed, library) or _facts_together(text, completed, library)
        return replace(completed, parts=together)
    if completed.intent == "which_cities":
        return replace(completed, parts=_alternatives(text, completed, library))
    if parts:
        return replace(completed, parts=parts, intent=completed.intent if completed.intent in _COMPUTED else "compare")
    return replace(completed, things=_things(text, completed, library))


def _things(text: str, whole: Question, library: Sequence[Place]) -> tuple[Question, ...]:
    if whole.intent not in {"compare", *_COMPUTED} or not (whole.all_cities or len(whole.cities) > 1):
        return ()
    plain = to_simplified(text) if whole.language != "en" else text
    return things_of(plain, whole, lambda piece: _alone(piece, library)[0])


def _within(text: str, whole: Question, earlier: Sequence[Question], library: Sequence[Place]) -> Question | None:
    """The question as one that computes from two figures of one city's report, or None."""
    if len(whole.cities) != 1 or whole.all_cities or whole.intent not in {"figure", "fact", *_COMPUTED}:
        return None
    plain = to_simplified(text) if whole.language != "en" else text
    if (pair := pair_of(plain)) is None:
        return replace(whole, computes="rest") if whole.intent == "figure" and asks_rest(plain) else None
    first, second = (
        replace(_alone(piece, library)[0], intent="figure", unit=pair.unit) for piece in (pair.first, pair.second)
    )
    if any(city.name != whole.cities[0].name for part in (first, second) for city in part.cities):
        return None
    first = carry_over(replace(first, cities=whole.cities), earlier, all_named=False)
    second = carry_over(second, [*earlier, first], all_named=False)
    parts = tuple(replace(one, intent="figure", cities=whole.cities, after=None) for one in (first, second))
    return replace(whole, intent="figure", parts=parts, computes=pair.computes)


_COMPUTED: frozenset[Intent] = frozenset({"difference", "ratio", "rank", "total"})


def _parts(text: str, library: Sequence[Place]) -> tuple[Question, ...]:
    """The questions of a text that asks one thing of one city and another thing of another, or none."""
    pieces = [piece for piece in re.split(r"[？?。；;]", text) if piece.strip()]
    side_by_side = len(pieces) < 2
    pieces = each_with_its_city(text, library) if side_by_side else pieces
    if len(pieces) < 2:
        return ()
    asked = [with_named_measure(_alone(piece, library)[0], piece) for piece in pieces]
    if side_by_side and (same_thing(asked[0], asked[1]) or not all(map(names_a_thing, asked))):
        return ()
    if not all((len(part.cities) == 1 and part.terms_of_substance) or (part.cities and part.unit) for part in asked):
        return ()
    if len({part.cities[0].name for part in asked}) != len(asked) or {part.topic for part in asked} == {asked[0].topic}:
        return ()
    shared = asked[0].terms_of_substance[:1] if "，" in pieces[0].split(asked[0].cities[0].short)[0] else ()
    return tuple(
        replace(
            part,
            intent="figure",
            terms=(
                *part.terms,
                *(
                    replace(t, weight=t.weight * 0.5, focus=False)
                    for t in shared
                    if index and t not in part.terms and not names_a_thing(part)
                ),
            ),
        )
        for index, part in enumerate(asked)
    )


def _asked_together(text: str, whole: Question, library: Sequence[Place]) -> tuple[Question, ...]:
    """The figures that one sentence asks of one city (多少个委员会，几名监督员？), or none where it asks for one."""
    english = whole.language == "en"
    split = _ENGLISH_PIECES.split(text) if english else re.split(r"[？?；;，,、]", each_asked(text))
    asks = _ENGLISH_ASKED if english else _ASKED
    pieces = [piece for piece in split if asks.search(piece) or _AND_THAT.fullmatch(piece)]
    while pieces and not asks.search(pieces[0]):
        pieces = pieces[1:]  # 会员呢，新增多少: only names what the next piece asks about
    if (
        len(pieces) < 2
        or (english and len(pieces) < len([one for one in split if one.strip()]))
        or len(whole.years) > 1
    ):
        return ()
    found: list[Question] = []
    for piece in pieces:
        part, _ = _alone(piece, library)
        terms = part.terms
        strong = [term for term in part.terms if term.noun and term.weight > 0.8 and not is_generic(term.text)]
        if not strong and found:
            terms = (*part.terms, *(term for term in found[-1].terms if term.noun and term not in part.terms))
        before = replace(found[-1], after=None) if found else None
        years = part.years or (() if _OTHER_TIME.search(piece) else whole.years)
        found.append(replace(part, intent="figure", cities=whole.cities, terms=terms, years=years, after=before))
    return tuple(found) if all(part.terms_of_substance for part in found) else ()


def _facts_together(text: str, whole: Question, library: Sequence[Place]) -> tuple[Question, ...]:
    """The questions of different kinds that one turn asks of one city (市长是谁？哪天作的报告？), or none."""
    pieces = [piece for piece in re.split(r"[？?；;，,]", text) if piece.strip()]
    kinds = [asks_of(piece) or ("figure" if _ASKED.search(piece) else None) for piece in pieces]
    if set(kinds) != {"who", "when"}:  # of other kinds, what stands between commas is mostly one question
        pieces = [piece for piece in re.split(r"[？?；;]", text) if piece.strip("，, ")]
        kinds = [asks_of(piece) or ("figure" if _ASKED.search(piece) else None) for piece in pieces]
    if not 2 <= len(pieces) <= 3 or len(set(kinds)) < len(kinds) or not set(kinds) <= _KINDS_TOGETHER:
        return ()
    found: list[Question] = []
    for piece in pieces:
        part, _ = _alone(piece, library)
        terms = part.terms
        if part.asks == "when" and not part.terms_of_substance and found and found[-1].terms == signature_terms():
            part = replace(part, text=_WHEN_WRITTEN, intent="library")  # 报告是谁做的，什么时候？
        elif found and part.intent != "library" and (not part.terms_of_substance or _BARE_WHICH.fullmatch(piece)):
            terms = (*part.terms, *(term for term in found[-1].terms if term.noun))
        found.append(replace(part, cities=whole.cities, terms=terms, years=part.years or whole.years))
    told = all(part.intent == "library" or part.terms for part in found)
    return tuple(found) if told and all(part.intent in {"fact", "figure", "library"} for part in found) else ()


def _alternatives(text: str, whole: Question, library: Sequence[Place]) -> tuple[Question, ...]:
    """The things of which any one is asked (欠薪或者工伤), each as a question; none for two doings of one (新建或改建)."""
    pieces = re.split(r"或者|或是|(?<!间)或(?!许|有|多或少|缺)|\bor\b", text)
    if len(pieces) < 2 and _LISTED_LAST.search(text):
        pieces = text.split("、")  # 办了夜校、读书会: either of them tells of it
    if len(pieces) < 2:
        return ()
    asked = [_alone(piece, library)[0] for piece in pieces]
    things = {term.text for term in whole.terms_of_substance if term.noun and not doings_in(term.text)}
    named = [{term.text for term in part.terms_of_substance} & things for part in asked]
    return tuple(asked) if all(named) else ()


_BARE_WHICH = re.compile(r"\W*[一-鿿]?哪[一些几]?[条个家种项所座位]?[一-鿿]{1,3}\W*")  # 在哪条街
_LISTED_LAST = re.compile(
    r"^[^“”《》、]{4,}(?:、[一-鿿A-Za-z0-9]{2,7}){1,3}(?:这类|之类|这样)?的?(?:服务|活动|东西|事)?[？?。]?$"
)
_WHEN_WRITTEN = "报告是什么时候作的？"
_KINDS_TOGETHER = frozenset({"who", "when", "where", "name", "figure"})


_ASKED = re.compile(f"{ASKED_COUNT.pattern}|百分之[几多]")
_ENGLISH_ASKED = re.compile(r"\bhow (?:many|much|fast|large)\b|\bwhat (?:is|was|were|are)\b|\bby how\b", re.I)
_ENGLISH_PIECES = re.compile(r"[?;]|,?\s+and (?=(?:of (?:them|these|those),? )?how |what |by )", re.I)
_OTHER_TIME = re.compile(r"上年|去年|前年|今年|明年|目标|计划|同期")
_AND_THAT = re.compile(r"(?:那|那么|其中)?[一-鿿]{1,8}呢")


def _alone(text: str, library: Sequence[Place]) -> tuple[Question, bool]:
    language = script_of(text)
    plain = as_reported(to_simplified(text)) if language != "en" else text
    named = name_cities(plain, library)
    cities = named.cities
    if named.others and cities:
        wanted = {city.name for city in cities}
        named_others = tuple(place for place in library if place.name not in wanted)
        few = named_others if len(named_others) <= MOST_OTHERS else ()
        before = cities if _ASKED_BEFORE_OTHERS.search(plain) else ()
        cities = (*before, *(City(place.name, place.short, True) for place in few))
    else:
        named_others = ()
    asked = share_asked(plain, cities, all_named=bool(ALL_NAMED.search(plain)))
    of_all = asked is not None and asked.share.of == "all" and len(cities) < 2
    if of_all:
        cities = ()
    counted = plain[: asked.span.start] + plain[asked.span.end :] if asked is not None else plain
    topic_text = _blank(plain, (*named.spans, *([asked.span] if asked is not None else ())), named.all_cities)
    terms = _most_telling(english_terms(topic_text) if language == "en" else chinese_terms(topic_text))
    asks = asks_of(plain)
    if (asks == "how" or ALL_NAMED.search(plain)) and "how many" not in plain.lower():  # a count has its noun
        terms = named_by_its_object(terms)
    has_topic = any(term.noun and term.text not in _ANYTHING for term in terms)
    all_asked = named.all_cities or (named.province is not None and not cities)
    # Which cities of a province is asked like which cities.
    said = plain if named.province is None else re.sub(rf"{named.province[:-1]}[{named.province[-1]}]?的?", "", plain)
    intent = intent_of(said, cities=len(cities), all_cities=all_asked, has_topic=has_topic)
    if asked is not None:
        intent = "ratio"
    if intent == "which_cities" and asks == "who":
        asks = "name"  # 都有谁: cities, not people
    if intent in _COMPUTED and asks == "who":
        asks = None  # 谁多: which city, and no person for the turns after it
    question = Question(
        text=text,
        language=language,
        intent=intent,
        cities=cities,
        topic=_topic(terms, topic_text),
        terms=terms,
        asks=asks,
        unit=unit_of(counted),
        years=years_of(plain),
        scope=scope_of(plain),
        premise=premise_of(plain),
        wants=wants_of(plain),
        lowest=is_lowest(plain),
        place=place_asked(plain),
        share=asked.share if asked is not None else None,
        province=named.province,
        all_cities=named.all_cities or bool(named_others) or of_all or (not cities and says_how_many(plain)),
    )
    return question, named.all_cities or of_all


# The city named is asked about itself, and then the others are (甲发了多少，别的市有吗).
_ASKED_BEFORE_OTHERS = re.compile(
    r"^(?!.*除).*?(?:多少|几)[^，,。；;？?]*[，,。；;？?][^，,。；;？?]{0,3}(?:其[他它余]|别的)"
)


def _most_telling(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms, of very many those that weigh most; each sentence of each report is compared with all of them."""
    if len(terms) <= MOST_TERMS:
        return terms
    once = {term.text: term for term in reversed(terms)}
    kept = sorted(once.values(), key=lambda term: (term.noun, term.quoted or term.focus, term.weight), reverse=True)
    return tuple(term for term in terms if any(term is one for one in kept[:MOST_TERMS]))


def _blank(text: str, spans: Sequence[Span], all_cities: bool) -> str:
    """`text` with its places taken out, so that they are not looked for as topics."""
    out = list(text)
    for span in spans:
        end = span.end
        if text[end : end + 1] == "市" and text[span.end - 1 : span.end] != "市" and text[end + 1 : end + 2] != "级":
            end += 1
        if text[end : end + 2] == "'s":
            end += 2
        if text[end : end + 1] == "长" and text[end - 1] in "市县区州盟旗省":
            end -= 1  # the mayor of a city (某市长) is asked for by office
        for at in range(span.start, end):
            out[at] = "，" if at == span.start else " "
    kept = _WHICH_FIRM.sub(lambda match: match[0].replace("家", "个"), "".join(out))
    blanked = _YEAR_WORDS.sub("，", ALL_NAMED.sub("，", kept))
    return scaffolding().sub("，", FOLLOW_UP_WORDS.sub("，", without_amounts(blanked)))


# 哪家船厂: of what kind the answer is, and no city.
_WHICH_FIRM = re.compile(
    r"哪家(?=[一-鿿]{0,4}?(?:企|公司|集团|银行|医院|工厂|单位|机构|厂|店|馆|社|所|媒体|企业|学校|酒店)(?!所))"
)
_YEAR_WORDS = re.compile(r"(?:19|20)\d\d\s*年(?:度|底|末|初|上半年|前)?|\bin (?:19|20)\d\d\b")


def _topic(terms: Sequence[Term], text: str) -> str:
    nouns = list(dict.fromkeys(term.text for term in terms if term.noun))
    return " ".join(nouns) or re.sub(r"[\s，,。？?]+", " ", text).strip()
