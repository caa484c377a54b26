"""Finds the members of a numbered set that a question asks for (哪三个平台, “五家”是哪五家, 三件大事是什么).

A report prints such a set in few ways: a list before 等 or behind a colon, items in quotation marks in a row, clauses
between semicolons, 一是 … 二是 …, lines that begin with a dash, or sentences of one build at the heads of paragraphs.
A way counts only where it gives exactly as many members as the question names, so that a list cut in two or run
together with another is no answer. Pure; what is found are spans of the repaired text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.built_in.set_asked import COUNTED_BY, MEASURE, NUMBER_WORD, quoted_set, set_asked, spellings
from assistant.answering.picking.pick import rare_terms, sentences_of
from assistant.answering.picking.zones import Zone, coverage, plain
from assistant.models import Question, Report, Span, Term

_ORDINALS = "一二三四五六七八九十"
_ITEM_END = re.compile(r"[，,。；;：:！!？?\n]")
_DASHED = re.compile(r"\n\s*(?:——|—|--|[-•·●◆■])\s*")
_REACH = 1500  # characters between one member of a set and the next
_NEAR = 300  # ... and from the name of the set to the first


def members_of(question: Question, report: Report) -> list[Span]:
    """The members of the set that is asked for, in reading order, or none."""
    for wanted, kinds in set_asked(question):
        for kind in kinds:
            for found in _ways(report, kind, wanted):
                if len(found) == wanted and _of_the_subject(question, report, kind, found):
                    return found
    return []


def tells_members(question: Question, sentence: str) -> bool:
    """Whether a sentence explains the set that is asked for, beside its name; so where no set is named."""
    if (named := quoted_set(question)) is None:
        return True
    name, wanted = re.escape(plain(named[0])), named[1]
    explained = re.search(
        rf"[、和与+][^，。；]*{name}|{name}[^，。；：（—]{{0,8}}(?:[：:（(—]|即|包括|分别|就是|指|为)|一是",
        plain(sentence),
    )
    behind = plain(sentence).partition(plain(named[0]))[2]
    by_these = [piece for piece in re.split(r"[，,。；;]", behind) if re.match("通过|按照?|依照|坚持|做到|实现", piece)]
    listed = any(piece.count("、") == wanted - 1 and "等" not in piece for piece in by_these)
    return explained is not None or listed or len(re.findall("[“《]", sentence)) > wanted


def _of_the_subject(question: Question, report: Report, kind: str, found: list[Span]) -> bool:
    """Whether what is asked stands about the members: a set of as many things of another subject is no answer."""
    text = report.repaired.text
    about = [sentence.span for _, sentence in sentences_of(report) if any(map(sentence.span.overlaps, found))]
    named = [
        sentence.span
        for _, sentence in sentences_of(report)
        if plain(kind) in plain(sentence.span.of(text)) and sentence.span.start <= found[0].start
    ]
    headings = {heading for passage, one in sentences_of(report) if one.span in about for heading in passage.headings}
    words = plain(" ".join([*headings, *(span.of(text) for span in [*named[-1:], *about])]))
    names = [plain(term.text) for term in question.terms if plain(kind) in plain(term.text)]
    terms = [term for term in question.terms if not any(plain(term.text) in name for name in names)]
    if re.match(NUMBER_WORD, kind):
        terms.append(Term(kind, (kind,), weight=NUMBERED))
    if not any(term.noun for term in terms):
        return True
    rare = {**rare_terms(terms, report), kind: 1.0}
    return coverage(terms, (Zone(words, 1.0),), rare)[1] >= SUBJECT


NUMBERED = 1.5  # weight of a set's name with its number in it
SUBJECT = 0.5  # share of the naming words that must stand about the members of a set


def _ways(report: Report, kind: str, wanted: int) -> Iterator[list[Span]]:
    """The lists that each way of printing a set gives for a set of this name."""
    text = report.repaired.text
    homes = [sentence.span for _, sentence in sentences_of(report)]
    named = [span for span in homes if plain(kind) in plain(span.of(text))]
    if len(kind) > 1:
        for span in named:
            yield _before_and_so_on(text, span, kind)
            yield _behind_a_colon(text, span)
    for span in named:
        yield _before_its_number(text, span, kind, wanted)
    if re.search(f'(?:{"|".join(spellings(wanted))})(?!五(?:[”’"]|规划|时期|期间))', kind):
        yield from _after_its_name(text, named, homes, kind, wanted)
    for span in named:
        yield [item for item in _in_quotes(text, span, wanted) if item.of(text).endswith(kind)]
        yield [item for item in _listed(text, span) if item.of(text).endswith(kind)]
    if len(kind) == 1 and kind not in COUNTED_BY:
        yield _of_one_ending(text, kind, wanted)
    if len(kind) > 1:
        yield from _quoted_of_kind(report, kind)
    yield _of_one_build(report, kind, wanted)
    yield _of_one_word(report, kind, wanted)


def _after_its_name(text: str, named: list[Span], homes: list[Span], kind: str, wanted: int) -> Iterator[list[Span]]:
    """The lists that follow a sentence that names the set by its number."""
    for span in named:
        yield _in_quotes(text, span, wanted)
        yield _in_groups(text, span, wanted)
        yield _counted(text, Span(span.start, min(len(text), span.end + _REACH)), wanted)
        yield _dashed(text, span, wanted)
        yield _short_sentences(text, span, homes)
    if "个一" in kind:
        for span in [after for span in named for after in homes if 0 <= after.start - span.end <= 3] + named:
            yield _ones(text, span)


def _before_and_so_on(text: str, span: Span, kind: str) -> list[Span]:
    """A、B、C等“三课联动”: the list that stands right before the name."""
    piece = span.of(text)
    for match in re.finditer(rf"(?:等)[“‘\"]?[一-鿿]{{0,3}}?{re.escape(kind)}", piece):
        start = max((piece.rfind(sign, 0, match.start()) for sign in "，,；;：:。"), default=-1) + 1
        items = _listed(text, Span(span.start + start, span.start + match.start()))
        if items:
            return _without_lead(text, items)
    return []


def _before_its_number(text: str, span: Span, kind: str, wanted: int) -> list[Span]:
    """A、B、C三座水库: the list that stands right before the number and what it counts."""
    numbers = "|".join(spellings(wanted))
    counted = "" if re.match(numbers, kind) else rf"(?:{numbers}){MEASURE}[一-鿿]{{0,6}}?"
    for match in re.finditer(rf"等?[“‘\"]?{counted}[“‘\"]?{re.escape(kind)}", span.of(text)):
        start = max(span.of(text).rfind(sign, 0, match.start()) for sign in "，,；;：:。") + 1
        before = span.of(text)[start : match.start()]
        if before.count("“") != before.count("”"):
            continue  # within a name: of “一园两带” two are no set
        if items := _listed(text, Span(span.start + start, span.start + match.start())):
            return _without_lead(text, items)
    return []


def _without_lead(text: str, items: list[Span]) -> list[Span]:
    """The first item without the subject and verb before it, where the others share an ending with it."""
    first, second = items[0], items[1]
    extra = len(first) - max(len(item) for item in items[1:])
    if extra <= 0:
        return items
    verb = re.search(
        r"(?:深化|开展|推进|实施|推行|打造|建设|举办|开设|推出|构建|建立|完善|落实|抓好|做好|形成|组建|成立|获批|推出|包括|包含|围绕|聚焦|以|用)",
        first.of(text)[::1],
    )
    if verb is None:
        return items
    last = max(match.end() for match in re.finditer(verb.re, first.of(text)))
    if last >= len(first) or len(second) == 0:
        return items
    return [Span(first.start + last, first.end), *items[1:]]


def _behind_a_colon(text: str, span: Span) -> list[Span]:
    """即 A、B、C / 包括A、B、C / ：A、B、C."""
    piece = span.of(text)
    for match in re.finditer(r"(?:[：:（(]|即|分别是|分别为|包括|就是|指的?是|——)", piece):
        end = next((at for at in range(match.end(), len(piece)) if piece[at] in "。；;）)！!\n"), len(piece))
        items = _listed(text, Span(span.start + match.end(), span.start + end))
        if items:
            return items
    return []


def _listed(text: str, span: Span) -> list[Span]:
    """The items between 、 and 和, where there are two at least and none holds a comma."""
    items = []
    for match in re.finditer(r"[^、]+", span.of(text)):
        items.append(Span(span.start + match.start(), span.start + match.end()))
    if len(items) < 2 or any(re.search(r"[，,。；;]", item.of(text)) for item in items):
        return []
    last = re.fullmatch(r"(.{2,}?)(?:和|与|以及|及)(.{2,})", items[-1].of(text))
    if last is not None:
        cut = items[-1].start + last.end(1)
        items = [*items[:-1], Span(items[-1].start, cut), Span(items[-1].start + last.start(2), items[-1].end)]
    return [_bare(text, item) for item in items]


def _of_one_ending(text: str, kind: str, wanted: int) -> list[Span]:
    """机关化、行政化、娱乐化: so many words in a row that all end as the name of the set does."""
    item = rf"[一-鿿]{{1,8}}{re.escape(kind)}"
    rows = re.finditer(rf"(?<![、一-鿿]){item}(?:、{item})+(?![、和与及])", text)
    for row in rows:
        items = _listed(text, Span(row.start(), row.end()))
        if len(items) == wanted:
            longest = max(len(item) for item in items[1:])  # what the first has more is the verb before it
            return [Span(max(items[0].start, items[0].end - longest), items[0].end), *items[1:]]
    return []


def _in_quotes(text: str, span: Span, wanted: int) -> list[Span]:
    """“A”“B” in a row, with nothing but 、 or 和 between them; or one quotation that lists all between 、."""
    rows: list[list[Span]] = []
    end = -9
    for match in re.finditer(r"[“‘\"]([^“”‘’\"]{2,30})[”’\"]", span.of(text)):
        between = span.of(text)[end : match.start()] if rows else ""
        if not rows or not re.fullmatch(r"[、和与及\s]*", between):
            rows.append([])
        rows[-1].append(Span(span.start + match.start(1), span.start + match.end(1)))
        end = match.end()
    return next((row for row in rows if len(row) == wanted), [])


def _quoted_of_kind(report: Report, kind: str) -> Iterator[list[Span]]:
    """“东窑口”……。“西窑口”……: the different names in quotation marks within one passage that end as the set's does."""
    text = report.repaired.text
    pattern = re.compile(rf"[“‘]([一-鿿]{{1,6}}{re.escape(kind)})[”’]")
    for passage in report.passages:
        found: dict[str, Span] = {}
        for match in pattern.finditer(text, passage.span.start, passage.span.end):
            found.setdefault(match.group(1), Span(match.start(1), match.end(1)))
        if found:
            yield list(found.values())


