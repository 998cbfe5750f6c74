"""The words that the shapes of all records share."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class InLanguages:
    """Marks a field that is kept in several languages: an answer gives the reader's, a file has a column for each."""


class Texts(dict[str, str]):
    """A text by language, as the tables keep it; the reader's language is chosen where the answer is written."""


# Marks the same field in a JSON Schema.
MULTILINGUAL = "x-multilingual"
# A record as plain values: texts as `Texts`, dates as `date`.
Row = dict[str, Any]
Text = Annotated[str, InLanguages()]
ISO3 = r"^[A-Z]{3}$"
# Letters, digits and the marks that codes have; never NUL, which PostgreSQL refuses.
CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$"


class Shape(BaseModel):
    """A record as the API answers it."""

    model_config = ConfigDict(extra="forbid")


def a_code(text: str, example: str) -> Any:
    return Field(description=text, examples=[example])


def a_text(of: str, example: str) -> Any:
    """A text in the language that was asked for, or in the nearest that has one; empty where there is none."""
    return Field(description=of, examples=[example], json_schema_extra={MULTILINGUAL: True})


def several(text: str, *examples: str) -> Any:
    return Field(description=text, examples=[list(examples)])


def a_day(text: str, example: str = "2026-03-01") -> Any:
    return Field(description=text, examples=[date.fromisoformat(example)])


def is_fictional() -> Any:
    return Field(description=_("True for a record of the demonstration, which never happened"), examples=[True])


def a_source() -> Any:
    return Field(
        description=_("Where the record was taken from; empty where it was entered here"), examples=["Section IV"]
    )
