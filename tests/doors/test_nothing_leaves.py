"""Nothing leaves the machine: all attempts to reach another one are blocked and recorded while everything is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from assistant.service import Assistant
from tests.doors.conftest import ROOT

SCRIPT = """
import ipaddress, json, sys
from pathlib import Path

tried = []

def is_near(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback or host in ("0.0.0.0", "::")
    except ValueError:
        return False

def watch(event, given):
    if event in ("socket.connect", "socket.sendto"):
        host = given[1][0] if isinstance(given[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = given[0]
    else:
        return
    if not is_near(host):
        tried.append([event, str(host)])
        raise OSError("blocked by the test")

sys.addaudithook(watch)
QUESTION = "亳州市建成多少家工会驿站？"

import anyio
from assistant import ReportRetriever, Settings, as_runnable, build
from assistant.export import TYPES, export
home = Path(sys.argv[1])
assistant = build(Settings(home=home))
answers = [assistant.ask(QUESTION), assistant.compare(["亳州市", "菏泽市"], "工会驿站"), as_runnable(assistant).invoke(QUESTION)]
ReportRetriever(search=assistant.evidence).invoke(QUESTION)
for form in TYPES:
    export(answers[1], form)

from fastapi.testclient import TestClient
from assistant.web.server import make_app
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

import socket
try:
    socket.socket().connect(("192.0.2.1", 9))
except OSError as error:
    assert "blocked" in str(error)
print(json.dumps({"tried": tried, "status": [answer.status for answer in answers]}))
"""


def test_no_door_reaches_another_machine(assistant: Assistant, home: Path, tmp_path: Path) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("LANG", "HF_", "GRADIO_", "OTEL_"))}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home)],
        cwd=tmp_path, env={**clean, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["status"] == ["answered"] * 3
    # The one attempt is the test's own, to show that attempts are seen and stopped.
    assert told["tried"] == [["socket.connect", "192.0.2.1"]]
