"""What every request has to pass, and what every answer bears: hosts, origins, closed doors, headers.

The chat component shows what reports say; scripts never run from there, but without these headers
a picture address in a text could still call out. It does not sign anybody in.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Gradio builds its elements with `new Function` and an inline start script; hence the two unsafe words.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'self'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
# What Gradio serves and the page does not need: a web proxy, its logs, its list of handlers.
CLOSED = (
    "/monitoring",
    "/proxy=",
    "/runs",
    "/vibe",
    "/openapi.json",
    "/docs",
    "/redoc",
    "/info",
    "/api_info",
    "/file=http",
)
MOST_BYTES = 8 * 1024 * 1024
"""The largest body of a request that is no upload; a very long chat stays far below it."""

_DROPPED = (b"access-control-allow-origin", b"access-control-allow-credentials", b"server")
_LOCAL = ("localhost", "127.0.0.1", "::1", "testserver")


class Guard:
    """An ASGI layer over the whole app; `hosts` are the names that it answers to beside this machine's own."""

    def __init__(self, app: App, *, hosts: tuple[str, ...] = ()) -> None:
        self._app = app
        self._hosts = {host.lower() for host in (*_LOCAL, *hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(send, *refusal, as_json=scope["path"].startswith("/api/"))
            return

        async def dressed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    (name, value)
                    for name, value in message.get("headers", [])
                    if name.lower() not in {*_DROPPED, *HEADERS}
                ]
                message["headers"] = [*kept, *HEADERS.items()]
            await send(message)

        await self._app(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        host = _hostname(headers.get(b"host", ""))
        if host not in self._hosts and not (_is_address(host) and "*" in self._hosts):
            return 400, "This address is not served here.", "这里不提供这个地址的服务。"
        origin = headers.get(b"origin")
        if (
            scope["method"] not in ("GET", "HEAD", "OPTIONS")
            and origin is not None
            and _authority(origin) != headers.get(b"host", "")
        ):
            return 403, "Requests from other sites are refused.", "不接受来自其他网站的请求。"
        length = headers.get(b"content-length", "0")
        is_upload = "/upload" in scope["path"] or scope["path"] == "/api/reports"
        if not is_upload and (not length.isdigit() or int(length) > MOST_BYTES):
            return 413, "The request is too large.", "请求过大。"
        if scope["path"].lower().removeprefix("/gradio_api").startswith(CLOSED):
            return 404, "Not found.", "没有这个地址。"
        return None


async def _refuse(send: Send, status: int, en: str, zh: str, *, as_json: bool) -> None:
    body = (json.dumps({"error": {"en": en, "zh": zh}}, ensure_ascii=False) if as_json else en).encode()
    headers = [
        (b"content-type", b"application/json" if as_json else b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        *HEADERS.items(),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _hostname(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()


def _authority(origin: str) -> str:
    return urlsplit(origin).netloc


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
