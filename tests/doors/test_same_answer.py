"""The same question through every door gives the same answer: Python, page, HTTP, MCP, command line, LangChain."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

from assistant.answer_json import answer_json
from assistant.mcp_server import make_server
from assistant.models import Answer
from assistant.runnable import as_runnable
from assistant.schema import AnswerShape
from assistant.service import Assistant
from assistant.web.chat import ChatDesk
from assistant.web.keep import Turn, read, write
from tests.doors.conftest import ROOT

QUESTIONS: list[tuple[str, tuple[str, ...]]] = [
    ("亳州市建成多少家工会驿站？", ()),
    ("菏泽呢？", ("亳州市建成多少家工会驿站？",)),
    ("五个市的工会驿站列个表", ()),
    ("How many union stations did Bozhou build?", ()),
    ("各市的地铁有多少公里？", ()),
    ("諸城有多少人獲得全國五一勞動獎章？", ()),
    ("那菏澤的工會驛站呢？", ("亳州市建成多少家工會驛站？",)),
]


def plain(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer as it comes out of a JSON file, without the time it took."""
    value: dict[str, Any] = json.loads(json.dumps(answer))
    assert set(value["took_ms"]) == {"understand", "retrieve", "compose", "verify"}
    return {key: item for key, item in value.items() if key != "took_ms"}


@pytest.fixture(scope="module")
def by_python(assistant: Assistant) -> list[dict[str, Any]]:
    return [plain(answer_json(assistant.ask(question, history=history))) for question, history in QUESTIONS]


def by_page(assistant: Assistant) -> list[dict[str, Any]]:
    desk, told = ChatDesk(assistant), []
    for question, history in QUESTIONS:
        turns = [write(Turn(earlier)) for earlier in history]
        *_, (_, kept) = desk.ask({"question": question, "chat": "c", "turns": turns})
        told.append(answer_json(read(Answer, kept["turn"]["answer"])))
    return told


def by_mcp(assistant: Assistant) -> list[dict[str, Any]]:
    async def ask() -> list[dict[str, Any]]:
        async with Client(make_server(assistant)) as client:
            calls = [
                await client.call_tool("ask", {"question": question, "history": list(history)})
                for question, history in QUESTIONS
            ]
        for call in calls:
            assert json.loads(call.content[0].text) == call.structured_content
        return [dict(call.structured_content or {}) for call in calls]

    return anyio.run(ask)


def by_http(client: Any) -> list[dict[str, Any]]:
    sent = [{"question": question, "history": list(history)} for question, history in QUESTIONS]
    return [client.post("/api/ask", json=body).raise_for_status().json() for body in sent]


def by_events(client: Any) -> list[dict[str, Any]]:
    told = []
    for question, history in QUESTIONS:
        body = {"question": question, "history": list(history)}
        text = client.post("/api/ask", json=body, headers={"accept": "text/event-stream"}).text
        told.append(json.loads(text.split("event: done\ndata: ")[1]))
    return told


def by_langchain(assistant: Assistant) -> list[dict[str, Any]]:
    chain = as_runnable(assistant) | answer_json
    return [chain.invoke({"question": question, "history": history}) for question, history in QUESTIONS]


def by_command(home: Path, folder: Path) -> list[dict[str, Any]]:
    lines = [{"question": question, "history": list(history)} for question, history in QUESTIONS]
    (folder / "in").write_text("\n".join(json.dumps(line) for line in lines))
    command = [sys.executable, "-m", "assistant", "ask", "--jsonl", "in", "--out", "out", "--home", str(home)]
    subprocess.run(command, cwd=folder, env=_environment(), check=True, capture_output=True)
    return [json.loads(line) for line in (folder / "out").read_text("utf-8").splitlines()]


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("door", ["page", "mcp", "http", "events", "langchain", "command"])
def test_every_door_gives_the_same_answer(
    door: str, by_python: list[dict[str, Any]], assistant: Assistant, client: Any, home: Path, tmp_path: Path
) -> None:
    doors: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "page": lambda: by_page(assistant),
        "mcp": lambda: by_mcp(assistant),
        "http": lambda: by_http(client),
        "events": lambda: by_events(client),
        "langchain": lambda: by_langchain(assistant),
        "command": lambda: by_command(home, tmp_path),
    }
    assert [plain(answer) for answer in doors[door]()] == by_python


def test_the_questions_meet_several_kinds_of_answer(by_python: list[dict[str, Any]]) -> None:
    assert {answer["status"] for answer in by_python} >= {"answered", "not_found", "unreadable"}
    assert {answer["language"] for answer in by_python} == {"zh-Hans", "zh-Hant", "en"}
    assert any(answer["comparison"] for answer in by_python)
    assert any(answer["carried_over"]["topic"] for answer in by_python)


def test_an_answer_has_exactly_the_declared_shape(by_python: list[dict[str, Any]]) -> None:
    for answer in by_python:
        whole = {**answer, "took_ms": {"understand": 1}}
        assert AnswerShape.model_validate(whole).model_dump(mode="json") == whole


def test_a_comparison_is_the_same_through_http_and_mcp(assistant: Assistant, client: Any) -> None:
    expected = plain(answer_json(assistant.compare(["亳州市", "菏泽市"], "工会驿站")))
    body = {"cities": ["Bozhou", "菏泽"], "topic": "工会驿站"}
    assert plain(client.post("/api/compare", json=body).json()) == expected

    async def compare() -> Any:
        async with Client(make_server(assistant)) as mcp:
            return (await mcp.call_tool("compare", body)).structured_content

    assert plain(anyio.run(compare)) == expected
