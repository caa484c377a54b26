"""Settings come from the command line, the environment or their defaults, and refuse what they do not know."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import PREFIX, Settings, default_of, description, load


def test_without_anything_given_all_is_default() -> None:
    settings = load({})
    assert settings.chat_model is None
    assert settings.embedding_model is None
    assert settings.chroma is None
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.home.is_absolute()
    assert settings.seeds.name == "seeds"
    assert all(getattr(settings, one.name) == default_of(one.name) for one in fields(Settings))


def test_the_environment_is_read_and_the_command_line_wins(tmp_path: Path) -> None:
    environ = {PREFIX + "HOME": str(tmp_path / "a"), PREFIX + "PORT": "8000", "PATH": "/bin", PREFIX + "CHROMA": " "}
    settings = load(environ, port=9000, chat_model=None)
    assert settings.home == tmp_path / "a"
    assert settings.port == 9000
    assert settings.chroma is None


def test_a_home_is_made_absolute() -> None:
    assert load({}, home="~/reports").home == Path.home() / "reports"
    assert load({}, home="here").home == Path.cwd() / "here"


@pytest.mark.parametrize("key", ["HOEM", "home", "", "API_KEY", "CHROMA_URL"])
def test_an_unknown_variable_is_refused_with_the_valid_ones(key: str) -> None:
    with pytest.raises(SettingError) as refused:
        load({PREFIX + key: "x"}) if key != "home" else load({}, hoem="x")
    for language in ("en", "zh-Hans"):
        assert all(PREFIX + one.name.upper() in refused.value.say(language) for one in fields(Settings))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "seven"),
        ("port", "-1"),
        ("port", "65536"),
        ("port", "７８６０"),
        ("port", "80.5"),
        ("chroma", "localhost:8000"),
        ("chroma", "ftp://host"),
        ("chroma", "http://"),
        ("chroma", "http://host:port"),
        ("chroma", "http://[::1"),
        ("chat_url", "example"),
        ("chat_model", "qwen"),
        ("chat_model", ":qwen"),
        ("chat_model", "ollama:"),
        ("seeds", "no such folder"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_both_languages(name: str, value: str) -> None:
    for refuse in (lambda: load({PREFIX + name.upper(): value}), lambda: load({}, **{name: value})):
        with pytest.raises(SettingError) as refused:
            refuse()
        assert value in refused.value.en
        assert value in refused.value.zh


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("port", "0", 0),
        ("chroma", "http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("chroma", "https://chroma.example", "https://chroma.example"),
        ("chat_model", "ollama:qwen3:8b", "ollama:qwen3:8b"),
        ("embedding_model", "BAAI/bge-m3", "BAAI/bge-m3"),
    ],
)
def test_a_usable_value_is_kept(name: str, value: str, kept: object) -> None:
    assert getattr(load({PREFIX + name.upper(): value}), name) == kept


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_setting_is_described(language: str) -> None:
    described = description(language)
    assert list(described) == [PREFIX + one.name.upper() for one in fields(Settings)]
    assert all(len(text) > 10 for text in described.values())
