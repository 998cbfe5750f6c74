"""Initiatives with contributions, rates and daily costs for tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ayni.directory.models import Concept, Country, Institution
from ayni.registry.actions.contributions import ContributionFacts
from ayni.registry.models import Contribution, DailyCost, ExchangeRate, Initiative

TODAY = date.today()
CODE = "BR-2090-0001"


def initiative(*codes: str, code: str = CODE, **values: Any) -> Initiative:
    """An initiative in execution of these institutions, kept by the first."""
    keeper, *_others = institutions = [Institution.objects.get(code=one) for one in codes or ("BR-MDS", "CL-FOSIS")]
    given: dict[str, Any] = {
        "title": {"en": "An initiative"},
        "cooperation_type": Concept.objects.current("cooperation-types").first(),
        "state": "execution",
        "approved_on": TODAY - timedelta(days=200),
        "began_on": TODAY - timedelta(days=190),
        "starts_on": TODAY - timedelta(days=190),
        "ends_on": TODAY + timedelta(days=200),
        "words": "an initiative",
    }
    made = Initiative.objects.create(code=code, institution=keeper, **(given | values))
    role = Concept.objects.current("cooperation-roles").first()
    for one in institutions:
        made.participations.create(institution=one, role=role)
    return made


def facts(**values: Any) -> ContributionFacts:
    """Ten days of an expert, given in kind, at 100 reais each; planned unless told otherwise."""
    given: dict[str, Any] = {
        "kind": "D011",
        "group": "B",
        "stage": "planned",
        "quantity": Decimal(10),
        "unit": "expert-day",
        "unit_value": Decimal(100),
        "currency": "BRL",
        "on": TODAY - timedelta(days=30),
        "method": {"en": "By the tariff."},
    }
    return ContributionFacts(**(given | values))


def contribution(made: Initiative, institution: str = "BR-MDS", **values: Any) -> Contribution:
    """A contribution of 1000 reais in kind; executed unless told otherwise."""
    given: dict[str, Any] = {
        "kind": "D011",
        "group": "B",
        "stage": "executed",
        "quantity": Decimal(10),
        "unit": "expert-day",
        "unit_value": Decimal(100),
        "amount": Decimal(1000),
        "currency": "BRL",
        "on": TODAY - timedelta(days=30),
        "method": {"en": "By the tariff."},
    }
    given |= values
    if given["group"] == "C":
        given |= {"unit_value": None, "amount": None, "currency": ""}
    elif "amount" in values and "unit_value" not in values:
        given["unit_value"] = None
    return made.contributions.create(institution=Institution.objects.get(code=institution), **given)


def rate(currency: str = "BRL", per_dollar: str = "5", days_ago: int = 40, **values: Any) -> ExchangeRate:
    """A rate of so many days ago."""
    given: dict[str, Any] = {"source": "Central bank"}
    on = TODAY - timedelta(days=days_ago)
    return ExchangeRate.objects.create(currency=currency, on=on, per_dollar=Decimal(per_dollar), **(given | values))


def daily(country: str = "BRA", amount: str = "150", days_ago: int = 400, **values: Any) -> DailyCost:
    """What a day costs since so many days ago."""
    given: dict[str, Any] = {"currency": "BRL", "source": "Scale of the civil service"}
    since = TODAY - timedelta(days=days_ago)
    place = Country.objects.get(pk=country)
    return DailyCost.objects.create(country=place, since=since, amount=Decimal(amount), **(given | values))
