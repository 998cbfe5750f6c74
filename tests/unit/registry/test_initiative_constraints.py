"""What the database itself refuses of initiatives."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.directory.models import Country, Institution
from ayni.registry.models import CounterpartChange, Initiative, InitiativeComponent
from tests.factories.initiatives import TODAY, bare, initiative, role

pytestmark = pytest.mark.django_db
BEFORE = TODAY - timedelta(days=1)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.fixture
def made():
    return bare("BR-MDS", "CL-FOSIS")


@pytest.mark.parametrize(
    "values",
    [
        {"code": "BR-26-1"},
        {"code": "br-2026-0001"},
        {"starts_on": TODAY, "ends_on": BEFORE},
        {"requested_on": TODAY, "answered_on": BEFORE},
        {"began_on": TODAY, "closed_on": BEFORE},
        {"state": "approved"},
        {"state": "execution", "approved_on": TODAY},
        {"state": "suspended", "approved_on": TODAY, "reason": "Because."},
        {"state": "closure", "approved_on": TODAY},
        {"state": "ex-post", "approved_on": TODAY, "began_on": TODAY},
        {"state": "archived", "approved_on": TODAY, "began_on": TODAY},
        {"state": "suspended", "approved_on": TODAY, "began_on": TODAY},
        {"state": "cancelled"},
        {"revision": 0},
    ],
    ids=str,
)
def test_an_initiative(made, values):
    refused(lambda: Initiative.objects.filter(pk=made.pk).update(**values))


def test_a_code_once(made):
    other = bare("BR-MDS", "CL-FOSIS")
    refused(lambda: Initiative.objects.filter(pk=other.pk).update(code=made.code))


@pytest.mark.parametrize("column", ["parent", "merged_into"])
def test_an_initiative_is_neither_below_itself_nor_merged_into_itself(made, column):
    refused(lambda: Initiative.objects.filter(pk=made.pk).update(**{column: made.pk}))


def test_a_component_has_a_number_of_its_own(made):
    made.components.create(number=1, title={"en": "One"})
    refused(lambda: made.components.create(number=1, title={"en": "Again"}))
    refused(lambda: made.components.create(number=0, title={"en": "None"}))


def test_an_institution_takes_part_once(made):
    chile = Institution.objects.get(code="CL-FOSIS")
    refused(lambda: made.participations.create(institution=chile, role=role("both")))
    component = InitiativeComponent.objects.create(initiative=made, number=1, title={"en": "One"})
    made.participations.create(institution=chile, role=role("both"), part=component)
    refused(lambda: made.participations.create(institution=chile, role=role("recipient"), part=component))


@pytest.mark.parametrize("hours", [0, 745])
def test_hours_a_month(made, hours):
    refused(lambda: made.participations.update(hours_a_month=hours))


def test_a_counterpart_has_a_name_and_changes_once_a_day(made):
    row = made.participations.first()
    row.changes.create(since=date(2026, 1, 1), name="Ana")
    refused(lambda: row.changes.create(since=date(2026, 1, 1), name="Eva"))
    refused(lambda: CounterpartChange.objects.update(name=""))


def test_a_country_approves_once_at_a_time_and_by_somebody(person):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation", approved_by=["BRA"])
    by, brazil, chile = person("national-coordinator"), Country.objects.get(pk="BRA"), Country.objects.get(pk="CHL")
    now = timezone.now()
    refused(lambda: made.approvals.create(country=brazil, approved_at=now, approved_by=by))
    refused(lambda: made.approvals.create(country=chile))
    refused(lambda: made.approvals.create(country=chile, approved_at=now))
    refused(lambda: made.approvals.create(country=chile, approved_by=by))
