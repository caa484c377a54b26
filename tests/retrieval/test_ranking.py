"""Ranking over a small index, and the evidence of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.index.build import Index
from assistant.language.places import lookup
from assistant.models import Sentence
from assistant.question.understand import understand
from assistant.retrieval.fusion import CLOSENESS, SPREAD
from assistant.retrieval.hybrid import EACH, Retriever, asked_text
from assistant.retrieval.langchain import documents_of
from assistant.retrieval.ranking import Ranker, spread_of
from tests.index.made_reports import NORTH, SOUTH, BigramEmbeddings, make_report


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path, BigramEmbeddings(), model="bigrams 32", reading="rules 1") as made:
        for name, text, city in (("north.txt", NORTH, "亳州市"), ("south.txt", SOUTH, "淮北市")):
            report, content = make_report(name, text, city=city)
            made.library.add(report, content)
            made.library.set_vectors(report.id, made.model, *made._embedded(report))
        yield made


def best_sentence(index: Index, question: str) -> str:
    ranker = Ranker(index)
    query = ranker.query(question, "zh-Hans")
    place = ranker.sentences(query, ranker.passages(query)[:3])[0].place
    return ranker._texts([place])[0]


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("技能大赛办了多少场", "大赛45场"),
        ("慰问了多少户困难职工", "1,019户"),
        ("挽回经济损失多少", "560万元"),
        ("挽回經濟損失多少", "560万元"),
    ],
)
def test_the_sentence_that_answers_comes_first(index: Index, question: str, held: str) -> None:
    assert held in best_sentence(index, question)


def test_the_same_question_ranks_the_same_every_time(index: Index) -> None:
    ranker = Ranker(index)
    first, second = (ranker.passages(ranker.query("站点建了多少家", "zh-Hans")) for _ in range(2))
    assert first == second and first


class WordByWordEmbeddings(BigramEmbeddings):
    """Says that one sentence comes close to the words of any question."""

    def closeness(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(["技能大赛" in text for text in texts], np.float32)


def test_a_model_that_compares_words_lifts_what_comes_close_and_nothing_else(index: Index) -> None:
    before = {one.place: one for one in Ranker(index).passages(Ranker(index).query("站点", "zh-Hans"))}
    index._embeddings = WordByWordEmbeddings()
    ranker = Ranker(index)
    for one in ranker.passages(ranker.query("站点", "zh-Hans")):
        lift = CLOSENESS if "技能大赛" in ranker._texts([one.place])[0] else 0
        assert one.meaning == pytest.approx(before[one.place].meaning + lift)
        assert one.score == pytest.approx(before[one.place].score + one.weight * lift)


def test_only_the_reports_asked_are_looked_in(index: Index) -> None:
    only = [index.library.ids()[0].id]
    ranker = Ranker(index)
    found = ranker.passages(ranker.query("站点", "zh-Hans"), only)
    assert {one.place.report_id for one in found} == set(only)


def test_a_sentence_of_the_kind_asked_is_found_behind_any_number_of_the_other(tmp_path: Path) -> None:
    """The kind chooses before the ranking: a plan in other words is found behind thirty results that fit better."""
    results = "\n".join(f"新建户外劳动者服务站点{number}家。" for number in range(30))
    report, content = make_report("plans.txt", f"{results}\n明年再添歇脚的地方。明年新增书屋。", city="亳州市")
    *before, last = report.passages
    planned = tuple(Sentence(one.span, "target") for one in last.sentences)
    report = replace(report, passages=(*before, replace(last, sentences=planned)))
    question = understand("户外劳动者服务站点新建多少家？")
    with Index(tmp_path, BigramEmbeddings(), model="bigrams 32", reading="rules 1") as index:
        index.library.add(report, content)
        index.library.set_vectors(report.id, index.model, *index._embedded(report))
        assert {hit.kind for hit in Retriever(index).retrieve(question).hits} == {"achieved"}
        found = Retriever(index).retrieve(question, kind="target").hits
        assert {hit.kind for hit in found} == {"target"} and len(found) == 2


def test_a_question_of_no_words_still_ranks(index: Index) -> None:
    ranker = Ranker(index)
    assert all(one.words == 0 for one in ranker.passages(ranker.query("？", "zh-Hans")))


def test_each_city_asked_has_its_share_of_the_evidence(index: Index) -> None:
    library = [place for name in ("亳州市", "淮北市") if (place := lookup(name)) is not None]
    evidence = Retriever(index).retrieve(understand("亳州和淮北新建了多少户外劳动者服务站点？", library=library))
    counts = [sum(hit.report_id == one for hit in evidence.hits) for one in evidence.reports]
    assert len(counts) == 2 and all(0 < count <= EACH for count in counts)
    assert all(0 <= value <= 1 for hit in evidence.hits for value in (hit.words, hit.model, hit.score))
    assert evidence.without == ()


def test_a_city_asked_that_has_no_report_is_named(index: Index) -> None:
    library = [place for name in ("亳州市", "淮北市", "蚌埠市") if (place := lookup(name)) is not None]
    evidence = Retriever(index).retrieve(understand("亳州和蚌埠新建了多少站点？", library=library))
    assert evidence.without == ("蚌埠市",) and evidence.cities == ("亳州市", "蚌埠市")
    assert Retriever(index).retrieve(understand("蚌埠新建了多少站点？", library=library)).without == ("蚌埠市",)


@pytest.mark.parametrize("k", [2, 3, 4, 50])
def test_each_city_asked_has_its_share_of_the_documents_of_a_chain(index: Index, k: int) -> None:
    library = [place for name in ("亳州市", "淮北市") if (place := lookup(name)) is not None]
    evidence = Retriever(index).retrieve(understand("亳州和淮北新建了多少户外劳动者服务站点？", library=library))
    found = documents_of(evidence, k)
    counts = [sum(one.metadata["city"] == name for one in found) for name in ("亳州市", "淮北市")]
    assert sum(counts) == min(k, len(evidence.hits)) and (abs(counts[0] - counts[1]) <= 1 or k == 50)
    assert [one.metadata["score"] for one in found] == sorted((one.metadata["score"] for one in found), reverse=True)


def test_hits_are_given_best_first(index: Index) -> None:
    scores = [hit.score for hit in Retriever(index).retrieve(understand("建了多少家职工书屋？")).hits]
    assert scores == sorted(scores, reverse=True) and scores


def test_the_names_of_the_cities_are_not_looked_for() -> None:
    library = [place for name in ("亳州市",) if (place := lookup(name)) is not None]
    assert "亳州" not in asked_text(understand("亳州市建了多少家职工书屋？", library=library))


def test_the_spread_of_few_vectors_is_the_usual_one() -> None:
    assert spread_of([np.ones(4, np.float16)]) == SPREAD


def test_the_spread_grows_with_the_distance_between_vectors() -> None:
    rows = np.random.default_rng(1).standard_normal((60, 16)).astype(np.float32)
    assert spread_of(list(rows + 4)) < spread_of(list(rows))
