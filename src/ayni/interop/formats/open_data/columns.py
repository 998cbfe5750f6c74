"""The columns of a file of open data, from the shape of its records: a text has a column for each language."""

import types
from dataclasses import dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ayni.common.i18n import LANGUAGES
from ayni.interop.formats.open_data.words import InLanguages, Row

# Table Schema (https://specs.frictionlessdata.io/table-schema/) and Arrow, for the types that shapes are made of.
PLAIN: dict[Any, tuple[str, pa.DataType]] = {
    str: ("string", pa.string()),
    int: ("integer", pa.int64()),
    float: ("number", pa.float64()),
    bool: ("boolean", pa.bool_()),
    date: ("date", pa.date32()),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field of the record, the language of its text ("" where it is none), and its type in either world."""

    name: str
    field: str
    language: str
    kind: str
    arrow: pa.DataType
    description: str

    def of(self, row: Row) -> Any:
        value = row[self.field]
        return value.get(self.language, "") if self.language else value


def columns(shape: type[BaseModel]) -> list[Column]:
    """The columns of a shape's file, in its order."""
    found = []
    for name, field in shape.model_fields.items():
        kind, arrow = _types(field.annotation)
        text = field.description or ""
        if in_languages(field):
            found += [Column(f"{name}_{code}", name, code, kind, arrow, f"{text} ({code})") for code in LANGUAGES]
        else:
            found.append(Column(name, name, "", kind, arrow, text))
    return found


def in_languages(field: FieldInfo) -> bool:
    """Whether the field is a text that is kept in several languages."""
    return any(isinstance(mark, InLanguages) for mark in field.metadata)


def _types(annotation: Any) -> tuple[str, pa.DataType]:
    known = _optional(annotation)
    if get_origin(known) is list:
        return "array", pa.list_(_types(get_args(known)[0])[1])
    if get_origin(known) is dict:
        return "object", pa.string()
    if isinstance(known, type) and issubclass(known, BaseModel):
        return "object", pa.struct([pa.field(one.name, one.arrow) for one in columns(known)])
    return PLAIN[known]


def _optional(annotation: Any) -> Any:
    """The type beside None."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation
