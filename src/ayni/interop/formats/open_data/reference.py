"""What the reference page says of a resource: its fields, what can be asked, and an example, from the shapes themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ayni.interop.formats.open_data.columns import columns, in_languages

KINDS: dict[str, Promise] = {
    "string": pgettext_lazy("kind of field", "text"),
    "integer": pgettext_lazy("kind of field", "whole number"),
    "number": pgettext_lazy("kind of field", "number"),
    "boolean": pgettext_lazy("kind of field", "true or false"),
    "date": pgettext_lazy("kind of field", "date"),
    "array": pgettext_lazy("kind of field", "list"),
    "object": pgettext_lazy("kind of field", "object"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record in words: `within` are the fields of its parts; `languages` where a file has a column for each."""

    name: str
    kind: Promise
    about: str
    languages: bool
    within: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter in words; `values` are all that it takes, where they are few."""

    name: str
    about: str
    example: str
    values: tuple[str, ...]


def fields_of(shape: type[BaseModel]) -> list[Field]:
    """The fields of a shape in its order, in the language in force."""
    kinds = {column.field: column.kind for column in columns(shape)}
    return [
        Field(
            name,
            KINDS[kinds[name]],
            gettext(field.description) if field.description else "",
            in_languages(field),
            tuple(fields_of(part)) if (part := _part(field)) else (),
        )
        for name, field in shape.model_fields.items()
    ]


def filters_of(question: type[BaseModel]) -> list[Filter]:
    """What a question can be asked, in the language in force."""
    schema = question.model_json_schema()["properties"]
    return [
        Filter(
            name,
            gettext(field.description) if field.description else "",
            str((field.examples or [""])[0]),
            _values(schema[name]),
        )
        for name, field in question.model_fields.items()
    ]


def example_of(shape: type[BaseModel]) -> dict[str, Any]:
    """A record made of the examples of its fields."""
    return {name: _example(field) for name, field in shape.model_fields.items()}


def _example(field: FieldInfo) -> Any:
    if part := _part(field):
        return [example_of(part)]
    value = (field.examples or [None])[0]
    return value.isoformat() if isinstance(value, date) else value


def _part(field: FieldInfo) -> type[BaseModel] | None:
    """The shape of the parts, where the field is a list of them."""
    return next(
        (one for one in get_args(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)), None
    )


def _values(schema: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = [schema, *schema.get("anyOf", ())]
    if any(one.get("type") == "boolean" for one in kinds):
        return ("true", "false")
    return tuple(str(value) for one in kinds for value in one.get("enum", ()))
