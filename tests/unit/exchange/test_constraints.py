"""What the database itself refuses of offers, demands, screenings, matches, rules and notices."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from ayni.exchange.models import Demand, Item, Match, MatchingRules, Notice, Offer, RuleWeight, Screening
from tests.factories.exchange import demand, match, offer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"approved_at": NOW},
        {"published_by": None},
        {"confirmed_on": None},
        {"state": "paused", "reason": ""},
        {"state": "archived", "reason": ""},
        {"evidence": 5},
        {"cost": -1},
        {"revision": 0},
        {"languages": "Spanish"},
        {"languages": "es  en"},
    ],
    ids=str,
)
def test_an_offer(values):
    made = offer("BR-MDS")
    refused(lambda: Offer.objects.filter(pk=made.pk).update(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"submitted_at": None},
        {"endorsed_by": None},
        {"decided_at": None, "decided_by": None},
        {"endorsed_at": None, "endorsed_by": None},
        {"submitted_at": None, "submitted_by": None},
        {"confirmed_on": None},
        {"state": "returned", "reason": ""},
        {"state": "withdrawn", "reason": ""},
        {"state": "referred", "reason": "A fund does it.", "referred_to": ""},
        {"starts": date(2027, 3, 2)},
        {"deadline": date(2027, 3, 31)},
        {"starts": date(2027, 4, 1), "deadline": date(2027, 3, 1)},
        {"budget": -5},
        {"revision": 0},
        {"languages": "e"},
    ],
    ids=str,
)
def test_a_demand(values):
    made = demand("BR-MDS")
    refused(lambda: Demand.objects.filter(pk=made.pk).update(**values))


@pytest.mark.parametrize("days", [0, 1001])
def test_days_of_a_need(days):
    made = demand("BR-MDS")
    refused(lambda: made.needs.update(days=days))


def test_a_quadrant_once_a_demand():
    made = demand("BR-MDS")
    refused(lambda: made.needs.create(quadrant=made.needs.get().quadrant, days=3))


def screening() -> Screening:
    return demand("BR-MDS").screenings.create(number=1)


@pytest.mark.parametrize(
    "values",
    [
        {"number": 0},
        {"result": "eligible"},
        {"decided_at": NOW},
        {"reason": "", "result": "eligible", "decided_at": NOW},
    ],
    ids=str,
)
def test_a_screening(values):
    made = screening()
    refused(lambda: Screening.objects.filter(pk=made.pk).update(**values))


def test_a_screening_has_one_open_version_and_each_number_once():
    made = screening()
    refused(lambda: made.demand.screenings.create(number=2))
    refused(lambda: made.demand.screenings.create(number=1))


@pytest.mark.parametrize(
    "values",
    [
        {"item": "charm"},
        {"author_score": 4},
        {"score": 4},
        {"author_score": 3, "score": 1, "remark": ""},
    ],
    ids=str,
)
def test_an_item_of_a_screening(values):
    made = screening()
    refused(lambda: made.items.create(**({"item": Item.BUDGET} | values)))
    made.items.create(item=Item.BUDGET)
    refused(lambda: made.items.create(item=Item.BUDGET))


@pytest.mark.parametrize(
    "values",
    [
        {"provider": "CHL"},
        {"least": -1},
        {"most": 101},
        {"least": 61},
        {"demand_accepted_at": NOW},
        {"state": "negotiating"},
        {"state": "rejected", "ended_at": NOW, "reason": ""},
        {"state": "lapsed", "reason": "Late."},
    ],
    ids=str,
)
def test_a_match(values):
    made = match()
    refused(lambda: Match.objects.filter(pk=made.pk).update(**values))


def test_a_match_lives_once():
    made = match()
    values = {"recipient_id": "CHL", "provider_id": "BRA", "rules": made.rules, "least": 1, "most": 2}
    refused(lambda: Match.objects.create(demand=made.demand, offer=made.offer, **values))
    Match.objects.filter(pk=made.pk).update(state="lapsed", reason="Late.", ended_at=NOW)
    Match.objects.create(demand=made.demand, offer=made.offer, **values)


def test_the_draft_of_a_project_has_a_revision():
    project = Demand.objects.get(pk=1).project
    refused(lambda: type(project).objects.filter(pk=project.pk).update(revision=0))


@pytest.mark.parametrize("values", [{"version": 0}, {"status": "draft"}, {"in_force_at": None}], ids=str)
def test_rules(values):
    refused(lambda: MatchingRules.objects.filter(version=1).update(**values))


def test_one_version_of_the_rules_is_in_force():
    refused(lambda: MatchingRules.objects.create(version=2, status="current", in_force_at=NOW))
    refused(lambda: MatchingRules.objects.create(version=1))
    MatchingRules.objects.create(version=2)
    refused(lambda: MatchingRules.objects.create(version=3))


@pytest.mark.parametrize("values", [{"weight": 101}, {"criterion": "charm"}, {"criterion": "topic"}], ids=str)
def test_a_weight(values):
    refused(lambda: RuleWeight.objects.filter(criterion="cost").update(**values))


@pytest.mark.parametrize("about", ["nothing", "two"])
def test_a_notice_is_about_one_thing(about):
    made = offer("BR-MDS")
    values = {} if about == "nothing" else {"offer": made, "demand": demand("CL-FOSIS")}
    refused(lambda: Notice.objects.create(institution=made.institution, what="offer published", **values))
