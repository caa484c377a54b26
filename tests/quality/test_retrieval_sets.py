"""The sets that retrieval is measured with: paragraphs put together again, nothing that was trained on among the questions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from embeddings.corpus import is_held_out, read_domain_rows
from tests.quality import retrieval_sets
from tests.quality.retrieval_sets import Asked, Measured, paragraphs_of, plain_bm25, sets_of
from tests.quality.weights import behind, mean_of

PARAGRAPH = "".join(chr(0x4E00 + at) for at in range(200))
OTHER = "".join(chr(0x6E00 + at) for at in range(120))


@pytest.mark.parametrize(
    "windows",
    [
        (PARAGRAPH[:100], OTHER, PARAGRAPH[60:]),
        (PARAGRAPH[60:], OTHER, PARAGRAPH[:100]),
        (PARAGRAPH[:120], PARAGRAPH[30:90], OTHER[:60], PARAGRAPH[80:], OTHER[30:]),
    ],
)
def test_overlapping_windows_are_one_paragraph_again(windows: Sequence[str]) -> None:
    assert sorted(paragraphs_of(windows)) == sorted((PARAGRAPH, OTHER))


def test_windows_that_only_share_a_phrase_stay_apart() -> None:
    one, other = PARAGRAPH[:30] + OTHER[:40], OTHER[60:] + PARAGRAPH[:30] + OTHER[40:60]
    assert paragraphs_of([one, other]) == [one, other]


def _write(path: Path, rows: Sequence[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_only_what_is_held_out_of_training_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [{"a": f"问{at}", "b": f"第{at}条规定，第{at}项事情这样办。", "t": "qa"} for at in range(40)]
    for name in ("cmrc_trial", "drcd_dev", "stard", "ntrex"):
        _write(tmp_path / f"pairs_{name}.jsonl.gz", pairs)
    _write(tmp_path / "text_law_articles.jsonl.gz", [{"t": "其他条文。"}])
    rows = [{"sentence": f"全年办结{at}件。", "zh": [f"办了几件{at}"], "en": [f"How many {at}?"]} for at in range(40)]
    _write(tmp_path / "domain_pairs.jsonl", rows)
    monkeypatch.setattr(retrieval_sets, "ENGLISH", tmp_path / "none")
    found = {one.name: one for one in sets_of(tmp_path)}
    assert len(found["cmrc"].asked) == 40
    for name in ("drcd", "law-41", "news-en"):
        assert [one.text for one in found[name].asked] == [f"问{at}" for at in range(36, 40)]
    own = {row.sentence: row.chinese for row in read_domain_rows(tmp_path) if is_held_out(row.sentence)}
    assert {one.text for one in found["first-zh"].asked} == {question for asked in own.values() for question in asked}
    for one in found.values():
        assert all(one.passages[gold] for asked in one.asked for gold in asked.gold)


def test_plain_bm25_finds_what_holds_the_words() -> None:
    passages = ["工会建成驿站。", "学校招收新生。", "道路修好了。"]
    assert plain_bm25(Measured("some", passages, [Asked("新生", (1,)), Asked("驿站", (2,))])) == (0.5, 0.5)


def test_weights_are_compared_question_by_question() -> None:
    best = [np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0]])]
    worse = [np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 1.0]])]
    assert mean_of(best) == pytest.approx(5 / 6)
    assert behind(best, best) == (0.0, 0.0)
    assert behind(worse, best) == pytest.approx((1 / 6, 1 / 6))
