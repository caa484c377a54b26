"""Ranks the passages of some reports, and their sentences, for a question: words and meaning together.

Deterministic, ties in reading order. Knows nothing of cities and answers; `hybrid` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.index.build import Index, Place
from assistant.index.places import WHOLE
from assistant.language.script import to_simplified
from assistant.models import Language, Report
from assistant.retrieval.fusion import fuse, meaning
from assistant.retrieval.matching import rarities, shares, terms_of
from assistant.retrieval.wanted import Want, wants_of

CANDIDATES = 100  # passages that either side may bring
SENTENCES_A_PASSAGE = 4  # sentences looked at for each candidate


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready to rank with: what it looks for, how rare each of that is, and its vector."""

    language: Language
    wants: tuple[Want, ...]
    rare: tuple[float, ...]
    terms: tuple[str, ...]
    vector: Sequence[float]


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage (`sentence` of the place is -1) with its scores.

    `words` is its share of the wants (0..1), `meaning` the cosine of the whole plus that of its best sentence,
    `score` both fused.
    """

    place: Place
    words: float
    whole: float  # the cosine of the whole passage
    meaning: float
    score: float


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with its own scores; `together` (0..1) counts its passage as well."""

    place: Place
    words: float
    meaning: float
    score: float
    together: float


class Ranker:
    """Ranking over one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def query(self, text: str, language: Language) -> Query:
        """The question `text` made ready."""
        wants = wants_of(text, language)
        terms = terms_of(wants)
        frequencies, total = self._index.library.frequencies(terms, "passage")
        vector = self._index.embed(text if language == "en" else to_simplified(text))
        return Query(language, wants, tuple(rarities(wants, frequencies, total)), tuple(terms), vector)

    def passages(
        self, query: Query, report_ids: Sequence[str] | None = None, *, candidates: int = CANDIDATES
    ) -> list[RankedPassage]:
        """The candidate passages of the reports (None: of all), best first.

        Candidates are what either side finds best; of a passage whose sentences are all less alike than those found,
        the least alike of these stands for its best.
        """
        near = self._index.search_meaning(query.vector, report_ids, candidates * SENTENCES_A_PASSAGE, "sentence")
        best: dict[Place, float] = {}
        for hit in near:
            best.setdefault(Place(hit.report_id, hit.passage, WHOLE), hit.score)
        floor = near[-1].score if near else 0.0
        by_words = self._index.search_words(query.terms, report_ids, candidates, "passage")
        by_meaning = self._index.search_meaning(query.vector, report_ids, candidates, "passage")
        places = sorted({*list(best)[:candidates], *(hit.place for hit in by_words), *(hit.place for hit in by_meaning)})
        whole = {hit.place: hit.score for hit in self._index.score_meaning(query.vector, places)}
        ranked = []
        for place, words in zip(places, shares(query.wants, query.rare, self._texts(places)), strict=True):
            cosine = whole.get(place, 0.0)
            likeness = meaning(cosine, best.get(place, floor))
            ranked.append(RankedPassage(place, words, cosine, likeness, fuse(words, likeness, query.language)))
        ranked.sort(key=lambda one: (-one.score, one.place))
        return ranked

    def sentences(self, query: Query, passages: Iterable[RankedPassage]) -> list[RankedSentence]:
        """All sentences of the passages, best first by their own scores."""
        of_passage = {one.place[:2]: one for one in passages}
        places = [place for one in of_passage.values() for place in self._sentences(one.place)]
        cosines = {hit.place: hit.score for hit in self._index.score_meaning(query.vector, places)}
        most = fuse(1, meaning(1, 1), query.language)
        ranked = []
        for place, words in zip(places, shares(query.wants, query.rare, self._texts(places)), strict=True):
            around, cosine = of_passage[place[:2]], cosines.get(place, 0.0)
            together = fuse((around.words + words) / 2, meaning(around.whole, cosine), query.language) / most
            own = fuse(words, cosine, query.language)
            ranked.append(RankedSentence(place, words, cosine, own, min(max(together, 0.0), 1.0)))
        ranked.sort(key=lambda one: (-one.score, one.place))
        return ranked

    def _sentences(self, place: Place) -> list[Place]:
        passage = self._index.library.report(place.report_id).passages[place.passage]
        return [Place(place.report_id, place.passage, at) for at in range(len(passage.sentences))]

    def _texts(self, places: Iterable[Place]) -> list[str]:
        """The text of each place as it is indexed: a passage with its headings, a sentence alone."""
        reports: dict[str, Report] = {}
        texts = []
        for place in places:
            if place.report_id not in reports:
                reports[place.report_id] = self._index.library.report(place.report_id)
            report = reports[place.report_id]
            passage = report.passages[place.passage]
            if place.sentence == WHOLE:
                texts.append("\n".join((*passage.headings, passage.span.of(report.repaired.text))))
            else:
                texts.append(passage.sentences[place.sentence].span.of(report.repaired.text))
        return texts
