"""What the database itself refuses of the matrix and of missions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Country, Expert
from ayni.exchange.models import (
    MatrixQuadrant,
    MatrixScheme,
    Mission,
    MissionCountry,
    MissionMonth,
    MissionPart,
)
from tests.factories.supply import concepts, demand, offer

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any], name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    # SQLite names the columns of a unique constraint, not the constraint.
    assert name in str(caught.value) or ("UNIQUE" in str(caught.value) and name.endswith(UNIQUE))


NOW = timezone.now()
UNIQUE = ("version", "in_force", "once", "place", "_demand")
SCHEMES: dict[str, dict[str, Any]] = {
    "matrix_version_from_1": {"version": 0},
    "version": {"version": 1},
    "matrix_one_version_in_force": {"status": "current", "in_force_at": NOW},
    "matrix_in_force_with_its_date": {"status": "superseded"},
}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_version_of_the_matrix(name):
    refused(lambda: MatrixScheme.objects.create(**{"version": 9, "title": {"es": "x"}} | SCHEMES[name]), name)


def test_a_draft_of_the_matrix_is_not_in_force():
    refused(
        lambda: MatrixScheme.objects.create(version=9, in_force_at=NOW, title={"es": "x"}),
        "matrix_in_force_with_its_date",
    )


def test_a_quadrant_stands_once_and_in_a_place_of_its_own():
    scheme = MatrixScheme.objects.get(version=1)
    first = scheme.quadrants.first()
    refused(lambda: MatrixQuadrant.objects.create(scheme=scheme, quadrant=first.quadrant, position=77), "once")
    other = concepts("topics", ["disability"])[0]
    refused(lambda: MatrixQuadrant.objects.create(scheme=scheme, quadrant=other, position=first.position), "place")


@pytest.fixture
def facts() -> dict[str, Any]:
    """The columns of a mission that stands."""
    return {
        "demand": demand("GTM", days={"Q1": 5}),
        "recipient": Country.objects.get(pk="GTM"),
        "lead": Country.objects.get(pk="BRA"),
        "value": 1.0,
        "bound": 1.0,
    }


@pytest.fixture
def mission(facts) -> Mission:
    return Mission.objects.create(**facts)


MISSIONS: dict[str, dict[str, Any]] = {
    "mission_not_led_by_its_recipient": {"lead_id": "GTM"},
    "mission_cost_in_order": {"cost_least": 5, "cost_most": 4},
    "mission_recipient_accepted_when_and_by_whom": {"recipient_accepted_at": NOW},
    "mission_agreed_when_and_by_whom": {"agreed_at": NOW},
    "mission_agreed_by_its_recipient": {"state": "agreed"},
    "mission_ended_with_a_reason": {"state": "rejected"},
}


@pytest.mark.parametrize("name", MISSIONS)
def test_a_mission(facts, name):
    given = dict(facts) | MISSIONS[name]
    if "lead_id" in given:
        del given["lead"]
    refused(lambda: Mission.objects.create(**given), name)


def test_the_cost_of_a_mission_is_told_from_its_least(facts):
    refused(lambda: Mission.objects.create(**facts, cost_most=4), "mission_cost_in_order")
    refused(lambda: Mission.objects.create(**facts, cost_least=-1), "mission_cost_in_order")
    Mission.objects.create(**facts, cost_least=4)


def test_a_mission_that_is_handed_over_was_agreed(facts):
    refused(lambda: Mission.objects.create(**facts, state="handed-over"), "mission_agreed_by_its_recipient")


def test_a_mission_ends_on_a_day(facts):
    refused(lambda: Mission.objects.create(**facts, state="lapsed", reason="x"), "mission_ended_with_a_reason")


def test_a_demand_has_one_mission_that_lives(facts, mission):
    refused(lambda: Mission.objects.create(**facts), "mission_one_that_lives_a_demand")
    by = User.objects.first()
    Mission.objects.filter(pk=mission.pk).update(state="rejected", reason="x", ended_at=NOW, ended_by=by)
    Mission.objects.create(**facts)


def test_the_provider_countries_of_a_mission(mission):
    chile = Country.objects.get(pk="CHL")
    MissionCountry.objects.create(mission=mission, country=chile, place=1)
    refused(lambda: MissionCountry.objects.create(mission=mission, country=chile, place=2), "mission_country_once")
    peru = Country.objects.get(pk="PER")
    refused(lambda: MissionCountry.objects.create(mission=mission, country=peru, place=1), "mission_place_once")
    for place in (0, 4):
        refused(
            lambda place=place: MissionCountry.objects.create(mission=mission, country=peru, place=place),
            "mission_at_most_three",
        )
    refused(
        lambda: MissionCountry.objects.create(mission=mission, country=peru, place=2, accepted_at=NOW),
        "mission_country_accepted_when_and_by_whom",
    )


PARTS: dict[str, dict[str, Any]] = {
    "mission_part_days": {"days": 0},
    "mission_part_first_month_on_the_first": {"first_month": date(2027, 1, 2), "last_month": date(2027, 2, 1)},
    "mission_part_last_month_on_the_first": {"first_month": date(2027, 1, 1), "last_month": date(2027, 2, 2)},
    "mission_part_months_in_order": {"first_month": date(2027, 3, 1), "last_month": date(2027, 2, 1)},
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_a_mission_and_its_months(mission, name):
    provider = MissionCountry.objects.create(mission=mission, country_id="CHL", place=1)
    quadrant = concepts("quadrants", ["Q1"])[0]
    given = {"mission": mission, "provider": provider, "quadrant": quadrant, "offer": offer("CHL"), "days": 3}
    refused(lambda: MissionPart.objects.create(**given | PARTS[name]), name)
    alone = {"first_month": date(2027, 1, 1)}
    refused(lambda: MissionPart.objects.create(**given | alone), "mission_part_months_in_order")
    part = MissionPart.objects.create(**given)
    refused(lambda: MissionPart.objects.create(**given), "mission_part_once")
    expert = Expert.objects.create(institution=part.offer.institution, name="Ana")
    month = {"part": part, "month": date(2027, 1, 1), "expert": expert, "days": 3}
    MissionMonth.objects.create(**month)
    refused(lambda: MissionMonth.objects.create(**month), "mission_month_once")
    for days in (0, 32):
        other = month | {"month": date(2027, 2, 1), "days": days}
        refused(lambda other=other: MissionMonth.objects.create(**other), "mission_month_days")
    refused(
        lambda: MissionMonth.objects.create(**month | {"month": date(2027, 2, 3)}), "mission_month_month_on_the_first"
    )
