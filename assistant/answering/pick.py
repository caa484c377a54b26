"""Picks, within one report, the figures and the sentences that a question is about.

Pure: takes a question, a report and a measure of resemblance, gives picks with their reasons. It neither
words an answer nor decides between reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.measure_words import same_class
from assistant.language.doings import doings_in
from assistant.language.people import names_of_people
from assistant.answering.zones import Zone, coverage, names_another, plain, rarity
from assistant.language.sentences import split_clauses
from assistant.models import Figure, Passage, Question, Report, Sentence, Span, Term

Similar = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a question and each of some texts are, -1..1 (the cosine of the embedding model)."""

_GROUP_END = re.compile(r"[;；。！？!?\n]")
_LEVELS = (
    ("national", re.compile(r"国家级|全国|中华全国|国家")),
    ("provincial", re.compile(r"省级|省部级|全省|(?:^|\s)省(?=[一-鿿]{2})|省(?=五一|劳|先|工|模|总|级)|[一-鿿]{2}省|自治区级")),
    ("municipal", re.compile(r"市级|全市级|(?:^|\s)[一-鿿]{2,3}市(?=[一-鿿]{2})|(?<!省)[一-鿿]{2}市(?=五一|劳|先|工|模|级)|[一-鿿]{2}(?:级)(?=示范)")),
    ("county", re.compile(r"县级|区级|县区级")),
    ("company", re.compile(r"企业级|企业(?=工匠学院)")),
)
_NARROWING = re.compile(
    r"示范性?|智能化|智慧|特色|新增|其中|首批|女职工|女性|农民工|新就业形态|线上|线下|最美|优秀|标准化|共享|流动|24小时|精品|星级|模范|高级|困难|新建|非公|百人以上|社会组织|小微|一线|全村|全镇|全乡|全街道"
)
_GROUPS = re.compile(r"女职工|女性|农民工|新就业形态|困难职工|社会组织|小微企业|非公")
LEXICAL, MODEL = 0.72, 0.28  # shares of words met and of resemblance; tuned on the project's own questions


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure or a sentence with how well it fits; `extra` narrows it in a way that was not asked."""

    report: Report
    passage: Passage
    sentence: Sentence
    figure: Figure | None
    score: float
    nouns: float  # share of the naming words met, weighted
    each: Mapping[str, float]
    extra: tuple[str, ...] = ()
    missing_focus: bool = False
    own: float = 1.0  # share of the naming words met by the figure's own clause, label and head
    other: bool = False  # the label names another thing than the question

    @property
    def extra_or_level(self) -> bool:
        """Whether the figure is of a narrower thing than its plain name: a level, a kind."""
        figure = self.figure
        return figure is not None and bool(self.extra or levels_of(" ".join((*figure.scope, figure.label))))


def levels_of(text: str) -> frozenset[str]:
    """The administrative levels that `text` names."""
    return frozenset(name for name, pattern in _LEVELS if pattern.search(text))


@lru_cache(maxsize=256)
def sentences_of(report: Report) -> tuple[tuple[Passage, Sentence], ...]:
    """All sentences of a report with their passages, in reading order."""
    return tuple((passage, sentence) for passage in report.passages for sentence in passage.sentences)


@lru_cache(maxsize=256)
def _plain_sentences(report: Report) -> tuple[str, ...]:
    text = report.repaired.text
    return tuple(plain(sentence.span.of(text)) for _, sentence in sentences_of(report))


def rare_terms(terms: Sequence[Term], report: Report) -> dict[str, float]:
    """How telling each term is within `report`."""
    return rarity(terms, _plain_sentences(report))


def home_of(report: Report, figure: Figure) -> tuple[int, Passage, Sentence] | None:
    """Where a figure stands: the number of its sentence, the passage and the sentence."""
    for index, (passage, sentence) in enumerate(sentences_of(report)):
        if sentence.span.contains(figure.sentence) or sentence.span.overlaps(figure.span):
            return index, passage, sentence
    return None


def pick_figures(question: Question, report: Report, similar: Similar, *, terms: Sequence[Term] | None = None) -> list[Pick]:
    """The figures of `report`, best fit first."""
    terms = terms if terms is not None else question.terms
    rare = rare_terms(terms, report)
    text = report.repaired.text
    homes = [(figure, home) for figure in report.figures if (home := home_of(report, figure)) is not None]
    contexts = [_context(text, figure) for figure, _ in homes]
    likeness = similar(question_text(question, terms), contexts) if contexts else []
    picks = []
    for (figure, (index, passage, sentence)), context, alike in zip(homes, contexts, likeness, strict=True):
        zones = _figure_zones(report, figure, index, passage, sentence)
        overall, nouns, each = coverage(terms, zones, rare)
        extra = _extra(question, terms, figure, report.figures, text)
        score = LEXICAL * overall + MODEL * max(0.0, min(1.0, (alike - 0.1) / 0.6))
        score += _unit_fit(question, figure) + _level_fit(question, terms, figure, text) - 0.07 * len(extra)
        score += _kind_fit(question, figure, report) + _verb_fit(question, figure) + _aspect_fit(question, figure, text) + _year_fit(question, figure)
        score -= 0.08 if not extra and _after_a_group(question, figure, text) else 0.0
        score += 0.04 * coverage(terms, (Zone(plain(figure.label), 1.0),), rare)[0]
        own = coverage(terms, zones[:3], rare)[1]
        other = names_another(terms, plain(figure.label))
        score -= 0.15 if other and own < 0.5 else 0.0
        picks.append(Pick(report, passage, sentence, figure, score, nouns, each, extra, _focus_missing(terms, each), own, other))
    picks.sort(key=lambda pick: (-pick.score, pick.figure.span.start if pick.figure else 0))
    return picks


def pick_sentences(question: Question, report: Report, similar: Similar, *, terms: Sequence[Term] | None = None) -> list[Pick]:
    """The sentences of `report`, best fit first."""
    terms = terms if terms is not None else question.terms
    rare = rare_terms(terms, report)
    homes = sentences_of(report)
    texts = _plain_sentences(report)
    likeness = similar(question_text(question, terms), [sentence.span.of(report.repaired.text) for _, sentence in homes])
    picks = []
    for index, ((passage, sentence), alike) in enumerate(zip(homes, likeness, strict=True)):
        before = texts[index - 1] if index and homes[index - 1][0] is passage else ""
        zones = (
            Zone(texts[index], 1.0),
            Zone(plain(" ".join(passage.headings)), 0.55),
            Zone(before, 0.45),
        )
        overall, nouns, each = coverage(terms, zones, rare)
        score = LEXICAL * overall + MODEL * max(0.0, min(1.0, (alike - 0.1) / 0.6))
        score += _answer_type(question, sentence.span.of(report.repaired.text), passage)
        score += 0.012 * min(4, _forms_in(terms, texts[index]))
        picks.append(Pick(report, passage, sentence, None, score, nouns, each, (), _focus_missing(terms, each)))
    picks.sort(key=lambda pick: (-pick.score, pick.sentence.span.start))
    return picks


def _forms_in(terms: Sequence[Term], text: str) -> int:
    """How many different forms of the naming words stand in a plain sentence: the fuller of two equal ones is better."""
    return len({form for term in terms if term.noun for form in term.forms if plain(form) in text})


def question_text(question: Question, terms: Sequence[Term]) -> str:
    """What is embedded: the question itself, or its terms where the topic came from an earlier turn."""
    if question.carried_topic is not None or terms is not question.terms:
        return " ".join(dict.fromkeys(term.text for term in terms))
    return question.text


def _context(text: str, figure: Figure) -> str:
    head = figure.head or ""
    clause = figure.clause.of(text)
    return clause if head and head in clause else f"{head}，{clause}" if head else clause


def _group(text: str, figure: Figure) -> Span:
    """The stretch between semicolons or full stops around a figure."""
    start, end = figure.sentence.start, figure.sentence.end
    for match in _GROUP_END.finditer(text, start, figure.clause.start):
        start = match.end()
    match = _GROUP_END.search(text, figure.clause.end, end)
    return Span(start, match.start() if match else end)


def _figure_zones(report: Report, figure: Figure, index: int, passage: Passage, sentence: Sentence) -> tuple[Zone, ...]:
    text = report.repaired.text
    group = _group(text, figure)
    plain_sentences = _plain_sentences(report)
    before = plain_sentences[index - 1] if index and sentences_of(report)[index - 1][0] is passage else ""
    own = Span(figure.clause.start, figure.clause.end)
    return (
        Zone(plain(figure.label), 1.0),
        Zone(plain(own.of(text)), 0.95),
        Zone(plain(figure.head or ""), 0.85),
        Zone(plain(text[group.start : own.start]), 0.72),
        Zone(plain(text[own.end : group.end]), 0.4),
        Zone(plain(text[sentence.span.start : group.start]), 0.5),
        Zone(plain(" ".join(passage.headings)), 0.4),
        Zone(before, 0.3),
    )


def _unit_fit(question: Question, figure: Figure) -> float:
    asked, unit = question.unit, figure.unit
    if asked is None:
        return -0.3 if unit == "%" and question.intent == "figure" and not question.carried_topic else 0.0
    if asked == unit:
        return 0.1
    if (asked == "%") != (unit == "%"):
        return -0.45
    if same_class(asked, unit):
        return 0.05
    return -0.28


def _level_fit(question: Question, terms: Sequence[Term], figure: Figure, text: str) -> float:
    asked = levels_of(" ".join((question.text, *(term.text for term in terms))) if terms is question.terms else " ".join(t.text for t in terms))
    printed = levels_of(" ".join((*figure.scope, figure.label)))
    if not printed:
        near = text[max(figure.clause.start, figure.span.start - 14) : figure.span.start]
        printed = levels_of(near) if asked else frozenset()
    if asked and printed:
        return 0.12 if asked & printed else -0.3
    if asked:
        return -0.12
    return -0.05 if printed else 0.0


def asks_target(question: Question) -> bool:
    """Whether the question asks for what is planned, not for what was reached."""
    return bool(_ASKS_TARGET.search(question.text)) and not _ASKS_RESULT.search(question.text)


def _kind_fit(question: Question, figure: Figure, report: Report) -> float:
    """Results answer questions about results, targets those about targets; a report that is a plan has only targets."""
    if report.profile.kind == "plan" or figure.kind == "unknown":
        return 0.0
    if asks_target(question):
        return 0.15 if figure.kind == "target" else -0.25
    return -0.25 if figure.kind == "target" else 0.0


def _verb_fit(question: Question, figure: Figure) -> float:
    """A little for a figure of the same doing (建了 - 建成), a little against another doing (提升)."""
    asked = doings_in(question.text)
    if not asked or not figure.verb:
        return 0.0
    done = doings_in(figure.verb)
    if not done:
        return 0.0
    return 0.07 if asked & done else -0.07


def _aspect_fit(question: Question, figure: Figure, text: str) -> float:
    """已 in the question is met by 已 in the clause: of a set and its done part, the done part is asked."""
    return 0.14 if re.search(r"已|already", question.text) and "已" in figure.clause.of(text) else 0.0


def _year_fit(question: Question, figure: Figure) -> float:
    if not question.years or figure.period.start is None:
        return 0.0
    end = figure.period.end or figure.period.start
    return 0.1 if any(figure.period.start <= year <= end for year in question.years) else -0.2


def _extra(question: Question, terms: Sequence[Term], figure: Figure, neighbours: Sequence[Figure], text: str) -> tuple[str, ...]:
    """Narrowing words of the figure's label and scope that the question did not use."""
    asked = plain(" ".join((question.text, *(form for term in terms for form in (term.text, *term.forms)))))
    label = " ".join((*figure.scope, figure.label, figure.head or "", _own_words(figure, neighbours, text)))
    return tuple(dict.fromkeys(word for word in _NARROWING.findall(label) if word and plain(word) not in asked))


