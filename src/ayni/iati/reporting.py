"""The smaller elements of an activity: places, people, conditions, the reporting of the OECD DAC."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ayni.iati.parts import Others, Owner
from ayni.iati.shape import Texts, attribute, code, content, day, leaf, leaves, many, narratives, one, texts


@dataclass(frozen=True, slots=True)
class OtherIdentifier:
    """Another identifier of the activity or its reporter; ``type`` A1 the reporter's own, B1 a former organisation identifier."""

    ref: str = attribute("ref")
    type: str = attribute("type")
    owner: Owner | None = one("owner-org", Owner)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Mailing:
    """A postal address, line breaks kept."""

    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    type: str = attribute("type")
    organisations: Texts = texts("organisation")
    departments: Texts = texts("department")
    people: Texts = texts("person-name")
    job_titles: Texts = texts("job-title")
    telephones: tuple[str, ...] = leaves("telephone")
    emails: tuple[str, ...] = leaves("email")
    websites: tuple[str, ...] = leaves("website")
    addresses: tuple[Mailing, ...] = many("mailing-address", Mailing)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """A place's code in a gazetteer, or its administrative division (``level`` 1 is below the country)."""

    code: str = attribute("code")
    vocabulary: str = attribute("vocabulary")
    level: int | None = attribute("level", None)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Point:
    """``position``: "latitude longitude" in the reference system ``srs``."""

    srs: str = attribute("srsName")
    position: str = leaf("pos")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A place where the activity works, or whom it reaches."""

    ref: str = attribute("ref")
    reach: str = code("location-reach")
    ids: tuple[Gazetteer, ...] = many("location-id", Gazetteer)
    names: Texts = texts("name")
    descriptions: Texts = texts("description")
    activity_descriptions: Texts = texts("activity-description")
    divisions: tuple[Gazetteer, ...] = many("administrative", Gazetteer)
    point: Point | None = one("point", Point)
    exactness: str = code("exactness")
    location_class: str = code("location-class")
    designation: str = code("feature-designation")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """A line of the recipient's budget, with its share, per cent."""

    code: str = attribute("code")
    percentage: Decimal | None = attribute("percentage", None)
    descriptions: Texts = texts("description")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class BudgetItems:
    """Where the activity stands in the recipient's budget."""

    vocabulary: str = attribute("vocabulary")
    items: tuple[BudgetItem, ...] = many("budget-item", BudgetItem)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """``type`` 1 policy, 2 performance, 3 fiduciary."""

    type: str = attribute("type")
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """Whether conditions are attached, and which."""

    attached: bool | None = attribute("attached", None)
    conditions: tuple[Condition, ...] = many("condition", Condition)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of the Creditor Reporting System (1 free-standing technical cooperation, ...)."""

    code: str = attribute("code")
    significance: bool | None = attribute("significance", None)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """Rates in per cent a year."""

    rate_1: Decimal | None = attribute("rate-1", None)
    rate_2: Decimal | None = attribute("rate-2", None)
    repayment_type: str = code("repayment-type")
    repayment_plan: str = code("repayment-plan")
    commitment: date | None = day("commitment-date")
    first: date | None = day("repayment-first-date")
    final: date | None = day("repayment-final-date")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class LoanStatus:
    """A loan at the end of ``year``."""

    year: Decimal | None = attribute("year", None)
    currency: str = attribute("currency")
    value_date: date | None = attribute("value-date", None)
    interest_received: Decimal | None = leaf("interest-received", None)
    principal_outstanding: Decimal | None = leaf("principal-outstanding", None)
    principal_arrears: Decimal | None = leaf("principal-arrears", None)
    interest_arrears: Decimal | None = leaf("interest-arrears", None)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class CrsAdd:
    """What the Creditor Reporting System asks beyond."""

    flags: tuple[Flag, ...] = many("other-flags", Flag)
    terms: LoanTerms | None = one("loan-terms", LoanTerms)
    status: LoanStatus | None = one("loan-status", LoanStatus)
    channel: str = leaf("channel-code")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """An amount foreseen for a year."""

    amount: Decimal | None = content()
    year: Decimal | None = attribute("year", None)
    currency: str = attribute("currency")
    value_date: date | None = attribute("value-date", None)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class ForwardSpending:
    """The OECD DAC's survey of forward spending."""

    extracted: date | None = attribute("extraction-date", None)
    priority: bool | None = attribute("priority", None)
    phase_out: Decimal | None = attribute("phaseout-year", None)
    forecasts: tuple[Forecast, ...] = many("forecast", Forecast)
    others: Others = ()
