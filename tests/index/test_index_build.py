"""The index as a whole: adding, refreshing, another model, several processes' worth of openings."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.errors import EmbeddingModelError, ReportRefused
from assistant.language.words import words
from assistant.models import Report, ReportKind
from tests.index.made_reports import EAST, NORTH, SOUTH, BigramEmbeddings, make_report

if TYPE_CHECKING:
    from tests.index.conftest import OpenIndex

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "新建户外劳动者服务站点多少家"


def test_a_question_finds_by_words_and_by_meaning(open_index: OpenIndex) -> None:
    index = open_index()
    for name, text in (("n", NORTH), ("s", SOUTH), ("e", EAST)):
        index.add(*make_report(name, text))
    found = index.search(index.embed(QUESTION), words(QUESTION), limit=2)
    ids = {make_report("n", NORTH)[0].id, make_report("s", SOUTH)[0].id}
    assert {one.report_id for one in found.words} == ids
    assert {one.report_id for one in found.meaning} == ids
    narrowed = index.search(index.embed(QUESTION), words(QUESTION), [index.library.report("s").id])
    assert {one.report_id for one in (*narrowed.words, *narrowed.meaning)} == {index.library.report("s").id}


def test_adding_the_same_again_embeds_nothing(open_index: OpenIndex) -> None:
    embeddings = BigramEmbeddings()
    index = open_index(embeddings=embeddings)
    assert index.unchanged("n", NORTH.encode()) is None
    index.add(*make_report("n", NORTH))
    embedded = embeddings.texts
    assert embedded > 0
    unchanged = index.unchanged("n", NORTH.encode())
    assert unchanged is not None
    assert unchanged.outcome == "unchanged"
    assert index.add(*make_report("n", NORTH)).outcome == "unchanged"
    assert embeddings.texts == embedded


def test_opening_again_needs_neither_reading_nor_embedding(open_index: OpenIndex) -> None:
    first = open_index()
    first.add(*make_report("n", NORTH))
    first.warm().result(timeout=60)
    found = first.search(first.embed(QUESTION), words(QUESTION))
    first.close()
    embeddings = BigramEmbeddings()
    again = open_index(embeddings=embeddings)
    assert again.refresh(_never_read) == 0
    assert again.search(again.embed(QUESTION), words(QUESTION)) == found
    assert again.warm().result(timeout=60)
    assert again.search(again.embed(QUESTION), words(QUESTION)) == found
    assert embeddings.texts == 0


def test_opening_and_asking_loads_no_chroma() -> None:
    code = """
import sys, tempfile, pathlib
from assistant.index.build import Index
from tests.index.made_reports import BigramEmbeddings
with tempfile.TemporaryDirectory() as home, Index(pathlib.Path(home), BigramEmbeddings(), model="m") as index:
    index.search([1.0] * 32, ["a"])
