"""Search by meaning is exact, and the same through Chroma as without it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.index import vectors
from assistant.index.build import Index
from assistant.index.chroma import Collections
from assistant.index.places import Place, Unit
from tests.index.made_reports import EAST, NORTH, SOUTH, BigramEmbeddings, make_report

if TYPE_CHECKING:
    from tests.index.conftest import OpenIndex

SUBJECTS = ["工会", "社区", "企业", "学校", "医院", "街道", "园区", "乡镇"]
DEEDS = ["新建服务站点", "培训职工", "走访慰问困难家庭", "举办技能大赛", "改造老旧小区", "受理法律援助案件"]


def many_reports(count: int) -> list[tuple[str, str]]:
    """Reports of 40 sentences each, many of them alike and some the same word for word."""
    chance = random.Random(7)
    made = []
    for at in range(count):
        lines = [f"第{at}市工作报告"]
        for _ in range(10):
            sentences = [f"{chance.choice(SUBJECTS)}{chance.choice(DEEDS)}{chance.randrange(30)}个。" for _ in range(4)]
            lines.append("".join(sentences))
        made.append((f"{at:03}.txt", "\n".join(lines)))
    return made


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of twelve reports, its Chroma ready. Closed with the process."""
    made = Index(tmp_path_factory.mktemp("twelve"), BigramEmbeddings(), model="bigrams", reading="1")
    for name, text in many_reports(12):
        made.add(*make_report(name, text))
    assert made.warm().result(timeout=60)
    return made


def test_chroma_gives_what_comparing_every_vector_gives(twelve: Index) -> None:
    ids = [line.id for line in twelve.library.summaries()]
    exact = twelve._vectors._exact
    embed = BigramEmbeddings().embed_query
    units: tuple[Unit, ...] = ("sentence", "passage")
    asked = 0
    for text in [subject + deed for subject in SUBJECTS[::2] for deed in DEEDS[::2]]:
        for within in (None, ids[:1], ids[3:7], [*ids[:2], "unknown"]):
            for unit in units:
                for limit in (1, 7, 60):
                    found = twelve.search_meaning(embed(text), within, limit, unit)
                    assert found == exact.query(embed(text), within, limit, unit)
                    asked += 1
    assert twelve.state == "ready"
    assert asked == 4 * 3 * 24


def test_scores_are_cosines_and_the_best_come_first(twelve: Index) -> None:
    embed = BigramEmbeddings().embed_query
    vector = np.array(embed("工会新建服务站点"))
    for one in twelve.search_meaning(vector, limit=20):
        report = twelve.library.report(one.report_id)
        span = report.passages[one.passage].sentences[one.sentence].span
        other = np.array(embed(span.of(report.repaired.text)))
        cosine = vector @ other / np.linalg.norm(vector) / np.linalg.norm(other)
        assert one.score == pytest.approx(cosine, abs=2e-3)  # kept in half precision
    scores = [one.score for one in twelve.search_meaning(vector, limit=50)]
    assert scores == sorted(scores, reverse=True)


def test_a_sentence_is_nearest_to_itself(twelve: Index) -> None:
    text = twelve.library.report("005.txt").repaired.text.split("\n")[3].split("。")[0] + "。"
    best = twelve.search_meaning(BigramEmbeddings().embed_query(text), limit=1)[0]
    assert best.score == pytest.approx(1, abs=1e-3)


def test_scores_of_given_places_are_those_of_the_search(twelve: Index) -> None:
    vector = BigramEmbeddings().embed_query("社区培训职工")
    found = twelve.search_meaning(vector, limit=30) + twelve.search_meaning(vector, limit=5, unit="passage")
    scored = {one.place: one.score for one in twelve.score_meaning(vector, [one.place for one in found])}
    assert scored == {one.place: one.score for one in found}
    nowhere = [Place("unknown", 0, 0), Place(found[0].report_id, 999, 0), Place(found[0].report_id, 1, 99)]
    assert twelve.score_meaning(vector, nowhere) == []


@pytest.mark.parametrize(
    "vector", [[0.0] * 32, [float("nan")] * 32, [float("inf")] + [0.0] * 31, [1.0] * 31, [1.0] * 33, []]
)
def test_a_vector_that_means_nothing_finds_nothing_and_breaks_nothing(twelve: Index, vector: list[float]) -> None:
    assert twelve.search_meaning(vector) == []
    assert twelve.score_meaning(vector, [Place(twelve.library.summaries()[0].id, 0, 0)]) == []
    assert twelve.state == "ready"