def _in_groups(text: str, span: Span, wanted: int) -> list[Span]:
    """“A,B;C,D;E,F”: the groups between semicolons within one pair of quotation marks."""
    for match in re.finditer(r"[“\"]([^“”\"]{8,300})[”\"]", span.of(text)):
        if len(re.split(r"[;；]", match.group(1))) == wanted:
            whole = Span(span.start + match.start(1), span.start + match.end(1))
            return [
                Span(whole.start + item.start(), whole.start + item.end())
                for item in re.finditer(r"[^;；]+", whole.of(text))
            ]
    return []


def _counted(text: str, reach: Span, wanted: int) -> list[Span]:
    """一是 … 二是 …, 第一，… 第二，…: what stands behind each, up to the next stop."""
    for opening in ("{}是", "{}要", "第{}[，,、]", "（{}）", "其{}[，,、]"):
        found: list[Span] = []
        at, near = reach.start, reach.start + _NEAR
        for ordinal in _ORDINALS[: wanted + 1]:
            match = re.compile(rf"(?<![一-鿿]){opening.format(ordinal)}").search(text, at, reach.end)
            if match is None or match.start() > near:
                break
            near = match.end() + _REACH
            stop = _ITEM_END.search(text, match.end())
            found.append(_bare(text, Span(match.end(), stop.start() if stop else reach.end)))
            at = match.end()
        if len(found) == wanted:
            return found
    return []


