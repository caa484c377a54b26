"""The settings as those who run the assistant read them: what is set, what it changes, how to set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from markupsafe import Markup

from assistant.settings import PREFIX, description
from assistant.web.i18n import Words
from assistant.web.render.parts import EMPTY, button, join

if TYPE_CHECKING:
    from assistant.settings import Settings

Part = Literal["chat", "embedding"]
OTHERS = ("home", "chroma", "host", "port", "seeds")
PRIVATE = ("home", "chroma", "seeds")


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a model, in the reader's words; `works` is None where there was nothing to try."""

    part: Part
    works: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Vectors:
    """The embedding model in use: its name and the length of its vectors."""

    name: str
    dimension: int


def settings_html(
    settings: Settings, vectors: Vectors | None, trial: Trial | None, say: Words, *, own: bool, ratings: int
) -> Markup:
    """The whole view. Where the page is not the reader's `own`, folders, addresses and trials are left out."""
    return Markup(
        '<div class="settings"><h2>{}</h2><p class="soft">{}</p><p class="note">{}</p>{}{}{}{}<section><h3>{}</h3>{}'
        "</section></div>"
    ).format(
        say("view.settings"),
        say("settings.what"),
        say("settings.restart"),
        EMPTY if own else Markup('<p class="note">{}</p>').format(say("settings.closed")),
        _model("chat", _chat_facts(settings, say, own), trial, say, own),
        _model("embedding", _embedding_facts(settings, vectors, say, own), trial, say, own),
        _ratings(ratings, say) if own else EMPTY,
        say("settings.others"),
        _others(settings, say, own),
    )


def _model(part: Part, facts: Sequence[tuple[str, str]], trial: Trial | None, say: Words, own: bool) -> Markup:
    """One model: what it changes, what is set, how to set it, whether it works."""
    mine = trial if trial is not None and trial.part == part else None
    listed = join(Markup("<dt>{}</dt><dd>{}</dd>").format(name, value) for name, value in facts)
    return Markup("<section><h3>{}</h3><p>{}</p><dl>{}</dl>{}</section>").format(
        say(f"settings.{part}"),
        say(f"settings.{part}.does"),
        listed,
        _trying(part, mine, say) if own else EMPTY,
    )


def _ratings(count: int, say: Words) -> Markup:
    """What readers said of answers, to be taken along as a table."""
    save = button("ratings", say("settings.ratings.save"), kind="second") if count else EMPTY
    return Markup('<section><h3>{}</h3><p>{}</p><p class="trial">{}<span>{}</span></p></section>').format(
        say("settings.ratings"), say("settings.ratings.what"), save, say("settings.ratings.count", n=count)
    )


def _trying(part: Part, trial: Trial | None, say: Words) -> Markup:
    result: str | Markup = trial.text if trial else EMPTY
    if trial and trial.works is not None:
        result = Markup('<b class="{}">{}</b> {}').format(
            "ok" if trial.works else "bad", say("settings.works" if trial.works else "settings.fails"), trial.text
        )
    return Markup('<p class="trial">{}<span role="status">{}</span></p>').format(
        button(f"test:{part}", say(f"settings.{part}.test"), kind="second"), result
    )


def _chat_facts(settings: Settings, say: Words, own: bool) -> list[tuple[str, str]]:
    provider, _, model = (settings.chat_model or "").partition(":")
    facts: list[tuple[str, str]] = []
    if provider:
        address = _address(settings.chat_url) if settings.chat_url else say("settings.address.own")
        facts += [
            (say("settings.provider"), provider),
            (say("settings.model"), model),
            (say("settings.address"), address if own else say("settings.hidden")),
        ]
    else:
        facts.append((say("settings.now"), say("settings.chat.none")))
    return [
        *facts,
        (say("settings.key"), say("settings.key.where")),
        (say("settings.how"), _how("chat_model", "openai:gpt-5", say)),
        (say("settings.how.address"), _how("chat_url", "http://127.0.0.1:11434/v1", say)),
    ]


def _embedding_facts(settings: Settings, vectors: Vectors | None, say: Words, own: bool) -> list[tuple[str, str]]:
    given = settings.embedding_model
    name = given if given and own else Path(given).name if given else say("settings.embedding.bundled")
    now = say("settings.embedding.now", name=name, n=vectors.dimension) if vectors else name
    return [
        (say("settings.now"), now),
        (say("settings.how"), _how("embedding_model", say("settings.embedding.example"), say)),
    ]


def _how(name: str, example: str, say: Words) -> Markup:
    """The environment variable of a setting with an example, and its command-line option."""
    variable = Markup("<code>{}={}</code>").format(PREFIX + name.upper(), example)
    option = Markup("<code>--{} {}</code>").format(name.replace("_", "-"), example)
    return Markup("{} {} {}").format(variable, say("settings.or"), option)


def _others(settings: Settings, say: Words, own: bool) -> Markup:
    told = description("en" if say.language == "en" else "zh")
    rows = []
    for name in OTHERS:
        value = getattr(settings, name)
        if name == "chroma":
            value = _address(value) if value else say("settings.chroma.none")
        text = told[PREFIX + name.upper()]
        option = Markup("<br><code>--{}</code>").format(name)
        rows.append(
            Markup('<tr><th scope="row"><code>{}</code>{}</th><td>{}</td><td>{}</td></tr>').format(
                PREFIX + name.upper(),
                option,
                say.script(text),
                say("settings.hidden") if name in PRIVATE and not own else value,
            )
        )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table><thead><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div>'
    ).format(say("settings.others"), say("settings.name"), say("settings.meaning"), say("settings.now"), join(rows))


def _address(url: str) -> str:
    """An address without the name, the key and the query that may stand in it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
