"""Editions of the diagnosis, statistics and accounts: the shapes of what is counted."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import Field

from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_text, is_fictional, several


class Edition(Shape):
    """A published edition of the diagnosis: frozen, the same bytes for ever."""

    code: str = a_code(_("Code"), "oas-2010")
    title: Text = a_text(_("Title"), "Diagnosis of 2010")
    round: str = a_code(_("Code of the round of questionnaires"), "oas-2010")
    period_from: int = Field(description=_("First year"), examples=[2005])
    period_to: int = Field(description=_("Last year"), examples=[2010])
    previous: str | None = a_code(_("Code of the edition before"), "oas-2010")
    sha256: str = a_code(_("Checksum of the edition's content (SHA-256, hexadecimal)"), "0" * 64)
    published_on: date = Field(description=_("Published on"), examples=[date(2026, 11, 1)])
    content: str = a_code(_("Permanent address of the content"), "https://…/api/v1/editions/oas-2010/content.json")
    fictional: bool = is_fictional()


class EditionTables(Edition):
    """An edition with the codes of its tables and figures."""

    tables: list[str] = several(_("Codes of the tables"), "T1", "T3")
    figures: list[str] = several(_("Codes of the figures"), "F4", "F7")


class EditionTable(Shape):
    """A table of an edition as it was frozen. Codes stand for countries, institutions and terms."""

    edition: str = a_code(_("Code of the edition"), "oas-2010")
    table: str = a_code(_("Code of the table"), "T3")
    source: str = a_code(_("Where the table comes from"), "Section IV, Table 3")
    sha256: str = a_code(_("Checksum of the edition"), "0" * 64)
    content: dict[str, Any] = Field(description=_("The table"), examples=[{"partners": 57, "pairs": 110}])


class Mark(Shape):
    """An institution names a country as its partner: one mark of Table 3."""

    edition: str = a_code(_("Code of the edition"), "oas-2010")
    institution: str = a_code(_("Code of the institution that answered"), "BR-MDS")
    reporter: str | None = a_code(_("Country of that institution (ISO 3166-1 alpha-3)"), "BRA")
    partner: str = a_code(_("Country that it names (ISO 3166-1 alpha-3)"), "BOL")
    region: str = a_code(_("Region of the partner as the edition prints it"), "Americas and Caribbean")
    region_m49: str = a_code(_("Region of the partner in the UN M49 scheme"), "019")
    role: str = a_code(_("Role of the institution (vocabulary cooperation-roles); often unknown"), "unknown")
    unilateral: bool = Field(
        description=_("The partner reported too, and did not name the country back"), examples=[False]
    )
    source: str = a_code(_("Where it is said"), "Section IV, Table 3")
    fictional: bool = is_fictional()


class Count(Shape):
    """How many public records there are of one sort, each counted once. The two numbers are never added up."""

    table: str = a_code(_("total, country, pair, type or year"), "country")
    key: str = a_code(_("Which: a country, two countries with a hyphen, a type, a year"), "BRA")
    label: str = a_text(_("The same in words"), "Brazil")
    validated: int = Field(description=_("Records validated by every side"), ge=0, examples=[12])
    unilateral: int = Field(description=_("Records declared by one side alone"), ge=0, examples=[3])
    fictional: bool = Field(
        description=_("True while records of the demonstration, which never happened, are among those counted"),
        examples=[True],
    )


class Figure(Shape):
    """One number of an account of cooperation, in long form."""

    year: int = Field(description=_("Year of the account"), examples=[2026])
    scope: str = a_code(_("Country (ISO 3166-1 alpha-3), or network"), "network")
    table: str = a_code(_("Table or figure of the account: T8, T9, T10, T12, F11, F13, topics, partners"), "T8")
    row: str = a_code(_("What the number is of: a country, a term, a year"), "BRA")
    measure: str = a_code(_("What is counted"), "offered")
    value: float | None = Field(description=_("The number; null where it is not known"), examples=[4.0])
    unit: str = a_code(_("records, share, days, USD…"), "records")
    fictional: bool = Field(
        description=_("True while records of the demonstration, which never happened, are among those counted"),
        examples=[True],
    )
