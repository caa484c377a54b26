"""Prints what answering without a chat model costs on this machine: `python -m tests.quality.speed`.

Passages of 300 characters that the bundled model embeds in a second on one core; the memory of a process that holds model
and index of the reports in `seeds/` and has answered; the time of `ask` as a process on that index. Nothing is judged.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PASSAGES, _LENGTH, _RUNS = 6_000, 300, 5
_ANSWERING = """
import resource, sys
from pathlib import Path
from assistant import Settings, build
assistant = build(Settings(home=Path(sys.argv[1])))
assistant.ask(assistant.examples()[0])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reports-") as home:
        _run("-m", "assistant", "reports", "list", "--home", home)
        kilobytes = int(_run("-c", _ANSWERING, home))
        walls = sorted(_timed("-m", "assistant", "ask", "工会驿站有多少家？", "--home", home) for _ in range(_RUNS))
    sys.stdout.write(
        f"embedding              {_passages_a_second():7.0f} passages of {_LENGTH} characters a second, one core\n"
    )
    sys.stdout.write(f"model, index, answer   {kilobytes / 1024:7.0f} MiB at most in one process\n")
    sys.stdout.write(f"ask as a process       {walls[_RUNS // 2]:7.2f} s, median of {_RUNS}\n")


def _passages_a_second() -> float:
    """Embeds stretches of the reports' own text, after one warm-up, on one core."""
    from embeddings.load import load_embeddings

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    passages = [text[at % (len(text) - _LENGTH) :][:_LENGTH] for at in range(0, _PASSAGES * 97, 97)]
    model = load_embeddings()
    model.embed_documents(passages[:100])
    began = time.perf_counter()
    model.embed_documents(passages)
    return _PASSAGES / (time.perf_counter() - began)


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def _timed(*arguments: str) -> float:
    began = time.perf_counter()
    _run(*arguments)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
