"""From the model's declarations to what reading and writing look up: one plan for each dataclass, made once."""

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, get_args, get_type_hints

from ayni.iati.shape import Kind, Other, Shape

_TIMEZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def day_of(text: str) -> date:
    """An xsd:date, its time zone dropped. Raises ValueError."""
    text = _TIMEZONE.sub("", text.strip())
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def number_of(text: str) -> Decimal:
    """An xsd:decimal. Raises ValueError."""
    text = text.strip()
    if not _NUMBER.fullmatch(text) or not text.isascii():
        raise ValueError(text)
    return Decimal(text)


def flag_of(text: str) -> bool:
    """An xsd:boolean. Raises ValueError."""
    return {"1": True, "true": True, "0": False, "false": False}[text.strip()]


def whole_of(text: str) -> int:
    """An xsd:int. Raises ValueError."""
    text = text.strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


def _remembering(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """Days and amounts come again and again. What is none raises and is not remembered, nor is what is too long to be one."""
    known = lru_cache(1 << 13)(convert)
    return lambda text: known(text) if len(text) < 40 else convert(text)


_CONVERTERS: dict[type, Callable[[str], Any]] = {
    date: _remembering(day_of),
    Decimal: _remembering(number_of),
    bool: flag_of,
    int: whole_of,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A field: its place among the dataclass's fields, its name, its shape, how text becomes its value (None: as it is)."""

    place: int
    field: str
    shape: Shape
    convert: Callable[[str], Any] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A dataclass's fields by where they stand. ``inner``: all but the attributes; ``others``: the place of that field; ``identifier``: the
    child that is written even when empty."""

    model: type
    inner: tuple[Slot, ...]
    attributes: dict[str, Slot]
    children: dict[str, Slot]
    content: Slot | None
    narratives: Slot | None
    defaults: tuple[Any, ...]
    others: int
    identifier: str

    def standing(self, other: Other) -> tuple[int, str, bool]:
        """Where what is kept stands when it is written: attributes, within the fields' children, then children."""
        if not other.at:
            return (-1 if other.xml.startswith("@") else len(self.defaults)), "", False
        child = self.children.get(re.split(r"[\[/]", other.at, maxsplit=1)[0])
        return (child.place if child else 0), other.at, not other.xml.startswith("@")


@cache
def plan_of(model: type[Any]) -> Plan:
    """The plan of a dataclass of the model."""
    hints = get_type_hints(model)
    everything = fields(model)
    slots = tuple(
        Slot(place, each.name, each.metadata["shape"], _converter(hints[each.name]))
        for place, each in enumerate(everything)
        if "shape" in each.metadata
    )
    here = (Kind.ATTRIBUTE, Kind.CONTENT, Kind.NARRATIVES)
    return Plan(
        model=model,
        inner=tuple(slot for slot in slots if slot.shape.kind is not Kind.ATTRIBUTE),
        attributes={slot.shape.name: slot for slot in slots if slot.shape.kind is Kind.ATTRIBUTE},
        children={slot.shape.name: slot for slot in slots if slot.shape.kind not in here},
        content=next((slot for slot in slots if slot.shape.kind is Kind.CONTENT), None),
        narratives=next((slot for slot in slots if slot.shape.kind is Kind.NARRATIVES), None),
        defaults=tuple(None if each.default is MISSING else each.default for each in everything),
        others=[each.name for each in everything].index("others"),
        identifier=next((slot.shape.name for slot in slots if slot.field == "identifier"), ""),
    )


def _converter(hint: Any) -> Callable[[str], Any] | None:
    wanted = [each for each in (hint, *get_args(hint)) if each in _CONVERTERS]
    return _CONVERTERS[wanted[0]] if wanted else None


def exact(slot: Slot) -> bool:
    """Whether a field holds numbers as they were written: 1.0 equals 1.00, and is another text."""
    return slot.convert is _CONVERTERS[Decimal]