@pytest.mark.parametrize("limit", [0, -1])
def test_asking_for_none_gives_none(twelve: Index, limit: int) -> None:
    assert twelve.search_meaning([1.0] * 32, limit=limit) == []


def test_no_reports_asked_for_gives_none(twelve: Index) -> None:
    assert twelve.search_meaning([1.0] * 32, []) == []
    assert twelve.search_meaning([1.0] * 32, ["unknown"]) == []


@given(st.lists(st.floats(-1, 1, width=32), min_size=32, max_size=32), st.integers(1, 80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_vector_finds_the_same_both_ways(twelve: Index, vector: list[float], limit: int) -> None:
    assert twelve.search_meaning(vector, limit=limit) == twelve._vectors._exact.query(vector, None, limit, "sentence")


def test_a_library_of_middling_size_is_compared_one_by_one(twelve: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("Chroma was asked")

    vector = BigramEmbeddings().embed_query("社区培训职工")
    one = [twelve.library.summaries()[0].id]
    through_chroma = twelve.search_meaning(vector), twelve.search_meaning(vector, one)
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 100)
    monkeypatch.setattr(Collections, "query", never)
    assert (twelve.search_meaning(vector), twelve.search_meaning(vector, one)) == through_chroma


def test_sentences_without_direction_are_never_found(open_index: OpenIndex) -> None:
    index = open_index()
    index.add(*make_report("short.txt", "。\n一\n二。\n新建服务站点。"))
    vector = BigramEmbeddings().embed_query("新建服务站点")
    exact = index.search_meaning(vector, limit=10)
    assert index.warm().result(timeout=60)
    assert index.search_meaning(vector, limit=10) == exact
    assert {one.passage for one in exact} == {2, 3}  # 。 and 一 have no bigram


def test_hundreds_of_equal_sentences_stand_in_reading_order(open_index: OpenIndex) -> None:
    index = open_index()
    for at in range(4):
        index.add(*make_report(f"{at}.txt", f"第{at}份报告\n" + "新建服务站点。" * 60 + "培训职工。" * at))
    vector = BigramEmbeddings().embed_query("新建服务站点。")
    exact = index._vectors._exact.query(vector, None, 50, "sentence")
    assert index.warm().result(timeout=60)
    found = index.search_meaning(vector, limit=50)
    assert found == exact
    assert [one.place for one in found] == sorted(one.place for one in found)


def test_an_empty_library_finds_nothing(open_index: OpenIndex) -> None:
    index = open_index()
    assert index.search_meaning([1.0] * 32) == []
    assert index.warm().result(timeout=60)
    assert index.search_meaning([1.0] * 32) == []


def test_new_and_removed_reports_are_found_and_gone_at_once(open_index: OpenIndex, tmp_path: Path) -> None:
    index = open_index()
    index.add(*make_report("north.txt", NORTH))
    assert index.warm().result(timeout=60)
    vector = BigramEmbeddings().embed_query("城镇新增就业")
    east = make_report("east.txt", EAST)
    index.add(*east)
    assert index.search_meaning(vector, limit=1)[0].report_id == east[0].id
    assert index.warm().result(timeout=60)
    assert index.search_meaning(vector, limit=1)[0].report_id == east[0].id
    index.remove("east.txt")
    assert all(one.report_id != east[0].id for one in index.search_meaning(vector, limit=50))
    assert index.warm().result(timeout=60)
    assert all(one.report_id != east[0].id for one in index.search_meaning(vector, limit=50))
    index.add(*make_report("north.txt", SOUTH))  # replaces
    assert index.warm().result(timeout=60)
    south = make_report("north.txt", SOUTH)[0]
    assert {one.report_id for one in index.search_meaning(vector, limit=50)} == {south.id}


def test_chroma_rests_after_each_batch_so_that_questions_go_on(tmp_path: Path) -> None:
    made = Collections.open_folder(tmp_path)
    rested: list[float] = []
    try:
        made.create(expected=250)
        places = np.arange(500, dtype=np.int32).reshape(250, 2)
        vectors_ = np.random.default_rng(7).normal(size=(250, 16)).astype(np.float32)
        assert made.add("sentence", "a report", places, vectors_, rested.append) == 250
    finally:
        made.close()
    assert len(rested) == 3 and all(seconds > 0 for seconds in rested)
