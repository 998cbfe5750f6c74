"""What the database itself refuses of work plans."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import Country, Expert
from ayni.registry.models import Activity, CalendarFeed
from tests.factories.plan import TODAY, activity, initiative

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.fixture
def made(db) -> Activity:
    return activity(initiative("BR-MDS", "CL-FOSIS"))


@pytest.mark.parametrize(
    "values",
    [
        {"number": 0},
        {"ends_on": TODAY},
        {"state": "cancelled"},
        {"interpretation_hours": 3},
        {"interpretation": "Spanish"[:5]},
        {"online": True, "place": "Brasília"},
        {"revision": 0},
    ],
    ids=str,
)
def test_an_activity(made, values):
    refused(lambda: Activity.objects.filter(pk=made.pk).update(**values))


def test_a_number_once_an_initiative(made):
    refused(lambda: activity(made.initiative, number=made.number))


def test_a_side_agrees_once_at_a_time_and_by_somebody(made, person):
    given = {"country": Country.objects.get(pk="BRA"), "agreed_at": NOW, "agreed_by": person("focal-point")}
    made.consents.create(**given)
    refused(lambda: made.consents.create(**given))
    chile = given | {"country": Country.objects.get(pk="CHL")}
    refused(lambda: made.consents.create(**(chile | {"agreed_at": None, "agreed_by": None})))
    refused(lambda: made.consents.create(**(chile | {"agreed_by": None})))


@pytest.mark.parametrize("hours", [0, 25])
def test_hours_of_a_day(made, hours):
    expert = Expert.objects.filter(activity_days__isnull=True).first()
    refused(lambda: made.expert_days.create(expert=expert, day=TODAY, hours=hours))


def test_an_expert_is_at_one_place_a_day(made):
    expert, other = Expert.objects.filter(activity_days__isnull=True).first(), activity(made.initiative)
    made.expert_days.create(expert=expert, day=TODAY)
    refused(lambda: other.expert_days.create(expert=expert, day=TODAY))
    refused(lambda: made.expert_days.create(expert=expert, day=TODAY))


def test_an_address_has_its_own_secret_and_an_owner_and_is_revoked_later(person):
    feed = CalendarFeed.objects.create(owner=person("focal-point"), digest="a" * 64, language="es")
    refused(lambda: CalendarFeed.objects.create(owner=person("focal-point"), digest="a" * 64, language="es"))
    refused(lambda: CalendarFeed.objects.create(digest="b" * 64, language="es"))
    earlier = feed.created_at - timedelta(days=1)
    refused(lambda: CalendarFeed.objects.filter(pk=feed.pk).update(revoked_at=earlier))
