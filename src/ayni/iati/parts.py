"""What several elements of the standard share: money, organisations named, documents, classifications."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ayni.iati.shape import Other, Texts, attribute, code, codes, content, day, many, narratives, one, texts

Others = tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in ``currency`` ("" means the activity's default), at the exchange rate of ``value_date``."""

    amount: Decimal | None = content()
    currency: str = attribute("currency")
    value_date: date | None = attribute("value-date", None)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports. ``type`` is an OrganisationType."""

    ref: str = attribute("ref")
    type: str = attribute("type")
    secondary: bool | None = attribute("secondary-reporter", None)
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """An organisation by reference and names."""

    ref: str = attribute("ref")
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """Where money of a transaction or a planned disbursement comes from."""

    ref: str = attribute("ref")
    activity: str = attribute("provider-activity-id")
    type: str = attribute("type")
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where money of a transaction or a planned disbursement goes."""

    ref: str = attribute("ref")
    activity: str = attribute("receiver-activity-id")
    type: str = attribute("type")
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Country:
    """A recipient country (ISO 3166-1 alpha-2) and its share, per cent."""

    code: str = attribute("code")
    percentage: Decimal | None = attribute("percentage", None)
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A recipient region; ``vocabulary`` "" means 1, the OECD DAC's."""

    code: str = attribute("code")
    vocabulary: str = attribute("vocabulary")
    vocabulary_uri: str = attribute("vocabulary-uri")
    percentage: Decimal | None = attribute("percentage", None)
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector and its share, per cent; ``vocabulary`` "" means 1, the OECD DAC's five digits."""

    vocabulary: str = attribute("vocabulary")
    vocabulary_uri: str = attribute("vocabulary-uri")
    code: str = attribute("code")
    percentage: Decimal | None = attribute("percentage", None)
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class AidType:
    """A type of aid; ``vocabulary`` "" means 1."""

    code: str = attribute("code")
    vocabulary: str = attribute("vocabulary")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class DocumentCountry:
    """A country that a document of an organisation speaks of."""

    code: str = attribute("code")
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document: address, form (a media type), categories, languages."""

    url: str = attribute("url")
    format: str = attribute("format")
    titles: Texts = texts("title")
    descriptions: Texts = texts("description")
    categories: tuple[str, ...] = codes("category")
    languages: tuple[str, ...] = codes("language")
    dated: date | None = day("document-date")
    countries: tuple[DocumentCountry, ...] = many("recipient-country", DocumentCountry)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """What is foreseen for a period. ``type`` 1 original, 2 revised; ``status`` 1 indicative, 2 committed."""

    type: str = attribute("type")
    status: str = attribute("status")
    start: date | None = day("period-start")
    end: date | None = day("period-end")
    value: Money | None = one("value", Money)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Disbursement:
    """A disbursement planned."""

    type: str = attribute("type")
    start: date | None = day("period-start")
    end: date | None = day("period-end")
    value: Money | None = one("value", Money)
    provider: Provider | None = one("provider-org", Provider)
    receiver: Receiver | None = one("receiver-org", Receiver)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money committed, disbursed, spent or received; ``type`` is a TransactionType."""

    ref: str = attribute("ref")
    humanitarian: bool | None = attribute("humanitarian", None)
    type: str = code("transaction-type")
    on: date | None = day("transaction-date")
    value: Money | None = one("value", Money)
    descriptions: Texts = texts("description")
    provider: Provider | None = one("provider-org", Provider)
    receiver: Receiver | None = one("receiver-org", Receiver)
    channel: str = code("disbursement-channel")
    sectors: tuple[Sector, ...] = many("sector", Sector)
    country: Country | None = one("recipient-country", Country)
    region: Region | None = one("recipient-region", Region)
    flow_type: str = code("flow-type")
    finance_type: str = code("finance-type")
    aid_types: tuple[AidType, ...] = many("aid-type", AidType)
    tied_status: str = code("tied-status")
    others: Others = ()
