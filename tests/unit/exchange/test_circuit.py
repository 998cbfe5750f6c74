"""The way back into the supply, and the circuit that shows it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.errors import Refused
from ayni.directory.models import Component, Country, ProgrammeVersion
from ayni.exchange.actions.from_lesson import offer_from_lesson
from ayni.exchange.models import Match, Offer
from ayni.exchange.queries import circuit as queries
from ayni.exchange.queries.circuit_places import pairs_there, places_there
from ayni.exchange.queries.from_lesson import components_changed, origin_of
from ayni.exchange.queries.ranking import rules_in_force
from ayni.learning.models import Lesson
from tests.factories import lessons as made
from tests.factories import supply

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_learned():
    """Only what the test itself makes is counted."""
    Offer.objects.filter(lesson__isnull=False).update(lesson=None)
    Lesson.objects.all().delete()


def matched(offer: Offer, country: str, **values) -> Match:
    by, now = User.objects.order_by("pk").first(), timezone.now()
    given = {
        "demand": supply.demand(country),
        "offer": offer,
        "recipient": Country.objects.get(pk=country),
        "provider": Country.objects.get(pk=offer.institution.country_id),
        "rules": rules_in_force(),
        "least": 50,
        "most": 60,
        "state": "converted",
        "demand_accepted_at": now,
        "demand_accepted_by": by,
        "offer_accepted_at": now,
        "offer_accepted_by": by,
    }
    return Match.objects.create(**(given | values))


def test_an_offer_begins_from_what_a_lesson_changed(person):
    one = made.lesson(made.initiative(), state="verified")
    offer = offer_from_lesson(by=person("focal-point"), lesson=one, component=components_changed(one).get())
    assert (offer.lesson, offer.institution.code, offer.state) == (one, "BR-MDS", "draft")
    assert offer.component.code == "conditionalities" and offer.title == offer.component.name
    with pytest.raises(Refused, match=f"Offer {offer.pk} came of this lesson already"):
        offer_from_lesson(by=person("focal-point"), lesson=one, component=offer.component)
    whole = offer_from_lesson(by=person("focal-point"), lesson=one)
    assert (whole.component, whole.title, whole.text) == (None, one.title, one.text)
    assert [topic.code for topic in whole.topics.all()] == ["single-registry"]


def test_a_version_of_a_programme_offers_each_of_its_components(person):
    one = made.lesson(made.initiative(), state="reviewed")
    version = ProgrammeVersion.objects.filter(programme__code="BR-PBF").first()
    made.use(one, component=None, programme_version=version, verified=True)
    within = set(Component.objects.filter(programme__code="BR-PBF").values_list("code", flat=True))
    assert {component.code for component in components_changed(one)} == within


def test_who_may_offer_what(person):
    unverified = made.lesson(made.initiative(), state="incorporated")
    with pytest.raises(Refused, match="verifies a use"):
        offer_from_lesson(by=person("focal-point"), lesson=unverified)
    one = made.lesson(unverified.initiative, state="verified")
    other = Component.objects.get(code="family-support", programme__code="CL-PUENTE")
    with pytest.raises(Refused, match="did not change this component"):
        offer_from_lesson(by=person("focal-point"), lesson=one, component=other)
    for name in ("national-coordinator", "secretariat", "observer", "expert"):
        with pytest.raises(PermissionDenied):
            offer_from_lesson(by=person(name), lesson=one)


def test_the_stations_of_an_initiative(person, nothing_learned):
    of = made.initiative()
    made.activity(of)
    made.activity(of, state="planned")
    made.lesson(of)
    made.lesson(of, state="reviewed")
    made.lesson(of, state="incorporated")
    back = made.lesson(of, state="disseminated")
    offer = supply.offer("BRA", at=made.institution("BR-MDS"), lesson=back)
    matched(offer, "CHL")
    matched(offer, "PER", state="rejected", reason="No.", ended_at=timezone.now())
    user = person("observer")
    scope = queries.of_initiative(user, of)
    found = queries.circuit_of(user, scope)
    assert found.numbers == {
        "activities": 1,
        "lessons": 4,
        "reviewed": 3,
        "used": 2,
        "verified": 1,
        "offers": 1,
        "demands": 1,
        "initiatives": 0,
    }
    assert (found.rate.part, found.rate.whole) == (1, 3)
    assert [(one.country.pk, one.back) for one in found.turned] == [("BRA", True)]
    ways = queries.ways_of(user, queries.ways(user, scope))
    assert [way.lesson for way in ways][0] == back and ways[0].turned and ways[0].back
    assert not any(way.turned for way in ways[1:])
    assert [country.pk for country in ways[0].sides.givers] == ["CHL"]


def test_who_receives_in_a_part_of_the_initiative_may_give_in_another(person, nothing_learned):
    of = made.initiative()
    part = of.components.create(number=1, title={"en": "Indicators"})
    roles = {"BR-MDS": "first-offerer", "CL-FOSIS": "recipient"}
    for code, role in roles.items():
        of.participations.create(
            institution=made.institution(code), role=made.term("cooperation-roles", role), part=part
        )
    one = made.lesson(of, by="CL-FOSIS", state="reviewed", activity=made.activity(of, part=part))
    user = person("observer")
    (way,) = queries.ways_of(user, queries.ways(user, queries.of_initiative(user, of)))
    assert ([one.pk for one in way.sides.givers], [one.pk for one in way.sides.receivers]) == (["BRA"], ["CHL"])
    assert way.lesson == one


def test_the_circuits_of_countries_and_pairs(person, nothing_learned):
    user = person("observer")
    one, other = made.initiative(), made.initiative(code="CL-2026-9002", givers=("CO-DPS",), receivers=("CL-FOSIS",))
    made.lesson(one, state="verified")
    made.lesson(other, by="CL-FOSIS", state="reviewed")
    chile, brazil, colombia = (Country.objects.get(pk=code) for code in ("CHL", "BRA", "COL"))

    def rate(scope: queries.Scope) -> tuple[int, int]:
        found = queries.circuit_of(user, scope).rate
        return found.part, found.whole

    assert rate(queries.of_country(user, brazil)) == (1, 1)
    assert rate(queries.of_country(user, chile)) == (0, 1)
    assert rate(queries.of_country(user, colombia)) == (0, 0)
    assert rate(queries.of_pair(user, brazil, chile)) == (1, 1)
    assert rate(queries.of_pair(user, brazil, colombia)) == (0, 0)
    assert rate(queries.whole(user)) == (1, 2)
    assert {one.pk for one in places_there(user)} == {"BRA", "CHL"}
    assert {(pair.one.pk, pair.other.pk) for pair in pairs_there(user)} == {("BRA", "CHL"), ("CHL", "COL")}


def test_who_passes_on_to_others_what_it_received(person, nothing_learned):
    of = made.initiative()
    offer = supply.offer("BRA", at=made.institution("BR-MDS"), lesson=made.lesson(of, state="verified"))
    matched(offer, "PER")
    user = person("observer")
    (turned,) = queries.circuit_of(user, queries.whole(user)).turned
    assert (turned.country.pk, turned.back) == ("BRA", False)
    assert turned.received == of.began_on and turned.gave >= turned.received + timedelta(days=300)


def test_a_reader_counts_only_what_is_public(person, client, nothing_learned):
    closed = made.initiative(validation="private")
    back = made.lesson(closed, state="verified")
    offer = supply.offer("BRA", at=made.institution("BR-MDS"), lesson=back)
    expert = person("expert")
    assert not any(
        queries.circuit_of(expert, queries.whole(expert)).numbers.get(name) for name in ("lessons", "offers")
    )
    assert origin_of(expert, offer) is None
    origin = origin_of(person("observer"), offer)
    assert origin is not None and origin.lesson == back and origin.givers == ["Chile"]
    assert origin_of(expert, supply.offer("CHL")) is None


def test_what_a_match_became_is_named_to_those_who_may_read_it(person, nothing_learned):
    one = made.lesson(made.initiative(), state="verified")
    offer = offer_from_lesson(by=person("focal-point"), lesson=one)
    became = made.initiative(code="BR-2026-9002")
    type(became).objects.filter(pk=became.pk).update(validation="private")
    matched(offer, "CHL", initiative=became)
    Offer.objects.filter(pk=offer.pk).update(
        state="published",
        confirmed_on=timezone.localdate(),
        published_at=timezone.now(),
        published_by=person("focal-point"),
    )
    for user, sees in ((None, False), (person("secretariat"), True)):
        (way,) = queries.ways_of(user, queries.ways(user, queries.whole(user)))
        assert [initiative for _match, initiative in way.asked] == [became if sees else None]
