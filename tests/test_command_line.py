"""The command line: a cold start in an empty home, JSON for machines, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*args: str, home: Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("REPORT_ASSISTANT_")}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *args, "--home", str(home)],
        capture_output=True, text=True, cwd=ROOT, env={**environ, "LC_ALL": "C.UTF-8"}, timeout=300,
    )  # fmt: skip
    assert done.returncode == expect, done.stderr
    return done


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cold") / "not-yet-there"


def test_a_cold_start_in_an_empty_home_adds_the_reports_and_answers(home: Path) -> None:
    done = run("ask", "亳州建了多少家工会驿站？", home=home)
    assert done.stderr.count("added") == 5
    assert "1019家" in done.stdout.splitlines()[0]


def test_a_second_start_adds_nothing(home: Path) -> None:
    done = run("ask", "那菏泽呢？", "--history", "亳州建了多少家工会驿站？", "--json", home=home)
    answer = json.loads(done.stdout)
    assert "added" not in done.stderr
    assert answer["status"] == "answered"
    assert [item["city"] for item in answer["citations"]] == ["菏泽市"]
    assert answer["carried_over"]["topic"] == "工会驿站"


def test_a_file_of_questions_becomes_a_file_of_answers(home: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "a", "question": "你好"},
        {"id": "b", "question": "那临沂呢？", "history": ["亳州的妈妈小屋有几个？"]},
    ]
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    run("ask", "--jsonl", str(source), "--out", str(target), home=home)
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["status"] == "small_talk"
    assert "29个" in answers[1]["answer"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_broken_file_of_questions_is_bad_usage_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1}\n', encoding="utf-8")
    done = run("ask", "--jsonl", str(source), "--out", str(target), home=home, expect=2)
    assert "question" in done.stderr
    assert not target.exists()


def test_the_reports_are_listed_for_machines(home: Path) -> None:
    items = json.loads(run("reports", "list", "--json", home=home).stdout)
    assert len(items) == 5
    assert {item["city"] for item in items} == {"诸城市", "亳州市", "菏泽市", "临沂市", "烟台市"}
    assert {item["kind"] for item in items if item["city"] == "烟台市"} == {"plan"}


def test_a_comparison_is_printed_as_csv_with_its_quotes(home: Path) -> None:
    done = run("compare", "--cities", "亳州,菏泽", "--topic", "工会驿站", "--format", "csv", home=home)
    assert "1019家" in done.stdout and "280家" in done.stdout
    assert "建成工会驿站1019家" in done.stdout


def test_an_unknown_report_is_a_failure_that_says_so(home: Path) -> None:
    done = run("reports", "show", "nowhere", home=home, expect=1)
    assert "nowhere" in done.stderr


def test_an_empty_file_is_refused_and_the_others_are_added(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("桂林市总工会2024年工作总结\n全年建成工会驿站77家。\n", encoding="utf-8")
    done = run("reports", "add", str(tmp_path), home=home, expect=1)
    assert "refused" in done.stderr and "added" in done.stderr


@pytest.mark.parametrize("args", [["ask"], ["compare"], ["nonsense"], ["ask", "问", "--jsonl", "x"]])
def test_bad_usage_ends_with_two(args: list[str], home: Path) -> None:
    run(*args, home=home, expect=2)
