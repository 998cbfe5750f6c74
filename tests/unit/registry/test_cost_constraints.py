"""What the database itself refuses of contributions, rates and daily costs."""

import pytest
from django.db import IntegrityError, transaction

from ayni.registry.models import Contribution, DailyCost, ExchangeRate
from tests.factories.contributions import contribution, daily, initiative, rate

pytestmark = pytest.mark.django_db


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"quantity": 0},
        {"revision": 0},
        {"unit_value": -1},
        {"amount": -1},
        {"amount": None},
        {"currency": ""},
        {"currency": "brl"},
        {"group": "C"},
        {"group": "C", "amount": None, "unit_value": None},
        {"group": "C", "amount": None, "currency": ""},
        {"group": "D"},
    ],
    ids=str,
)
def test_a_contribution_is_valued_as_its_group_asks(values):
    made = contribution(initiative())
    refused(lambda: Contribution.objects.filter(pk=made.pk).update(**values))


def test_what_is_not_valued_has_no_money():
    made = contribution(initiative(), group="C")
    Contribution.objects.filter(pk=made.pk).update(group="C", amount=None, unit_value=None, currency="")
    refused(lambda: Contribution.objects.filter(pk=made.pk).update(amount=1))


@pytest.mark.parametrize("values", [{"currency": "USD"}, {"currency": "x"}, {"per_dollar": 0}, {"source": ""}], ids=str)
def test_a_rate(values):
    made = rate("ZZZ")
    refused(lambda: ExchangeRate.objects.filter(pk=made.pk).update(**values))


def test_a_rate_once_a_day():
    rate("ZZZ")
    refused(lambda: rate("ZZZ"))


@pytest.mark.parametrize("values", [{"currency": "x"}, {"amount": 0}, {"source": ""}], ids=str)
def test_a_daily_cost(values):
    made = daily(days_ago=1)
    refused(lambda: DailyCost.objects.filter(pk=made.pk).update(**values))


def test_a_daily_cost_once_a_day():
    daily(days_ago=1)
    refused(lambda: daily(days_ago=1))
