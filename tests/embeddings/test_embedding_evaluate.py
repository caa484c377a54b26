"""Measuring a model on questions and passages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_models import write_lines

from embeddings.errors import EmbeddingError
from embeddings.evaluate import Question, Scores, main, measure


class _ByFirstLetter:
    """A model whose vectors say only which letters a text has; simple enough to know the ranks beforehand."""

    def embed_query(self, text: str) -> list[float]:
        return [float(letter in text) for letter in "abcdefgh"]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


def test_ranks_become_recall_and_reciprocal_rank() -> None:
    passages = ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg"]
    questions = [Question("g", frozenset({6})), Question("a", frozenset({2})), Question("a", frozenset({6}))]
    scores = measure(_ByFirstLetter(), passages, questions)
    # All passages hold an "a": level scores rank in the order of the passages.
    assert scores["passage"] == Scores(recall_at_1=round(1 / 3, 4), recall_at_5=round(2 / 3, 4), mrr_at_10=0.4921)


def test_the_best_of_several_gold_passages_counts() -> None:
    scores = measure(_ByFirstLetter(), ["x", "a", "b"], [Question("b", frozenset({1, 2}))])
    assert scores["passage"].recall_at_1 == scores["passage+sentence"].recall_at_1 == 1.0


def test_nothing_to_measure_is_an_error() -> None:
    with pytest.raises(EmbeddingError, match="nothing to measure"):
        measure(_ByFirstLetter(), [], [])


def test_the_command_measures_the_bundled_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_lines(tmp_path / "passages.jsonl", [{"text": "新增公交线路12条。"}, {"text": "新建学校18所。"}])
    write_lines(tmp_path / "questions.jsonl", [{"question": "建了几所学校", "gold": 1}])
    files = [str(tmp_path / "passages.jsonl"), str(tmp_path / "questions.jsonl")]
    assert main([*files, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passage"]["recall_at_1"] == 1.0
    assert main(files) == 0
    assert "passage+sentence" in capsys.readouterr().out


def test_the_command_explains_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), str(tmp_path / "none.jsonl")]) == 1
    assert "cannot be read" in capsys.readouterr().err
