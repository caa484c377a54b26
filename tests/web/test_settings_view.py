"""The settings view: what it says, what it never says, and what becomes of trying a chat model."""

from __future__ import annotations

import csv
import io
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings, load
from assistant.web.i18n import LANGUAGES
from assistant.web.keep import Tried, read
from assistant.web.ratings import Ratings
from assistant.web.settings import SettingsDesk
from tests.answering.openai_server import service

SECRET = "sk-never-to-be-seen"


def desk_of(settings: Settings) -> SettingsDesk:
    return SettingsDesk(settings, Ratings(settings.home))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)


def test_every_setting_is_shown_in_each_language(tmp_path: Path) -> None:
    for language in LANGUAGES:
        shown = desk_of(Settings(home=tmp_path)).view(language)
        for name in ("CHAT_MODEL", "CHAT_URL", "EMBEDDING_MODEL", "HOME", "CHROMA", "HOST", "PORT", "SEEDS"):
            assert f"REPORT_ASSISTANT_{name}" in shown
        assert "256" in shown
        assert str(tmp_path) in shown


def test_a_key_and_a_password_in_an_address_are_never_shown() -> None:
    desk = desk_of(load({}, chat_model="openai:m", chat_url=f"http://me:{SECRET}@127.0.0.1:9/v1?key={SECRET}"))
    shown = desk.view("en") + desk.probe(Tried("chat", "en"))
    assert SECRET not in shown
    assert "127.0.0.1:9" in shown


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "reports.example"])
def test_a_page_open_to_others_shows_no_folder_and_tries_nothing(host: str, tmp_path: Path) -> None:
    with service(lambda _: "ready") as running:
        desk = desk_of(load({}, home=tmp_path, host=host, chat_model="openai:m", chat_url=running.url))
        shown = desk.view("en") + desk.probe(Tried("chat", "en"))
        assert running.requests == []
    assert str(tmp_path) not in shown
    assert running.url not in shown
    assert "do:test" not in shown


def test_a_chat_model_that_answers_works() -> None:
    with service(lambda _: "<b>ready</b>") as running:
        desk = desk_of(load({}, chat_model="openai:m", chat_url=running.url))
        shown = desk.probe(Tried("chat", "en"))
        assert len(running.requests) == 1
    assert "✓ Works" in shown
    assert "&lt;b&gt;ready&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    ("mode", "said"),
    [("refuse_key", "密钥"), ("quota", "额度"), ("server", "服务出错"), ("no_model", "模型名称"), ("html", "无法读取")],
)
def test_what_is_wrong_with_a_chat_model_is_said_in_words(mode: Any, said: str) -> None:
    with service(lambda _: "ready", mode) as running:
        shown = desk_of(load({}, chat_model="openai:m", chat_url=running.url)).probe(Tried("chat", "zh-Hans"))
    result = shown.split('<b class="bad">')[1].split("</span>")[0]
    assert said in result


def test_a_chat_model_that_cannot_be_reached_is_said_so() -> None:
    desk = desk_of(load({}, chat_model="openai:m", chat_url="http://127.0.0.1:9/v1"))
    assert "could not be reached" in desk.probe(Tried("chat", "en"))


def test_a_provider_that_is_not_known_is_said_so() -> None:
    shown = desk_of(load({}, chat_model="nobody:m")).probe(Tried("chat", "zh-Hant"))
    assert "✗" in shown
    assert "nobody:m" in shown


@pytest.mark.parametrize("data", [{"what": "shell"}, {"what": "chat", "language": "xx"}, None])
def test_another_wish_than_the_two_models_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        read(Tried, data)


def test_judgements_are_taken_along_as_a_table_by_those_who_run_the_assistant(tmp_path: Path) -> None:
    judged = {"rating": "down", "reason": "figure", "more": "=1+1", "question": "问", "answer": "答\n[1]", "ip": "x"}
    Ratings(tmp_path).add(judged)
    told = desk_of(Settings(home=tmp_path)).ratings()
    assert told is not None
    rows = list(csv.reader(io.StringIO(b64decode(told["base64"]).decode("utf-8-sig"))))
    assert rows[0] == ["at", "rating", "reason", "more", "question", "answer"]
    assert rows[1][1:] == ["down", "figure", "'=1+1", "问", "答\n[1]"]
    assert desk_of(load({}, home=tmp_path, host="0.0.0.0")).ratings() is None


def test_an_embedding_model_that_cannot_be_loaded_is_told_of(tmp_path: Path) -> None:
    desk = desk_of(Settings(home=tmp_path, embedding_model="/no/such/folder"))
    assert "/no/such/folder" in desk.view("en")
    shown = desk.probe(Tried("embedding", "en"))
    assert "no embedding model folder" in shown and 'class="bad"' in shown
