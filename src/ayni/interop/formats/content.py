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
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation

Model = TypeVar("Model")
Teller = Callable[[Any], Any]
_PLAIN: dict[type, Teller | None] = {
    **dict.fromkeys((str, int, bool, type(None))),
    date: lru_cache(1 << 13)(date.isoformat),
    # No cache: 1.0 equals 1.00, and is another text.
    Decimal: lambda value: format(value, "f"),
}
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def to_content(record: Activity | Organisation) -> str:
    """The whole record as canonical JSON."""
    return content_and_digest(record)[0]


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
    held = _teller_of(cast(Hashable, type(record)))(record)
    about = {name: held.pop(name) for name in ("version", "updated") if name in held}
    said = _text(held)
    digest = hashlib.sha256(_joined({"version": ""}, said).encode()).hexdigest()
    return _joined(about, said), digest


def _joined(first: dict[str, Any], rest: str) -> str:
    """Two objects as one text; `rest` is a text already."""
    return f"{_text(first)[:-1]}{',' if rest != '{}' else ''}{rest[1:]}" if first else rest


def _text(held: dict[str, Any]) -> str:
    return _ENCODER.encode(held)


@cache
def _teller_of(model: Hashable) -> Teller:
    """What makes {name: JSON} out of a value of a model: of its fields that are not as they are by default."""
    fields = dataclasses.fields(cast(Any, model))
    hints = typing.get_type_hints(cast(Any, model))
    told = [(field.name, field.default, _teller(hints[field.name])) for field in fields]
    held = attrgetter(*(field.name for field in fields))

    def teller(value: Any) -> dict[str, Any]:
        return {
            name: one if tell is None else tell(one)
            for (name, default, tell), one in zip(told, held(value), strict=True)
            if one is not default and one != default
        }

    return teller


def _teller(hint: Any) -> Teller | None:
    """What makes JSON out of a value of the annotated type; None where it is JSON as it stands (a tuple is written as a list)."""
    if typing.get_origin(hint) is tuple:
        (each,) = {_teller(part) for part in typing.get_args(hint) if part is not Ellipsis}
        return None if each is None else lambda values: list(map(each, values))
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        (hint,) = (one for one in typing.get_args(hint) if one is not type(None))
    return _teller_of(cast(Hashable, hint)) if dataclasses.is_dataclass(hint) else _PLAIN[hint]


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
