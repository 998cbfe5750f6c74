"""The demonstration's contributions go in as a whole, for the initiatives that are there."""

import pytest

from ayni.common.reference import document
from ayni.directory.models import Institution
from ayni.registry.actions.demo_contributions import load_contributions
from ayni.registry.models import Contribution, DailyCost, ExchangeRate, Initiative
from tests.factories.contributions import initiative

pytestmark = pytest.mark.django_db


def test_what_is_there_is_entered_once_and_all_of_it_is_fictional():
    Contribution.objects.all().delete()
    DailyCost.objects.all().delete()
    ExchangeRate.objects.all().delete()
    rows = document("demo/contributions.json")["contributions"]
    if not Initiative.objects.filter(code="BR-2025-0001").exists():
        initiative("BR-MDS", "PY-MDS", code="BR-2025-0001")
    known = set(Initiative.objects.values_list("code", flat=True))
    rows = [row for row in rows if Institution.objects.filter(code=row["institution"]).exists()]
    assert load_contributions(by=None)
    assert Contribution.objects.count() == sum(row["initiative"] in known for row in rows) > 5
    assert not ExchangeRate.objects.filter(fictional=False).exists()
    assert not DailyCost.objects.filter(fictional=False).exists()
    assert not load_contributions(by=None)


def test_each_row_is_of_an_institution_that_takes_part():
    """Of the initiatives that the demonstration has."""
    sides = {
        one.code: {part.institution.code for part in one.participations.all()}
        for one in Initiative.objects.prefetch_related("participations__institution")
    }
    rows = document("demo/contributions.json")["contributions"]
    assert not [row for row in rows if row["institution"] not in sides.get(row["initiative"], {row["institution"]})]
