"""The documentation cannot lie: every command and setting is there, every file that it names exists."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.arguments import COMMON, parser
from assistant.settings import description
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("command", ["serve", "ask", "compare", "reports", "evaluate", "evaluate-retrieval", "mcp"])
def test_every_command_is_in_the_readme_and_in_the_program(command: str) -> None:
    source = (ROOT / "assistant" / "arguments.py").read_text(encoding="utf-8")
    assert f'command("{command}"' in source
    assert f"report-assistant {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", COMMON)
def test_every_common_option_is_in_both_readmes_and_a_setting(setting: str) -> None:
    for page in ("README.md", "README.zh-CN.md"):
        assert f"`--{setting.replace('_', '-')} " in (ROOT / page).read_text(encoding="utf-8")
    name = f"REPORT_ASSISTANT_{setting.upper()}"
    assert name in description("en") and name in description("zh")


def _options(of: argparse.ArgumentParser) -> Iterator[str]:
    """Every option of the program and of its commands."""
    for action in of._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from _options(sub)


OTHER_PROGRAMS = {"--exclude"}  # of pip


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_option_that_a_page_names_is_one_of_the_program_s(page: Path) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text(encoding="utf-8")))
    assert named - OTHER_PROGRAMS <= set(_options(parser({})))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_module_that_a_page_runs_can_be_found(page: Path) -> None:
    for module in re.findall(r"python -m ([\w.]+)", page.read_text(encoding="utf-8")):
        assert find_spec(module) is not None, f"{page.name} runs {module}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_source_file_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    kept = {
        str(path.relative_to(ROOT))
        for room in ("assistant", "embeddings", "tests")
        for path in (ROOT / room).rglob("*.*")
    }
    names = {path.rsplit("/", 1)[-1] for path in kept} | {"app.py", "requirements.lock"}
    for named in re.findall(r"`(\w[\w./-]*\.(?:py|tsv|jsonl|json|md|txt|lock))`", text):
        assert named in kept or named in names or (ROOT / named).exists(), f"{page.name} names {named}"


@pytest.mark.parametrize(
    "module", ["figures", "verification", "indicators", "lying_model", "corpus", "speed"], ids=lambda name: str(name)
)
def test_every_measure_of_quality_is_in_the_readme(module: str) -> None:
    assert f"python -m tests.quality.{module}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_data_file_of_language_has_its_origin_written_down() -> None:
    folder = ROOT / "assistant" / "language" / "data"
    table = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.iterdir():
        assert path.name == "README.md" or f"| `{path.name}` |" in table, f"{path.name} has no origin"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_error_tree_at_the_top_of_its_file_is_the_tree() -> None:
    source = (ROOT / "assistant" / "errors.py").read_text(encoding="utf-8")
    drawn = source.split('"""')[1]
    for name in re.findall(r"^class (\w+)\(", source, re.M):
        assert name in drawn, f"{name} is missing in the drawing"


def test_the_seeds_are_as_received() -> None:
    import hashlib

    listed = dict(
        reversed(line.split())
        for line in (ROOT / "seeds" / "README.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"[0-9a-f]{64} ", line)
    )
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").glob("*.txt")}
    assert found == listed and len(found) == 5
