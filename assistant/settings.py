"""What a person who runs the assistant can set, where each value comes from, and what is valid.

A setting is given on the command line, or as an environment variable `REPORT_ASSISTANT_<NAME>`, or
has its default; the first of these wins. Nothing is read when this module is imported, and keys of
chat models are never settings: their libraries take them from their own environment variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import SettingError

PREFIX = "REPORT_ASSISTANT_"


def _default_home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("report-assistant", appauthor=False)


def _default_seeds() -> Path:
    packed = Path(__file__).resolve().parent / "seeds"  # where an installed package has them
    return packed if packed.is_dir() else packed.parents[1] / "seeds"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, described where it is declared; `description` reads these texts."""

    home: Path = field(
        default_factory=_default_home,
        metadata={
            "en": "Folder that holds the library, uploads and history; made when missing.",
            "zh": "存放报告库、上传文件和历史记录的文件夹；不存在时自动建立。",
        },
    )
    chat_model: str | None = field(
        default=None,
        metadata={
            "en": "PROVIDER:MODEL of a chat model that words the answers; none: the built-in composer does.",
            "zh": "用于撰写回答的对话模型，写作“提供方:模型名”；不设则用内置的写法。",
        },
    )
    chat_url: str | None = field(
        default=None,
        metadata={
            "en": "Address of an OpenAI-compatible service, when the chat model is not at its provider's own.",
            "zh": "兼容 OpenAI 的服务地址；对话模型不在其提供方默认地址时填写。",
        },
    )
    embedding_model: str | None = field(
        default=None,
        metadata={
            "en": "Folder or hub name of a sentence-transformers model; none: the bundled one.",
            "zh": "句向量模型（sentence-transformers）的文件夹或名称；不设则用自带的模型。",
        },
    )
    chroma: str | None = field(
        default=None,
        metadata={
            "en": "http(s) address of a Chroma server; none: a folder in home.",
            "zh": "Chroma 服务器的 http(s) 地址；不设则存放在 home 文件夹中。",
        },
    )
    host: str = field(
        default="127.0.0.1",
        metadata={
            "en": "Address that the page listens at; 127.0.0.1 is this machine only.",
            "zh": "网页监听的地址；127.0.0.1 表示仅限本机访问。",
        },
    )
    port: int = field(
        default=7860,
        metadata={
            "en": "Port of the page, 0 to 65535; 0 takes a free one.",
            "zh": "网页的端口，0 至 65535；0 表示任选一个空闲端口。",
        },
    )
    seeds: Path = field(
        default_factory=_default_seeds,
        metadata={
            "en": "Folder with the reports that are added first when the library is empty.",
            "zh": "报告库为空时首先加入的报告所在的文件夹。",
        },
    )


def load(environ: Mapping[str, str], **overrides: object) -> Settings:
    """The settings given by `overrides` (None = not given), else by `environ`, else by default.

    Raises SettingError for an unknown `REPORT_ASSISTANT_…` variable, an unknown override, or a
    value that cannot be used. An empty variable counts as not given.
    """
    given: dict[str, object] = {}
    for key, text in environ.items():
        if key.startswith(PREFIX):
            name = key.removeprefix(PREFIX).lower()
            _known(name, key)
            if text.strip():
                given[name] = _checked(name, text.strip(), key)
    for name, value in overrides.items():
        option = "--" + name.replace("_", "-")
        _known(name, option)
        if value is not None:
            given[name] = _checked(name, value, option)
    return Settings(**given)  # type: ignore[arg-type]  # each value went through _checked


def description(language: str) -> dict[str, str]:
    """What each setting means, by its environment variable, in Chinese or English."""
    tongue = "en" if language == "en" else "zh"
    return {PREFIX + one.name.upper(): str(one.metadata[tongue]) for one in fields(Settings)}


def default_of(name: str) -> object:
    """The default of a setting, as `load` would take it."""
    one: Field[Any] = next(each for each in fields(Settings) if each.name == name)
    return one.default if one.default_factory is MISSING else one.default_factory()


def _known(name: str, shown: str) -> None:
    names = [one.name for one in fields(Settings)]
    if name not in names:
        valid = ", ".join(PREFIX + each.upper() for each in names)
        raise SettingError(
            en=f"There is no setting {shown}. Valid are: {valid}.",
            zh=f"没有名为 {shown} 的设置。可用的设置有：{valid}。",
        )


def _checked(name: str, value: object, shown: str) -> object:
    text = str(value)
    if name in {"home", "seeds"}:
        folder = Path(text).expanduser().absolute()
        if name == "seeds" and not folder.is_dir():
            raise _refused(shown, text, "a folder that exists", "一个已有的文件夹")
        return folder
    if name == "port":
        if not text.isascii() or not text.isdigit() or int(text) > 65535:
            raise _refused(shown, text, "a whole number from 0 to 65535", "0 至 65535 的整数")
        return int(text)
    if name in {"chroma", "chat_url"}:
        if not _is_address(text):
            raise _refused(shown, text, "an address such as http://127.0.0.1:8000", "形如 http://127.0.0.1:8000 的地址")
        return text.rstrip("/")
    if name == "chat_model":
        provider, colon, model = text.partition(":")
        if not (provider and colon and model):
            raise _refused(shown, text, "PROVIDER:MODEL, such as openai:gpt-5", "“提供方:模型名”，例如 openai:gpt-5")
    return text


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no port, a broken IPv6 address
        return False


def _refused(shown: str, value: str, en: str, zh: str) -> SettingError:
    return SettingError(
        en=f"{shown} is {value!r}, which cannot be used. It must be {en}.",
        zh=f"{shown} 的值 {value!r} 无法使用，应为{zh}。",
    )
