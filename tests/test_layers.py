"""The house: imports go down only, libraries stay at the edges, and importing the package costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LEVELS = {
    "models": 1, "errors": 1, "settings": 1,
    "language": 2,
    "reports": 3, "figures": 3, "question": 3, "index": 3,
    "answering": 4, "retrieval": 4,
    "bootstrap": 5, "service": 5, "reading": 5, "examples": 5, "topics": 5, "answer_json": 5, "export": 5, "evaluation": 5,
    "asked": 5, "clock": 5, "correcting": 5, "embedding_model": 5, "renewal": 5, "report_json": 5, "report_lines": 5, "schema": 5, "marked": 5, "runnable": 5,
    "cli": 6, "arguments": 6, "__main__": 6, "mcp_server": 6, "web": 6, "api": 6,
}  # fmt: skip
HOMES = {
    "chromadb": ("assistant/index/",),
    "sentence_transformers": ("embeddings/",),
    "langchain_huggingface": ("embeddings/",),
    "torch": ("embeddings/",),
    "gradio": ("assistant/web/", "app.py"),
    "mcp": ("assistant/mcp_server",),
    "sqlite3": ("assistant/index/",),
    "langchain": ("assistant/answering/chat_model/",),
    "langchain_openai": ("assistant/answering/chat_model/",),
}
HEAVY = ("chromadb", "sentence_transformers", "gradio", "langchain", "mcp", "torch", "numpy")


def sources() -> list[Path]:
    return [*sorted((ROOT / "assistant").rglob("*.py")), *sorted((ROOT / "embeddings").rglob("*.py")), ROOT / "app.py"]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "assistant" and len(parts) > 1 else None


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "assistant").parts
    return parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "path", [p for p in sources() if p.is_relative_to(ROOT / "assistant")], ids=lambda p: str(p.relative_to(ROOT))
)
def test_imports_go_down_only(path: Path) -> None:
    own = room_of(path)
    if own == "__init__":
        return
    assert own in LEVELS, f"{own} has no level: say where it lives"
    for module, line in imports(path):
        other = room(module)
        if other is None or other == own or other not in LEVELS:
            continue
        same_room = LEVELS[other] == LEVELS[own] and LEVELS[own] in {1, 5, 6}
        assert LEVELS[other] < LEVELS[own] or same_room, (
            f"{path.name}:{line} imports {module} from the same level or above"
        )


def test_embeddings_know_nothing_of_the_assistant() -> None:
    for path in sorted((ROOT / "embeddings").rglob("*.py")):
        for module, line in imports(path):
            assert not module.startswith("assistant"), f"{path.name}:{line}"


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_stays_at_its_edge(library: str) -> None:
    for path in sources():
        where = str(path.relative_to(ROOT))
        for module, line in imports(path):
            if module.split(".")[0] == library:
                assert where.startswith(HOMES[library]), f"{where}:{line} imports {library}"


@pytest.mark.parametrize(
    "code",
    [
        "import assistant",
        "import assistant.models, assistant.cli",
        "from assistant.arguments import parser; parser({}).format_help()",
    ],
)
def test_importing_and_help_load_no_heavy_library(code: str) -> None:
    script = f"{code}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_only_entry_points_print() -> None:
    for path in sources():
        where = str(path.relative_to(ROOT))
        if where in {"assistant/cli.py", "app.py", "embeddings/train.py", "embeddings/evaluate.py"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            printed = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            assert not printed, f"{where}:{getattr(node, 'lineno', 0)} prints"
