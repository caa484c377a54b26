"""Finds the evidence for a question: words and meaning, within the reports of the cities asked.

Deterministic. It reads the index and decides nothing about answering.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.index.build import Index, Place
from assistant.language.words import words
from assistant.models import Evidence, Hit, Question, Report, Term
from assistant.retrieval.balance import MOST_REPORTS, eligible, fair_share
from assistant.retrieval.fusion import WORDS_WEIGHT, fuse

EACH = 12  # sentences a report in the evidence
CANDIDATES = 60  # sentences that either side may bring a report


class Retriever:
    """Hybrid retrieval over one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def retrieve(self, question: Question) -> Evidence:
        """The evidence for `question`, best first, with the reports that it stands in."""
        library = self._index.library
        summaries = library.summaries()
        chosen = eligible(question, summaries)
        text = " ".join(term.text for term in question.terms) if question.carried_topic else question.text
        if not chosen or not text.strip():
            return Evidence((), {item.id: library.report(item.id) for item in chosen}, summaries=summaries)
        ids = [item.id for item in chosen]
        hits = self.search(text, question.terms, question, ids)
        if len(ids) > MOST_REPORTS:
            ids = list(dict.fromkeys(hit.report_id for hit in hits))[:MOST_REPORTS]
        kept = fair_share([hit for hit in hits if hit.report_id in set(ids)], each=EACH)
        found = {hit.report_id for hit in kept}
        without = tuple(item.city or item.name for item in chosen if item.id not in found)
        return Evidence(kept, {one: library.report(one) for one in ids}, without, summaries)

    def search(self, text: str, terms: Iterable[Term], question: Question, ids: list[str]) -> list[Hit]:
        """Scored sentences of the reports `ids`, best first."""
        limit = CANDIDATES * min(max(len(ids), 1), 20)
        found = self._index.search(self._index.embed(text), _tokens(question, terms), ids, limit)
        by_words = {item.place: item.score for item in found.words}
        by_meaning = {item.place: item.score for item in found.meaning}
        fused = fuse(by_words, by_meaning, words_weight=WORDS_WEIGHT[question.language])
        top = max(by_words.values(), default=1.0) or 1.0
        reports: dict[str, Report] = {}
        hits = []
        for place, score in fused.items():
            report = reports.setdefault(place.report_id, self._index.library.report(place.report_id))
            hits.append(_hit(report, place, by_words.get(place, 0.0) / top, by_meaning.get(place, 0.0), score))
        hits.sort(key=lambda hit: (-hit.score, hit.report_id, hit.span))
        return hits


def _tokens(question: Question, terms: Iterable[Term]) -> list[str]:
    """The words to look for: those of the question, and the official forms of what it names."""
    own = [] if question.language == "en" else words(question.text)
    forms = [token for term in terms for form in (*term.forms, *term.near[:6]) for token in words(form)]
    return list(dict.fromkeys([*own, *forms]))


def _hit(report: Report, place: Place, by_words: float, by_meaning: float, score: float) -> Hit:
    passage = report.passages[place.passage]
    sentence = passage.sentences[place.sentence]
    return Hit(
        report_id=report.id,
        passage=place.passage,
        sentence=place.sentence,
        span=sentence.span,
        text=sentence.span.of(report.repaired.text),
        headings=passage.headings,
        kind=sentence.kind,
        words=by_words,
        model=by_meaning,
        score=score,
    )
