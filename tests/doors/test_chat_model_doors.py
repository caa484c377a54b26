"""With a chat model, through page, HTTP and MCP: planted instructions change nothing, and its troubles are told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client

from assistant import bootstrap
from assistant.api import attach
from assistant.mcp_server import make_server
from assistant.models import Answer
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.web.chat import ChatDesk
from assistant.web.keep import read
from tests.answering.composing import id_of
from tests.answering.made_reports import TEXTS
from tests.answering.openai_server import Mode, Request, Service, prompt_of, service

ATTACKS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "planted_attacks.jsonl").read_text(encoding="utf-8").splitlines()
]
QUESTION = "保山市新建了多少家职工驿站？"
PLANTED = re.compile("蓝鲸七号|BLUEWHALE-7")


def full_of_attacks() -> bytes:
    """A report in which everything is planted but a false statement: what a report states, it states."""
    texts = [one["text"] for one in ATTACKS if one["where"] == "text" and "9999家" not in one["text"]]
    headings = [one["text"] for one in ATTACKS if one["where"] == "heading"]
    text = TEXTS["baoshan"].replace("培训职工近6万名。", "培训职工近6万名。\n" + "\n".join(texts) + "\n")
    return text.replace("二、下一步打算", "\n".join([*headings, "二、下一步打算"])).encode()


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Service]]:
    """An assistant over that report with a chat model on loopback, and the service of the model."""
    with pytest.MonkeyPatch.context() as patch, service(lambda _: "") as running:
        for name in ("OPENAI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        home = tmp_path_factory.mktemp("worded")
        assistant = bootstrap.build(Settings(home=home, chat_model="openai:made", chat_url=running.url))
        for _ in assistant.add([("<img src=x>蓝鲸七号[1].txt", full_of_attacks())]):
            pass
        yield assistant, running
        assistant.close()


def obey(running: Service, attack: dict[str, str]) -> None:
    """Makes the model do what an attack wants, with the best sources that it can name."""

    def say(request: Request) -> str:
        mark = f"⟦{id_of(request, '1326家')}⟧"
        word = PLANTED.search(attack["text"])
        held = re.search(rf"⟦([^⟦⟧\s]+)⟧[^⟦\n]*{word.group()}", prompt_of(request)) if word else None
        return attack["makes"].replace("{mark}", mark).replace("{planted}", f"⟦{held.group(1)}⟧" if held else mark)

    running.say, running.mode = say, "good"


def by_page(assistant: Assistant, question: str) -> tuple[str, Answer]:
    *_, (messages, kept) = ChatDesk(assistant).ask({"question": question, "chat": "c", "turns": []})
    return messages[-1]["content"], read(Answer, kept["turn"]["answer"])


def by_http(assistant: Assistant, question: str) -> str:
    app = FastAPI()
    attach(app, assistant)
    told: dict[str, Any] = TestClient(app).post("/api/ask", json={"question": question}).raise_for_status().json()
    return str(told["answer"])


def by_mcp(assistant: Assistant, question: str) -> str:
    async def ask() -> Any:
        async with Client(make_server(assistant)) as client:
            return (await client.call_tool("ask", {"question": question})).structured_content

    return str(anyio.run(ask)["answer"])


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one["id"])
def test_what_is_planted_changes_nothing_on_the_page(worded: tuple[Assistant, Service], attack: dict[str, str]) -> None:
    assistant, running = worded
    obey(running, attack)
    html, answer = by_page(assistant, attack["text"] if attack["where"] == "question" else QUESTION)
    shown = html.split('class="answer')[1]
    assert not re.search(r"<(?:script|img|iframe|style|svg|base|form|meta)|\son\w+=|javascript:", shown, re.I)
    assert not re.search(r'(?:href|src)="(?:https?:)?//', shown)
    assert not re.search("9999家|13260家|9,999 stations", re.sub("“[^”]*”", "", answer.text))
    for line in re.sub("“[^”]*”", "", answer.text).split("\n"):  # quotes are the report's own words
        for sentence in re.split(r"(?<=[。.])", line):
            assert not PLANTED.search(sentence) or "未能核实" in sentence, answer.text


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one["id"] in {"a04", "a07", "a35", "a52", "a59", "a73"}], ids=lambda one: one["id"])  # fmt: skip
def test_what_is_planted_changes_nothing_through_the_other_doors(
    worded: tuple[Assistant, Service], attack: dict[str, str]
) -> None:
    assistant, running = worded
    obey(running, attack)
    question = attack["text"] if attack["where"] == "question" else QUESTION
    texts = {by_page(assistant, question)[1].text, by_http(assistant, question), by_mcp(assistant, question)}
    assert len(texts) == 1
    assert not re.search(r"9999家|http|⟦", re.sub("“[^”]*”", "", texts.pop()))


@pytest.mark.parametrize(("mode", "why"), [("no_model", "名称或地址不对"), ("quota", "额度已用完"), ("cut", "中断"), ("html", "无法读取")])  # fmt: skip
def test_a_trouble_of_the_model_is_told_through_every_door(
    worded: tuple[Assistant, Service], mode: Mode, why: str
) -> None:
    assistant, running = worded
    doors = (lambda: by_page(assistant, QUESTION)[1].text, lambda: by_http(assistant, QUESTION), lambda: by_mcp(assistant, QUESTION))  # fmt: skip
    for door in doors:
        obey(running, {"text": "", "makes": "保山市新建职工驿站1326家{mark}。"})
        assert "以上为内置回答" not in assistant.ask(QUESTION).text  # after several failures in a row it would rest
        running.mode = mode
        answer = door()
        assert answer.startswith("保山市（2024年）**1326家**")
        assert why in answer and "以上为内置回答" in answer


def test_what_the_model_points_at_comes_through_every_door_in_the_reports_words(
    worded: tuple[Assistant, Service],
) -> None:
    assistant, running = worded
    running.say = lambda request: f"保山有9999个，“新建职工驿站1326家”⟦{id_of(request, '1326家')}⟧"
    running.mode = "good"
    question = "保山市路边供人休整的屋子有几间？"
    html, answer = by_page(assistant, question)
    assert (answer.status, answer.composer, answer.figures) == ("partial", "openai:made", ())
    assert (
        "请自行判断：\n保山市（2024年）：“2024年，全市新建职工驿站1326家，服务户外职工35.8万余人次”[1]。" in answer.text
    )
    assert "s-partial" in html and "9999个" not in html
    assert {by_http(assistant, question), by_mcp(assistant, question)} == {answer.text}
    running.say = lambda _: "NOT_IN_REPORTS"
    assert assistant.ask(question).status == "not_found"