def _after_a_group(question: Question, figure: Figure, text: str) -> bool:
    """Whether the clause before speaks of a narrower group, so that the figure is probably of that group too."""
    before = text[figure.sentence.start : figure.clause.start].rstrip("，,；; ")
    last = re.split(r"[，,；;。]", before)[-1]
    return any(word not in question.text for word in _GROUPS.findall(last))


def _own_words(figure: Figure, neighbours: Sequence[Figure], text: str) -> str:
    """The words of the clause that are the figure's own: those between the figures beside it."""
    start, end = figure.clause.start, figure.clause.end
    for other in neighbours:
        if start <= other.span.start < figure.span.start:
            start = max(start, other.span.end)
        if figure.span.end <= other.span.start < end:
            end = min(end, figure.span.end)
    return text[start:end]


def _focus_missing(terms: Sequence[Term], each: Mapping[str, float]) -> bool:
    focus = [term for term in terms if term.focus and term.noun]
    return any(each.get(term.text, 0.0) < 0.3 for term in focus)


_ENUMERATES = re.compile(r"内容(?:包括|涵盖|涉及)|包括总则")
_ASKS_TARGET = re.compile(
    r"打算|计划|目标|将(?:要|会)?|要(?=建|培|办|举|达|实|增)|准备|今后|未来|规划|预期|力争|下一步|明年|\bplan|\btarget|\bgoal|\bwill\b|\baim|intend|next (?:year|five)", re.I
)
_ASKS_RESULT = re.compile(r"已经|已|完成(?:了|得|情况)|实现了|达到了|建成了|培养(?:出|了)|\balready\b|\bachieved\b")
_DATE = re.compile(r"\d{4}年|\d+月\d+日|\d+月|\d+日")



