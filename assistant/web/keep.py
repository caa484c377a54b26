"""What the page hands to the browser to keep, and what it believes when it comes back.

A chat lives in the browser that holds it, never on the server. What returns is untrusted input: it
is read into frozen values with strict shapes, or refused. Nothing here is shown or stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from assistant.asked import LONGEST_QUESTION, MOST_TURNS
from assistant.models import Answer, Language

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what came of it.

    `context` replaces the earlier questions where the reader removed something carried over;
    `trouble` is why there is no answer, in the reader's words.
    """

    question: str
    context: tuple[str, ...] | None = None
    answer: Answer | None = None
    trouble: str | None = None
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page sends it, with the turns before it."""

    question: str
    chat: str
    language: Language = "zh-Hans"
    turns: tuple[Turn, ...] = ()
    context: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A report and the received characters to show there, with its other cited spans.

    Where no characters are given but a `topic`, its figures are what is shown.
    """

    report: str
    at: tuple[int, int] | None = None
    cites: tuple[tuple[int, int], ...] = ()
    topic: str | None = None
    view: str = "repaired"
    language: Language = "zh-Hans"
    ticket: int = 0  # comes back with the reply, so that the browser knows a late one


@dataclass(frozen=True, slots=True)
class Waking:
    """What the page knows when it opens or a view is gone to: the reader's language, chat and pick."""

    language: Language | None = None
    languages: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    cities: tuple[str, ...] = ()
    topic: str | None = None
    ticket: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """A chat or a comparison to be written to a file."""

    what: str
    form: str
    name: str = ""
    language: Language = "zh-Hans"
    turns: tuple[Turn, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """Which model the reader wants to see tried."""

    what: Literal["chat", "embedding"] = "chat"
    language: Language = "zh-Hans"


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def read(kind: type[T], data: object) -> T:
    """`data` from the browser as a value of `kind`; raises `ValueError` where it has another shape."""
    shape: Any = kind
    value: T = _adapter(shape).validate_python(data)
    return value


def write(value: object) -> Any:
    """A value of this module (or an `Answer`) as plain JSON data."""
    shape: Any = type(value)
    return _adapter(shape).dump_python(value, mode="json")


def history(turns: tuple[Turn, ...]) -> tuple[str, ...]:
    """The earlier questions that an answer may lean on, oldest first; one that is too long to be asked is none."""
    said: list[str] = []
    for turn in turns[-MOST_TURNS:]:
        if turn.context is not None:
            said = list(turn.context)
        said.append(turn.question)
    return tuple(one for one in said[-MOST_TURNS:] if len(one) <= LONGEST_QUESTION)
