"""An organisation file's record: its budgets and documents, as plain values."""

from dataclasses import dataclass
from datetime import date

from ayni.iati.parts import Country, Document, Money, Others, Owner, Region, Reporter
from ayni.iati.shape import Texts, attribute, day, leaf, many, narratives, one, texts


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget or an expenditure."""

    ref: str = attribute("ref")
    value: Money | None = one("value", Money)
    texts: Texts = narratives()
    others: Others = ()


@dataclass(frozen=True, slots=True)
class TotalBudget:
    """What the organisation has in all for a period; ``status`` 1 indicative, 2 committed."""

    status: str = attribute("status")
    start: date | None = day("period-start")
    end: date | None = day("period-end")
    value: Money | None = one("value", Money)
    lines: tuple[Line, ...] = many("budget-line", Line)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class RecipientBudget:
    """What is foreseen for one recipient: an organisation, a region or a country, whichever is not None."""

    status: str = attribute("status")
    organisation: Owner | None = one("recipient-org", Owner)
    region: Region | None = one("recipient-region", Region)
    country: Country | None = one("recipient-country", Country)
    start: date | None = day("period-start")
    end: date | None = day("period-end")
    value: Money | None = one("value", Money)
    lines: tuple[Line, ...] = many("budget-line", Line)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Expenditure:
    """What was spent in all in a period."""

    start: date | None = day("period-start")
    end: date | None = day("period-end")
    value: Money | None = one("value", Money)
    lines: tuple[Line, ...] = many("expense-line", Line)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation. ``version`` is its file's."""

    version: str = "2.03"
    updated: str = attribute("last-updated-datetime")
    language: str = attribute("{http://www.w3.org/XML/1998/namespace}lang")
    currency: str = attribute("default-currency")
    identifier: str = leaf("organisation-identifier")
    names: Texts = texts("name")
    reporter: Reporter | None = one("reporting-org", Reporter)
    total_budgets: tuple[TotalBudget, ...] = many("total-budget", TotalBudget)
    organisation_budgets: tuple[RecipientBudget, ...] = many("recipient-org-budget", RecipientBudget)
    region_budgets: tuple[RecipientBudget, ...] = many("recipient-region-budget", RecipientBudget)
    country_budgets: tuple[RecipientBudget, ...] = many("recipient-country-budget", RecipientBudget)
    expenditures: tuple[Expenditure, ...] = many("total-expenditure", Expenditure)
    documents: tuple[Document, ...] = many("document-link", Document)
    others: Others = ()
