"""The rows of what comes from other systems: reported activities, their money, the files, and the flows."""

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
    failed: int
    findings: int
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
