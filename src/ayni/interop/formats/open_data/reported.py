"""What others report, and the flows: the shapes of records that come from other systems."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import Field

from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_day, a_text, is_fictional


class Place(Shape):
    """A country or region of an activity."""

    code: str = a_code(_("ISO 3166-1 alpha-2 of a country, or the code of a region"), "BO")
    region: bool = Field(description=_("Whether it is a region"), examples=[False])
    share: float | None = Field(description=_("Share in per cent, where it was told"), examples=[100.0])


class Sector(Shape):
    """A sector of an activity."""

    vocabulary: str = a_code(_("List of sectors (IATI SectorVocabulary): 1 is the OECD's, of five digits"), "1")
    code: str = a_code(_("Code within its list"), "16010")
    share: float | None = Field(description=_("Share in per cent, where it was told"), examples=[100.0])


class ReportedParty(Shape):
    """An organisation of an activity."""

    role: str = a_code(_("Role (IATI OrganisationRole): 1 funding, 2 accountable, 3 extending, 4 implementing"), "4")
    ref: str = a_code(_("Identifier of the organisation"), "XM-DAC-41114")
    kind: str = a_code(_("Kind (IATI OrganisationType)"), "10")
    name: str = a_code(_("Name, as it was reported"), "Ministerio de Desarrollo Social")


class ReportedActivity(Shape):
    """An activity as its publisher reports it: beside the network's own records, never mixed with them."""

    id: int = Field(description=_("Number"), examples=[81])
    publisher: str = a_code(_("Identifier of who reports it"), "XM-DAC-41114")
    publisher_name: str = a_code(_("Name, as it was reported"), "UNDP")
    identifier: str = a_code(_("Identifier that the publisher gives it"), "XM-DAC-41114-0042")
    title: Text = a_text(_("Title"), "Registry of households")
    description: Text = a_text(_("What it does"), "Technical assistance to two ministries")
    status: str = a_code(_("Where it stands (IATI ActivityStatus); empty where it was not told"), "2")
    starts_on: date | None = a_day(_("Begins on, carried out or planned"))
    ends_on: date | None = a_day(_("Ends on, carried out or planned"))
    places: list[Place] = Field(description=_("Countries and regions in which it takes place"))
    sectors: list[Sector] = Field(description=_("Sectors, each with its list"))
    parties: list[ReportedParty] = Field(description=_("Organisations that take part"))
    amounts: dict[str, Any] = Field(
        description=_("Sums by currency, committed and spent; currencies are never added to one another"),
        examples=[{"USD": {"committed": "1000.00", "spent": "250.50"}}],
    )
    source: int = Field(description=_("Number of the file that last named it (resource sources)"), examples=[3])
    licence: str = a_code(_("Licence that its publisher gives it; empty where none is told"), "cc-by")
    fictional: bool = is_fictional()
    changed_on: date = a_day(_("What it says last changed here on"))


class ReportedTransaction(Shape):
    """Money that moved or was promised, as reported."""

    id: int = Field(description=_("Number"), examples=[901])
    activity: int = Field(description=_("Number of the reported activity"), examples=[81])
    number: int = Field(description=_("Place within the activity, from 1"), ge=1, examples=[1])
    kind: str = a_code(_("Type (IATI TransactionType): 2 commitment, 3 disbursement, 4 expenditure…"), "3")
    on: date | None = a_day(_("Happened on"))
    value: float = Field(description=_("Amount in its currency"), examples=[1000.5])
    currency: str = a_code(_("Currency (ISO 4217); empty where it was not told"), "USD")
    value_on: date | None = a_day(_("Day of the amount's value"))
    provider_ref: str = a_code(_("Identifier of who gives"), "XM-DAC-41114")
    provider: str = a_code(_("Who gives, as it was reported"), "UNDP")
    receiver_ref: str = a_code(_("Identifier of who receives"), "BO-MDS")
    receiver: str = a_code(_("Who receives, as it was reported"), "Ministerio de Desarrollo")
    country: str = a_code(_("Country of this transaction alone (ISO 3166-1 alpha-2)"), "BO")
    sector: str = a_code(_("Sector of this transaction alone"), "16010")
    fictional: bool = is_fictional()


class Source(Shape):
    """A file of another system, and how far it was read."""

    id: int = Field(description=_("Number"), examples=[3])
    kind: str = a_code(_("iati-activities, iati-organisations or spreadsheet"), "iati-activities")
    name: str = a_code(_("Name of the file"), "undp-bo.xml")
    sha256: str = a_code(_("Checksum of the file (SHA-256, hexadecimal)"), "0" * 64)
    size: int = Field(description=_("Bytes"), ge=0, examples=[52000])
    publisher: str = a_code(_("Identifier of who published it"), "XM-DAC-41114")
    publisher_name: str = a_code(_("Name, as it was reported"), "UNDP")
    licence: str = a_code(_("Licence that its publisher gives it; empty where none is told"), "cc-by")
    address: str = a_code(_("Where it was fetched from"), "https://example.org/undp-bo.xml")
    version: str = a_code(_("Version of the standard"), "2.03")
    state: str = a_code(_("reading, whole, or broken: read up to a break"), "whole")
    loaded_on: date = a_day(_("Read here on"))
    activities: int = Field(description=_("Activities that were wanted of it"), ge=0, examples=[120])
    organisations: int = Field(description=_("Organisations in it"), ge=0, examples=[0])
    failed: int = Field(description=_("Records that could not be kept"), ge=0, examples=[0])
    findings: int = Field(description=_("What was found wrong in it, in all"), ge=0, examples=[4])
    fictional: bool = is_fictional()


class Flow(Shape):
    """How much went from whom to whom, for what, in a year, and who says so. Rows of different bases are never added up."""

    source: str = a_code(
        _("Who says so: registry, iati (records of other systems), crs, dac2a, tossd, datastore; demo is invented"),
        "crs",
    )
    status: str = a_code(_("What it is: commitment, disbursement, validated, unilateral…"), "disbursement")
    currency: str = a_code(_("Currency (ISO 4217); empty where no money is told"), "USD")
    price_base: str = a_code(_("current, the year of constant prices, unstated, or empty"), "2022")
    year: int = Field(description=_("Year"), examples=[2021])
    provider: str = a_code(_("Who offers: a country (ISO 3166-1 alpha-3), or org-… for an organisation"), "BRA")
    provider_name: str = a_code(_("Name, as its file writes it; empty for a country"), "")
    recipient: str = a_code(_("Who receives: a country (ISO 3166-1 alpha-3), org-… or reg-…"), "HTI")
    recipient_name: str = a_code(_("Name, as its file writes it; empty for a country"), "")
    region: str = a_code(_("Region of the recipient in the UN M49 scheme; empty where none is told"), "029")
    sector: str = a_code(_("Purpose code of the OECD's list; empty where none is told"), "16010")
    topic: str = a_code(_("Topic (vocabulary topics); empty where none is told"), "transfers")
    modality: str = a_code(_("Type of cooperation, or of aid, as the source codes it"), "horizontal")
    value: float = Field(description=_("Whole units of the currency; 0 where no money is told"), examples=[1500000.0])
    count: float = Field(
        description=_("How many records it stands for, a part of one where a record is split over rows"),
        examples=[0.5],
    )
    fictional: bool = is_fictional()
