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
from typing import Any, TypeVar, cast

from ayni.iati.model import Activity

Model = TypeVar("Model")
PLAIN = (str, int, bool, type(None))


def to_content(activity: Activity) -> str:
    """The whole activity as canonical JSON."""
    return json.dumps(_told(activity), ensure_ascii=False, separators=(",", ":"))


def from_content(text: str, only: Collection[str] | None = None) -> Activity:
    """The activity of a text that `to_content` wrote, or of its fields `only`. Raises KeyError or ValueError for any other."""
    values = json.loads(text)
    wanted = values if only is None else {name: value for name, value in values.items() if name in only}
    return _built(Activity, wanted)


def digest_of(activity: Activity) -> str:
    """The checksum of what an activity says. When its publisher last touched it, and its file's version, say nothing."""
    said = dataclasses.replace(activity, updated="", version="")
    return hashlib.sha256(to_content(said).encode()).hexdigest()


def told(value: Any) -> Any:
    """`value`, of any type of the model, as JSON holds it."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, tuple):
        return [told(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return _told(value)


def _told(value: Any) -> dict[str, Any]:
    found = {}
    for name, default in _defaults(cast(Hashable, type(value))):
        held = getattr(value, name)
        if held != default:
            found[name] = told(held)
    return found


@cache
def _defaults(model: Hashable) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(cast(Any, model)))


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