def _answer_type(question: Question, sentence: str, passage: Passage) -> float:
    """A little for a sentence that holds the kind of thing asked for: a date for when, a person for who."""
    if question.asks == "when":
        return 0.08 if _DATE.search(sentence) else -0.08
    if question.asks == "who":
        return 0.12 if names_of_people(sentence) else -0.08
    if question.asks == "how" and _ENUMERATES.search(sentence):
        return -0.12  # a table of contents names things without saying how they are done
    return -0.15 if passage.headings == ("署名",) else 0.0


def trim(question: Question, pick: Pick, terms: Sequence[Term], *, limit: int = 130) -> Span:
    """The shortest run of clauses of the picked sentence that keeps the words met; at most about `limit` characters."""
    text = pick.report.repaired.text
    span = pick.sentence.span
    clauses = split_clauses(text, span) or [span]
    if len(span) <= 60 or len(clauses) == 1:
        return _strip(text, span)
    rare = rare_terms(terms, pick.report)
    best, best_value = span, float("-inf")
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            window = Span(clauses[first].start, clauses[last].end)
            if len(window) > limit and last > first:
                break
            got, _, _ = coverage(terms, (Zone(plain(window.of(text)), 1.0),), rare)
            value = got - len(window) / 900 + _answer_type(question, window.of(text), pick.passage)
            if value > best_value + 1e-9:
                best, best_value = window, value
    return _strip(text, _with_closing(text, best, span))


