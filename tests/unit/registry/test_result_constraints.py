"""What the database itself refuses of results."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import Institution
from ayni.registry.models import Indicator, Measurement, Period, Result, ResultFrame
from tests.factories.results import YEAR, frame, indicator, measurement, period, result

NOW = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db
D = Decimal


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def changed(row, **values) -> None:
    refused(lambda: type(row).objects.filter(pk=row.pk).update(**values))


def test_a_frame():
    made = frame()
    changed(made, parent=made.pk)
    changed(made, revision=0)
    changed(made, initiative=None)
    changed(made, first="BRA", second="CHL")
    refused(lambda: ResultFrame.objects.create(initiative=made.initiative))


def test_the_frame_of_a_pair_once_and_in_order():
    keeper = Institution.objects.get(code="BR-MDS")
    ResultFrame.objects.create(first_id="BRA", second_id="MEX", institution=keeper)
    refused(lambda: ResultFrame.objects.create(first_id="BRA", second_id="MEX", institution=keeper))
    refused(lambda: ResultFrame.objects.create(first_id="PER", second_id="BRA", institution=keeper))
    refused(lambda: ResultFrame.objects.create(first_id="BRA", second_id="BRA", institution=keeper))
    refused(lambda: ResultFrame.objects.create(first_id="BRA", second_id="PER"))


def test_a_result():
    made = result(frame())
    changed(made, number=0)
    refused(lambda: Result.objects.create(frame=made.frame, number=made.number, level="output"))


@pytest.mark.parametrize(
    "values",
    [
        {"number": 0},
        {"revision": 0},
        {"best": 5},
        {"measure": "score"},
        {"measure": "score", "best": 0},
        {"baseline_numerator": D(1), "baseline_denominator": D(2)},
        {"measure": "percentage", "baseline_numerator": D(1)},
        {"measure": "percentage", "baseline_numerator": D(1), "baseline_denominator": D(0)},
        {"measure": "percentage", "baseline": D(1)},
    ],
    ids=str,
)
def test_an_indicator(values):
    changed(indicator(frame()), **values)


def test_an_indicator_once_and_not_into_itself():
    made = indicator(frame())
    changed(made, rolls_into=made.pk)
    refused(lambda: Indicator.objects.create(result=made.result, number=made.number, measure="unit"))


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": date(YEAR - 1, 1, 1)},
        {"target": None, "target_numerator": D(1)},
        {"target": None, "target_numerator": D(1), "target_denominator": D(0)},
        {"target_numerator": D(1), "target_denominator": D(2)},
    ],
    ids=str,
)
def test_a_period(values):
    changed(period(indicator(frame())), **values)


def test_a_period_once():
    made = period(indicator(frame()))
    refused(
        lambda: Period.objects.create(indicator=made.indicator, starts_on=made.starts_on, ends_on=date(YEAR + 3, 1, 1))
    )


@pytest.mark.parametrize(
    ("state", "values"),
    [
        ("draft", {"value": None}),
        ("draft", {"not_applicable": True}),
        ("draft", {"numerator": D(1), "denominator": D(2)}),
        ("draft", {"value": None, "numerator": D(1)}),
        ("draft", {"value": None, "numerator": D(1), "denominator": D(0)}),
        ("draft", {"value": None, "numerator": D(-1), "denominator": D(2)}),
        ("draft", {"revision": 0}),
        ("draft", {"submitted_at": NOW}),
        ("draft", {"reviewed_at": NOW}),
        ("draft", {"state": "submitted"}),
        ("submitted", {"state": "approved"}),
        ("returned", {"reason": ""}),
        ("returned", {"reviewed_at": None, "reviewed_by": None}),
    ],
    ids=str,
)
def test_a_measurement(state, values):
    changed(measurement(period(indicator(frame())), "BR-MDS", state), **values)


def test_a_measurement_once_an_institution_and_approved_by_another():
    made = measurement(period(indicator(frame())), "BR-MDS")
    changed(made, reviewed_by=made.submitted_by)
    refused(lambda: Measurement.objects.create(period=made.period, institution=made.institution, value=D(1)))


def test_a_share_once_and_named():
    made = measurement(period(indicator(frame())), "BR-MDS")
    made.shares.create(dimension="sex", category="women", value=D(4))
    refused(lambda: made.shares.create(dimension="sex", category="women", value=D(5)))
    refused(lambda: made.shares.create(dimension="sex", category="", value=D(5)))
    refused(lambda: made.shares.create(dimension="sex", category="men", value=D(-1)))
