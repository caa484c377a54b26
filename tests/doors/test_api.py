"""The HTTP API: its answers, its library, its errors in one form, its limits, what operators see, its document."""

from __future__ import annotations

import io
import json
import math
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from assistant import asked, bootstrap
from assistant.api import attach, questions, sizes
from assistant.errors import ChatModelError, LibraryDamaged, StorageFull
from assistant.renewal import Progress
from assistant.schema import (
    AddedAllShape,
    ErrorShape,
    PassagesShape,
    RefusedAllShape,
    ReportDetailShape,
    ReportsShape,
    SpanShape,
)
from assistant.service import Assistant
from assistant.settings import Settings
from tests.doors.conftest import serving
from tests.pages.double import Double

REPORT = "甲市总工会2024年工作报告\n\n2024年，甲市总工会建成职工书屋37家，开展培训12场。\n".encode()


def served(assistant: Any, **options: Any) -> TestClient:
    app = FastAPI()
    attach(app, assistant)
    return TestClient(app, **options)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A library of its own, for tests that change it."""
    assistant = bootstrap.build(Settings(home=tmp_path_factory.mktemp("api")))
    yield served(assistant)
    assistant.close()


def upload(client: Any, *files: tuple[str, bytes]) -> Any:
    return client.post("/api/reports", files=[("files", file) for file in files])


def told(response: Any) -> dict[str, str]:
    """The error of a response, which must have the one form."""
    error = ErrorShape.model_validate({"error": response.json()["error"]}).error
    assert error.en and any("一" <= character <= "鿿" for character in error.zh)
    return {"en": error.en, "zh": error.zh}


# --- answers ---------------------------------------------------------------------------------


def test_an_answer_grows_as_events_and_ends_whole(client: Any) -> None:
    body = {"question": "亳州市建成多少家工会驿站？", "id": "q-7"}
    response = client.post("/api/ask", json=body, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [part.split("\ndata: ") for part in response.text.strip().split("\n\n")]
    assert {name for name, _ in events[:-1]} <= {"event: answer"}
    assert events[-1][0] == "event: done"
    whole = json.loads(events[-1][1])
    assert whole["id"] == "q-7" and whole["answer"].startswith(json.loads(events[0][1])["answer"][:5])


def test_a_comparison_comes_as_a_file_when_asked_for_one(client: Any) -> None:
    body = {"cities": ["亳州市", "菏泽市"], "topic": "工会驿站"}
    sheet = client.post("/api/compare?form=xlsx", json=body)
    assert "comparison.xlsx" in sheet.headers["content-disposition"]
    assert zipfile.is_zipfile(io.BytesIO(sheet.content))
    assert client.post("/api/compare?form=csv", json=body).text.startswith("\ufeffthing,city,print")


def test_a_search_finds_sentences_at_their_places(client: Any, assistant: Assistant) -> None:
    found = PassagesShape.model_validate(client.get("/api/search", params={"q": "工会驿站", "limit": 4}).json())
    assert len(found.passages) == 4
    for one in found.passages:
        assert assistant.report(one.report_id).original.text[one.start : one.end] == one.quote


# --- the library -----------------------------------------------------------------------------


def test_a_report_is_added_read_and_removed(own: TestClient) -> None:
    added = upload(own, ("../甲市.txt", REPORT))
    assert added.status_code == 201
    result = AddedAllShape.model_validate(added.json()).results[0]
    assert (result.name, result.outcome) == ("甲市.txt", "added")
    assert upload(own, ("甲市.txt", REPORT)).status_code == 200
    assert [item.id for item in ReportsShape.model_validate(own.get("/api/reports").json()).reports] == [
        result.report_id
    ]
    detail = ReportDetailShape.model_validate(own.get(f"/api/reports/{result.report_id}").json())
    assert detail.name == "甲市.txt" and detail.figures == 2
    at = REPORT.decode().index("37家")
    span = own.get(f"/api/reports/{result.report_id}/span", params={"start": at, "end": at + 3, "context": 4})
    assert SpanShape.model_validate(span.json()).text == "37家" and span.json()["before"] == "职工书屋"
    assert own.delete(f"/api/reports/{result.report_id}").status_code == 204
    assert own.get(f"/api/reports/{result.report_id}").status_code == 404
    assert own.get("/api/reports").json() == {"reports": []}


def test_a_file_that_is_refused_does_not_stop_the_others(own: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr("甲市.txt", REPORT)
    given = (
        ("empty.txt", b" "),
        ("x.exe", b"MZ\x90\x00"),
        ("图.txt", b"\x89PNG\r\n\x1a\n"),
        ("all.zip", packed.getvalue()),
    )
    results = upload(own, *given).json()["results"]
    outcomes = {item["name"]: item["outcome"] for item in results}
    assert outcomes == {"empty.txt": "refused", "x.exe": "refused", "图.txt": "refused", "甲市.txt": "added"}
    assert any("OCR" in (item["reason"] or {"en": ""})["en"] for item in results)
    assert all(item["reason"]["en"] and item["reason"]["zh"] for item in results if item["outcome"] == "refused")
    own.delete(f"/api/reports/{next(item['report_id'] for item in results if item['report_id'])}")


def test_an_upload_of_which_nothing_is_taken_is_an_error(own: TestClient) -> None:
    response = upload(own, ("empty.txt", b""))
    assert response.status_code == 422
    RefusedAllShape.model_validate(response.json())


@pytest.mark.parametrize("name", ["a\x00b.txt", "..\\..\\x.txt", ".txt", "長" * 300 + ".txt", "a\r\nb.txt"])
def test_an_odd_file_name_is_only_a_name(own: TestClient, name: str) -> None:
    result = upload(own, (name, REPORT)).json()["results"][0]
    assert not set(result["name"]) & set("/\\\x00\r\n") and len(result["name"]) <= 200
    if result["report_id"]:
        assert own.delete(f"/api/reports/{result['report_id']}").status_code == 204


# --- errors and limits -----------------------------------------------------------------------

WRONG: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/api/ask", {"json": {"question": "  "}}, 422, "empty"),
    ("POST", "/api/ask", {"json": {"question": "长" * 2001}}, 422, "2000"),
    ("POST", "/api/ask", {"json": {"question": "多少？", "history": ["长" * 2001]}}, 422, "2000"),
    ("POST", "/api/ask", {"json": {"question": "多少？", "history": ["前"] * 201}}, 422, "200"),
    ("POST", "/api/ask", {"json": {"question": "多少？", "histori": []}}, 422, "histori"),
    ("POST", "/api/ask", {"json": ["多少？"]}, 422, "body"),
    ("POST", "/api/ask", {"content": b"{", "headers": {"content-type": "application/json"}}, 422, "body"),
    ("POST", "/api/ask", {"content": b'{"question": "\\ud800"}', "headers": {"content-type": "application/json"}}, 422, ""),
    ("POST", "/api/compare", {"json": {"cities": ["亳州", "火星市"]}}, 422, "火星市"),
    ("POST", "/api/compare", {"json": {"cities": ["亳州"], "language": "fr"}}, 422, "language"),
    ("POST", "/api/compare?form=pdf", {"json": {}}, 422, "form"),
    ("GET", "/api/search", {"params": {"q": "驿站", "limit": 99}}, 422, "limit"),
    ("GET", "/api/reports/none", {}, 404, "none"),
    ("DELETE", "/api/reports/none", {}, 404, "none"),
    ("GET", "/api/reports/FIRST/span", {"params": {"start": 5, "end": 5}}, 422, "start < end"),
    ("GET", "/api/reports/FIRST/span", {"params": {"start": 0, "end": 10**9}}, 422, "characters"),
    ("GET", "/api/reports/FIRST/span", {"params": {"start": -1, "end": 3}}, 422, "start"),
    ("POST", "/api/reports", {"files": {"other": b"x"}}, 422, "files"),
    ("GET", "/api/nothing", {}, 404, "openapi"),
    ("GET", "/api/ask", {}, 405, "method"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "given", "status", "says"), WRONG)
def test_a_wrong_request_is_told_in_one_form(
    client: Any, assistant: Assistant, method: str, path: str, given: dict[str, Any], status: int, says: str
) -> None:
    response = client.request(method, path.replace("FIRST", assistant.reports()[0].id), **given)
    assert response.status_code == status
    assert says in told(response)["en"]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["question", "history", "id", "more"]), ANY_JSON) | ANY_JSON)
@example(body={"question": math.inf})
@example(body={"question": "多少？", "more": math.nan})
@settings(max_examples=60, deadline=None)
def test_whatever_is_sent_is_answered_or_refused_in_the_one_form(body: Any) -> None:
    client = served(SimpleNamespace(ask=lambda question, **_: Double().ask(question)))
    sent = json.dumps(body).encode()  # with Infinity and NaN, as a careless client sends them
    response = client.post("/api/ask", content=sent, headers={"content-type": "application/json"})
    assert response.status_code in (200, 422) or "坏" in json.dumps(body, ensure_ascii=False)
    if response.status_code == 422:
        told(response)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ChatModelError(en="down", zh="不可用"), 502),
        (LibraryDamaged(en="damaged", zh="损坏"), 503),
        (StorageFull(en="full", zh="已满"), 507),
        (RuntimeError("a secret"), 500),
    ],
)
def test_an_error_inside_has_its_status_and_keeps_its_secrets(error: Exception, status: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    client = served(SimpleNamespace(ask=fail), raise_server_exceptions=False)
    response = client.post("/api/ask", json={"question": "多少？"})
    assert response.status_code == status
    assert "secret" not in json.dumps(told(response))


def test_an_error_while_an_answer_grows_is_its_last_event() -> None:
    def stream(*_: object, **__: object) -> Iterator[Any]:
        raise ChatModelError(en="The model is down.", zh="模型不可用。")
        yield

    client = served(SimpleNamespace(stream=stream))
    response = client.post("/api/ask", json={"question": "多少？"}, headers={"accept": "text/event-stream"})
    assert response.text == 'event: error\ndata: {"error": {"en": "The model is down.", "zh": "模型不可用。"}}\n\n'


def test_an_answer_that_nobody_listens_to_any_more_ends(assistant: Assistant) -> None:
    ended = threading.Event()
    whole = assistant.ask("亳州市建成多少家工会驿站？")

    def stream(*_: object, **__: object) -> Iterator[Any]:
        try:
            while not ended.is_set():
                yield whole
                time.sleep(0.25)
        finally:
            ended.set()

    double = SimpleNamespace(stream=stream, reports=lambda: ())
    headers = {"accept": "text/event-stream"}
    with (
        serving(double) as url,
        httpx.stream("POST", f"{url}/api/ask", json={"question": "多少？"}, headers=headers) as got,
    ):
        assert next(got.iter_lines()) == "event: answer"
        got.close()
        assert ended.wait(20)


def test_more_questions_than_there_are_places_are_put_off(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "WAITING", -questions.AT_ONCE)
    for accept in ("application/json", "text/event-stream"):
        response = served(assistant).post("/api/ask", json={"question": "多少？"}, headers={"accept": accept})
        assert response.status_code == 429 and response.headers["retry-after"]
        told(response)


def test_fifty_questions_at_once_are_all_answered_each_its_own(client: Any) -> None:
    asked = [
        f"{city}{what}"
        for city in ("亳州", "菏泽", "临沂", "烟台", "诸城")
        for what in ("的疗休养有多少人？", "的地铁呢？")
    ]
    alone = {one: client.post("/api/ask", json={"question": one}).json()["answer"] for one in asked}

    def ask(number: int) -> tuple[str, int, dict[str, Any]]:
        one = asked[number % len(asked)]
        accept = "text/event-stream" if number % 3 == 0 else "application/json"
        response = client.post("/api/ask", json={"question": one, "id": str(number)}, headers={"accept": accept})
        assert response.status_code == 200
        text = response.text
        return one, number, json.loads(text.split("event: done\ndata: ")[1] if number % 3 == 0 else text)

    with ThreadPoolExecutor(50) as pool:
        for one, number, answer in pool.map(ask, range(50)):
            assert (answer["id"], answer["question"], answer["answer"]) == (str(number), one, alone[one])


def test_a_body_is_measured_as_it_comes(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "MOST_JSON", 1000)
    monkeypatch.setattr(sizes, "MOST_UPLOAD", 2000)
    client = served(assistant)
    pieces = (b'{"question": "', b"x" * 2000, b'"}')
    response = client.post("/api/ask", content=iter(pieces), headers={"content-type": "application/json"})
    assert response.status_code == 413 and told(response)
    response = upload(client, ("a.txt", REPORT * 40))
    assert response.status_code == 413 and told(response)


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"host": "evil.example"}, 400), ({"origin": "http://evil.example"}, 403), ({"content-length": "99999999"}, 413)],
)
def test_the_guard_of_the_page_stands_before_the_api_too(client: Any, headers: dict[str, str], status: int) -> None:
    response = client.post("/api/ask", json={"question": "多少？"}, headers=headers)
    assert response.status_code == status
    told(response)


def test_the_limits_are_those_of_the_page() -> None:
    from assistant.web import chat, guard, keep, server

    assert chat.LONGEST_QUESTION == asked.LONGEST_QUESTION and keep.MOST_TURNS == asked.MOST_TURNS
    assert int(server.MOST_BYTES.removesuffix("mb")) * 2**20 == sizes.MOST_UPLOAD
    assert guard.MOST_BYTES == sizes.MOST_JSON


# --- for operators ---------------------------------------------------------------------------


def measured(client: Any) -> dict[tuple[str, ...], float]:
    text = client.get("/metrics").text
    return {
        (sample.name, *(f"{key}={value}" for key, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("report_assistant")
    }


def test_answers_are_counted_through_the_api_and_the_page(client: Any, assistant: Assistant, home: Path) -> None:
    asked_of = ("report_assistant_questions_total", "composer=built-in", "language=zh-Hans", "status=answered")
    before = measured(client)
    answer = client.post("/api/ask", json={"question": "亳州市建成多少家工会驿站？"}).json()
    after = measured(client)
    assert after[asked_of] == before.get(asked_of, 0) + 1
    assert after[("report_assistant_answer_seconds_count",)] == before[("report_assistant_answer_seconds_count",)] + 1
    verdict = ("report_assistant_citations_total", f"verdict={answer['citations'][0]['verdict']}")
    assert after[verdict] > before.get(verdict, 0)
    assert after[("report_assistant_reports",)] == len(assistant.reports())
    app = FastAPI()
    watched = attach(app, assistant)
    assert list(watched.stream("亳州市建成多少家工会驿站？")) and watched.reports() == assistant.reports()
    assert measured(TestClient(app))[asked_of] == 1


def test_readiness_follows_the_first_filling() -> None:
    now: list[Progress | None] = [Progress("a.txt", "reading", 1, 5)]
    client = served(SimpleNamespace(starting=lambda: now[0], reports=lambda: ()))
    busy = client.get("/readyz")
    assert (busy.status_code, busy.json()) == (503, {"status": "starting", "done": 1, "of": 5})
    assert client.get("/healthz").json() == {"status": "starting", "reports": 0}
    now[0] = None
    assert client.get("/readyz").json() == {"status": "ready", "reports": 0}
    assert client.get("/healthz").json() == {"status": "ok", "reports": 0}


# --- the document ----------------------------------------------------------------------------


def test_the_document_describes_every_route_with_its_shapes(client: Any) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["servers"] == [{"url": "/api"}]
    routes = {(method, path): about for path, of in document["paths"].items() for method, about in of.items()}
    assert set(routes) == {
        ("post", "/ask"), ("post", "/compare"), ("get", "/search"), ("get", "/reports"), ("post", "/reports"),
        ("get", "/reports/{report_id}"), ("delete", "/reports/{report_id}"), ("get", "/reports/{report_id}/span"),
    }  # fmt: skip
    for (method, path), about in routes.items():
        assert about["description"], path
        good = about["responses"].get("200") or about["responses"]["204"]
        assert method == "delete" or "$ref" in good["content"]["application/json"]["schema"], path
    assert {"AnswerShape", "ErrorShape", "AskBody", "CompareBody"} <= set(document["components"]["schemas"])
    text = json.dumps(document)
    assert "HTTPValidationError" not in text


def test_the_page_is_still_at_its_place(client: Any) -> None:
    assert "<html" in client.get("/").text
