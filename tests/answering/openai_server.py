"""A chat model service on loopback that speaks the OpenAI protocol and streams, fails and lies as it is told.

What it says is a function of the request (`Say`), how it behaves is a `Mode`; both are given by the test. It counts its
requests and the connections that were cut under it. Nothing in it is random.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mode = Literal[
    "good", "hang", "stall", "drip", "cut", "length", "filter", "refuse_key", "rate", "rate_once", "quota", "payment", "server_once", "server",
    "html", "empty", "bad_json", "bad_utf8", "error_in_stream", "flood", "reset", "no_model",
]  # fmt: skip
Request = dict[str, Any]
Say = Callable[[Request], "str | list[dict[str, Any]]"]
"""The text of a reply, or the tool calls in its place, made from the body of the request."""

_ERRORS: dict[str, tuple[int, str, str]] = {
    "refuse_key": (401, "invalid_api_key", "Incorrect API key provided"),
    "rate": (429, "rate_limit_exceeded", "Rate limit reached"),
    "quota": (429, "insufficient_quota", "You exceeded your current quota"),
    "payment": (402, "payment_required", "Payment required"),
    "server": (503, "unavailable", "The server is overloaded"),
    "no_model": (404, "model_not_found", "The model does not exist"),
}


@dataclass
class Service:
    """The running service: where it is, what it was asked, and how often a connection was cut under it."""

    url: str
    say: Say
    mode: Mode = "good"
    pause: float = 0.0  # between two pieces
    retry_after: str | None = None
    requests: list[Request] = field(default_factory=list)
    cut: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def service(say: Say, mode: Mode = "good", *, pause: float = 0.0, retry_after: str | None = None) -> Iterator[Service]:
    """A running service; it ends with the block."""
    running = Service("", say, mode, pause, retry_after)

    class Handler(_Handler):
        told = running

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    told: Service
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing on stderr."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.told.requests.append(body)
        try:
            self._answer(body)
        except (BrokenPipeError, ConnectionResetError):
            self.told.cut.set()

    def _answer(self, body: Request) -> None:
        mode = self.told.mode
        if mode in {"rate_once", "server_once"}:
            mode = {"rate_once": "rate", "server_once": "server"}[mode] if len(self.told.requests) == 1 else "good"  # type: ignore[assignment]
        if mode in _ERRORS:
            self._error(*_ERRORS[mode])
        elif mode == "hang":
            self._wait(30)
        elif mode == "reset":
            self.connection.close()
            self.close_connection = True
        elif mode == "html":
            self._whole(200, "text/html", b"<html><body>Please sign in</body></html>")
        else:
            self._stream(body, mode)

    def _error(self, status: int, code: str, message: str) -> None:
        content = json.dumps({"error": {"message": message, "type": code, "code": code}}).encode()
        self._whole(status, "application/json", content)

    def _whole(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.send_header("connection", "close")  # else hundreds of tests leave hundreds of connections open
        self.close_connection = True
        if self.told.retry_after is not None and status in {429, 503}:
            self.send_header("retry-after", self.told.retry_after)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, body: Request, mode: Mode) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        said = self.told.say(body)
        if mode == "empty":
            self.wfile.write(b"data: [DONE]\n\n")
            return
        if mode == "flood":
            while not self.told.ended.is_set():
                self._piece({"content": "书屋" * 200})
                time.sleep(0.005)
            return
        if isinstance(said, str):
            self._text(said, mode)
        else:
            self._piece({"role": "assistant", "content": None, "tool_calls": said})
            self._piece({}, finish="tool_calls")
        self.wfile.write(b"data: [DONE]\n\n")

    def _text(self, text: str, mode: Mode) -> None:
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        for number, piece in enumerate(pieces):
            if number == len(pieces) // 2 and mode in {"stall", "cut", "bad_json", "bad_utf8", "error_in_stream"}:
                self._trouble(mode)
                return
            self._piece({"content": piece})
            if pause := 0.4 if mode == "drip" else self.told.pause:
                self._wait(pause)
        self._piece({}, finish={"length": "length", "filter": "content_filter"}.get(mode, "stop"))

    def _trouble(self, mode: Mode) -> None:
        if mode == "stall":
            self._wait(30)
        elif mode == "bad_json":
            self.wfile.write(b"data: {not json\n\n")
        elif mode == "bad_utf8":
            self.wfile.write(b'data: {"id":"\xff\xfe\n\n')
        elif mode == "error_in_stream":
            self.wfile.write(
                b'data: {"error":{"message":"upstream failed","code":"upstream","type":"server_error"}}\n\n'
            )

    def _piece(self, delta: dict[str, Any], *, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": "made", "choices": [choice]}
        self.wfile.write(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n")
        self.wfile.flush()

    def _wait(self, seconds: float) -> None:
        """Waits, and notices when the other side goes away."""
        until = time.monotonic() + seconds
        self.connection.setblocking(False)
        try:
            while time.monotonic() < until and not self.told.ended.is_set():
                try:
                    if self.connection.recv(1) == b"":
                        raise ConnectionResetError
                except BlockingIOError:
                    time.sleep(0.02)
        finally:
            self.connection.setblocking(True)


def prompt_of(request: Request) -> str:
    """All that a request tells the model, as one text."""
    return "\n".join(str(message.get("content") or "") for message in request["messages"])
