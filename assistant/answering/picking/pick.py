"""Picks, within one report, the figures and the sentences that a question is about.

Pure: takes a question, a report and a measure of resemblance, gives picks with their reasons. It neither
words an answer nor decides between reports.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.picking.answer_kinds import answer_type
from assistant.answering.picking.fits import (
    NARROWER,
    asks_of_lacks,
    asks_past,
    asks_target,
    example_fit,
    extra_of,
    holder_fit,
    kind_fit,
    lacks,
    mean_fit,
    quoted_fit,
    stated_fit,
    tells_of_lacks,
    unit_fit,
    verb_fit,
    year_fit,
)
from assistant.answering.picking.levels import level_fit, levels_of
from assistant.answering.picking.stock import (
    aspect_fit,
    beside_fit,
    done_part_fit,
    inherited_fit,
    spending_fit,
    start_fit,
    step_fit,
    stock_fit,
)
from assistant.answering.picking.surroundings import REACH, after_a_group, group_of, own_span, told_of_before
from assistant.answering.picking.zones import Zone, coverage, names_another, plain, rarity
from assistant.language.script import to_simplified
from assistant.models import Figure, Passage, Question, Report, Sentence, Span, Term

Similar = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a question and each of some texts are, -1..1 (the cosine of the embedding model)."""
_GROWTH = re.compile(r"(?:增长|下降|提高|上升|增加|减少|降低|上涨|回落|降|增)$")
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
    lacking: tuple[str, ...] = ()  # narrowing words of the question that the figure does not have
    own: float = 1.0  # share of the naming words met by the figure's own clause, label and head
    on_label: float = 1.0  # share of the naming words that the label itself meets
    other: bool = False  # the label names another thing than the question
    alike: float = 0.0  # the model's resemblance of the question and the figure's clause

    @property
    def extra_or_level(self) -> bool:
        """Whether the figure is of a narrower thing than its plain name: a level, a kind."""
        figure = self.figure
        narrowed = [word for word in self.extra if NARROWER.search(word)]
        return figure is not None and bool(narrowed or levels_of(" ".join((*figure.scope, figure.label))))


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


@lru_cache(maxsize=256)
def _homes(report: Report) -> dict[Span, tuple[int, Passage, Sentence]]:
    """Where each figure stands, by its span."""
    homes = sentences_of(report)
    ends = [sentence.span.end for _, sentence in homes]
    found: dict[Span, tuple[int, Passage, Sentence]] = {}
    for figure in report.figures:
        index = bisect_right(ends, figure.span.start)
        if index < len(homes) and homes[index][1].span.overlaps(figure.span):
            found[figure.span] = (index, *homes[index])
    return found


def home_of(report: Report, figure: Figure) -> tuple[int, Passage, Sentence] | None:
    """Where a figure stands: the number of its sentence, the passage and the sentence."""
    return _homes(report).get(figure.span)


@lru_cache(maxsize=128)
def pick_figures(question: Question, report: Report, similar: Similar) -> tuple[Pick, ...]:
    """The figures of `report`, best fit first. Kept for a while: one answer asks several times."""
    terms, asked = question.terms, plain(to_simplified(question.text))
    rare = rare_terms(terms, report)
    text = report.repaired.text
    homes = [(figure, home) for figure in report.figures if (home := home_of(report, figure)) is not None]
    contexts = [_context(text, figure) for figure, _ in homes]
    likeness = similar(question_text(question), contexts) if contexts else []
    picks = []
    for (figure, (index, passage, sentence)), _, alike in zip(homes, contexts, likeness, strict=True):
        zones = _figure_zones(report, figure, index, passage, sentence)
        overall, nouns, each = coverage(terms, zones, rare)
        extra = extra_of(question, terms, figure, report.figures, text)
        score = LEXICAL * overall + MODEL * max(0.0, min(1.0, (alike - 0.1) / 0.6))
        score += unit_fit(question, figure) + level_fit(question, terms, figure, text) - 0.07 * len(extra)
        score += (
            kind_fit(question, figure, report)
            + verb_fit(question, figure)
            + aspect_fit(question, figure, text)
            + example_fit(terms, figure, text)
            + year_fit(question, figure, report)
            + step_fit(figure, _near(report, figure), text)
            + stock_fit(question, figure, text)
            + done_part_fit(question, figure, _near(report, figure), text)
            + holder_fit(question, figure)
            + inherited_fit(question, figure, _near(report, figure), text)
            + mean_fit(question, figure, text)
            + start_fit(question, figure, text)
            + beside_fit(question, figure, text)
            + spending_fit(question, figure)
            + stated_fit(question, figure)
            + quoted_fit(terms, plain(group_of(text, figure).of(text)))
        )
        of_group = not extra and after_a_group(question, figure, text)
        score -= 0.15 if of_group else 0.0
        score += 0.04 * coverage(terms, (Zone(plain(figure.label), 1.0),), rare)[0]
        score += 0.03 * _literally(terms, plain(figure.label))
        score -= 0.09 * _beyond(terms, plain(figure.label))
        score += 0.1 if not of_group and _by_its_name(asked, plain(figure.label)) else 0.0
        own = coverage(terms, zones[:3], rare)[1]
        on_label = coverage(terms, (Zone(plain(figure.label), 1.0),), rare)[1]
        other = names_another(terms, plain(figure.label))
        score -= 0.15 if other and own < 0.5 else 0.0
        missing = lacks(question, figure, _near(report, figure), text)
        score -= 0.2 * len(missing)
        picks.append(
            Pick(report, passage, sentence, figure, score, nouns, each, extra, missing, own, on_label, other, alike)
        )
    picks.sort(key=lambda pick: (-pick.score, pick.figure.span.start if pick.figure else 0))
    return tuple(picks)


