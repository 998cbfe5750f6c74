"""The rows of what comes from other systems: reported activities, their money, organisations, the files, and the flows."""

from typing import Any, TypedDict


class Place(TypedDict):
    """A country or region of an activity."""

    code: str
    region: bool
    share: float | None


class Sector(TypedDict):
    """A sector of an activity."""

    vocabulary: str
    code: str
    share: float | None


class ReportedParty(TypedDict):
    """An organisation of an activity."""

    role: str
    ref: str
    kind: str
    name: str


class ReportedActivity(TypedDict):
    """An activity as its publisher reports it: beside the network's own records, never mixed with them."""

    id: int
    publisher: str
    publisher_name: str
    identifier: str
    title: str
    description: str
    status: str
    starts_on: str | None
    ends_on: str | None
    places: list[Place]
    sectors: list[Sector]
    parties: list[ReportedParty]
    amounts: dict[str, Any]
    source: int
    licence: str
    fictional: bool
    changed_on: str


class ReportedTransaction(TypedDict):
    """Money that moved or was promised, as reported."""

    id: int
    activity: int
    number: int
    kind: str
    on: str | None
    value: float
    currency: str
    value_on: str | None
    provider_ref: str
    provider: str
    receiver_ref: str
    receiver: str
    country: str
    sector: str
    fictional: bool


class Source(TypedDict):
    """A file of another system, and how far it was read."""

    id: int
    kind: str
    name: str
    sha256: str
    size: int
    publisher: str
    publisher_name: str
    licence: str
    address: str
    version: str
    state: str
    loaded_on: str
    activities: int
    organisations: int
    failed: int
    findings: int
    fictional: bool


class ReportedOrganisation(TypedDict):
    """An organisation as its publisher reports it in an organisation file."""

    id: int
    publisher: str
    publisher_name: str
    identifier: str
    name: str
    source: int
    licence: str
    fictional: bool
    changed_on: str


class ReportedBudgetLine(TypedDict):
    """A part of a budget or of an expenditure."""

    ref: str
    name: str
    value: float | None
    currency: str
    value_on: str | None


class ReportedBudget(TypedDict):
    """What an organisation foresees or has spent in a period. Rows of different kinds are never added up."""

    id: int
    organisation: int
    number: int
    kind: str
    status: str
    recipient: str
    recipient_name: str
    vocabulary: str
    starts_on: str | None
    ends_on: str | None
    value: float
    currency: str
    value_on: str | None
    lines: list[ReportedBudgetLine]
    fictional: bool


class ReportedDocument(TypedDict):
    """A document that an organisation file names."""

    id: int
    organisation: int
    number: int
    url: str
    format: str
    title: str
    description: str
    categories: list[str]
    languages: list[str]
    countries: list[str]
    dated: str | None
    fictional: bool


class Flow(TypedDict):
    """How much went from whom to whom, for what, in a year, and who says so. Rows of different bases are never added up."""

    source: str
    status: str
    currency: str
    price_base: str
    year: int
    provider: str
    provider_name: str
    recipient: str
    recipient_name: str
    region: str
    sector: str
    topic: str
    modality: str
    value: float
    count: float
    fictional: bool
