"""Process indicators and costs as they are read from the tables."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from ayni.directory.models import Concept
from ayni.methods.process import INDICATORS
from ayni.registry.models import ExchangeRate, Initiative
from ayni.registry.queries import process as queries
from ayni.registry.queries.contributions import rates_for, rows_of
from ayni.registry.queries.costs import costs
from ayni.registry.queries.process_shown import FORMULAS, LABELS, shown
from tests.factories.contributions import TODAY, contribution, initiative, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(db):
    """No record but the test's own has been declared, and no rate stands."""
    Initiative.objects.update(validation="private")
    ExchangeRate.objects.all().delete()


def activity(made, number: int, **values) -> None:
    given = {
        "title": {"en": "A visit"},
        "modality": Concept.objects.current("modalities").first(),
        "institution": made.institution,
        "starts_on": TODAY - timedelta(days=20),
        "ends_on": TODAY - timedelta(days=20),
        "state": "done",
    }
    made.activities.create(number=number, **(given | values))


def test_every_indicator_has_its_words():
    assert tuple(LABELS) == tuple(FORMULAS) == INDICATORS


def test_an_empty_record_knows_nothing_and_says_why(alone):
    made = initiative(state="identification", approved_on=None, began_on=None)
    found = queries.measured(made)
    assert all(one.value is None and one.why for one in found.values())
    assert all(not one.value and one.why for one in shown(found))


def test_the_indicators_of_a_record(alone, person):
    made = initiative(
        requested_on=TODAY - timedelta(days=300),
        answered_on=TODAY - timedelta(days=260),
        began_on=TODAY - timedelta(days=99),
        approved_on=TODAY - timedelta(days=109),
    )
    first, second = made.participations.all()
    made.participations.filter(pk=first.pk).update(counterpart="Ana", hours_a_month=10)
    made.participations.filter(pk=second.pk).update(counterpart="Luis")
    first.changes.create(since=TODAY - timedelta(days=90), name="Eva")
    first.changes.create(since=TODAY - timedelta(days=30), name="Ana")
    activity(made, 1, hours=10, counterpart_hours=20, interpretation="es-pt", interpretation_hours=4)
    activity(made, 2, state="cancelled", reason="Rain.")
    activity(made, 3, state="planned", starts_on=TODAY, ends_on=TODAY + timedelta(days=9))
    activity(made, 4, follow_up=True, counterpart_hours=500)
    made.decisions.create(decided_on=TODAY, text={"en": "So."}, joint=True)
    made.decisions.create(decided_on=TODAY, text={"en": "Else."}, joint=False)
    made.declarations.create(
        country_id="BRA", stance="declared", answered_at="2026-01-01T00:00Z", answered_by=person("secretariat")
    )
    made.declarations.create(country_id="CHL", stance="notified", notified_on=TODAY, due_on=TODAY + timedelta(days=60))
    contribution(made, stage="planned")
    contribution(made, amount=Decimal(400))
    contribution(made, amount=Decimal(100), interpretation=True, kind="D013")
    contribution(made, group="C")
    values = {code: one.value for code, one in queries.measured(made).items()}
    assert values == {
        "response-days": 40,
        "start-days": 10,
        "activities-done": Fraction(1, 2),
        "counterpart-hours": Fraction(20) / (Fraction(100) * Fraction(4800, 146097) * 10),
        "counterpart-turnover": Fraction(1, 2),
        "interpretation-hours": Fraction(4, 10),
        "interpretation-cost-A": None,
        "interpretation-cost-B": Fraction(1, 5),
        "joint-decisions": Fraction(1, 2),
        "sides-agreeing": Fraction(1, 2),
        "budget-A": None,
        "budget-B": Fraction(1, 2),
    }
    rows = rows_of(made)
    (budget,) = queries.by_partner(rows, rates_for(rows))
    assert (budget.institution.code, budget.group, budget.found.value) == ("BR-MDS", "B", Fraction(1, 2))


def test_the_network_keeps_validated_and_unilateral_apart(alone, person):
    first = initiative(validation="published", requested_on=TODAY - timedelta(days=30), answered_on=TODAY)
    second = initiative(
        code="BR-2090-0002",
        validation="unilateral",
        requested_on=TODAY - timedelta(days=80),
        answered_on=TODAY,
    )
    initiative("MX-SEDESOL", "CO-DPS", code="MX-2090-0001", validation="private")
    initiative("MX-SEDESOL", "CO-DPS", code="MX-2090-0002", validation="validated")
    secretariat = person("secretariat")
    found = queries.network(secretariat)
    days = next(both[1:] for both in found.indicators if both[0] == "response-days")
    assert [(one.value, one.known, one.of) for one in days] == [(30, 1, 2), (80, 1, 1)]
    assert found.double.value == Fraction(2, 3)
    assert [country.pk for country, _values in found.countries] == ["BRA", "CHL", "COL", "MEX"]
    one = queries.network(secretariat, country="CHL")
    assert (one.validated, one.unilateral, one.double.value) == (1, 1, Fraction(1, 2))
    assert not queries.network(secretariat, year=1990).validated
    # Money of several is in dollars or not known.
    contribution(first, stage="planned")
    contribution(first)
    assert _budget(queries.network(secretariat)) == (None, 0)
    rate("BRL", "5", days_ago=31)
    assert _budget(queries.network(secretariat)) == (1, 1)
    assert second.validation == "unilateral"


def _budget(found) -> tuple[Fraction | None, int]:
    one = next(both[1] for both in found.indicators if both[0] == "budget-B")
    return one.value, one.known


def test_costs_count_validated_records_and_the_others_apart(alone, person):
    first = initiative(validation="published")
    second = initiative(code="BR-2090-0002", validation="unilateral")
    third = initiative(code="BR-2090-0003", validation="notified")
    rate("BRL", "5", days_ago=31)
    for made, amount in ((first, 100), (second, 10), (third, 1)):
        contribution(made, amount=Decimal(amount), group="A")
    contribution(first, "CL-FOSIS", amount=Decimal(7), currency="CLP", stage="planned")
    contribution(first, group="C")
    secretariat = person("secretariat")
    found = costs(secretariat, record="validated")
    a, b, c = found.groups
    assert (found.initiatives, found.missing) == (1, {"CLP": 1})
    assert a.sum.executed.money.by_currency == {"BRL": Decimal(100)}
    assert a.sum.executed.money.dollars == Decimal(20)
    assert [line.label for line in b.by_country] == ["Chile"]
    assert c.sum.executed.money is None and c.sum.executed.quantities == {"expert-day": Decimal(10)}
    (alone_,) = costs(secretariat, record="unilateral").groups[0].by_country
    assert alone_.executed.money.by_currency == {"BRL": Decimal(10)}
    assert costs(secretariat, record="validated", country="CHL").groups[0].by_kind == []
    assert costs(secretariat, record="validated", kind="D012").initiatives == 0
    assert costs(secretariat, record="validated", year=1990).initiatives == 0


def test_the_queries_do_not_grow_with_the_initiatives(alone, person, django_assert_max_num_queries):
    for number in range(1, 6):
        made = initiative(code=f"BR-2090-{number:04d}", validation="published")
        contribution(made)
        activity(made, 1)
    secretariat = person("secretariat")
    assert list(secretariat.grants)
    with django_assert_max_num_queries(22):
        queries.network(secretariat)
    with django_assert_max_num_queries(6):
        costs(secretariat, record="validated")
