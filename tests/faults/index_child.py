"""A process that works on an index until it is killed at a named point; run by the fault tests.

`python -m tests.faults.index_child HOME ACTION FUNCTION MOMENT TIMES`: kills itself with SIGKILL before or after the
TIMES-th call of FUNCTION (`module:name` or `module:Class.name`); with FUNCTION "-" it goes on to the end.
Prints a line for whatever it was told is done.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

from assistant.index import generations
from assistant.index.build import Index
from tests.index.made_reports import EAST, NORTH, SOUTH, BigramEmbeddings, make_report, verified_here

TEXTS = {"north.txt": NORTH, "south.txt": SOUTH, "east.txt": EAST}


def kill_at(function: str, moment: str, times: int) -> None:
    """Lays the trap."""
    module_name, _, path = function.partition(":")
    owner: Any = importlib.import_module(module_name)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    real, calls = getattr(owner, name), 0

    def trapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == times and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, trapped)


def work(index: Index, action: str) -> None:
    """Does what the test asked for, telling each step when it is done."""
    if action == "add":
        for name, text in TEXTS.items():
            tell(f"{index.add(*make_report(name, text)).outcome} {name}")
    elif action == "replace":
        tell(f"{index.add(*make_report('north.txt', SOUTH + EAST)).outcome} north.txt")
    elif action == "remove":
        index.remove("north.txt")
        tell("removed north.txt")
    else:  # for ever: until somebody kills it
        at = 0
        while True:
            at += 1
            name, text = f"{at % 5}.txt", f"{NORTH}\n第{at}次改写。{SOUTH * (at % 3)}"
            tell(f"{index.add(*make_report(name, text)).outcome} {name} {at}")
    assert index.warm().result(timeout=60)
    tell("level")


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    generations.verified = verified_here
    home, action, function, moment, times = sys.argv[1:]
    if function != "-":
        kill_at(function, moment, int(times))
    with Index(Path(home), BigramEmbeddings(), model="bigrams 32", reading="1") as opened:
        work(opened, action)
