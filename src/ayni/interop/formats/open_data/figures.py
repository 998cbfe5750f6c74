"""Editions of the diagnosis, statistics and accounts: the shapes of what is counted."""

from datetime import date
from typing import Any

from pydantic import Field

from ayni.interop.formats.open_data.directory import COUNTRY
from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_text, is_fictional, several


class Edition(Shape):
    """A published edition of the diagnosis: frozen, the same bytes for ever."""

    code: str = a_code("Code", "oas-2010")
    title: Text = a_text("Title", "Diagnosis of 2010")
    round: str = a_code("Code of the round of questionnaires", "oas-2010")
    period_from: int = Field(description="First year", examples=[2005])
    period_to: int = Field(description="Last year", examples=[2010])
    previous: str | None = a_code("Code of the edition before", "oas-2010")
    sha256: str = a_code("Checksum of the edition's content (SHA-256, hexadecimal)", "0" * 64)
    published_on: date = Field(description="Published on", examples=[date(2026, 11, 1)])
    content: str = a_code("Permanent address of the content", "https://…/api/v1/editions/oas-2010/content.json")
    fictional: bool = is_fictional()


class EditionTables(Edition):
    """An edition with the codes of its tables and figures."""

    tables: list[str] = several("Codes of the tables", "T1", "T3")
    figures: list[str] = several("Codes of the figures", "F4", "F7")


class EditionTable(Shape):
    """A table of an edition as it was frozen. Codes stand for countries, institutions and terms."""

    edition: str = a_code("Code of the edition", "oas-2010")
    table: str = a_code("Code of the table", "T3")
    source: str = a_code("Where the table comes from", "Section IV, Table 3")
    sha256: str = a_code("Checksum of the edition", "0" * 64)
    content: dict[str, Any] = Field(description="The table", examples=[{"partners": 57, "pairs": 110}])


class Mark(Shape):
    """An institution names a country as its partner: one mark of Table 3."""

    edition: str = a_code("Code of the edition", "oas-2010")
    institution: str = a_code("Code of the institution that answered", "BR-MDS")
    reporter: str | None = a_code(f"{COUNTRY} of that institution", "BRA")
    partner: str = a_code(f"{COUNTRY} that it names", "BOL")
    region: str = a_code("Region of the partner as the edition prints it", "Americas and Caribbean")
    region_m49: str = a_code("Region of the partner in the UN M49 scheme", "019")
    role: str = a_code("Role of the institution (vocabulary cooperation-roles); often unknown", "unknown")
    unilateral: bool = Field(
        description="The partner reported too, and did not name the country back", examples=[False]
    )
    source: str = a_code("Where it is said", "Section IV, Table 3")


class Count(Shape):
    """How many public records there are of one sort, each counted once. The two numbers are never added up."""

    table: str = a_code("total, country, pair, type or year", "country")
    key: str = a_code("Which: a country, two countries with a hyphen, a type, a year", "BRA")
    label: str = a_text("The same in words", "Brazil")
    validated: int = Field(description="Records validated by every side", ge=0, examples=[12])
    unilateral: int = Field(description="Records declared by one side alone", ge=0, examples=[3])


class Figure(Shape):
    """One number of an account of cooperation, in long form."""

    year: int = Field(description="Year of the account", examples=[2026])
    scope: str = a_code("Country (ISO 3166-1 alpha-3), or network", "network")
    table: str = a_code("Table or figure of the account: T8, T9, T10, T12, F11, F13, topics, partners", "T8")
    row: str = a_code("What the number is of: a country, a term, a year", "BRA")
    measure: str = a_code("What is counted", "offered")
    value: float | None = Field(description="The number; null where it is not known", examples=[4.0])
    unit: str = a_code("records, share, days, USD…", "records")
