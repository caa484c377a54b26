"""Loads a file in a process of its own where its parser could be kept busy or exhausted: docx and pdf.

The parsers bound what they can; what a file made for the purpose still does to them ends with that process, within its
limits of time and memory, while the assistant goes on answering. Texts and pages need no parser of that kind and are
loaded here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.errors import ReportRefused
from assistant.models import Anchor, Original, Span
from assistant.reports import refusals
from assistant.reports.load import LARGEST_FILE, load, needs_parser

CPU_SECONDS = 120
"""Of computing, for one file; 300 pages of print take 15."""

MEMORY = 1_500_000_000
"""Bytes of address space; the largest docx whose parts are within the limits of `load_office` takes 0.9 GB."""

WALL_SECONDS = 300
"""Until the process is given up, however little of the machine it got."""

_EXHAUSTED = 3  # exit code of the process where its memory did not suffice


def load_apart(name: str, content: bytes) -> Original:
    """What `load` gives. Raises ReportRefused, also where the file takes more time or memory than a report may."""
    if not needs_parser(content) or len(content) > LARGEST_FILE:
        return load(name, content)
    limits = [str(CPU_SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "assistant.reports.apart", json.dumps(name), *limits],
            cwd=Path(__file__).resolve().parents[2],
            input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=WALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise refusals.exhausting(name) from error
    except OSError as error:
        raise refusals.no_process(name, error.strerror or str(error)) from error
    if done.returncode == 0:
        return _original(json.loads(done.stdout))
    if done.returncode < 0 or done.returncode == _EXHAUSTED:  # by a signal: the limit of time, or the parser's own fall
        raise refusals.exhausting(name)
    raise refusals.no_process(name, f"exit code {done.returncode}")


def main(name: str, cpu_seconds: int, memory: int) -> int:
    """Loads the file on standard input within these limits and writes what it is, or why not, to standard output."""
    _limit(cpu_seconds, memory)
    try:
        told: dict[str, Any] = asdict(load(name, sys.stdin.buffer.read()))
    except ReportRefused as refused:
        told = {"refused": {"en": refused.en, "zh": refused.zh}}
    except MemoryError:
        return _EXHAUSTED
    sys.stdout.write(json.dumps(told))  # in ASCII, so that halves of characters survive
    return 0


def _limit(cpu_seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # a system without such limits; the parent's time limit is left
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _original(told: dict[str, Any]) -> Original:
    if "refused" in told:
        raise ReportRefused(**told["refused"])
    anchors = tuple(Anchor(Span(**one["received"]), one["kind"], one["label"]) for one in told.pop("anchors"))
    return Original(**{**told, "anchors": anchors, "unread_pages": tuple(told["unread_pages"])})


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
