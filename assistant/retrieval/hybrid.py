"""Finds the evidence for a question: words and meaning, within the reports of the cities asked.

Deterministic. It reads the index and decides nothing about answering.
"""

from __future__ import annotations

from contextlib import suppress

from assistant.errors import ReportNotFound
from assistant.index.build import Index
from assistant.index.library import Library
from assistant.models import Evidence, Hit, Kind, Question
from assistant.retrieval.balance import MOST_REPORTS, eligible, fair_share
from assistant.retrieval.ranking import RankedPassage, RankedSentence, Ranker

EACH = 12  # sentences a report in the evidence, and passages that they are taken from
CANDIDATES = 30  # passages that either side may bring for one report
MOST_CANDIDATES = 300
_AGAIN = 3  # while reports are being taken out
_OF_NO_PASSAGE = frozenset({"small_talk", "library", "judgement", "unclear"})  # no words of a report answer these


class Retriever:
    """Hybrid retrieval over one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._ranker = Ranker(index)

    def retrieve(
        self, question: Question, *, besides: frozenset[str] = frozenset(), kind: Kind | None = None
    ) -> Evidence:
        """The evidence for `question`, best first, with the reports that it stands in; `besides` are looked through.

        With `kind`, only sentences of results, or of plans, are ranked. A report that is taken out meanwhile is left
        out: what is there then is searched again.
        """
        library = self._index.library
        with library.at_hand():
            for _ in range(_AGAIN):
                with suppress(ReportNotFound):
                    return self._retrieved(question, library, besides, kind)
            return self._retrieved(question, library, besides, kind)

    def _retrieved(self, question: Question, library: Library, besides: frozenset[str], kind: Kind | None) -> Evidence:
        summaries = library.summaries()
        if question.intent in _OF_NO_PASSAGE and not question.cities:
            return Evidence((), {}, summaries=summaries)
        chosen = eligible(question, [item for item in summaries if item.id not in besides])
        text, asked = asked_text(question), tuple(city.name for city in question.cities)
        if not chosen or not text.strip():
            reports = {item.id: library.report(item.id) for item in chosen}
            return Evidence((), reports, asked, summaries, cities=asked)
        ids = [item.id for item in chosen]
        hits = self.search(text, question, ids, kind)
        if len(ids) > MOST_REPORTS:
            ids = list(dict.fromkeys(hit.report_id for hit in hits))[:MOST_REPORTS]
        kept = fair_share([hit for hit in hits if hit.report_id in set(ids)], each=EACH)
        found = {hit.report_id for hit in kept}
        giving = {item.city for item in chosen if item.id in found}
        without = tuple(name for name in asked if name not in giving)
        return Evidence(kept, {one: library.report(one) for one in ids}, without, summaries, cities=asked)

    def search(self, text: str, question: Question, ids: list[str], kind: Kind | None = None) -> list[Hit]:
        """Scored sentences (of one `kind`, or all) of the best passages of the reports `ids`, best first."""
        query = self._ranker.query(text, question.language)
        limit = min(CANDIDATES * len(ids), MOST_CANDIDATES)
        passages: dict[str, list[RankedPassage]] = {}
        for passage in self._ranker.passages(query, ids, candidates=limit, kind=kind):
            passages.setdefault(passage.place.report_id, []).append(passage)
        best = [passage for of_report in passages.values() for passage in of_report[:EACH]]
        hits = [self._hit(one) for one in self._ranker.sentences(query, best, kind)]
        hits.sort(key=lambda hit: (-hit.score, hit.report_id, hit.span))
        return hits

    def _hit(self, ranked: RankedSentence) -> Hit:
        report = self._index.library.report(ranked.place.report_id)
        passage = report.passages[ranked.place.passage]
        sentence = passage.sentences[ranked.place.sentence]
        return Hit(
            report_id=report.id,
            passage=ranked.place.passage,
            sentence=ranked.place.sentence,
            span=sentence.span,
            text=sentence.span.of(report.repaired.text),
            headings=passage.headings,
            kind=sentence.kind,
            words=min(ranked.words, 1.0),
            model=min(max(ranked.meaning, 0.0), 1.0),
            score=ranked.together,
        )


def asked_text(question: Question) -> str:
    """The words of the question that evidence is looked for with: its topic where that is carried over.

    The cities are left out: they choose the reports, and in a report of their own their names tell nothing.
    """
    if question.carried_topic:
        return " ".join(term.text for term in question.terms)
    text = question.text
    for city in question.cities:
        text = text.replace(city.name, " ").replace(city.short, " ")
    return text