def _dashed(text: str, span: Span, wanted: int) -> list[Span]:
    """Lines that begin with a dash behind the sentence that names the set."""
    if (
        text[span.end - 1 : span.end] not in "：:"
        and text[span.end : span.end + 1] not in "：:"
        and "：" not in span.of(text)[-2:]
    ):
        return []
    found = []
    for match in _DASHED.finditer(text, span.end - 1, min(len(text), span.end + _REACH)):
        stop = _ITEM_END.search(text, match.end())
        found.append(_bare(text, Span(match.end(), stop.start() if stop else len(text))))
    return found[:wanted] if len(found) >= wanted else []


def _short_sentences(text: str, span: Span, homes: list[Span]) -> list[Span]:
    """办好三件实事。道路改造。……。校舍建设。……: the short sentences that head the others of the same paragraph."""
    stop = text.find("\n", span.end)
    behind = [one for one in homes if span.end <= one.start < (stop if stop >= 0 else len(text))]
    bare = [(one, after) for one, after in pairwise(behind) if len(one) <= HEADING < len(after)]
    return [_bare(text, one) for one, _ in bare if not _ITEM_END.search(one.of(text)[:-1])]


HEADING = 14  # characters of a sentence that only heads those behind it


def _ones(text: str, span: Span) -> list[Span]:
    """推行一本…指南…;推行一张…: the clauses of “N个一”, each with 一 and a measure word."""
    pattern = re.compile(
        r"(?:^|(?<=[，,；;。：:]))\s*[一-鿿]{0,10}?一[本套册张批个支项部场次份条堂间座门名](?P<what>[^，,；;。]{2,24})",
        re.M,
    )
    return [Span(span.start + match.start(), span.start + match.end()) for match in pattern.finditer(span.of(text))]


