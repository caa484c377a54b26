"""Where a server of this program listens: the socket, its address, and the names that requests may use."""

from __future__ import annotations

import socket

from assistant.errors import SettingError

EVERYWHERE = ("0.0.0.0", "::")


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port` (0: a free one). Raises SettingError when that cannot be."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise SettingError(
            en=f"Nothing can listen at {host}:{port} ({error.strerror}). Stop what is there or give another --port.",
            zh=f"无法监听 {host}:{port}（{error.strerror}）。请停止占用它的程序，或用 --port 换一个端口。",
        ) from error
    return bound


def address(host: str, bound: socket.socket) -> str:
    """The address to open in a browser on this machine."""
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{bound.getsockname()[1]}"


def names(host: str) -> tuple[str, ...]:
    """The names that requests may use: the host itself; any address of the machine when it listens at all."""
    return ("*", socket.gethostname().lower()) if host in EVERYWHERE else (host,)