def in_its_group(pick: Pick, span: Span, limit: int) -> Span:
    """`span` widened over the clauses beside it within the same semicolons, as long as `limit` allows."""
    text = pick.report.repaired.text
    start, end = pick.sentence.span.start, pick.sentence.span.end
    for match in _GROUP_END.finditer(text, start, span.start):
        start = match.end()
    closing = _GROUP_END.search(text, span.end, end)
    end = closing.start() if closing else end
    clauses = [one for one in split_clauses(text, Span(start, end)) if not one.overlaps(span)]
    for clause in sorted(clauses, key=lambda one: min(abs(one.end - span.start), abs(one.start - span.end))):
        wider = Span(min(span.start, clause.start), max(span.end, clause.end))
        if len(wider) > limit:
            break
        span = wider
    return _strip(text, _with_closing(text, span, pick.sentence.span))


def _with_closing(text: str, span: Span, sentence: Span) -> Span:
    """`span` widened so that a quotation mark or bracket that it opens or closes has its fellow."""
    start, end = span.start, span.end
    for opening, closing in ("“”", "《》", "（）", "()", "「」", "‘’"):
        piece = text[start:end]
        if piece.count(opening) > piece.count(closing):
            at = text.find(closing, end, sentence.end)
            end = at + 1 if at >= 0 else end
        elif piece.count(closing) > piece.count(opening):
            at = text.rfind(opening, sentence.start, start)
            start = at if at >= 0 else start
    return Span(start, end)


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while end > start and text[end - 1] in "，,；;。、：: \n\t\r":
        end -= 1
    while start < end and text[start] in "，,；;。、：: \n\t\r":
        start += 1
    return Span(start, end)
