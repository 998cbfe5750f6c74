"""A record of the standard as canonical JSON and back: the same record gives the same text, whatever file it came in.

Only what differs from a field's default is written, under the field's name; dates and numbers as texts; keys in the order of
the model. What is read back equals what was written (tests/unit/interop/test_import.py).
"""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Collection, Hashable
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation

Model = TypeVar("Model")
PLAIN = frozenset((str, int, bool, type(None)))


def to_content(record: Activity | Organisation) -> str:
    """The whole record as canonical JSON."""
    return _text(_told(record))


def from_content(text: str, only: Collection[str] | None = None) -> Activity:
    """The activity of a text that `to_content` wrote, or of its fields `only`. Raises KeyError or ValueError for any other."""
    values = json.loads(text)
    wanted = values if only is None else {name: value for name, value in values.items() if name in only}
    return _built(Activity, wanted)


def organisation_in(text: str) -> Organisation:
    """The organisation of a text that `to_content` wrote. Raises KeyError or ValueError for any other."""
    return _built(Organisation, json.loads(text))


def digest_of(record: Activity | Organisation) -> str:
    """The checksum of what a record says. When its publisher last touched it, and its file's version, say nothing."""
    return content_and_digest(record)[1]


def content_and_digest(record: Activity | Organisation) -> tuple[str, str]:
    """Both, read out of the record once."""
    held = _told(record)
    said = {"version": "", **{name: value for name, value in held.items() if name not in ("version", "updated")}}
    return _text(held), hashlib.sha256(_text(said).encode()).hexdigest()


def _text(held: dict[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def told(value: Any) -> Any:
    """`value`, of any type of the model, as JSON holds it."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [told(one) for one in value]
    if kind is date:
        return value.isoformat()
    return format(value, "f") if kind is Decimal else _told(value)


def _told(value: Any) -> dict[str, Any]:
    names, defaults, held = _fields(cast(Hashable, type(value)))
    return {
        name: one if type(one) in PLAIN else told(one)
        for name, default, one in zip(names, defaults, held(value), strict=True)
        if one is not default and one != default
    }


@cache
def _fields(model: Hashable) -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[Any], tuple[Any, ...]]]:
    fields = dataclasses.fields(cast(Any, model))
    names = tuple(field.name for field in fields)
    return names, tuple(field.default for field in fields), cast(Any, attrgetter(*names))


def _built(model: type[Model], values: dict[str, Any]) -> Model:
    readers: dict[str, Callable[[Any], Any]] = _readers(cast(Hashable, model))
    return model(**{name: readers[name](value) for name, value in values.items()})


@cache
def _readers(model: Hashable) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(cast(Any, model))
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(cast(Any, model))}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of the annotated type out of JSON."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _tuple_reader(typing.get_args(hint))
    if origin in (types.UnionType, typing.Union):
        (hint,) = (one for one in typing.get_args(hint) if one is not type(None))
        return _reader(hint)
    if dataclasses.is_dataclass(hint):
        return lambda value: _built(cast(type[Any], hint), value)
    plain: dict[Any, Callable[[Any], Any]] = {date: date.fromisoformat, Decimal: Decimal}
    return plain.get(hint, lambda value: value)


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        reader = _reader(parts[0])
        return lambda values: tuple(reader(value) for value in values)
    readers = [_reader(part) for part in parts]
    return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))
