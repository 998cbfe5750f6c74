"""Organisations as others report them: the shapes of their rows in open data."""

from datetime import date

from django.utils.translation import gettext_noop as _
from pydantic import Field

from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_day, a_text, is_fictional, several


class ReportedOrganisation(Shape):
    """An organisation as its publisher reports it in an organisation file."""

    id: int = Field(description=_("Number"), examples=[7])
    publisher: str = a_code(_("Identifier of who reports it"), "XM-DAC-41114")
    publisher_name: str = a_code(_("Name, as it was reported"), "UNDP")
    identifier: str = a_code(_("Identifier of the organisation"), "XM-DAC-41114")
    name: Text = a_text(_("Name"), "United Nations Development Programme")
    source: int = Field(description=_("Number of the file that last named it (resource sources)"), examples=[3])
    licence: str = a_code(_("Licence that its publisher gives it; empty where none is told"), "cc-by")
    fictional: bool = is_fictional()
    changed_on: date = a_day(_("What it says last changed here on"))


class ReportedBudgetLine(Shape):
    """A part of a budget or of an expenditure."""

    ref: str = a_code(_("Reference of the line"), "1234")
    name: Text = a_text(_("Name, as it was reported"), "Technical cooperation")
    value: float | None = Field(description=_("Amount in its currency, where it was told"), examples=[600.0])
    currency: str = a_code(_("Currency (ISO 4217); empty where it was not told"), "USD")
    value_on: date | None = a_day(_("Day of the amount's value"))


class ReportedBudget(Shape):
    """What an organisation foresees or has spent in a period, as reported. Rows of different kinds are never added up."""

    id: int = Field(description=_("Number"), examples=[70])
    organisation: int = Field(description=_("Number of the reported organisation"), examples=[7])
    number: int = Field(description=_("Place within the organisation, from 1"), ge=1, examples=[1])
    kind: str = a_code(_("total, organisation, region, country (whom it is for), or expenditure"), "country")
    status: str = a_code(_("Status (IATI BudgetStatus): 1 indicative, 2 committed; empty where it was not told"), "1")
    recipient: str = a_code(
        _("Identifier of an organisation, code of a region, or ISO 3166-1 alpha-2 of a country"), "BO"
    )
    recipient_name: Text = a_text(_("Name of the recipient, as it was reported"), "Bolivia")
    vocabulary: str = a_code(_("List of the region's code (IATI RegionVocabulary); empty is the OECD's"), "")
    starts_on: date | None = a_day(_("First day of the period"), "2026-01-01")
    ends_on: date | None = a_day(_("Last day of the period"), "2026-12-31")
    value: float = Field(description=_("Amount in its currency"), examples=[1000.5])
    currency: str = a_code(_("Currency (ISO 4217); empty where it was not told"), "USD")
    value_on: date | None = a_day(_("Day of the amount's value"))
    lines: list[ReportedBudgetLine] = Field(description=_("What it is made up of"))
    fictional: bool = is_fictional()


class ReportedDocument(Shape):
    """A document that an organisation file names."""

    id: int = Field(description=_("Number"), examples=[71])
    organisation: int = Field(description=_("Number of the reported organisation"), examples=[7])
    number: int = Field(description=_("Place within the organisation, from 1"), ge=1, examples=[1])
    url: str = a_code(_("Where it lies, as it was reported"), "https://example.org/report.pdf")
    format: str = a_code(_("Media type"), "application/pdf")
    title: Text = a_text(_("Title"), "Annual report")
    description: Text = a_text(_("What it says"), "What was done in the year")
    categories: list[str] = several(_("What it is (IATI DocumentCategory)"), "B01")
    languages: list[str] = several(_("Languages (ISO 639-1)"), "es")
    countries: list[str] = several(_("Countries that it speaks of (ISO 3166-1 alpha-2)"), "BO")
    dated: date | None = a_day(_("Published on"))
    fictional: bool = is_fictional()
