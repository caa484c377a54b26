"""With a Chroma server the same is found, an absent server is no error, a foreign collection is refused."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.index import vectors
from assistant.index.chroma import ChromaUnusableError, Collections, _named_functions
from assistant.index.places import UNITS
from tests.index.made_reports import EAST, NORTH, SOUTH, make_report

if TYPE_CHECKING:
    from tests.index.conftest import OpenIndex

CHROMA = Path(sys.executable).with_name("chroma")
QUESTION = "新建户外劳动者服务站点多少家"


class Server:
    """A Chroma server in a folder, started and stopped at will on one port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(CHROMA), "run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=1).close()
                return
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.1)
        pytest.fail("the Chroma server did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "server")
    made.start()
    yield made
    made.stop()


def test_a_server_finds_the_same_goes_away_and_comes_back(
    open_index: OpenIndex, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_RETRY_SECONDS", 0.0)
    index = open_index(chroma=server.url)
    for name, text in (("n", NORTH), ("s", SOUTH)):
        index.add(*make_report(name, text))
    exact = index._vectors._exact.query(index.embed(QUESTION), None, 20, "sentence")
    assert index.warm().result(timeout=60)
    assert index.search_meaning(index.embed(QUESTION), limit=20) == exact
    assert index.state == "ready"

    server.stop()
    assert index.search_meaning(index.embed(QUESTION), limit=20) == exact
    assert index.state == "failed"
    index.add(*make_report("e", EAST))
    exact = index._vectors._exact.query(index.embed(QUESTION), None, 20, "sentence")
    assert index.search_meaning(index.embed(QUESTION), limit=20) == exact

    server.start()
    assert index.warm().result(timeout=60) or index.warm().result(timeout=60)
    assert index.search_meaning(index.embed(QUESTION), limit=20) == exact
    assert index.state == "ready"
    index.close()
    again = open_index(chroma=server.url)
    assert again.warm().result(timeout=60)
    assert again.search_meaning(again.embed(QUESTION), limit=20) == exact


def test_a_server_that_was_never_there_is_no_error(open_index: OpenIndex) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    index = open_index(chroma=url)
    index.add(*make_report("n", NORTH))
    assert index.warm().result(timeout=60) is False
    assert index.search_meaning(index.embed(QUESTION), limit=1)[0].score > 0.4
    assert index.state == "failed"


def test_a_collection_that_names_an_embedding_function_is_refused(server: Server) -> None:
    """Else Chroma would build the class that a stranger names when vectors are added."""
    base = f"{server.url}/api/v2/tenants/default_tenant/databases/default_database/collections"
    stranger = {
        "type": "known",
        "name": "sentence_transformer",
        "config": {"model_name": "stranger/model", "device": "cpu", "kwargs": {"trust_remote_code": True}},
    }
    for unit in UNITS:
        body = {
            "name": f"foreign-{unit}",
            "configuration": {"hnsw": {"space": "cosine"}, "embedding_function": stranger},
        }
        request = urllib.request.Request(base, json.dumps(body).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=5).close()
    collections = Collections.open_server(server.url, "foreign-")
    with pytest.raises(ChromaUnusableError, match="sentence_transformer"):
        collections.count("sentence")
    collections.close()


@pytest.mark.parametrize(
    ("stored", "names"),
    [
        ({"embedding_function": {"type": "legacy"}}, ["legacy"]),
        ({"a": [{"embedding_function": {"type": "known", "name": "openai"}}]}, ["openai"]),
        ({"embedding_function": None, "hnsw": {"space": "cosine"}}, []),
        (None, []),
    ],
)
def test_named_functions_are_seen_wherever_they_stand(stored: object, names: list[str]) -> None:
    assert list(_named_functions(stored)) == names