def _of_one_build(report: Report, kind: str, wanted: int) -> list[Span]:
    """The first clauses of sentences at the heads of paragraphs that hold `kind`, each with another word.

    Under one heading, and without the one that names the set by its number.
    """
    text = report.repaired.text
    numbered = re.compile(
        rf"{NUMBER_WORD}{MEASURE}[一-鿿“”]{{0,6}}?{re.escape(kind)}|{re.escape(kind)}[一-鿿]{{0,4}}?{NUMBER_WORD}"
    )
    by_heading: dict[tuple[str, ...], dict[str, Span]] = {}
    for passage, sentence in sentences_of(report):
        if text[max(0, sentence.span.start - 1) : sentence.span.start] not in ("\n", "", " ", "　"):
            continue
        stop = _ITEM_END.search(text, sentence.span.start, sentence.span.end)
        clause = Span(sentence.span.start, stop.start() if stop else sentence.span.end)
        words = clause.of(text)
        if kind in words and len(words) <= 30 and len(words) > len(kind) + 1 and not numbered.search(words):
            by_heading.setdefault(passage.headings[:1], {}).setdefault(words, clause)
    found = [list(clauses.values()) for clauses in by_heading.values()]
    together = [clause for clauses in found for clause in clauses]
    return next((one for one in (*found, together) if len(one) == wanted and _alike(text, one, kind)), [])


def _of_one_word(report: Report, kind: str, wanted: int) -> list[Span]:
    """Words of two to four characters before a short `kind` (… 型, … 家), under one heading."""
    if len(kind) > 1 or kind in COUNTED_BY:
        return []
    text = report.repaired.text
    pattern = re.compile(
        rf"(?:打造|建设|建成|做|成为|推进|实现|提升|强化|坚持)?[一-鿿]{{2,4}}{re.escape(kind)}[一-鿿]{{0,4}}"
    )
    by_heading: dict[tuple[str, ...], dict[str, Span]] = {}
    for passage, sentence in sentences_of(report):
        for match in pattern.finditer(text, sentence.span.start, sentence.span.end):
            if not re.search(NUMBER_WORD, match.group()):
                by_heading.setdefault(passage.headings[:1], {}).setdefault(
                    match.group(), Span(match.start(), match.end())
                )
    for heading, found in by_heading.items():
        if len(found) == wanted and (not heading or kind in heading[0] or len(by_heading) == 1):
            return list(found.values())
    return []


def _alike(text: str, clauses: list[Span], kind: str) -> bool:
    """Whether the clauses share what stands before or behind the varying word."""
    words = [clause.of(text) for clause in clauses]
    same_end = len({word[word.index(kind) :] for word in words}) == 1
    same_start = len({word[:2] for word in words}) == 1
    return same_end or same_start


def _bare(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while end > start and text[end - 1] in "”’\"'，,；;。、：: \n\t\r":
        end -= 1
    while start < end and text[start] in "“‘\"'，,；;。、：: \n\t\r":
        start += 1
    return Span(start, end)
