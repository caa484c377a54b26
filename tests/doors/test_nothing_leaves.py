"""Nothing leaves the machine: all attempts to reach another one are blocked and recorded while everything is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doors.conftest import ROOT

# Python runs this file at the start of every process, those that the program starts itself included.
WATCH = """
import ipaddress, os, sys

def is_near(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback or host in ("0.0.0.0", "::")
    except ValueError:
        return False

def watch(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        host = given[1][0] if isinstance(given[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = given[0]
    else:
        return
    if not is_near(host):
        with open(os.environ["TRIED"], "a") as out:
            out.write(f"{event} {host}\\n")
        raise OSError("blocked by the test")

sys.addaudithook(watch)
"""

IN_ONE_PROCESS = """
import json, sys
from pathlib import Path
import anyio
from assistant import ReportRetriever, Settings, as_runnable, build
from assistant.bootstrap import first_reports
from assistant.export import TYPES, export

QUESTION = "亳州市建成多少家工会驿站？"
home = Path(sys.argv[1])
assistant = build(Settings(home=home))
for _ in first_reports(assistant, Settings(home=home)):
    pass
answers = [assistant.ask(QUESTION), assistant.compare(["亳州市", "菏泽市"], "工会驿站"), as_runnable(assistant).invoke(QUESTION)]
ReportRetriever(search=assistant.evidence).invoke(QUESTION)
for form in TYPES:
    export(answers[1], form)

from fastapi.testclient import TestClient
from assistant.web.chat import ChatDesk
from assistant.web.server import make_app
list(ChatDesk(assistant).ask({"question": QUESTION, "chat": "c", "turns": []}))
async def web():
    return make_app(assistant, home)
with TestClient(anyio.run(web)) as client:
    client.get("/").raise_for_status()
    client.post("/api/ask", json={"question": QUESTION}).raise_for_status()

from mcp import Client
from assistant.mcp_server import make_server
async def by_mcp():
    async with Client(make_server(assistant)) as client:
        await client.call_tool("ask", {"question": QUESTION})
anyio.run(by_mcp)
assistant.close()
print(json.dumps([answer.status for answer in answers]))
"""

BY_MCP = """
import os, sys
import anyio
from mcp import Client, StdioServerParameters

async def ask():
    command = ["-m", "assistant", "mcp", "--home", sys.argv[1]]
    async with Client(StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))) as client:
        answer = await client.call_tool("ask", {"question": "亳州市建成多少家工会驿站？"})
    print(answer.structured_content["status"])

anyio.run(ask)
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which no Python process reaches another machine, and each attempt is written down."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    own = ("LANG", "HF_", "GRADIO_", "OTEL_", "REPORT_ASSISTANT_")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(own)}
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    return {**clean, "PYTHONPATH": paths, "TRIED": str(tmp_path / "tried"), "PYTHONIOENCODING": "utf-8"}


def run(args: list[str], watched: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, *args], cwd=folder, env=watched, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_door_reaches_another_machine(watched: dict[str, str], tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    assert json.loads(run(["-c", IN_ONE_PROCESS, home], watched, tmp_path).splitlines()[-1]) == ["answered"] * 3
    assert "1019家" in run(["-m", "assistant", "ask", "亳州市建成多少家工会驿站？", "--home", home], watched, tmp_path)
    assert run(["-c", BY_MCP, home], watched, tmp_path) == "answered\n"
    assert not (tmp_path / "tried").exists()


def test_an_attempt_would_be_seen_also_in_a_process_of_its_own(watched: dict[str, str], tmp_path: Path) -> None:
    attempt = "import socket; socket.socket().connect(('192.0.2.1', 9))"
    code = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', {attempt!r}]) == 0)"
    run(["-c", code], watched, tmp_path)
    assert (tmp_path / "tried").read_text() == "socket.connect 192.0.2.1\n"
