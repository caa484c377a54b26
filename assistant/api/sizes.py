"""Bodies of requests have a size: counted as they come in, so that a false or missing length does not help."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_UPLOAD = 50 * 1024 * 1024
"""The most bytes of one upload, as on the page."""

MOST_JSON = 8 * 1024 * 1024
"""The most bytes of any other request."""


class Sizes:
    """An ASGI layer that ends a request whose body is too large with 413."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope.get("headers", ()))
        is_upload = headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")
        left = MOST_UPLOAD if is_upload else MOST_JSON

        async def measured() -> Message:
            nonlocal left
            got = await receive()
            left -= len(got.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return got

        await self._app(scope, measured, send)
