"""Ranks the passages of some reports, and their sentences, for a question: words and meaning together.

Deterministic, ties in reading order. Knows nothing of cities and answers; `hybrid` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from assistant.index.build import Index, Place
from assistant.index.places import WHOLE
from assistant.language.script import to_simplified
from assistant.models import Kind, Language, Report
from assistant.retrieval.fusion import SPREAD, fuse, likeness, meaning, meaning_weight, word_share
from assistant.retrieval.matching import present, rarities, shares, terms_of
from assistant.retrieval.wanted import Want, wants_of

CANDIDATES = 100  # passages that either side may bring
WIDER = 4  # times as many are looked at where only sentences of one kind count
SENTENCES_A_PASSAGE = 4  # sentences looked at for each candidate
SAMPLED_REPORTS = 50
SAMPLED_PASSAGES = 400
FEWEST_SAMPLED = 30  # from fewer passages nothing is concluded


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready to rank with: what it looks for, how rare each of that is, and its vector."""

    text: str
    wants: tuple[Want, ...]
    rare: tuple[float, ...]
    terms: tuple[str, ...]
    vector: Sequence[float]


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage (`sentence` of the place is -1) with its scores, as `fusion` makes them.

    `words` is its share of the wants (0..1), `meaning` how near it is (-1.6..1.6) and `score` both fused with `weight`.
    """

    place: Place
    words: float
    meaning: float
    score: float
    whole: float  # the cosine of the whole passage
    closeness: float  # of the words of its best sentence
    weight: float


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with its own share of words, cosine and fused score; `together` (0..1) counts its passage as well."""

    place: Place
    words: float
    meaning: float
    score: float
    together: float


class Ranker:
    """Ranking over one index; safe for threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._spread: tuple[int, float] = (-1, SPREAD)

    def query(self, text: str, language: Language) -> Query:
        """The question `text` made ready."""
        wants = wants_of(text, language)
        terms = terms_of(wants)
        frequencies, total = self._index.library.frequencies(terms, "passage")
        rare = tuple(rarities(wants, frequencies, total))
        text = text if language == "en" else to_simplified(text)
        vector = self._index.embed(text)
        return Query(
            text, present(wants, frequencies), rare, tuple(term for term in terms if term in frequencies), vector
        )

    def passages(
        self,
        query: Query,
        report_ids: Sequence[str] | None = None,
        *,
        candidates: int = CANDIDATES,
        kind: Kind | None = None,
    ) -> list[RankedPassage]:
        """The candidate passages of the reports (None: of all), best first.

        Candidates are what either side finds best. Where all sentences of one are less alike than the sentences
        found, the least alike of these stands for its best. With `kind`, only sentences of results, or of plans, count,
        and only passages that have one are candidates.
        """
        candidates *= WIDER if kind else 1
        near = self._index.search_meaning(query.vector, report_ids, candidates * SENTENCES_A_PASSAGE, "sentence")
        near = [hit for hit in near if hit.place in self._sentences(hit.place, kind)] if kind else near
        nearest: dict[Place, float] = {}
        for hit in near:
            nearest.setdefault(Place(hit.report_id, hit.passage, WHOLE), hit.score)
        floor = near[-1].score if near else 0.0
        found = (
            *self._index.search_words(query.terms, report_ids, candidates, "passage"),
            *self._index.search_meaning(query.vector, report_ids, candidates, "passage"),
        )
        places = sorted({*list(nearest)[:candidates], *(hit.place for hit in found)})
        places = [place for place in places if self._sentences(place, kind)] if kind else places
        cosines = {hit.place: hit.score for hit in self._index.score_meaning(query.vector, places)}
        weight = meaning_weight(self._spread_of_cosines())
        ranked = []
        for place, (share, closeness) in zip(places, self._words_and_closeness(query, places, kind), strict=True):
            whole = cosines.get(place, 0.0)
            near_by = meaning(likeness(whole, nearest.get(place, floor)), closeness)
            ranked.append(RankedPassage(place, share, near_by, fuse(share, near_by, weight), whole, closeness, weight))
        ranked.sort(key=lambda one: (-one.score, one.place))
        return ranked

    def sentences(
        self, query: Query, passages: Iterable[RankedPassage], kind: Kind | None = None
    ) -> list[RankedSentence]:
        """The sentences of the passages (of one `kind`, or all), best first by their own scores."""
        of_passage = {one.place[:2]: one for one in passages}
        places = [place for one in of_passage.values() for place in self._sentences(one.place, kind)]
        cosines = {hit.place: hit.score for hit in self._index.score_meaning(query.vector, places)}
        texts = self._texts(places)
        close = self._index.closeness(query.text, texts)
        ranked = []
        for place, words, closeness in zip(places, shares(query.wants, query.rare, texts), close, strict=True):
            around, cosine = of_passage[place[:2]], cosines.get(place, 0.0)
            most = fuse(1, meaning(likeness(1, 1), 1), around.weight)
            near_by = meaning(likeness(around.whole, cosine), closeness)
            together = fuse((around.words + words) / 2, near_by, around.weight) / most
            own = fuse(words, meaning(cosine, closeness), around.weight)
            ranked.append(RankedSentence(place, words, cosine, own, min(max(together, 0.0), 1.0)))
        ranked.sort(key=lambda one: (-one.score, one.place))
        return ranked

    def _words_and_closeness(
        self, query: Query, places: Sequence[Place], kind: Kind | None
    ) -> Iterator[tuple[float, float]]:
        """How well each passage meets the words of the question, and how close its best sentence comes to them."""
        sentences = [self._sentences(place, kind) for place in places]
        texts = self._texts([one for own in sentences for one in own])
        of_sentences = zip(
            shares(query.wants, query.rare, texts), self._index.closeness(query.text, texts), strict=True
        )
        whole = shares(query.wants, query.rare, self._texts(places))
        for share, own in zip(whole, sentences, strict=True):
            found = list(islice(of_sentences, len(own))) or [(0.0, 0.0)]
            yield word_share(share, max(one for one, _ in found)), max(one for _, one in found)

    def _spread_of_cosines(self) -> float:
        """How far the cosines between passages of the library lie apart: the measure of what the model's mean."""
        library = self._index.library
        revision = library.revision()
        known, spread = self._spread
        if known != revision:
            stored = library.ids()
            chosen = stored[:: len(stored) // SAMPLED_REPORTS + 1]
            parts = [library.vectors(one, "passage", self._index.model)[1] for one in chosen]
            rows = [row for part in parts for row in part[:: len(part) * len(chosen) // SAMPLED_PASSAGES + 1]]
            spread = spread_of(rows)
            self._spread = (revision, spread)
        return spread

    def _sentences(self, place: Place, kind: Kind | None = None) -> list[Place]:
        """The sentences of a place's passage; of one `kind`, or all."""
        sentences = self._index.library.report(place.report_id).passages[place.passage].sentences
        chosen = (at for at, one in enumerate(sentences) if kind in (None, one.kind))
        return [Place(place.report_id, place.passage, at) for at in chosen]

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


def spread_of(vectors: Sequence[NDArray[np.floating]]) -> float:
    """The standard deviation of the cosines between different vectors; of few vectors, the usual one."""
    if len(vectors) < FEWEST_SAMPLED:
        return SPREAD
    rows = np.stack(vectors).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(lengths > 0, lengths, 1)
    cosines = (rows @ rows.T)[~np.eye(len(rows), dtype=bool)]
    return max(float(cosines.std()), SPREAD / 10)
