"""The command line: `report-assistant`, or `python -m assistant`. Results to stdout, progress and errors to stderr.

Exit codes: 0 done, 1 a part failed (said which), 2 bad usage, 130 stopped by the user.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from assistant.arguments import Run, given_settings, parser
from assistant.embedding_model import look_for_model
from assistant.errors import AssistantError, RequestRefused, SettingError
from assistant.settings import Settings, load

if TYPE_CHECKING:
    from assistant.models import AddResult, Answer
    from assistant.renewal import Progress
    from assistant.service import Assistant

_EXAMPLE = '{"id": "1", "question": "…", "history": ["…"]}'


class _BadUsage(Exception):
    """What was asked for cannot be done as it was asked; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal of an older encoding lacks some of the signs that we print
            stream.reconfigure(errors="backslashreplace")
    args = parser(_RUNS).parse_args(argv)
    if getattr(args, "verbose", False):
        logging.basicConfig(format="%(asctime)s %(name)s: %(message)s", level=logging.WARNING)
        logging.getLogger("assistant").setLevel(logging.INFO)
    try:
        settings = load(os.environ, **given_settings(args))
        look_for_model(settings)  # before anything heavy is imported, since it may not be there
        return int(args.run(args, settings))
    except _BadUsage as error:
        _tell(str(error))
        return 2
    except AssistantError as error:
        _tell(error.say(_reader_language()))
        return 2 if isinstance(error, SettingError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output closed it, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


# --- the commands ----------------------------------------------------------------------------


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.web.server import serve

    serve(settings, open_browser=not args.no_browser)
    return 0


def _mcp(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.mcp_server import serve

    serve(settings, http=args.http, host=settings.host, port=args.mcp_port)
    return 0


def _ask(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer_json import answer_json

    if (args.jsonl is None) == (args.question is None) or (args.jsonl is None) != (args.out is None):
        raise _BadUsage("ask takes a QUESTION, or --jsonl IN with --out OUT.")
    if args.jsonl is not None:
        if args.history or args.json:
            raise _BadUsage("--history and --json go with a QUESTION; with --jsonl each line has its own history.")
        return _ask_file(Path(args.jsonl), Path(args.out), settings)
    question, history = _within_limits(args.question, args.history or ())
    with _ready(settings) as assistant:
        answer = assistant.ask(question, history=history)
    if args.json:
        _print_json(answer_json(answer))
    else:
        _print_answer(answer)
    return 0


def _ask_file(source: Path, target: Path, settings: Settings) -> int:
    """Answers each line of `source`; `target` appears whole or not at all. A question that is refused stops no other."""
    from assistant.answer_json import answer_json

    questions, refused = _questions(source), False
    with _whole_file(target) as out, _ready(settings) as assistant:
        for done, (line, item) in enumerate(questions, start=1):
            try:
                question, history = _within_limits(item["question"], item.get("history") or ())
            except RequestRefused as error:
                _tell(f"{source}, line {line}: {error.say(_reader_language())}")
                refused = True
                continue
            answer = assistant.ask(question, history=history, id=item.get("id"))
            out.write(json.dumps(answer_json(answer), ensure_ascii=False) + "\n")
            if done % 20 == 0 or done == len(questions):
                _tell(f"{done} / {len(questions)}")
    return 1 if refused else 0


def _questions(source: Path) -> list[tuple[int, dict[str, Any]]]:
    """(line number, item) of each line of a file. Raises _BadUsage that names the first line in disorder."""
    try:
        lines = source.read_text(encoding="utf-8-sig").split("\n")  # other line ends may stand inside a string
    except (OSError, UnicodeDecodeError) as error:
        raise _BadUsage(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            item, wrong = _question(line)
            if wrong:
                raise _BadUsage(f"{source}, line {number} {wrong}. Each line is like {_EXAMPLE}")
            found.append((number, item))
    return found


def _question(line: str) -> tuple[dict[str, Any], str]:
    """A line of a file of questions, and what is wrong with it (empty: nothing)."""
    try:
        item = json.loads(line)
    except ValueError as error:
        return {}, f"is not JSON ({error})"
    if not isinstance(item, dict) or not isinstance(item.get("question"), str):
        return {}, 'has no "question"'
    history = item.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        return {}, 'has a "history" that is no list of questions'
    return item, ""


@contextmanager
def _whole_file(target: Path) -> Iterator[IO[str]]:
    """A file to write that takes the place of `target` when the block ends well, and leaves nothing else behind."""
    growing = target.with_name(f".{target.name}.{os.getpid()}")
    if target.is_dir() or not target.parent.is_dir():
        raise _BadUsage(
            f"{target} cannot be written: {'it is a folder' if target.is_dir() else 'its folder is missing'}."
        )
    try:
        out = open(growing, "w", encoding="utf-8", newline="\n")  # noqa: SIM115  # closed below; errors inside are not its own
    except OSError as error:
        raise _BadUsage(f"{target} cannot be written: {error.strerror or error}.") from error
    try:
        with out:
            yield out
        os.replace(growing, target)
    finally:
        growing.unlink(missing_ok=True)


def _compare(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer_json import answer_json
    from assistant.export import comparison_table

    cities = [name.strip() for name in args.cities.replace("，", ",").split(",") if name.strip()]
    with _ready(settings) as assistant:
        answer = assistant.compare(cities, args.topic)
    if args.format == "json":
        _print_json(answer_json(answer))
    else:
        print(comparison_table(answer, args.format))
    return 0


def _reports_list(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer_json import summary_json

    with _ready(settings) as assistant:
        items = assistant.reports()
    if args.json:
        _print_json([summary_json(item) for item in items])
        return 0
    for item in items:
        about = f"{item.id}  {item.city or '-'}  {item.period.label}  {item.kind}"
        counts = f"{item.figures} figures, {item.losses} losses, {item.encoding or item.format}"
        print(f"{about}  {counts}  {item.name}  {item.title}")
    return 0


def _reports_add(args: argparse.Namespace, settings: Settings) -> int:
    files, failed = [], False
    for path in _files(args.paths):
        try:
            files.append((path.name, path.read_bytes()))
        except OSError as error:
            _tell(f"{path}: {error.strerror or error}")
            failed = True
    with _ready(settings) as assistant:
        failed |= _show_adding(assistant.add(files))
    return 1 if failed or not files else 0


def _reports_show(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.report_lines import report_lines

    with _ready(settings) as assistant:
        report = assistant.report(args.id)
    print("\n".join(report_lines(report)))
    return 0


def _reports_profile(args: argparse.Namespace, settings: Settings) -> int:
    fields = dict(item.split("=", 1) for item in args.fields if "=" in item)
    if len(fields) != len(args.fields):
        raise _BadUsage("Each correction is written key=value, for example city=芜湖市.")
    with _ready(settings) as assistant:
        item = assistant.correct(args.id, **fields)
    print(f"{item.id}  {item.city or '-'}  {item.period.label}  {item.kind}")
    return 0


def _reports_remove(args: argparse.Namespace, settings: Settings) -> int:
    with _ready(settings) as assistant:
        assistant.remove(args.id)
    return 0


def _evaluate(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.evaluation.answers import evaluate_answers

    questions, reports = Path(args.questions), Path(args.reports) if args.reports else None
    _questions(questions)
    if reports is not None and not reports.is_dir():
        raise _BadUsage(f"{reports} is no folder.")
    return evaluate_answers(questions, settings, reports=reports, show=print, tell=_tell)


def _evaluate_retrieval(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.evaluation.retrieval import evaluate_retrieval

    result = evaluate_retrieval(Path(args.passages), Path(args.questions), settings, _tell)
    if args.json:
        _print_json(result)
    else:
        for name, measures in result.items():
            print(f"{name:8}" + "  ".join(f"{key} {value:.3f}" for key, value in measures.items() if value is not None))
    return 0


_RUNS: dict[str, Run] = {
    "serve": _serve,
    "mcp": _mcp,
    "ask": _ask,
    "compare": _compare,
    "reports add": _reports_add,
    "reports list": _reports_list,
    "reports show": _reports_show,
    "reports profile": _reports_profile,
    "reports remove": _reports_remove,
    "evaluate": _evaluate,
    "evaluate-retrieval": _evaluate_retrieval,
}


# --- helpers ----------------------------------------------------------------------------------


@contextmanager
def _ready(settings: Settings) -> Iterator[Assistant]:
    """An assistant whose library is not empty, unless there is nothing to fill it with; closed when the block ends."""
    from assistant.bootstrap import build, first_reports

    assistant = build(settings, lambda done, of: _tell(f"up to date: {done} / {of}"))
    try:
        _show_adding(first_reports(assistant, settings))
        yield assistant
    finally:
        assistant.close()


def _show_adding(items: Iterable[Progress | AddResult]) -> bool:
    """Says what becomes of each file; whether any was refused."""
    from assistant.models import AddResult

    refused = False
    for item in items:
        if isinstance(item, AddResult):
            reason = item.reason if _reader_language() != "en" else item.reason_en or item.reason
            _tell(f"{item.outcome:9} {item.name}" + (f": {reason}" if reason else ""))
            refused |= item.outcome == "refused"
    return refused


def _files(paths: Sequence[str]) -> list[Path]:
    found: list[Path] = []
    for text in paths:
        path = Path(text)
        found += sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    return found


def _print_answer(answer: Answer) -> None:
    print(answer.text)
    cited = answer.citations or answer.related
    if cited:
        print()
    for item in cited:
        place = f" · {item.place}" if item.place else ""
        where = f"{item.city or '-'} · {item.period or '-'} · {item.report}{place} {item.start}-{item.end}"
        print(f"[{item.n}] {where}: {item.quote}")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


def _within_limits(question: str, history: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The question as the other doors would take it; an empty one is answered too. Raises RequestRefused."""
    from assistant import asked

    return asked.question(question, history) if question.strip() else (question, ())


def _reader_language() -> str:
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-Hans" if language.lower().startswith("zh") else "en"