@lru_cache(maxsize=128)
def pick_sentences(question: Question, report: Report, similar: Similar) -> tuple[Pick, ...]:
    """The sentences of `report`, best fit first. Kept for a while, as `pick_figures`."""
    terms = question.terms
    rare = rare_terms(terms, report)
    homes = sentences_of(report)
    texts = _plain_sentences(report)
    likeness = similar(question_text(question), [sentence.span.of(report.repaired.text) for _, sentence in homes])
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
        if sentence.kind == "target" and report.profile.kind != "plan" and not asks_target(question):
            score -= 0.3 if asks_past(question) else 0.12
        if sentence.kind == "achieved" and asks_target(question):
            score -= 0.1
        if tells_of_lacks(sentence.span.of(report.repaired.text)) and not asks_of_lacks(question):
            score -= 0.15
        score += answer_type(question, sentence.span.of(report.repaired.text), passage)
        score += 0.012 * min(4, _forms_in(terms, texts[index]))
        picks.append(Pick(report, passage, sentence, None, score, nouns, each))
    picks.sort(key=lambda pick: (-pick.score, pick.sentence.span.start))
    return tuple(picks)


def _forms_in(terms: Sequence[Term], text: str) -> int:
    """How many different forms of the naming words stand in a plain sentence: the fuller of two equal ones is better."""
    return len({form for term in terms if term.noun for form in term.forms if plain(form) in text})


def question_text(question: Question) -> str:
    """What is embedded: the question itself, or its terms where the topic came from an earlier turn."""
    if question.carried_topic is not None:
        return " ".join(dict.fromkeys(term.text for term in question.terms))
    return question.text


def _literally(terms: Sequence[Term], label: str) -> float:
    """The share of the naming words that the label has as they were asked, not by another word for the thing."""
    named = [plain(term.text) for term in terms if term.noun and len(term.text) > 1]
    return sum(name in label for name in named) / len(named) if named else 0.0


def _beyond(terms: Sequence[Term], label: str) -> float:
    """The share of a plain label that goes beyond the word of the question it meets: 新能源汽车产量 for 汽车产量."""
    inside = [len(plain(form)) for term in terms if term.noun for form in term.forms if plain(form) in label]
    return 1 - max(inside) / len(label) if inside else 0.0


def _by_its_name(asked: str, label: str) -> bool:
    """Whether the question says the whole label, so that no figure is meant more surely."""
    return len(label) >= NAME and label in asked


NEIGHBOURS = 24  # figures on either side that may bear on one; a sentence of thousands is none of speech
NAME = 4  # characters of a label that is unmistakable


def _near(report: Report, figure: Figure) -> Sequence[Figure]:
    """The figures of the same sentence, of a very long one those about it."""
    figures, places = _by_sentence(report)
    of_sentence = figures.get(figure.sentence, [])
    at = places.get(figure.span, 0)
    return of_sentence[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]


@lru_cache(maxsize=256)
def _by_sentence(report: Report) -> tuple[dict[Span, list[Figure]], dict[Span, int]]:
    """The figures of each sentence, and the place of each among them."""
    found: dict[Span, list[Figure]] = {}
    places: dict[Span, int] = {}
    for figure in report.figures:
        of_sentence = found.setdefault(figure.sentence, [])
        places[figure.span] = len(of_sentence)
        of_sentence.append(figure)
    return found, places


def _context(text: str, figure: Figure) -> str:
    head = figure.head or ""
    clause = figure.clause.of(text)
    if figure.label not in clause:
        clause = f"{figure.label}，{clause}"  # 达到106.6亿元 alone does not tell of what
    return clause if head and head in clause else f"{head}，{clause}" if head else clause


def _figure_zones(report: Report, figure: Figure, index: int, passage: Passage, sentence: Sentence) -> tuple[Zone, ...]:
    text = report.repaired.text
    group = group_of(text, figure)
    opening = max(sentence.span.start, group.start - REACH)
    neighbours = _near(report, figure)
    plain_sentences = _plain_sentences(report)
    before = plain_sentences[index - 1] if index and sentences_of(report)[index - 1][0] is passage else ""
    clause, own = figure.clause, own_span(figure, neighbours)
    words = own.of(text)
    for other in neighbours:
        claimed = _GROWTH.sub("", other.label)
        if other.clause == clause and len(claimed) > 1 and claimed not in figure.label:
            words = words.replace(claimed, " ")
    lead = text[group.start : clause.start]
    told = told_of_before(figure, lead, clause.of(text))
    unclaimed = lead
    for other in neighbours:
        if group.start <= other.span.start < clause.start:
            unclaimed = unclaimed.replace(other.label, " ")  # what another figure counts is not this one's
    return (
        Zone(plain(figure.label), 1.0),
        Zone(plain(words), 0.95),
        Zone(plain(figure.head or ""), 0.85),
        Zone(plain(clause.of(text)), 0.78),
        Zone(plain(told), 0.78),
        Zone(plain(unclaimed), 0.72),
        Zone(plain(lead), 0.45),
        Zone(plain(text[clause.end : group.end]), 0.3),
        Zone(plain(text[opening : group.start]), 0.5),
        Zone(plain(" ".join(passage.headings)), 0.4),
        Zone(before[-REACH:], 0.3),
    )
