"""The command line: `report-assistant`, or `python -m assistant`. Results to stdout, progress and errors to stderr.

Exit codes: 0 done, 1 a part failed (said which), 2 bad usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.settings import Settings, load

if TYPE_CHECKING:
    from assistant.models import AddResult, Answer
    from assistant.service import Assistant, Progress


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    try:
        settings = load(os.environ, **{key: value for key, value in _common(args).items() if value is not None})
        return int(args.run(args, settings))
    except AssistantError as error:
        _tell(error.say(_reader_language()))
        return 1
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
        _tell("ask takes a QUESTION, or --jsonl IN with --out OUT.")
        return 2
    if args.jsonl is not None:
        return _ask_file(Path(args.jsonl), Path(args.out), settings)
    assistant = _ready(settings)
    answer = assistant.ask(args.question, history=args.history or ())
    if args.json:
        _print_json(answer_json(answer))
    else:
        _print_answer(answer)
    assistant.close()
    return 0


def _ask_file(source: Path, target: Path, settings: Settings) -> int:
    """Answers each line of `source`; `target` appears whole or not at all."""
    from assistant.answer_json import answer_json

    try:
        lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
        asked = [
            (item.get("id"), str(item["question"]), [str(turn) for turn in item.get("history") or ()]) for item in lines
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        _tell(
            f'{source} cannot be read as questions ({error}); each line must be JSON such as {{"id": "1", "question": "…"}}.'
        )
        return 2
    assistant = _ready(settings)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as out:
        for done, (number, question, history) in enumerate(asked, start=1):
            answer = assistant.ask(question, history=history, id=number)
            out.write(json.dumps(answer_json(answer), ensure_ascii=False) + "\n")
            if done % 20 == 0 or done == len(asked):
                _tell(f"{done} / {len(asked)}")
    os.replace(out.name, target)
    assistant.close()
    return 0


def _compare(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer_json import answer_json
    from assistant.export import comparison_table

    assistant = _ready(settings)
    cities = [name.strip() for name in args.cities.replace("，", ",").split(",") if name.strip()]
    answer = assistant.compare(cities, args.topic)
    if args.format == "json":
        _print_json(answer_json(answer))
    else:
        print(comparison_table(answer, args.format))
    assistant.close()
    return 0


def _reports_list(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer_json import summary_json

    assistant = _ready(settings)
    items = assistant.reports()
    if args.json:
        _print_json([summary_json(item) for item in items])
    else:
        for item in items:
            print(
                f"{item.id}  {item.city or '-'}  {item.period.label}  {item.kind}  {item.figures} figures, {item.losses} losses, {item.encoding or item.format}  {item.name}  {item.title}"
            )
    assistant.close()
    return 0


def _reports_add(args: argparse.Namespace, settings: Settings) -> int:
    assistant = _ready(settings)
    files, failed = [], False
    for path in _files(args.paths):
        try:
            files.append((path.name, path.read_bytes()))
        except OSError as error:
            _tell(f"{path}: {error.strerror or error}")
            failed = True
    failed |= _show_adding(assistant.add(files))
    assistant.close()
    return 1 if failed or not files else 0


def _reports_show(args: argparse.Namespace, settings: Settings) -> int:
    assistant = _ready(settings)
    report = assistant.report(args.id)
    profile = report.profile
    for name in ("title", "city", "province", "level", "body", "kind", "written"):
        finding = profile.findings.get(name)
        how = f"   ({finding.certainty}: {finding.how})" if finding is not None else ""
        print(f"{name:9} {getattr(profile, name) or '-'}{how}")
    period = profile.findings.get("period")
    how = f"   ({period.certainty}: {period.how})" if period is not None else ""
    print(
        f"period    {profile.period.label}{how}\nfile      {report.name} ({report.original.format}, {report.original.encoding or 'parsed'})"
    )
    print(
        f"changes   {len(report.repaired.changes)}\nlosses    {len(report.repaired.losses)}\nfigures   {len(report.figures)}"
    )
    if report.original.unread:
        print(f"unread    page {report.original.unread}: pictures, whose words were not read")
    for loss in report.repaired.losses:
        print(
            f"  lost    {loss.kind} at {loss.received.start}-{loss.received.end}: {loss.received.of(report.original.text)!r}"
        )
    assistant.close()
    return 0


def _reports_profile(args: argparse.Namespace, settings: Settings) -> int:
    assistant = _ready(settings)
    fields = dict(item.split("=", 1) for item in args.fields if "=" in item)
    if len(fields) != len(args.fields):
        _tell("Each correction is written key=value, for example city=芜湖市.")
        return 2
    item = assistant.correct(args.id, **fields)
    print(f"{item.id}  {item.city or '-'}  {item.period.label}  {item.kind}")
    assistant.close()
    return 0


def _reports_remove(args: argparse.Namespace, settings: Settings) -> int:
    assistant = _ready(settings)
    assistant.remove(args.id)
    assistant.close()
    return 0


def _evaluate(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.evaluation.answers import evaluate_answers

    return evaluate_answers(
        Path(args.questions), settings, reports=Path(args.reports) if args.reports else None, show=print, tell=_tell
    )


def _evaluate_retrieval(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.evaluation.retrieval import evaluate_retrieval

    result = evaluate_retrieval(Path(args.passages), Path(args.questions), settings)
    if args.json:
        _print_json(result)
    else:
        for name, measures in result.items():
            print(f"{name:8}" + "  ".join(f"{key} {value:.3f}" for key, value in measures.items() if value is not None))
    return 0


# --- helpers ----------------------------------------------------------------------------------


def _ready(settings: Settings) -> Assistant:
    """An assistant whose library is not empty, unless there is nothing to fill it with."""
    from assistant.bootstrap import build, first_reports

    assistant = build(settings)
    _show_adding(first_reports(assistant, settings))
    return assistant


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


def _reader_language() -> str:
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-Hans" if language.lower().startswith("zh") else "en"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; it must be a whole number from 0 to 65535")
    return int(text)


_COMMON = ("home", "chat_model", "embedding_model", "chroma")


def _common(args: argparse.Namespace) -> dict[str, Any]:
    names = (*_COMMON, "host", "port")
    return {name: getattr(args, name, None) for name in names}


def _report_commands(command: Any) -> None:
    """The actions of `reports`."""
    reports = command("reports", None, "the library").add_subparsers(required=True, metavar="ACTION")
    sub = command("add", _reports_add, "add files or folders", of=reports)
    sub.add_argument("paths", nargs="+", metavar="PATH")
    sub = command("list", _reports_list, "all reports", of=reports)
    sub.add_argument("--json", action="store_true")
    sub = command("show", _reports_show, "what a report is and what was repaired", of=reports)
    sub.add_argument("id")
    sub = command("profile", _reports_profile, "correct a report's profile", of=reports)
    sub.add_argument("id")
    sub.add_argument("fields", nargs="+", metavar="key=value")
    sub = command("remove", _reports_remove, "take a report out", of=reports)
    sub.add_argument("id")


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("common options (each also an environment variable REPORT_ASSISTANT_…)")
    group.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="index, uploads and history")
    group.add_argument(
        "--chat-model", metavar="PROVIDER:MODEL", default=argparse.SUPPRESS, help="a chat model that words the answers"
    )
    group.add_argument(
        "--embedding-model", metavar="DIR_OR_NAME", default=argparse.SUPPRESS, help="another embedding model"
    )
    group.add_argument("--chroma", metavar="URL", default=argparse.SUPPRESS, help="a Chroma server instead of a folder")
    parser = argparse.ArgumentParser(
        prog="report-assistant",
        description="Answers questions over Chinese city reports, each figure with its place.",
        parents=[common],
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, help: str, *, of: Any = commands) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = of.add_parser(name, help=help, description=help, parents=[common])
        sub.set_defaults(run=run)
        return sub

    sub = command("serve", _serve, "open the web page")
    sub.add_argument("--host", default=None)
    sub.add_argument("--port", type=int, default=None)
    sub.add_argument("--no-browser", action="store_true")
    sub = command("mcp", _mcp, "serve language models over MCP: on standard input and output, or over HTTP")
    sub.add_argument("--http", action="store_true", help="streamable HTTP at /mcp instead of standard input and output")
    sub.add_argument("--host", default=None)
    sub.add_argument("--port", dest="mcp_port", type=_port, default=7861, help="with --http; 0 takes a free one")
    sub = command("ask", _ask, "answer one question, or a file of them")
    sub.add_argument("question", nargs="?")
    sub.add_argument(
        "--history",
        action="append",
        metavar="EARLIER",
        help="an earlier question of the same chat; repeats, oldest first",
    )
    sub.add_argument("--json", action="store_true")
    sub.add_argument("--jsonl", metavar="IN")
    sub.add_argument("--out", metavar="OUT")
    sub = command("compare", _compare, "compare cities without a question")
    sub.add_argument("--cities", required=True, metavar="A,B")
    sub.add_argument("--topic", default=None)
    sub.add_argument("--format", choices=("table", "json", "csv", "md"), default="table")
    _report_commands(command)
    sub = command("evaluate", _evaluate, "ask, grade and print the metrics")
    sub.add_argument("questions")
    sub.add_argument("--reports", metavar="DIR")
    sub = command("evaluate-retrieval", _evaluate_retrieval, "retrieval alone on a question-to-passage file")
    sub.add_argument("passages")
    sub.add_argument("questions")
    sub.add_argument("--json", action="store_true")
    return parser
