"""How a field of the model stands in the file: each dataclass of the model declares it beside the field, reading and writing follow it.

The order of the fields is the order of the standard's schema, so what is written is valid without a second list.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

Texts = tuple[tuple[str, str], ...]
"""Narratives as (language, text) in the file's order. The language is the narrative's own, else the activity's default, else ""."""


class Kind(Enum):
    """Where a field's value stands, seen from its element."""

    ATTRIBUTE = auto()
    CONTENT = auto()
    NARRATIVES = auto()
    TEXTS = auto()
    CODE = auto()
    CODES = auto()
    DATE = auto()
    LEAF = auto()
    LEAVES = auto()
    ONE = auto()
    MANY = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """``name``: the attribute or child element; ``model``: the dataclass of the child, when it has one."""

    kind: Kind
    name: str
    model: type | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """What has no field: kept as it was, so that nothing is lost on the way out.

    ``at`` is the child in which it stood ("title", "category[2]"), "" for the element itself. ``xml`` is canonical XML of an
    element, or ``@name=value`` for an attribute (of another namespace, or whose value its field could not hold).
    """

    at: str
    xml: str


def _field(kind: Kind, name: str, default: Any, model: type | None = None) -> Any:
    return field(default=default, metadata={"shape": Shape(kind, name, model)})


def attribute(name: str, default: Any = "") -> Any:
    """An attribute; the annotation (str, Decimal, bool, int, date) says how it is read."""
    return _field(Kind.ATTRIBUTE, name, default)


def content() -> Any:
    """The element's own text, as a number."""
    return _field(Kind.CONTENT, "", None)


def narratives() -> Any:
    """The narratives directly in this element."""
    return _field(Kind.NARRATIVES, "narrative", ())


def texts(name: str) -> Any:
    """The narratives of a child."""
    return _field(Kind.TEXTS, name, ())


def code(name: str) -> Any:
    """The ``code`` of a child that stands once."""
    return _field(Kind.CODE, name, "")


def codes(name: str) -> Any:
    """The ``code`` of each child of that name."""
    return _field(Kind.CODES, name, ())


def day(name: str) -> Any:
    """The ``iso-date`` of a child."""
    return _field(Kind.DATE, name, None)


def leaf(name: str, default: Any = "") -> Any:
    """The text of a child that stands once."""
    return _field(Kind.LEAF, name, default)


def leaves(name: str) -> Any:
    """The text of each child of that name."""
    return _field(Kind.LEAVES, name, ())


def one(name: str, model: type) -> Any:
    """A child with a model of its own, or None."""
    return _field(Kind.ONE, name, None, model)


def many(name: str, model: type) -> Any:
    """Every child of that name, in order."""
    return _field(Kind.MANY, name, (), model)
