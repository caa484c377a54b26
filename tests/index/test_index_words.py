"""The word index finds what the tokenizer gives, ranks by BM25, and breaks ties the same way always."""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.index.library import Library
from assistant.language.words import words
from tests.index.made_reports import EAST, NORTH, SOUTH, make_report


def test_a_sentence_is_found_by_its_words_and_placed(library: Library) -> None:
    report, content = make_report("north.txt", NORTH)
    library.add(report, content)
    best = library.search_words(words("走访慰问困难职工多少户"))[0]
    sentence = report.passages[best.passage].sentences[best.sentence]
    assert sentence.span.of(NORTH) == "全年走访慰问困难职工1,019户。"
    assert best.score > 0
    assert best.place == (report.id, best.passage, best.sentence)


def test_a_passage_is_found_by_its_heading_too(library: Library) -> None:
    report, content = make_report("north.txt", NORTH)
    library.add(report, content)
    found = library.search_words(["主要"], unit="passage")
    assert sorted((one.passage, one.sentence) for one in found) == [(0, -1), (1, -1), (2, -1)]
    assert library.search_words(["主要"], unit="sentence") == []


@pytest.mark.parametrize("term", ["1019", "1.5万", "6.5%", "站点", "gdp"])
def test_a_number_or_latin_word_is_found_whole(library: Library, term: str) -> None:
    for name, text in (("n", NORTH), ("s", SOUTH), ("e", EAST + "\nGDP总量居全省第9位。")):
        library.add(*make_report(name, text))
    assert library.search_words([term])
    assert library.search_words(["019"]) == []
    assert library.search_words(["5万"]) == []


def test_only_the_reports_asked_for_are_searched(library: Library) -> None:
    north, south = make_report("n", NORTH), make_report("s", SOUTH)
    library.add(*north)
    library.add(*south)
    terms = words("新建户外劳动者服务站点")
    assert {one.report_id for one in library.search_words(terms)} == {north[0].id, south[0].id}
    assert {one.report_id for one in library.search_words(terms, [south[0].id])} == {south[0].id}
    assert library.search_words(terms, []) == []
    assert library.search_words(terms, ["unknown"]) == []


@pytest.mark.parametrize("terms", [[], [""], ["   "], ['"'], ["NEAR("], ["a OR b"], ["*"], ["站点\x00"], [":"]])
def test_terms_are_never_read_as_a_query(library: Library, terms: list[str]) -> None:
    library.add(*make_report("n", NORTH))
    assert library.search_words(terms) == []


def test_a_very_long_question_is_answered(library: Library) -> None:
    library.add(*make_report("n", NORTH))
    terms = words("职工" + "".join(chr(0x4E00 + i) for i in range(4000)))
    assert len(set(terms)) > 4000
    assert library.search_words(terms)


def test_scores_are_those_of_bm25(library: Library) -> None:
    texts = [sentence for text in (NORTH, SOUTH, EAST) for sentence in text.replace("\n", "。").split("。") if sentence]
    library.add(*make_report("all", "。".join(texts)))
    terms = list(dict.fromkeys(words("新建户外劳动者服务站点")))
    rows = [Counter(words(text + ("。" if at < len(texts) - 1 else ""))) for at, text in enumerate(texts)]
    mean = sum(map(sum, (row.values() for row in rows))) / len(rows)

    def bm25(row: Counter[str]) -> float:
        score = 0.0
        for term in terms:
            holders = sum(term in each for each in rows)
            weight = max(math.log((len(rows) - holders + 0.5) / (holders + 0.5)), 1e-6)
            score += weight * row[term] * 2.2 / (row[term] + 1.2 * (0.25 + 0.75 * sum(row.values()) / mean))
        return score

    found = library.search_words(terms)
    assert len(found) >= 2
    for one in found:
        assert one.score == pytest.approx(bm25(rows[one.sentence]), rel=1e-6)


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    given = [make_report(name, text) for name, text in (("a", NORTH), ("b", SOUTH), ("c", NORTH + "\n尾。"))]
    results = []
    for at, order in enumerate(permutations(given)):
        one = Library(tmp_path / f"{at}.sqlite3")
        for report in order:
            one.add(*report)
        results.append(one.search_words(words("新建户外劳动者服务站点120家")))
        one.close()
    assert all(found == results[0] for found in results)


def test_after_a_removal_scores_are_as_if_it_had_never_been(tmp_path: Path) -> None:
    with_removal, without = Library(tmp_path / "a.sqlite3"), Library(tmp_path / "b.sqlite3")
    for text in (NORTH, EAST, SOUTH):
        with_removal.add(*make_report(text[:4], text))
    with_removal.remove(EAST[:4])
    for text in (NORTH, SOUTH):
        without.add(*make_report(text[:4], text))
    terms = words("新建服务站点，职工技能")
    assert with_removal.search_words(terms) == without.search_words(terms)
    with_removal.close()
    without.close()


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_word_of_any_text_finds_it(library: Library, text: str) -> None:
    line = text.replace("\n", " ").replace("。", " ")
    report, content = make_report("x", line)
    library.add(report, content)
    for term in set(words(line)):
        assert library.search_words([term], [report.id]), term
    library.remove("x")
