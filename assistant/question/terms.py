"""What a Chinese question speaks of, as weighted terms with all forms in which a report may print them.

Works on the words alone: it knows the glossaries, not the library and not the intent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.language.doings import TELLING, doings_in
from assistant.language.glossary import Found, glossary, wide_glossary
from assistant.language.people import SURNAMES
from assistant.models import Span, Term
from assistant.question.focus import mark_focus
from assistant.question.measure import ASKED_COUNT
from assistant.question.numbered import numbered_names
from assistant.question.telling import sums_of, told_apart
from assistant.question.things import either_of_two, without_de
from assistant.question.word_kinds import LEVEL_WORD, QUESTION_WORD, is_filler, is_generic, stopwords, whole_words

Placed = list[tuple[Span, Term]]
_QUOTED = re.compile(r"[“‘\"'「『《](.{1,24}?)[”’\"'」』》]")
# 驿站（服务站点）有多少: the same thing once more.
_OTHER_NAME = re.compile(r"(?<=[一-鿿])[（(][一-鿿]{1,12}[）)](?=[，,。？?、\s]|$|[的和与有各数哪谁多]|分别)")
_DOING = re.compile(
    r"搞(?:了|过)?(?!对象|活|好|定)|[做办](?=线[上下])"
)  # says no more than do, and runs into the next word (搞线|上活动)
_WHOSE = re.compile(r"[^一-鿿]*谁家")
_EACH = re.compile(r"各(?=[一-鿿]{1,2}[了过出成]?(?:多少|几))(?![级地类种项界行位自])")  # 各办了几场: no 各办
_WHO_CAME = re.compile(r"(?<=[听看来去学用加与])的人(?=[呢有数多少更最谁哪]|$)")  # 听的人呢: how many, and no thing
_DONE = re.compile(r"工会(?=(?:组织|服务)[了过])")  # what the union did, and no 工会组织
_INSIDE = re.compile(
    r"(?<=[企厂校院市县乡村区业家])里(?=[建设办成组开有多]|[？?，,]|$)"
)  # 学校里建: where, and no part of a word
_WHITHER = re.compile(r"[飞去到往通][往向去]?(?=哪[里儿座个]?)")  # 飞哪里的航线: the way, no thing
_OR = re.compile(r"或者|或是|(?<!间)或(?!许|有|多或少|缺)")  # parts two names, though no dictionary knows the second
_ANSWER_TYPE = re.compile(r"(?:哪(?:一|几|两|三)?[个位条家种些所项座]?|什么|啥)(?=[一-鿿])")
_TITLE = re.compile(r"荣誉(?!室|墙)|称号|名头|名号|头衔|奖项|美誉|殊荣")
_ASKS_TITLE = re.compile(r"什么|啥|哪[些几个项种]")
_NOUNS = ("n", "vn", "l", "j", "i", "eng", "s", "an")
_SKIPPED_TAGS = frozenset({"x", "uj", "ul", "uz", "ud", "ug", "uv", "y", "e", "o", "c", "p", "r", "w"})
_ACTORS = frozenset({"公司", "企业", "单位", "人", "工厂", "学校", "医院", "职工", "居民", "群众"})
_SPEAKERS = frozenset({"工会", "总工会", "市总工会", "各级工会", "政府", "市政府"})
WEAK, OTHER, GENERIC, COMPOUND = 0.4, 0.3, 0.3, 0.9
LONGEST_COMPOUND = 9


_WRITTEN_BY = re.compile(
    r"谁.{0,4}写|谁.{0,4}[作做](?:了|过)?的?[这那]?[份篇个次]?(?:政府)?(?:工作)?(?:报告|文章|报道|材料|稿)|(?:报告|文章|报道|材料|稿|这篇|这份)[^，。]{0,6}谁.{0,3}[作做]的?(?:[，,？?]|$)|哪一?[个位]?(?:名)?(?:记者|作者).{0,3}写|(?:记者|作者)(?:是|叫)(?:谁|哪)|[作做写][，,\s]*(?:报告)?的?[，,\s]*人?是谁"
)
_SIGNS = ("市长", "州长", "区长", "县长", "盟长", "省长", "主席", "记者", "作者", "通讯员")


def chinese_terms(text: str) -> tuple[Term, ...]:
    """The terms of a Simplified topic in reading order."""
    if _WRITTEN_BY.search(text):  # whoever signs it
        return signature_terms()
    asked = re.sub(r"[（）()]", "", either_of_two(_OTHER_NAME.sub("", text)))
    asked = _OR.sub(lambda match: "，" * len(match.group()), asked)
    # 多少家规上企业 must not be cut as 家规: the question word goes with its measure word.
    asked = _WHITHER.sub(lambda match: "，" * len(match.group()), asked)
    asked = _INSIDE.sub("，", _DOING.sub(lambda match: "，" * len(match.group()), asked))
    asked = _WHO_CAME.sub("，，", _EACH.sub("，", _DONE.sub("，，", asked)))
    topic = ASKED_COUNT.sub(lambda match: "，" * len(match.group()), asked)
    # Whose report says it is asked, and not what stands beside that: the thing comes last (谁家的工会有图书馆).
    first = None if _WHOSE.match(asked) else QUESTION_WORD.search(asked)
    ask = first.start() if first is not None else None
    tagged = _tagged(topic)
    counts = {match.start() for match in ASKED_COUNT.finditer(asked)}
    quoted = [Span(match.start(1), match.end(1)) for match in _QUOTED.finditer(topic)]
    levels = _levels(topic)
    known = [item for item in _known(topic, tagged, quoted) if not any(item[0].overlaps(span) for span, _ in levels)]
    numbered = [item for item in numbered_names(topic) if not any(item[0].overlaps(span) for span in quoted)]
    known = [item for item in known if not any(item[0].overlaps(span) for span, _ in numbered)]
    terms = known + numbered + levels
    covered = [span for span, _ in terms]
    for word, tag, span in tagged:
        if any(span.overlaps(other) for other in covered):
            word = _outside(span, covered, topic)
            if len(word) < 2:
                continue
        # 收发多少快递: what stands right before the question word is what is done.
        tag = "v" if tag == "vn" and span.end in counts else tag
        term = _plain_term(word, tag, any(q.contains(span) for q in quoted))
        if term is not None:
            terms.append((span, term))
    terms += [(span, _quoted_name(span.of(topic), terms)) for span in quoted if len(span) <= 16]
    # 哪两家公司上市: the noun behind the question word makes no name with the verb after it.
    answers = {match.end() for match in _ANSWER_TYPE.finditer(asked)}
    apart = tuple(item for item in tagged if not (item[2].start in answers and item[1].startswith("n")))
    terms += _compounds(topic, apart if asked == topic else tagged, terms)
    counted = _numbers_of(topic, terms)
    terms = [item for item in terms if not any(item[1].text == term.text for _, term in counted)] + counted
    terms += [item for item in told_apart(topic) if not any(item[0].overlaps(span) for span, _ in terms)]
    terms = _joined(asked, terms)
    terms.sort(key=lambda item: item[0])
    behind = {match.end() for match in ASKED_COUNT.finditer(asked) if match.group(2)}
    terms = [(span, without_de(term)) for span, term in terms]
    return mark_focus(_with_nouns(_without_answer_type(asked, terms)), ask, behind)


def signature_terms() -> tuple[Term, ...]:
    """What a question for the author of a report looks for: whoever signs it."""
    return (Term("署名", ("署名", *_SIGNS), weight=1.0, focus=True),)


@lru_cache(maxsize=512)
def _tagged(text: str) -> tuple[tuple[str, str, Span], ...]:
    """The words of Chinese `text` with their part of speech and span."""
    import rjieba

    found, at = [], 0
    for word, tag in whole_words(rjieba.tag(text)):
        at = text.index(word, at)
        found.append((word, tag, Span(at, at + len(word))))
        at += len(word)
    return tuple(found)


def _known(topic: str, tagged: tuple[tuple[str, str, Span], ...], quoted: list[Span]) -> Placed:
    """The terms that a glossary knows; the wide one only where the other knows nothing."""
    tokens = {(span.start, span.end) for _, _, span in tagged}
    found = [item for item in glossary().find(topic, tokens) if _stands(item, tagged)]
    taken = [item.span for item in found]
    found += [
        item
        for item in wide_glossary().find(topic)
        if _stands(item, tagged)
        and not is_generic(item.form)  # 工会 alone names nothing, whatever else it may stand for
        and not any(item.span.overlaps(span) for span in taken)
    ]
    return [(span, _glossary_term(span.of(topic), items, quoted, span)) for span, items in by_span(found).items()]


def by_span(found: list[Found]) -> dict[Span, list[Found]]:
    """Glossary finds grouped by their place."""
    grouped: dict[Span, list[Found]] = {}
    for item in found:
        grouped.setdefault(item.span, []).append(item)
    return grouped


def _stands(item: Found, tagged: tuple[tuple[str, str, Span], ...]) -> bool:
    """Whether a glossary form does not cut a longer word in two: at both ends (干部 in 骨干部队), or before what it is (图书馆)."""
    if any(
        span.start == item.span.start and span.end == item.span.end + 1 and word[-1] in _PLACES
        for word, _, span in tagged
    ):
        return False
    starts = {span.start for _, _, span in tagged}
    ends = {span.end for _, _, span in tagged}
    return item.span.start in starts or item.span.end in ends


_PLACES = frozenset("馆站厂院")  # 图书馆 is no book, 养老院 no pension


def _glossary_term(text: str, items: list[Found], quoted: list[Span], span: Span) -> Term:
    main = [item for item in items if glossary().entries_of(text)]
    official = [item for item in main if not item.everyday]
    # A word with an entry of its own means that, though looser entries hold it too.
    official = [item for item in official if item.entry.canonical == text] or official
    forms = tuple(dict.fromkeys([text, *(form for item in official for form in item.entry.official)]))
    looser = [item for item in items if item not in official and (item.everyday or item not in main)]
    near = tuple(dict.fromkeys(form for item in looser for form in item.entry.official))
    if LEVEL_WORD.fullmatch(text):
        return _level_term(text)
    if text in stopwords("verb"):
        return Term(text, forms, near, weight=WEAK, noun=False)
    generic = is_generic(text) or any(item.entry.canonical in stopwords("generic") for item in main)
    is_quoted = any(q.contains(span) for q in quoted)
    if not main and len(text) < 3 and all(item.everyday for item in items):
        return Term(text, forms, near, weight=WEAK, noun=False)  # a short colloquial word is a hint only
    return Term(text, forms, near, weight=WEAK if generic else 1.0, noun=not generic, quoted=is_quoted)


def _level_term(word: str) -> Term:
    """A level narrows what is asked; whether a figure is of that level is decided apart."""
    return Term(word, (word,), weight=OTHER, noun=False)


def _plain_term(word: str, tag: str, quoted: bool) -> Term | None:
    if is_filler(word) or tag in _SKIPPED_TAGS or tag == "m" or word.isdigit():
        return None
    if LEVEL_WORD.fullmatch(word):
        return _level_term(word)
    if word in stopwords("verb"):
        return Term(word, (word,), weight=WEAK * 0.7, noun=False)
    if is_generic(word):
        return Term(word, (word,), weight=GENERIC, noun=False)
    if tag.startswith("nr") and word[0] in SURNAMES and not _is_word(word):
        return Term(word, (word,), weight=1.2, noun=True, quoted=True, misspelt=True)  # a person's name
    if tag.startswith(_NOUNS):
        return Term(word, (word, *sums_of(word)), weight=1.0, noun=True, quoted=quoted, misspelt=not _is_word(word))
    weight = WEAK if tag.startswith("v") else OTHER
    return Term(word, (word,), weight=weight, noun=False, quoted=quoted)


def _quoted_name(text: str, terms: Placed) -> Term:
    """The whole of a quoted name; where the glossary knows it by other names too, its exact wording is only a bonus."""
    known = any(term.text == text and len(term.forms) > 1 for _, term in terms)
    return Term(text, (text,), weight=WEAK if known else 1.2, noun=not known, quoted=True)


def _is_word(text: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(text))


def _outside(span: Span, covered: list[Span], text: str) -> str:
    return "".join(text[at] for at in range(span.start, span.end) if not any(c.start <= at < c.end for c in covered))


def _compounds(topic: str, tagged: tuple[tuple[str, str, Span], ...], terms: Placed) -> Placed:
    """Neighbouring words that make one name (过境免签, 2号线东延) as a term of their own."""
    found: Placed = []
    run: list[tuple[str, str, Span]] = []
    for item in (*tagged, ("", "x", Span(len(topic), len(topic)))):
        word, tag, span = item
        skipped = (
            tag in _SKIPPED_TAGS
            or (tag in {"t", "m"} and not word.isascii())
            or is_filler(word)
            or (not run and word in stopwords("verb"))
        )
        if not skipped and (not run or run[-1][2].end == span.start):
            run.append(item)
            continue
        found += _compound(topic, run, terms)
        run = [] if skipped else [item]
    return found


def _numbers_of(topic: str, terms: Placed) -> Placed:
    """死亡人数, 发生起数: a doing counted, which is a measure of its own."""
    return [
        (Span(match.start(), match.end()), Term(match.group(), (match.group(),), (match.group()[:2],), weight=1.0))
        for match in re.finditer(r"[一-鿿]{2}(?:人数|起数|件数|户数)", topic)
        if _is_word(match.group()[:2])
        and not is_generic(match.group()[:2])
        and not any(
            term.noun and len(term.forms) > 1 and span.end > match.start() >= span.start for span, term in terms
        )
    ]


def _compound(topic: str, run: list[tuple[str, str, Span]], terms: Placed) -> Placed:
    if len(run) > 1 and run[0][0] in _ACTORS and all(tag.startswith("v") for _, tag, _ in run[1:]):
        run = run[1:]  # 公司上市: who did it, and what
    while run and (run[-1][0] in stopwords("verb") or run[-1][1] == "m" or LEVEL_WORD.fullmatch(run[-1][0])):
        run = run[:-1]
    if len(run) < 2:
        return []
    span = Span(run[0][2].start, run[-1][2].end)
    text = span.of(topic)
    named = any(term.noun and other.contains(span) for other, term in terms)
    if any(other.overlaps(span) and not span.contains(other) for other, _ in terms):
        return []
    described = run[0][1] == "b" and run[-1][1].startswith("n")  # 在线|学习|平台
    nounish = described or all(tag.startswith(_NOUNS) or tag in {"b", "a", "m"} for _, tag, _ in run)
    letters = len(text) == len(run) == 2  # 富硒 is cut in two where the dictionary lacks it
    if (
        named
        or not (2 if letters else 3) <= len(text) <= LONGEST_COMPOUND
        or sum(not is_generic(word) for word, _, _ in run) < 2
    ):
        return []
    known = sum(
        1
        for other, term in terms
        if term.noun and span.contains(other) and (len(term.forms) > 1 or (term.weight >= 1 and len(other) > 3))
    )
    misspelt = not all(_is_word(word) for word, _, _ in run)
    term = Term(text, (text,), weight=COMPOUND if nounish else WEAK, noun=nounish, misspelt=misspelt)
    return [] if known else [(span, term)]


def _levels(topic: str) -> Placed:
    """A level that no dictionary has as a word."""
    return [(Span(match.start(), match.end()), _level_term(match.group())) for match in re.finditer("企业级", topic)]


def _joined(asked: str, terms: Placed) -> Placed:
    """A name that the question word cuts in two (城镇新增了多少就业) is put together again."""
    joined = ASKED_COUNT.sub("", asked)
    known = {term.text for _, term in terms}
    names = [Span(place, place + len(text)) for text in known if (place := joined.find(text)) >= 0]
    for item in glossary().find(joined):
        short = len(item.form) < (2 if item.everyday else 4)
        cuts = any(item.span.overlaps(name) and not item.span.contains(name) for name in names)
        if short or cuts or item.form in asked or item.form in known:
            continue  # what the question parts is no name where it cuts one: 建(多少家)工会驿站
        forms = (item.form, *(form for form in item.entry.official if form != item.form))
        at = next((span for span, term in terms if term.text in item.form), Span(0, 0))
        terms = [
            (span, replace(term, noun=False, weight=min(term.weight, WEAK)) if term.text in item.form else term)
            for span, term in terms
        ]
        terms.append((at, Term(item.form, forms, weight=1.0)))
    return terms


def _without_answer_type(asked: str, terms: Placed) -> Placed:
    """The noun behind 哪位, 哪条, 什么 is what the answer will be, and need not be printed beside it (哪位作家).

    So is the word for a title (拿了什么荣誉), wherever it stands.
    """
    ends = {match.end() for match in _ANSWER_TYPE.finditer(asked)}
    if _ASKS_TITLE.search(asked):
        ends |= {match.start() for match in _TITLE.finditer(asked)}
    weak = []
    for index, (span, term) in enumerate(terms):
        if span.start in ends and term.noun and not term.text.startswith("之"):
            ends.add(span.end)  # 哪个职业学校: the whole run of nouns
            weak.append(index)
    others = [index for index, (_, term) in enumerate(terms) if term.noun and index not in weak]
    if not others:
        return terms
    return [
        (span, replace(term, weight=WEAK, noun=False) if index in weak else term)
        for index, (span, term) in enumerate(terms)
    ]


def _with_nouns(terms: Placed) -> Placed:
    """Where nothing names a thing, the generic words and verbs must do (引进了几个亿元以上的项目).

    Of a union's doings (工会慰问了多少人) what was done must do, for the union is the one that speaks.
    """
    if any(term.noun for _, term in terms):
        return terms
    named = [term for _, term in terms if len(term.text) > 1 and not LEVEL_WORD.fullmatch(term.text)]
    named = [term for term in named if term.text not in _SPEAKERS]
    strong = [term for term in named if term.text not in stopwords("verb")]
    if all(is_generic(term.text) for term in strong):  # 帮工人要回了多少钱: the doing tells more than 工人
        strong = [term for term in named if doings_in(term.text) & TELLING] or strong
    chosen = strong or named
    placed = [(span, term) for span, term in terms if term in chosen]
    together = [  # 职工创新: side by side they name more than each alone
        (Span(one.start, two.end), Term(first.text + second.text, (first.text + second.text,), weight=COMPOUND))
        for (one, first), (two, second) in pairwise(placed)
        if one.end == two.start and len(first.text) == len(second.text) == 2
    ]
    raised = [(span, replace(term, noun=True, weight=0.8) if term in chosen else term) for span, term in terms]
    return raised + together
