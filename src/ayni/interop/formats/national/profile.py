"""What a profile declares: which column of a spreadsheet holds which field of the common record, and how its values are written.

The document is JSON; its schema is data/schemas/national-profile.schema.json, made from these classes.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ayni.common.i18n import folded

Texts = dict[Literal["es", "pt", "en", "fr"], str]


class Common(StrEnum):
    """The fields of the common record."""

    IDENTIFIER = "identifier"
    COUNTERPART_IDENTIFIER = "counterpart-identifier"
    TITLE = "title"
    DESCRIPTION = "description"
    ROLE = "role"
    COUNTERPART = "counterpart"
    PROVIDER_COUNTRY = "provider-country"
    RECIPIENT_COUNTRY = "recipient-country"
    INSTITUTION = "institution"
    COUNTERPART_INSTITUTION = "counterpart-institution"
    PROVIDER = "provider"
    FUNDER = "funder"
    RECIPIENT = "recipient"
    FACILITATOR = "facilitator"
    TYPE = "cooperation-type"
    MODALITY = "modality"
    SECTOR = "sector"
    STATUS = "status"
    START = "start"
    END = "end"
    AMOUNT = "amount"
    CURRENCY = "currency"
    AMOUNT_YEAR = "amount-year"
    QUANTITY = "quantity"


REQUIRED = (Common.IDENTIFIER, Common.TITLE)
# Written in the country's own codes, which a crosswalk leads to a vocabulary of ours: {field: its code}.
CROSSED = {Common.TYPE: "cooperation-types", Common.MODALITY: "modalities", Common.SECTOR: "topics"}
# How a day may be written; a month or a year stands for all of its days.
DATE_FORMS = ("YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "DD.MM.YYYY", "MM/YYYY", "YYYY")
MOST_SOURCES = 60


class Part(BaseModel):
    """No word that the schema does not know, and no change once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(Part):
    """Where a field comes from: a column by its title, or a value that is the same for every row.

    `language` is that of a title or description ("" the profile's); `option` the measure of a quantity, the currency of an amount,
    or "spent" for an amount that was paid ("" committed: "spent MXN", "MXN").
    """

    field: Common
    column: Annotated[str, Field(max_length=200)] = ""
    value: Annotated[str, Field(max_length=500)] = ""
    language: Literal["", "es", "pt", "en", "fr"] = ""
    option: Annotated[str, Field(max_length=60)] = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> "Source":
        if bool(self.column) == bool(self.value):
            raise ValueError("Tell either a column or a value.")
        return self


class Reporter(Part):
    """Who reports: the reference that stands before each identifier, the names, the type of IATI's list ("10" government)."""

    ref: Annotated[str, Field(min_length=2, max_length=60, pattern=r"^[^\s/&|?]+$")]
    name: Texts
    type: Annotated[str, Field(pattern=r"^[0-9]{2}$")] = "10"


class NationalProfile(Part):
    """A shape of spreadsheet. `country` is the reporter's (ISO 3166-1 alpha-3), "" for an organisation of several countries.

    `sheet` "" is the first; `header_row` 0 is the first row that holds the title of the identifier's column. `codes` are
    {field: {as the country writes it: ours}} for "role" (provider, recipient, both), "status" (IATI's codes 1 to 6) and "country"
    (ISO 3166-1 alpha-3, for names that are not of any list).
    """

    reporter: Reporter
    country: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    language: Literal["es", "pt", "en", "fr"] = "es"
    sheet: Annotated[str, Field(max_length=60)] = ""
    header_row: Annotated[int, Field(ge=0, le=100)] = 0
    dates: Annotated[tuple[str, ...], Field(min_length=1)] = ("DD/MM/YYYY", "YYYY")
    decimal: Literal[",", "."] = ","
    separator: Annotated[str, Field(max_length=3)] = ";"
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    sources: Annotated[tuple[Source, ...], Field(max_length=MOST_SOURCES)]
    codes: dict[Literal["role", "status", "country"], dict[str, str]] = {}

    @model_validator(mode="after")
    def _whole(self) -> "NationalProfile":
        unknown = [form for form in self.dates if form not in DATE_FORMS]
        if unknown:
            raise ValueError(f"No form of a date: {', '.join(unknown)}.")
        missing = [field for field in REQUIRED if not self.of(field)]
        if missing:
            raise ValueError(f"Nothing is told of: {', '.join(missing)}.")
        if not self.of(Common.IDENTIFIER)[0].column:
            raise ValueError("The identifier comes from a column.")
        return self

    def of(self, field: Common) -> tuple[Source, ...]:
        """What the profile tells of a field, in its order."""
        return tuple(one for one in self.sources if one.field == field)

    def code(self, kind: Literal["role", "status", "country"], written: str) -> str:
        """Ours for what the country writes; "" where the profile says nothing of it."""
        wanted = key_of(written)
        return next((ours for theirs, ours in self.codes.get(kind, {}).items() if key_of(theirs) == wanted), "")


@lru_cache(maxsize=8_192)
def key_of(written: str) -> str:
    """A code or a title as it is compared: small letters without accents, one blank between words."""
    return re.sub(r"\s+", " ", folded(written)).strip()[:120]