sys.exit("chromadb" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_other_rules_read_every_file_anew_and_keep_corrections(open_index: OpenIndex) -> None:
    first = open_index()
    first.add(*make_report("n", NORTH, city="北河市"))
    first.add(*make_report("s", SOUTH, city="南山市"))
    first.library.set_profile(first.library.report("n").id, city="北江市")
    first.close()
    later = open_index(reading="rules 2")
    assert later.library.summaries() == ()
    told: list[tuple[int, int]] = []
    assert later.refresh(_read_two_sections, lambda done, of: told.append((done, of))) == 2
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [line.city for line in later.library.summaries()] == ["北江市", None]
    assert later.library.report("n").passages[0].headings == ("一、主要工作", "一、主要工作")
    assert later.refresh(_never_read) == 0
    assert later.search(later.embed(QUESTION), words(QUESTION), limit=1).meaning[0].score > 0.3


def test_a_file_that_the_new_rules_refuse_is_said_and_holds_up_no_other(open_index: OpenIndex) -> None:
    first = open_index()
    for name, text in (("n", NORTH), ("s", SOUTH), ("e", EAST)):
        first.add(*make_report(name, text))
    first.close()
    later = open_index(reading="rules 2")

    def read(name: str, content: bytes, kind: ReportKind | None) -> Report:
        if name == "s":
            raise ReportRefused(en="s is no report", zh="s 不是报告")
        return make_report(name, content.decode())[0]

    with pytest.raises(ReportRefused, match="s is no report"):
        later.refresh(read)
    assert [line.name for line in later.library.summaries()] == ["e", "n"]
    assert later.library.content("s") == SOUTH.encode()


def test_reading_one_file_anew_keeps_its_name_and_corrections(open_index: OpenIndex) -> None:
    index = open_index()
    index.add(*make_report("n", NORTH))
    index.library.set_profile(index.library.report("n").id, title="更正的题目")
    index.reread("n", _read_two_sections)
    report = index.library.report("n")
    assert report.profile.title == "更正的题目"
    assert len(report.passages[0].headings) == 2


@pytest.mark.parametrize(("dimensions", "seed"), [(48, 0), (32, 1)])
def test_another_model_embeds_anew_and_nothing_is_mixed(open_index: OpenIndex, dimensions: int, seed: int) -> None:
    first = open_index()
    first.add(*make_report("n", NORTH))
    first.add(*make_report("s", SOUTH))
    first.warm().result(timeout=60)
    first.close()
    other = BigramEmbeddings(dimensions, seed)
    later = open_index(model="other", embeddings=other)
    assert later.search_meaning(later.embed(QUESTION)) == []  # the old vectors are not compared
    assert later.search_words(words(QUESTION))
    assert later.refresh(_never_read) == 2
    exact = later._vectors._exact.query(later.embed(QUESTION), None, 5, "sentence")
    assert later.warm().result(timeout=60)
    assert later.search_meaning(later.embed(QUESTION), limit=5) == exact
    assert exact[0].score > 0.5
    later.close()
    back = open_index()
    assert back.refresh(_never_read) == 2
    assert back.search_meaning(back.embed(QUESTION), limit=1)[0].score > 0.5


def test_a_model_that_gives_no_vectors_is_refused_and_nothing_is_kept(open_index: OpenIndex) -> None:
    class Broken(BigramEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float("nan")] * 32 for _ in texts]

    index = open_index(embeddings=Broken(), model="broken")
    with pytest.raises(EmbeddingModelError, match="broken"):
        index.add(*make_report("n", NORTH))
    assert index.library.summaries() == ()


def test_a_second_opening_answers_the_same_while_the_first_owns_chroma(open_index: OpenIndex) -> None:
    owner, second = open_index(), open_index()
    owner.add(*make_report("n", NORTH))
    assert owner.warm().result(timeout=60)
    assert second.warm().result(timeout=60) is False
    assert (owner.state, second.state) == ("ready", "owned elsewhere")
    second.add(*make_report("s", SOUTH))  # the library is open to all; the owner follows
    found = second.search(second.embed(QUESTION), words(QUESTION))
    assert owner.search(owner.embed(QUESTION), words(QUESTION)) == found
    assert owner.warm().result(timeout=60)
    assert owner.search(owner.embed(QUESTION), words(QUESTION)) == found
    assert len(owner.library.summaries()) == 2
    owner.close()
    assert second.warm().result(timeout=60)
    assert second.search(second.embed(QUESTION), words(QUESTION)) == found


def test_adding_and_removing_while_others_ask_is_safe(open_index: OpenIndex) -> None:
    index = open_index()
    index.add(*make_report("n", NORTH))
    assert index.warm().result(timeout=60)
    stop, wrong, asked = threading.Event(), [], []
    north = index.library.report("n").id

    def ask() -> None:
        while not stop.is_set():
            found = index.search(index.embed(QUESTION), words(QUESTION), limit=50)
            places = [one.place for one in found.meaning]
            if north not in {one.report_id for one in found.words} or len(places) != len(set(places)):
                wrong.append(found)
            if sum(one.report_id == north for one in found.meaning) != 6:
                wrong.append(found)
            asked.append(1)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        index.add(*make_report("s", SOUTH))
        index.add(*make_report("s", EAST))
        index.remove("s")
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert asked
    assert index.warm().result(timeout=60)


def _never_read(name: str, content: bytes, kind: ReportKind | None) -> Report:
    raise AssertionError(f"{name} was read although nothing had changed")


def _read_two_sections(name: str, content: bytes, kind: ReportKind | None) -> Report:
    return replace(make_report(name, content.decode(), sections=2)[0], added="2026-02-03T00:00:00+00:00")
