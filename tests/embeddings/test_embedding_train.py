"""Training from a folder of files to a model, on a tiny folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from tiny_models import write_lines, write_training_folder

from embeddings import material, store, train
from embeddings.corpus import is_held_out, read_domain_rows
from embeddings.errors import EmbeddingError
from embeddings.langchain import StaticEmbeddings
from embeddings.load import load_embeddings


def _train(data: Path, out: Path, *more: str) -> StaticEmbeddings:
    small = ("--size", "400", "--dimensions", "16", "--steps", "300", "--runs", "2")
    train.main(["--data", str(data), "--out", str(out), "--project-pairs", str(data), *small, *more])
    model = load_embeddings(str(out))
    assert isinstance(model, StaticEmbeddings)
    return model


def test_one_command_makes_a_model_that_finds_what_it_was_trained_on(tmp_path: Path) -> None:
    data = write_training_folder(tmp_path / "data")
    model = _train(data, tmp_path / "out")
    rows = [row for row in read_domain_rows(data) if not is_held_out(row.sentence)]
    sentences = model.encode([row.sentence for row in rows])
    for questions in ([row.chinese[0] for row in rows], [row.english[0] for row in rows]):
        best = (model.encode(questions) @ sentences.T).argmax(axis=1)
        assert (best == np.arange(len(rows))).mean() >= 0.8


def test_the_same_files_give_the_same_bytes_anew_and_from_kept_first_vectors(tmp_path: Path) -> None:
    data = write_training_folder(tmp_path / "data")
    kept = ("--state", str(tmp_path / "first.npz"))
    hashes = set()
    for number, more in enumerate((kept, kept)):
        _train(data, tmp_path / str(number), *more)
        files = sorted(path for path in (tmp_path / str(number)).rglob("*") if path.is_file())
        hashes.add(hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest())
    assert len(hashes) == 1


def test_what_is_for_measuring_only_is_not_trained_on(tmp_path: Path) -> None:
    data = write_training_folder(tmp_path / "data")
    lines = [{"a": f"问{number}", "b": f"答{number}", "t": "qa"} for number in range(40)]
    write_lines(data / "pairs_stard.jsonl.gz", lines)
    sentences = [f"第{number}项工作已经完成。" for number in range(200)]
    write_lines(data / "more_pairs.jsonl", ({"sentence": text, "zh": [], "en": []} for text in sentences))
    gathered = material.gather(data, data)
    assert gathered.pairs["pairs_cmrc_trial"] == []
    assert [pair.query for pair in gathered.pairs["pairs_stard"]] == [f"问{number}" for number in range(36)]
    kept = {row.sentence for row in gathered.domain}
    assert not any(is_held_out(sentence) for sentence in kept)
    assert 5 <= len(set(sentences) - kept) <= 40


@pytest.mark.parametrize(
    ("text", "official", "everyday", "english"),
    [
        ("回头看 = 复查、再检查一遍 / follow-up inspection", "回头看", ("复查", "再检查一遍"), "follow-up inspection"),
        ("闲置 = 没人用", "闲置", ("没人用",), ""),
        ("驿站 = / rest stop", "驿站", (), "rest stop"),
        ("A/B 角 = 互相顶岗，轮班 / cover, shift", "A/B 角", ("互相顶岗", "轮班"), "cover, shift"),
    ],
)
def test_a_keyword_line_is_read(text: str, official: str, everyday: tuple[str, ...], english: str) -> None:
    assert material.parse_keyword(text) == material.Keyword(official, everyday, english)


def test_a_keyword_line_of_another_form_is_none() -> None:
    assert material.parse_keyword("回头看") is None


def test_eight_bits_a_number_keep_the_table_within_half_a_step() -> None:
    table = np.random.default_rng(5).normal(size=(50, 16)).astype(np.float32)
    table[3] = 0.0
    rows, factors = store.quantise(table)
    assert rows.dtype == np.int8 and not rows[3].any()
    assert (np.abs(rows * factors[:, None] - table) <= factors[:, None] * 0.501).all()


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad_pairs.jsonl").write_text('{"sentence": "一"}\n{oops\n', encoding="utf-8")
    with pytest.raises(EmbeddingError, match=r"Line 2 of .*bad_pairs\.jsonl"):
        read_domain_rows(tmp_path)
