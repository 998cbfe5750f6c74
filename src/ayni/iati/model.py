"""An activity of the standard, versions 2.01 to 2.03, as plain values. What has no field stands in ``others``: nothing is lost.

Codes are kept as published ("" when absent); their lists are the standard's. https://iatistandard.org/en/iati-standard/203/
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ayni.iati.parts import (
    AidType,
    Budget,
    Country,
    Disbursement,
    Document,
    Others,
    Region,
    Reporter,
    Sector,
    Transaction,
)
from ayni.iati.reporting import BudgetItems, Conditions, Contact, CrsAdd, ForwardSpending, Location, OtherIdentifier
from ayni.iati.results import Result
from ayni.iati.shape import Texts, attribute, code, leaf, many, narratives, one, texts


@dataclass(frozen=True, slots=True)
class Description:
    """``type`` 1 general, 2 objectives, 3 target groups, 4 other."""

    type: str = attribute("type")
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation's part: ``role`` 1 funding, 2 accountable, 3 extending, 4 implementing."""

    ref: str = attribute("ref")
    type: str = attribute("type")
    role: str = attribute("role")
    activity: str = attribute("activity-id")
    crs_channel: str = attribute("crs-channel-code")
    names: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class ActivityDate:
    """``type`` 1 planned start, 2 actual start, 3 planned end, 4 actual end."""

    type: str = attribute("type")
    on: date | None = attribute("iso-date", None)
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; vocabulary 2 is the goals of sustainable development, 3 their targets."""

    code: str = attribute("code")
    vocabulary: str = attribute("vocabulary")
    vocabulary_uri: str = attribute("vocabulary-uri")
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class HumanitarianScope:
    """The emergency or appeal an activity answers."""

    type: str = attribute("type")
    vocabulary: str = attribute("vocabulary")
    vocabulary_uri: str = attribute("vocabulary-uri")
    code: str = attribute("code")
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class PolicyMarker:
    """How far a policy is an aim: ``significance`` 0 not, 1 significant, 2 principal."""

    vocabulary: str = attribute("vocabulary")
    vocabulary_uri: str = attribute("vocabulary-uri")
    code: str = attribute("code")
    significance: str = attribute("significance")
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class CapitalSpend:
    """The share of the cost that is capital, per cent."""

    percentage: Decimal | None = attribute("percentage", None)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class RelatedActivity:
    """``type`` 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party."""

    ref: str = attribute("ref")
    type: str = attribute("type")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class LegacyData:
    """A value of the reporter's own system."""

    name: str = attribute("name")
    value: str = attribute("value")
    equivalent: str = attribute("iati-equivalent")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. ``version`` is its file's; ``updated`` an ISO date and time as published; ``language`` its default."""

    version: str = "2.03"
    updated: str = attribute("last-updated-datetime")
    language: str = attribute("{http://www.w3.org/XML/1998/namespace}lang")
    currency: str = attribute("default-currency")
    humanitarian: bool | None = attribute("humanitarian", None)
    hierarchy: int | None = attribute("hierarchy", None)
    linked_data: str = attribute("linked-data-uri")
    budget_not_provided: str = attribute("budget-not-provided")
    identifier: str = leaf("iati-identifier")
    reporter: Reporter | None = one("reporting-org", Reporter)
    titles: Texts = texts("title")
    descriptions: tuple[Description, ...] = many("description", Description)
    participants: tuple[Participant, ...] = many("participating-org", Participant)
    other_identifiers: tuple[OtherIdentifier, ...] = many("other-identifier", OtherIdentifier)
    status: str = code("activity-status")
    dates: tuple[ActivityDate, ...] = many("activity-date", ActivityDate)
    contacts: tuple[Contact, ...] = many("contact-info", Contact)
    scope: str = code("activity-scope")
    countries: tuple[Country, ...] = many("recipient-country", Country)
    regions: tuple[Region, ...] = many("recipient-region", Region)
    locations: tuple[Location, ...] = many("location", Location)
    sectors: tuple[Sector, ...] = many("sector", Sector)
    tags: tuple[Tag, ...] = many("tag", Tag)
    budget_items: BudgetItems | None = one("country-budget-items", BudgetItems)
    humanitarian_scopes: tuple[HumanitarianScope, ...] = many("humanitarian-scope", HumanitarianScope)
    policy_markers: tuple[PolicyMarker, ...] = many("policy-marker", PolicyMarker)
    collaboration_type: str = code("collaboration-type")
    flow_type: str = code("default-flow-type")
    finance_type: str = code("default-finance-type")
    aid_types: tuple[AidType, ...] = many("default-aid-type", AidType)
    tied_status: str = code("default-tied-status")
    budgets: tuple[Budget, ...] = many("budget", Budget)
    planned: tuple[Disbursement, ...] = many("planned-disbursement", Disbursement)
    capital_spend: CapitalSpend | None = one("capital-spend", CapitalSpend)
    transactions: tuple[Transaction, ...] = many("transaction", Transaction)
    documents: tuple[Document, ...] = many("document-link", Document)
    related: tuple[RelatedActivity, ...] = many("related-activity", RelatedActivity)
    legacy: tuple[LegacyData, ...] = many("legacy-data", LegacyData)
    conditions: Conditions | None = one("conditions", Conditions)
    results: tuple[Result, ...] = many("result", Result)
    crs: CrsAdd | None = one("crs-add", CrsAdd)
    forward_spending: ForwardSpending | None = one("fss", ForwardSpending)
    others: Others = ()
