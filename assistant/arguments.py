"""What the command line takes: commands, options and their help. Runs nothing and imports nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from assistant.settings import Settings

Run = Callable[[argparse.Namespace, Settings], int]
COMMON = ("home", "chat_model", "chat_url", "embedding_model", "chroma", "seeds")
"""The settings that every command takes, before and after its name."""

_SETTINGS = (*COMMON, "host", "port")


def parser(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser of all commands; `runs` has the function of each by its name, such as `ask` or `reports add`."""
    common = _common()
    made = argparse.ArgumentParser(
        prog="report-assistant",
        description="Answers questions over Chinese city reports, each figure with its place.",
        parents=[common],
    )
    commands = made.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help: str, *, of: Any = commands) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = of.add_parser(
            name.split()[-1], help=help, description=_sentence(help), parents=[common]
        )
        sub.set_defaults(run=runs.get(name))
        return sub

    _serving(command)
    _asking(command)
    _library(command)
    _measuring(command)
    return made


def given_settings(args: argparse.Namespace) -> dict[str, Any]:
    """The settings that the command line gives, by name."""
    return {name: value for name in _SETTINGS if (value := getattr(args, name, None)) is not None}


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("common options (each also an environment variable REPORT_ASSISTANT_…)")

    def option(name: str, metavar: str, help: str) -> None:
        group.add_argument(name, metavar=metavar, default=argparse.SUPPRESS, help=help)

    option("--home", "DIR", "index, uploads and history")
    option("--chat-model", "PROVIDER:MODEL", "a chat model that words the answers")
    option("--chat-url", "URL", "address of the chat model's service, such as an OpenAI-compatible server of your own")
    option("--embedding-model", "DIR_OR_NAME", "another embedding model")
    option("--chroma", "URL", "a Chroma server instead of a folder")
    option("--seeds", "DIR", "the reports that are added first when the library is empty")
    common.add_argument(
        "--verbose", action="store_true", default=argparse.SUPPRESS, help="log what checking gave for each answer"
    )
    return common


def _serving(command: Callable[..., argparse.ArgumentParser]) -> None:
    sub = command("serve", "open the web page")
    sub.add_argument("--host", default=None)
    sub.add_argument("--port", type=_port, default=None, help="0 takes a free one")
    sub.add_argument("--no-browser", action="store_true")
    sub = command("mcp", "serve language models over MCP: on standard input and output, or over HTTP")
    sub.add_argument("--http", action="store_true", help="streamable HTTP at /mcp instead of standard input and output")
    sub.add_argument("--host", default=None)
    sub.add_argument("--port", dest="mcp_port", type=_port, default=7861, help="with --http; 0 takes a free one")


def _asking(command: Callable[..., argparse.ArgumentParser]) -> None:
    sub = command("ask", "answer one question, or a file of them")
    sub.add_argument("question", nargs="?", metavar="QUESTION")
    sub.add_argument(
        "--history",
        action="append",
        metavar="EARLIER",
        help="an earlier question of the same chat; repeats, oldest first",
    )
    sub.add_argument("--json", action="store_true", help="the whole answer with its sources as JSON")
    sub.add_argument(
        "--jsonl", metavar="IN", help='questions, one a line: {"id": "1", "question": "…", "history": ["…"]}'
    )
    sub.add_argument("--out", metavar="OUT", help="where the answers to IN go, one a line")
    sub = command("compare", "compare cities without a question")
    sub.add_argument("--cities", required=True, metavar="A,B")
    sub.add_argument("--topic", default=None)
    sub.add_argument("--format", choices=("table", "json", "csv", "md"), default="table")


def _library(command: Callable[..., argparse.ArgumentParser]) -> None:
    reports = command("reports", "the library").add_subparsers(required=True, metavar="ACTION")
    sub = command("reports add", "add files or folders", of=reports)
    sub.add_argument("paths", nargs="+", metavar="PATH")
    sub = command("reports list", "all reports", of=reports)
    sub.add_argument("--json", action="store_true")
    sub = command("reports show", "what a report is and what was repaired", of=reports)
    sub.add_argument("id", metavar="ID")
    sub = command("reports profile", "correct a report's profile", of=reports)
    sub.add_argument("id", metavar="ID")
    sub.add_argument("fields", nargs="+", metavar="key=value")
    sub = command("reports remove", "take a report out", of=reports)
    sub.add_argument("id", metavar="ID")


def _measuring(command: Callable[..., argparse.ArgumentParser]) -> None:
    sub = command("evaluate", "ask, grade and print the metrics")
    sub.add_argument("questions", metavar="QUESTIONS")
    sub.add_argument("--reports", metavar="DIR", help="ask over a library of this folder's files alone")
    sub = command("evaluate-retrieval", "retrieval alone on a question-to-passage file")
    sub.add_argument("passages", metavar="PASSAGES")
    sub.add_argument("questions", metavar="QUESTIONS")
    sub.add_argument("--json", action="store_true")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; it must be a whole number from 0 to 65535")
    return int(text)
