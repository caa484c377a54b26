"""Starts servers and browsers for the tests of the page and for its screenshots."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 180.0


def chromium() -> str:
    """The browser's program: $CHROMIUM, else Debian's place."""
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A page server in a process of its own; `kill` is as sudden as a power cut."""

    def __init__(self, kind: str, home: Path, port: int | None = None) -> None:
        self.kind, self.home = kind, home
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        command = [sys.executable, "-m", "tests.pages.host", self.kind, str(self.port), str(self.home)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"the page server ended with {self._process.returncode}")
            try:
                urllib.request.urlopen(self.url + "healthz", timeout=2).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the page server did not answer")

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


@contextmanager
def serving(kind: str, home: Path) -> Iterator[Server]:
    server = Server(kind, home).start()
    try:
        yield server
    finally:
        server.kill()


def ready(page: Any, url: str) -> None:
    """Opens the page and waits until it has its words."""
    page.goto(url)
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("#ra-box textarea[placeholder]:not([placeholder=''])", state="attached")


def ask(page: Any, question: str) -> None:
    """Sends a question with Enter and waits for its whole answer."""
    before = page.locator("#ra-chat .acts, #ra-chat .trouble").count()
    page.fill("#ra-box textarea", question)
    page.press("#ra-box textarea", "Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('#ra-chat .acts, #ra-chat .trouble').length > n && !document.body.dataset.busy",
        arg=before,
    )


def go_on(server: Server, what: str) -> None:
    """Lets the answer or the file that stands still on a `slow` server go on."""
    (server.home / what).touch()


def settled(page: Any) -> None:
    """Waits until nothing fades or slides any more, so that what is measured is what stays."""
    page.wait_for_function(
        "document.getAnimations().every(one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"
    )


def in_view(page: Any, selector: str, frame: str) -> bool:
    """Whether the first match of `selector` soon lies within the visible part of `frame`."""
    from playwright.sync_api import TimeoutError as Late

    try:
        page.wait_for_function(
            """([selector, frame]) => {
                const a = document.querySelector(selector).getBoundingClientRect();
                const b = document.querySelector(frame).getBoundingClientRect();
                return a.top >= b.top - 1 && a.bottom <= b.bottom + 1 && b.bottom <= innerHeight + 1 && a.width > 0;
            }""",
            arg=[selector, frame],
            timeout=10000,
        )
    except Late:
        return False
    return True
