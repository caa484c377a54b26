"""The command line: a cold start in an empty home, JSON for machines, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
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


def test_the_log_tells_what_checking_gave_when_asked_for_it(home: Path) -> None:
    done = run("ask", "亳州建了多少家工会驿站？", "--verbose", home=home)
    assert "answer by built-in, answered: 1 statements, 1 checked, 1 confirmed, 0 not (none)" in done.stderr
    assert "工会驿站" not in done.stderr


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


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": 1}', 'line 2 has no "question"'),
        ('{"question": 7}', 'line 2 has no "question"'),
        ("[]", 'line 2 has no "question"'),
        ("{broken", "line 2 is not JSON"),
        ('{"question": "亳州呢？", "history": "工会驿站有多少？"}', 'line 2 has a "history" that is no list'),
    ],
)
def test_a_broken_file_of_questions_is_bad_usage_and_leaves_nothing(
    line: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f'{{"question": "你好"}}\n{line}\n', encoding="utf-8")
    assert main(["ask", "--jsonl", str(source), "--out", str(target), "--home", str(tmp_path / "home")]) == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_refused_question_is_named_and_the_others_are_answered(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"id": "a", "question": "你\u2028好"}, {"id": "b", "question": "长" * 2001}, {"id": "c", "question": ""}]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\r\n" for line in lines)
    source.write_bytes(b"\xef\xbb\xbf" + text.encode() + b'{"id": "d", "question": "\\ud800"}')
    assert main(["ask", "--jsonl", str(source), "--out", str(target), "--home", str(home)]) == 1
    assert "line 2" in capsys.readouterr().err
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n") if line]
    assert [answer["id"] for answer in answers] == ["a", "c", "d"]


def test_a_run_that_is_stopped_leaves_no_part_of_its_answers(home: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"question": "五个市的工会驿站列个表"}\n' * 2000, encoding="utf-8")
    args = ["ask", "--jsonl", str(source), "--out", str(target), "--home", str(home)]
    # A shell that starts tests in the background has them ignore the signal; here it must come through.
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    running = subprocess.Popen([sys.executable, "-c", code, *args], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    assert "20 / 2000" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=60) == 130 and "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_the_reports_are_listed_for_machines(home: Path) -> None:
    items = json.loads(run("reports", "list", "--json", home=home).stdout)
    assert len(items) == 5
    assert {item["city"] for item in items} == {"诸城市", "亳州市", "菏泽市", "临沂市", "烟台市"}
    assert {item["kind"] for item in items if item["city"] == "烟台市"} == {"plan"}


def test_a_comparison_is_printed_as_csv_with_its_quotes(home: Path) -> None:
    done = run("compare", "--cities", "亳州,菏泽", "--topic", "工会驿站", "--format", "csv", home=home)
    assert "1019家" in done.stdout and "280家" in done.stdout
    assert "建成工会驿站1019家" in done.stdout


def test_a_report_is_shown_with_how_and_where_each_field_was_read_and_what_is_damaged_or_doubtful(
    home: Path, tmp_path: Path
) -> None:
    text = "桂林市总工会2024年工作总结\n\n2024年，桂林市总工会建成驿站?家，帮助3241万户困难职工。\n"
    (tmp_path / "shown.txt").write_text(text, encoding="utf-8")
    run("reports", "add", str(tmp_path / "shown.txt"), home=home)
    shown = run("reports", "show", "shown.txt", home=home).stdout
    run("reports", "remove", "shown.txt", home=home)
    assert "桂林市   (certain: title at 0-3: '桂林市')" in shown
    assert f"swallowed at {text.index('?')}-{text.index('?') + 1}: '?'" in shown
    assert f"more_households_than_a_city_has at {text.index('3241')}-{text.index('困难')}: '3241万户'" in shown


def test_an_unknown_report_is_a_failure_that_says_so(home: Path) -> None:
    done = run("reports", "show", "nowhere", home=home, expect=1)
    assert "nowhere" in done.stderr


def test_an_empty_file_is_refused_and_the_others_are_added(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("桂林市总工会2024年工作总结\n全年建成工会驿站77家。\n", encoding="utf-8")
    done = run("reports", "add", str(tmp_path), home=home, expect=1)
    assert "refused" in done.stderr and "added" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["ask"], "QUESTION"),
        (["ask", "问", "--jsonl", "x"], "QUESTION"),
        (["ask", "--jsonl", "x"], "--out"),
        (["ask", "--jsonl", "x", "--out", "y", "--history", "z"], "--history"),
        (["ask", "--jsonl", "no such file", "--out", "y"], "no such file"),
        (["ask", "--jsonl", __file__, "--out", "no such folder/y"], "line 1"),
        (["evaluate", "no such file"], "no such file"),
        (["ask", "问", "--chat-model", "qwen"], "PROVIDER:MODEL"),
        (["ask", "问", "--chat-url", "example"], "--chat-url"),
        (["ask", "问", "--seeds", "no such folder"], "no such folder"),
        (["ask", "问", "--home", __file__], "--home"),
        (["reports", "profile", "x", "city"], "key=value"),
    ],
)
def test_bad_usage_ends_with_two_and_says_what_is_wrong(
    args: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path / "home"), *args]) == 2
    said = capsys.readouterr()
    assert says in said.err and not said.out
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("args", [[], ["compare"], ["nonsense"], ["serve", "--port", "70000"], ["reports"]])
def test_what_the_parser_refuses_ends_with_two(args: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(args)
    assert ended.value.code == 2


def test_the_answers_have_no_place_in_a_folder_that_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").write_text('{"question": "你好"}', encoding="utf-8")
    for target in (tmp_path / "none" / "out", tmp_path):
        assert main(["ask", "--jsonl", str(tmp_path / "in"), "--out", str(target), "--home", str(tmp_path / "h")]) == 2
        assert str(target) in capsys.readouterr().err
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("before", [True, False])
def test_common_options_are_taken_before_and_after_the_command(
    before: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "甲.txt").write_text("桂林市总工会2024年工作总结\n全年建成工会驿站77家。\n", encoding="utf-8")
    options = ["--home", str(tmp_path / "home"), "--seeds", str(tmp_path / "seeds"), "--chat-url", "http://127.0.0.1:9"]
    command = ["reports", "list", "--json"]
    assert main([*options, *command] if before else [*command, *options]) == 0
    said = capsys.readouterr()
    assert [item["city"] for item in json.loads(said.out)] == ["桂林市"]
    assert "added" in said.err


def test_signs_that_a_terminal_lacks_are_spelt_and_stop_nothing(home: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "gbk"}
    command = [sys.executable, "-m", "assistant", "ask", "亳州和菏泽的工会驿站差多少？", "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
    assert "\\u2212" in done.stdout.decode("gbk")
