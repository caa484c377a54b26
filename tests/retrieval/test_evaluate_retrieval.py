"""`report-assistant evaluate-retrieval` on a small file of passages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import EvaluationFileError
from assistant.evaluation.retrieval import evaluate_retrieval
from assistant.settings import load
from embeddings.evaluate import read_passages, read_questions
from tests.conftest import DATA

PASSAGES, QUESTIONS = DATA / "retrieval_passages.jsonl", DATA / "retrieval_questions.jsonl"


def test_the_command_prints_the_measures_of_each_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate-retrieval", str(PASSAGES), str(QUESTIONS), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert list(result) == ["words", "model", "hybrid"]
    assert result["hybrid"] == {"recall@1": 1.0, "recall@5": 1.0, "mrr@10": 1.0, "answer_sentence@1": 1.0}


def test_without_answers_there_is_no_measure_of_sentences(tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"question": "滇越铁路何时通车？", "gold": 3}\n', encoding="utf-8")
    result = evaluate_retrieval(PASSAGES, questions, load({}, home=tmp_path / "home"))
    assert result["hybrid"]["answer_sentence@1"] is None
    assert result["hybrid"]["recall@1"] == 1
    assert not (tmp_path / "home").exists(), "the user's library is left alone"


def test_blank_passages_several_golds_and_line_ends_within_a_text_are_taken(tmp_path: Path) -> None:
    passages, questions, told = tmp_path / "p.jsonl", tmp_path / "q.jsonl", list[str]()
    texts = ["", "全市建成站点120家。\u2028组织大赛45场。", "   ", "培训职工1120人次。"]
    lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    passages.write_text("\ufeff" + "".join(lines), encoding="utf-8")
    asked = {"question": "培訓了多少職工", "gold": [2, 3], "answer": "1120人次"}
    questions.write_text(json.dumps(asked) + "\n", encoding="utf-8")
    result = evaluate_retrieval(passages, questions, load({}, home=tmp_path / "home"), told.append)
    assert result["hybrid"] == {"recall@1": 1.0, "recall@5": 1.0, "mrr@10": 1.0, "answer_sentence@1": 1.0}
    assert told == ["4 passages indexed", "1 / 1"]


def test_gold_numbers_the_lines_of_the_file_and_blank_ones_too(tmp_path: Path) -> None:
    passages, questions = tmp_path / "p.jsonl", tmp_path / "q.jsonl"
    texts = ["全市建成站点120家。", "组织大赛45场。", "培训职工1120人次。"]
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    passages.write_text(f"{lines[0]}\n\n{lines[1]}\n  \n{lines[2]}\n\n", encoding="utf-8")
    questions.write_text('\n{"question": "培训了多少职工", "gold": 4}\n\n', encoding="utf-8")
    result = evaluate_retrieval(passages, questions, load({}, home=tmp_path / "home"))
    assert result["hybrid"]["recall@1"] == 1
    assert [one or None for one in read_passages(passages)] == [texts[0], None, texts[1], None, texts[2]]
    assert [one.gold for one in read_questions(questions)] == [{4}]
    for gold, line in ((3, 2), (5, 2)):
        questions.write_text(f'\n{{"question": "培训了多少职工", "gold": {gold}}}\n', encoding="utf-8")
        with pytest.raises(EvaluationFileError, match=f"line {line}: gold {gold} names none of the 3 passages"):
            evaluate_retrieval(passages, questions, load({}, home=tmp_path / "home"))


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        '{"question": "谁？"}',
        '{"question": "谁？", "gold": 6}',
        '{"question": "谁？", "gold": []}',
        '["谁？"]',
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, line: str) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationFileError, match=r"q\.jsonl"):
        evaluate_retrieval(PASSAGES, questions, load({}, home=tmp_path / "home"))


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate-retrieval", str(tmp_path / "none.jsonl"), str(QUESTIONS)]) == 1
    assert "none.jsonl" in capsys.readouterr().err
