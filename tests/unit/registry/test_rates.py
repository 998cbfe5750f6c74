"""Exchange rates and daily costs: who keeps them, what is refused, and a file's dry run row by row."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Country
from ayni.registry.actions import rates as actions
from ayni.registry.models import DailyCost, ExchangeRate
from ayni.registry.queries.rate_file import plan_rates
from ayni.registry.queries.rates import countries_costed, daily_cost, keeps_rates, rates_of
from tests.factories.contributions import TODAY, daily, rate

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
# Written by hand: who keeps the network's rates, and who the daily cost of Brazil.
RATES, BRAZIL = {"secretariat"}, {"coordination", "secretariat"}


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def kept(by, **values):
    given = {"currency": "ZZZ", "on": TODAY, "per_dollar": Decimal(5), "source": "Bank"}
    return actions.keep_rate(by=by, **(given | values))


def costed(by, **values):
    given = {
        "country": Country.objects.get(pk="BRA"),
        "since": TODAY,
        "amount": Decimal(100),
        "currency": "BRL",
        "source": "Scale",
    }
    return actions.keep_daily_cost(by=by, **(given | values))


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_keeps_rates_and_daily_costs(who, name):
    person = who(name)
    standing, cost = rate("YYY"), daily(days_ago=3)
    table = (
        (RATES, lambda: kept(person)),
        (RATES, lambda: actions.remove_rate(by=person, rate=standing)),
        (RATES, lambda: actions.load_rates(by=person, data=FILE, seen=plan_rates(FILE).digest)),
        (BRAZIL, lambda: costed(person)),
        (BRAZIL, lambda: actions.remove_daily_cost(by=person, cost=cost)),
    )
    assert keeps_rates(person) == (name in RATES)
    assert ("BRA" in {one.pk for one in countries_costed(person)}) == (name in BRAZIL)
    for people, act in table:
        if name in people:
            act()
        else:
            with pytest.raises(PermissionDenied), transaction.atomic():
                act()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"currency": "USD"}, "another currency"),
        ({"currency": "r$"}, "three capital letters"),
        ({"per_dollar": Decimal(0)}, "above zero"),
        ({"source": "  "}, "published"),
        ({"on": TODAY + timedelta(days=1)}, "not come yet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rate_that_cannot_be(who, values, said):
    with pytest.raises(Refused, match=said):
        kept(who("secretariat"), **values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"currency": ""}, "three capital letters"),
        ({"amount": Decimal(0)}, "above zero"),
        ({"source": ""}, "published"),
    ],
    ids=["currency", "amount", "source"],
)
def test_a_daily_cost_that_cannot_be(who, values, said):
    with pytest.raises(Refused, match=said):
        costed(who("secretariat"), **values)


def test_a_rate_of_the_same_day_is_corrected_and_the_record_keeps_both(who):
    first = kept(who("secretariat"))
    again = kept(who("secretariat"), per_dollar=Decimal("5.5"))
    assert first.pk == again.pk
    event = history(again)[0]
    assert (Decimal(event.before["per_dollar"]), Decimal(event.after["per_dollar"])) == (Decimal(5), Decimal("5.5"))
    costed(who("secretariat"))
    assert costed(who("coordination"), amount=Decimal(120)).amount == Decimal(120)
    assert DailyCost.objects.filter(country="BRA", since=TODAY).count() == 1


def test_the_daily_cost_of_a_day_is_the_last_one_in_force():
    DailyCost.objects.all().delete()
    brazil = Country.objects.get(pk="BRA")
    daily(amount="10", days_ago=300)
    daily(amount="20", days_ago=100)
    assert daily_cost(brazil, TODAY - timedelta(days=101)).amount == Decimal(10)
    assert daily_cost(brazil, TODAY - timedelta(days=100)).amount == Decimal(20)
    assert daily_cost(brazil, TODAY - timedelta(days=301)) is None
    assert daily_cost(None, TODAY) is None


def test_rates_are_read_for_what_is_asked(django_assert_num_queries):
    rate("ZZZ", "5", days_ago=10)
    with django_assert_num_queries(1):
        assert rates_of(["ZZZ", "USD", ""]).at("ZZZ", TODAY).per_dollar == Decimal(5)
    with django_assert_num_queries(0):
        assert rates_of(["USD"]).at("ZZZ", TODAY) is None


FILE = b'currency,date,per_dollar,source\nZZZ,2026-01-31,5.25,Central bank\nzzy,2026-01-31,"950,5",Central bank\n'


def test_a_file_is_shown_row_by_row_and_then_goes_in(who):
    kept(who("secretariat"), on=plan_rates(FILE).rates[0].on, per_dollar=Decimal("5.2"))
    plan = plan_rates(FILE)
    assert [(line.state, line.what) for line in plan.lines] == [
        ("changed", "ZZZ 2026-01-31"),
        ("new", "ZZY 2026-01-31"),
    ]
    assert [(change.field, change.before, change.after) for change in plan.lines[0].changes] == [
        ("per_dollar", "5.2", "5.25"),
        ("source", "Bank", "Central bank"),
    ]
    assert actions.load_rates(by=who("secretariat"), data=FILE, seen=plan.digest) == 2
    assert ExchangeRate.objects.get(currency="ZZY").per_dollar == Decimal("950.5")
    assert {line.state for line in plan_rates(FILE).lines} == {"unchanged"}
    with pytest.raises(Refused, match="changes nothing"):
        actions.load_rates(by=who("secretariat"), data=FILE, seen=plan_rates(FILE).digest)


def test_what_has_changed_since_the_dry_run_is_not_written(who):
    seen = plan_rates(FILE).digest
    kept(who("secretariat"), on=plan_rates(FILE).rates[0].on)
    with pytest.raises(Conflict):
        actions.load_rates(by=who("secretariat"), data=FILE, seen=seen)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("USD,2026-01-31,1,Bank", "no currency here"),
        ("real,2026-01-31,5,Bank", "no currency here"),
        ("BRL,31/01/2026,5,Bank", "no day"),
        ("BRL,2026-02-30,5,Bank", "no day"),
        ("BRL,2999-01-31,5,Bank", "not come yet"),
        ('BRL,2026-01-31,"1,234",Bank', "in two ways"),
        ("BRL,2026-01-31,five,Bank", "no rate"),
        ("BRL,2026-01-31,0,Bank", "no rate"),
        ("BRL,2026-01-31,1.234.567,Bank", "no rate"),
        ("BRL,2026-01-31,5,", "published"),
        ("BRL,2026-01-31,5,Bank,more", "beyond the last column"),
        (f"BRL,2026-01-31,5,{'x' * 301}", "longer than"),
        ("AAA,2026-01-31,5,Bank\nAAA,2026-01-31,6,Bank", "holds a rate of the same day"),
    ],
    ids=lambda value: value[:24],
)
def test_a_row_that_is_wrong_says_why_and_nothing_goes_in(who, row, said):
    data = f"currency,date,per_dollar,source\n{row}\n".encode()
    plan = plan_rates(data)
    assert any(said in line.reason for line in plan.refused)
    with pytest.raises(Refused, match="Row"):
        actions.load_rates(by=who("secretariat"), data=data, seen=plan.digest)
    assert not ExchangeRate.objects.filter(currency__in=["AAA"]).exists()


def test_a_file_without_its_columns_is_refused():
    with pytest.raises(Refused, match="per_dollar"):
        plan_rates(b"currency,date,source\nBRL,2026-01-31,Bank\n")
