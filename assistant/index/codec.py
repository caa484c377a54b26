"""Turns the frozen values of `assistant.models` into JSON and back.

A dataclass becomes an array of its fields in their order, a tuple an array, a dict an object; so
the text is a third of what named fields would take. The price is that a changed class cannot be
read by position: `layout` names the classes' shape, and the library reads a report anew from its
file when the shape differs. Nothing here knows which classes exist.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Convert = Callable[[Any], Any]


def dumps(value: object) -> str:
    """The JSON of a dataclass value, or of a tuple of them."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """The value of type `kind` that `dumps` wrote.

    Raises ValueError where the text does not have the shape of `kind`.
    """
    return _load(kind, text)  # type: ignore[no-any-return]


def loads_tuple(kind: type[T], text: str) -> tuple[T, ...]:
    """The tuple of `kind` values that `dumps` wrote. Raises ValueError as `loads` does."""
    return _load(tuple[kind, ...], text)  # type: ignore[no-any-return, valid-type]


def loads_field(kind: type, name: str, text: str) -> list[str]:
    """The field `name`, a plain string, of each value of a stored tuple of `kind`; the values are not built."""
    at = _stored(kind).index(name)
    return [value[at] for value in json.loads(text)]


def layout(*kinds: type) -> str:
    """A short name of the shape of these classes and of all that they hold; it changes with them."""
    seen: dict[str, str] = {}
    for kind in kinds:
        _describe(kind, seen)
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:12]


def _load(kind: Any, text: str) -> Any:
    try:
        return _reader(kind)(json.loads(text))
    except (TypeError, IndexError, KeyError, AttributeError) as error:
        raise ValueError(f"not the stored form of {kind}: {error}") from error


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        kind: Any = type(value)
        return [_plain(getattr(value, name)) for name in _stored(kind)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@cache
def _stored(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.init)


@cache
def _reader(kind: Any) -> _Convert:
    """A function that rebuilds a value of `kind`; built once for each type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple_reader(arguments)
    if origin is dict:
        item = _reader(arguments[1])
        return lambda plain: {key: item(value) for key, value in plain.items()}
    if origin in (Union, types.UnionType):
        inner = [each for each in arguments if each is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"a union of several types cannot be stored: {kind}")
        item = _reader(inner[0])
        return lambda plain: None if plain is None else item(plain)
    if kind in (str, int, float, bool) or origin is Literal:
        return _same
    raise TypeError(f"cannot be stored: {kind}")


def _dataclass_reader(kind: type) -> _Convert:
    hints = get_type_hints(kind)
    parts = [_reader(hints[name]) for name in _stored(kind)]
    if all(part is _same for part in parts):
        return lambda plain: kind(*plain)
    return lambda plain: kind(*[part(item) for part, item in zip(parts, plain, strict=True)])


def _tuple_reader(arguments: tuple[Any, ...]) -> _Convert:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _reader(arguments[0])
        return tuple if item is _same else lambda plain: tuple([item(each) for each in plain])
    items = [_reader(each) for each in arguments]
    return lambda plain: tuple(item(each) for item, each in zip(items, plain, strict=True))


def _same(plain: Any) -> Any:
    return plain


def _describe(kind: Any, seen: dict[str, str]) -> None:
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__qualname__ in seen:
            return
        hints = get_type_hints(kind)
        seen[kind.__qualname__] = ";".join(f"{name}:{hints[name]}" for name in _stored(kind))
        for name in _stored(kind):
            _describe(hints[name], seen)
    for argument in get_args(kind):
        _describe(argument, seen)
