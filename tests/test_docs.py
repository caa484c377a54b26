"""The documentation cannot lie: every command and setting is there, every file that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.settings import description
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("command", ["serve", "ask", "compare", "reports", "evaluate", "evaluate-retrieval", "mcp"])
def test_every_command_is_in_the_readme_and_in_the_program(command: str) -> None:
    source = (ROOT / "assistant" / "arguments.py").read_text(encoding="utf-8")
    assert f'command("{command}"' in source
    assert f"report-assistant {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--home", "--chat-model", "--embedding-model", "--chroma"])
def test_every_common_option_is_in_the_readme_and_a_setting(option: str) -> None:
    assert option in (ROOT / "README.md").read_text(encoding="utf-8")
    name = "REPORT_ASSISTANT_" + option.removeprefix("--").replace("-", "_").upper()
    assert name in description("en") and name in description("zh")


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
