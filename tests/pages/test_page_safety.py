"""Nothing that a report, a file name or a question says runs, loads or leaves; other sites are refused."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.pages.browsing import Server, ask, ready, serving
from tests.pages.conftest import OpenPage, watch

PAYLOADS = [
    "<script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    "<svg onload=window.pwned=1><image href='http://evil.example/a.svg'/></svg>",
    "![x](http://evil.example/a.png)",
    "[点这里](javascript:window.pwned=1)",
    "![x][r]\n\n[r]: http://evil.example/b.png",
    "<a href='javascript:window.pwned=1'>x</a>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<div style='background:url(http://evil.example/c.png)'>x</div>",
    "<form action='http://evil.example/'><button>x</button></form>",
    "<video src='http://evil.example/d.mp4' autoplay></video>",
    "<style>@import url(http://evil.example/e.css);</style>",
    "```mermaid\ngraph TD; A-->B\n```",
    "${window.pwned=1} {{constructor.constructor('window.pwned=1')()}}",
    '"><img src=x onerror=window.pwned=1>',
    "<details open ontoggle=window.pwned=1>",
    "<button value='do:remove:x'>x</button>",
    "http://evil.example/auto",
    "$$\\href{javascript:window.pwned=1}{x}$$",
    "</textarea></title><script>window.pwned=1</script>",
]


def test_payloads_in_questions_reports_titles_and_file_names_stay_text(browser: Any, tmp_path: Path) -> None:
    faults: list[str] = []
    with serving("double", tmp_path) as server:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page = context.new_page()
        watch(page, server.url, faults)
        ready(page, server.url)
        page.click('button[value="do:go:library"]')
        page.set_input_files(
            "#ra-files input[type=file]",
            [
                {
                    "name": f"{n}<img src=x onerror=window.pwned=1>.txt",
                    "mimeType": "text/plain",
                    "buffer": f"标题{payload}\n{payload}，建成驿站{n}家。\n".encode(),
                }
                for n, payload in enumerate(PAYLOADS)
            ],
        )
        page.wait_for_function(f"document.querySelectorAll('.lib-table tbody tr').length == {4 + len(PAYLOADS)}")
        for n in (0, 2, 5, 8, 14):
            page.locator(".lib-table tbody tr").nth(4 + n).locator(".title").click()
            page.wait_for_function(
                "name => document.querySelector('#reader-root')?.dataset.name.startsWith(name)", arg=f"{n}"
            )
        page.click('button[value="do:go:ask"]')
        for payload in PAYLOADS:
            ask(page, payload)
            asked = page.locator("#ra-chat .qt").last
            assert asked.locator("img, script, svg, a, iframe, form, video, style, button").count() == 0
        page.reload()
        page.wait_for_selector("#ra-chat .acts")
        page.click('button[value="do:chats"]')
        assert page.evaluate("window.pwned") is None
        context.close()
    assert not faults, "\n".join(faults)


def test_a_report_with_markup_shows_its_characters(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".card", has_text="丁市").click()
    page.wait_for_selector("#reader-root")
    assert "<script>window.pwned=1</script>" in page.inner_text("#reader-text")
    assert page.evaluate("window.pwned") is None


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


def got(server: Server, method: str, path: str, **headers: str) -> Got:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
        connection.request(method, path, headers={"Host": f"127.0.0.1:{server.port}", **headers})
        answer = connection.getresponse()
        return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


@pytest.mark.parametrize("path", ["/", "/healthz", "/config", "/nowhere"])
def test_every_answer_bears_the_headers_of_a_careful_site(servers: Callable[[str], Server], path: str) -> None:
    answer = got(servers("double"), "GET", path, Origin="http://evil.example")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "connect-src 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "reports.dept.example:80", "127.0.0.1.evil.example", ""])
def test_requests_to_another_host_name_are_refused(servers: Callable[[str], Server], host: str) -> None:
    assert got(servers("double"), "GET", "/", Host=host).status == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_other_sites_cannot_send_anything(servers: Callable[[str], Server], origin: str) -> None:
    for path in ("/gradio_api/upload", "/gradio_api/queue/join"):
        assert got(servers("double"), "POST", path, Origin=origin).status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://127.0.0.1/",
        "/gradio_api/file=HTTPS://evil.example/x",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/runs",
        "/monitoring",
        "/gradio_api/vibe-starter-queries/",
        "/openapi.json",
        "/docs",
        "/gradio_api/info",
    ],
)
def test_doors_that_the_page_does_not_need_are_closed(servers: Callable[[str], Server], path: str) -> None:
    assert got(servers("double"), "GET", path).status in (403, 404)


def test_no_handler_can_be_called_by_name_from_outside(servers: Callable[[str], Server]) -> None:
    config = json.loads(got(servers("double"), "GET", "/config").body)
    assert {event["api_visibility"] for event in config["dependencies"]} == {"private"}
