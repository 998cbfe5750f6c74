"""The rows of what is counted: editions of the diagnosis, statistics, accounts."""

from typing import Any, TypedDict


class Edition(TypedDict):
    """A published edition of the diagnosis: frozen, the same bytes for ever."""

    code: str
    title: str
    round: str
    period_from: int
    period_to: int
    previous: str | None
    sha256: str
    published_on: str
    content: str
    fictional: bool


class EditionTable(TypedDict):
    """A table of an edition as it was frozen. Codes stand for countries, institutions and terms."""

    edition: str
    table: str
    source: str
    sha256: str
    content: dict[str, Any]


class Mark(TypedDict):
    """An institution names a country as its partner: one mark of Table 3."""

    edition: str
    institution: str
    reporter: str | None
    partner: str
    region: str
    region_m49: str
    role: str
    unilateral: bool
    source: str
    fictional: bool


class Count(TypedDict):
    """How many public records there are of one sort, each counted once. The two numbers are never added up."""

    table: str
    key: str
    label: str
    validated: int
    unilateral: int
    fictional: bool


class Figure(TypedDict):
    """One number of an account of cooperation, in long form."""

    year: int
    scope: str
    table: str
    row: str
    measure: str
    value: float | None
    unit: str
    fictional: bool
