"""The MCP server, met by the official client: in a process of its own over stdio and HTTP, and in this one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from assistant.errors import SettingError
from assistant.mcp_server import make_server
from assistant.service import Assistant
from assistant.web.listen import bind
from tests.doors.conftest import ROOT

TOOLS = ["ask", "compare", "search_passages", "list_reports", "read_span"]
Call = Callable[[str, dict[str, Any]], Any]


def command(home: Path, *more: str) -> list[str]:
    return ["-m", "assistant", "mcp", "--home", str(home), *more]


@contextmanager
def http_server(home: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, *command(home, "--http", "--port", "0")], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        said = ""
        while not (found := re.search(r"http://[\d.]+:\d+\s*/mcp", said)):
            line = process.stderr.readline()
            assert line, f"the server ended: {said}"
            said += line
        yield re.sub(r"\s", "", found.group())
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stderr.close()


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
    async def run() -> Any:
        with anyio.fail_after(90):
            async with Client(server, **options) as client:
                return await use(client)

    return anyio.run(run)


@pytest.fixture
def call(assistant: Assistant) -> Call:
    def made(tool: str, arguments: dict[str, Any]) -> Any:
        return with_client(make_server(assistant), lambda client: client.call_tool(tool, arguments))

    return made


async def a_visit(client: Client) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """What a model does that has never seen the server: look at the tools, ask, read the source again."""
    tools = [tool.name for tool in (await client.list_tools()).tools]
    answer = (await client.call_tool("ask", {"question": "亳州市建成多少家工会驿站？"})).structured_content
    source = (answer or {})["citations"][0]
    place = {"report": source["report_id"], "start": source["start"], "end": source["end"]}
    span = (await client.call_tool("read_span", place)).structured_content
    return tools, source, span or {}


def test_over_stdio_a_client_asks_and_reads_the_source(assistant: Assistant, home: Path) -> None:
    server = StdioServerParameters(command=sys.executable, args=command(home), cwd=ROOT, env=dict(os.environ))
    tools, source, span = with_client(server, a_visit)
    assert tools == TOOLS
    assert span["text"] == source["quote"]


def test_over_stdio_nothing_but_the_protocol_is_said_and_calls_wait_for_the_first_reports(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "甲市.txt").write_text("甲市总工会2024年工作报告\n\n2024年，甲市总工会建成职工书屋37家。\n", "utf-8")
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "list_reports", "arguments": {}}},
    ]
    environment = {**os.environ, "REPORT_ASSISTANT_SEEDS": str(seeds)}
    process = subprocess.Popen(
        [sys.executable, *command(tmp_path / "home")],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("".join(f"{json.dumps(one)}\n" for one in sent))
    process.stdin.flush()
    said = [json.loads(process.stdout.readline()) for _ in range(2)]
    process.stdin.close()
    rest = process.stdout.read()
    process.stdout.close()
    assert (process.wait(timeout=60), rest) == (0, "")
    assert [(one["jsonrpc"], one["id"]) for one in said] == [("2.0", 1), ("2.0", 2)]
    assert [item["name"] for item in said[1]["result"]["structuredContent"]["reports"]] == ["甲市.txt"]


def test_a_client_of_the_older_protocol_is_served_as_well(assistant: Assistant) -> None:
    tools, source, span = with_client(make_server(assistant), a_visit, mode="legacy")
    assert tools == TOOLS
    assert span["text"] == source["quote"]


def test_over_http_a_client_asks_and_reads_the_source(assistant: Assistant, home: Path) -> None:
    with http_server(home) as url:
        tools, source, span = with_client(url, a_visit)
        assert tools == TOOLS
        assert span["text"] == source["quote"]
        import httpx

        assert httpx.post(url, json={}, headers={"host": "evil.example"}).status_code == 400
        assert httpx.post(url, json={}, headers={"origin": "http://evil.example"}).status_code == 403


def test_every_tool_and_argument_is_described(assistant: Assistant) -> None:
    async def tools(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    listed, instructions = with_client(make_server(assistant), tools)
    assert instructions is not None and "`ask`" in instructions
    for tool in listed:
        assert len(tool.description or "") > 150 and "\n    " not in (tool.description or "")
        assert tool.annotations.read_only_hint and tool.output_schema["type"] == "object"
        for name, argument in tool.input_schema["properties"].items():
            assert len(argument.get("description", "")) > 25, f"{tool.name}: {name}"


def test_reports_are_listed(call: Call, assistant: Assistant) -> None:
    listed = call("list_reports", {}).structured_content["reports"]
    assert [item["id"] for item in listed] == [item.id for item in assistant.reports()]


def test_a_found_passage_stands_where_it_says(call: Call, assistant: Assistant) -> None:
    found = call("search_passages", {"query": "工会驿站", "limit": 3}).structured_content["passages"]
    assert len(found) == 3
    for one in found:
        text = assistant.report(one["report_id"]).original.text
        assert text[one["start"] : one["end"]] == one["quote"]
        assert one["passage_start"] <= one["start"] < one["end"] <= one["passage_end"]


def test_a_span_comes_with_what_stands_around_it(call: Call, assistant: Assistant) -> None:
    report = assistant.report(assistant.reports()[0].id)
    span = call("read_span", {"report": report.name, "start": 30, "end": 40, "context": 10}).structured_content
    assert span["before"] + span["text"] + span["after"] == report.original.text[20:50]


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask", {}, "question：缺少这一项"),
        ("ask", {"question": 5}, "question：应为文字"),
        ("ask", {"question": "   "}, "empty"),
        ("ask", {"question": "长" * 2001}, "2000"),
        ("ask", {"question": "多少？", "history": ["长" * 2001]}, "2000"),
        ("ask", {"question": "\ud800多少？"}, "question"),
        ("ask", {"question": "多少？", "histori": ["亳州的工会驿站？"]}, "histori：没有这一项"),
        ("compare", {"cities": ["亳州", "火星市"]}, "火星市"),
        ("compare", {"cities": "亳州,菏泽"}, "cities：应为列表"),
        ("compare", {"cities": [], "language": "fr"}, "'zh-Hant' 或 'en'"),
        ("search_passages", {"query": "驿站", "limit": 51}, "limit：不能大于 50"),
        ("search_passages", {"query": "驿站", "limit": "x"}, "limit：应为整数"),
        ("read_span", {"report": "no such", "start": 0, "end": 5}, "list_reports"),
        ("read_span", {"report": "FIRST", "start": 0, "end": 10**9}, "characters"),
        ("read_span", {"report": "FIRST", "start": 9, "end": 9}, "start < end"),
    ],
)
def test_a_call_that_cannot_be_done_says_why(
    call: Call, assistant: Assistant, tool: str, arguments: dict[str, Any], says: str
) -> None:
    first = assistant.reports()[0].id
    given = {key: first if value == "FIRST" else value for key, value in arguments.items()}
    result = call(tool, given)
    assert result.is_error
    assert says in result.content[0].text
    assert re.search("[a-z]{4}", result.content[0].text) and re.search("[一-鿿]{2}.*。", result.content[0].text)
    assert "pydantic" not in result.content[0].text


def test_a_port_in_use_is_said_with_what_to_do() -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"{port}.*--port"):
            bind("127.0.0.1", port)
