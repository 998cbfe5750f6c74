"""The demonstration of what is learned: entered once, by the people whose turn it is, as far as its initiatives are there."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ayni.common.reference import document
from ayni.exchange.actions.demo_loop import load_loop
from ayni.exchange.models import Offer
from ayni.exchange.queries.circuit import circuit_of, of_initiative
from ayni.learning.actions.demo_lessons import load_lessons
from ayni.learning.models import Lesson, LessonUse, Obstacle, Product
from ayni.registry.models import Initiative
from tests.factories import lessons as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_learned():
    """As before the demonstration."""
    Offer.objects.filter(lesson__isnull=False).update(lesson=None)
    for model in (LessonUse, Lesson, Product, Obstacle):
        model.objects.all().delete()


def standing(code: str, giver: str, receiver: str, **values) -> Initiative:
    found = Initiative.objects.filter(code=code).first()
    return found or made.initiative(code=code, givers=(giver,), receivers=(receiver,), **values)


def test_a_whole_loop_from_a_lesson_to_an_offer():
    standing("CL-2009-0001", "CL-FOSIS", "BB-MPEA")
    assert load_lessons(by=None) and not load_lessons(by=None)
    one = Lesson.objects.get(initiative__code="CL-2009-0001")
    assert (one.state, one.kind, one.fictional) == ("disseminated", "internal", True)
    assert one.uses.get().verified_by.email == "observador@demo.ayni"
    assert load_loop(by=None) and not load_loop(by=None)
    offer = Offer.objects.get(lesson=one)
    assert (offer.state, offer.institution.code, offer.fictional) == ("published", "BB-MPEA", True)
    # Chile, which gave, asks now: the roles are swapped.
    match = offer.matches.get()
    assert (match.state, match.recipient_id, match.provider_id) == ("converted", "CHL", "BRB")
    assert match.initiative.state == "identification" and match.initiative.fictional and match.demand.fictional
    circuit = circuit_of(AnonymousUser(), of_initiative(AnonymousUser(), one.initiative))
    assert circuit.numbers["demands"] == 1 and [(turn.country.pk, turn.back) for turn in circuit.turned] == [
        ("BRB", True)
    ]


def test_what_belongs_to_an_initiative_that_is_not_there_is_left_out():
    Initiative.objects.update(state="identification")
    load_lessons(by=None)
    assert not Lesson.objects.exists() and not Product.objects.exists()
    whole = [row for row in document("demo/lessons.json")["obstacles"] if "initiative" not in row]
    assert Obstacle.objects.count() == len(whole) and not Obstacle.objects.filter(fictional=False).exists()
    assert not load_loop(by=None)


def test_a_lesson_of_a_record_that_is_not_public_is_not_disseminated():
    of = standing("CL-2009-0001", "CL-FOSIS", "BB-MPEA")
    Initiative.objects.filter(pk=of.pk).update(validation="private")
    load_lessons(by=None)
    assert Lesson.objects.get(initiative=of).state == "verified"


def test_a_lesson_that_two_record_is_agreed_by_the_other():
    standing("MX-2024-0001", "MX-BIENESTAR", "CO-DPS")
    load_lessons(by=None)
    one = Lesson.objects.get(joint_with__code="MX-BIENESTAR")
    assert (one.kind, one.state) == ("projective", "typed") and one.joint_agreed_by.email == "bienestar@demo.ayni"


def test_the_texts_are_there_in_four_languages():
    def texts(value):
        if isinstance(value, dict) and "es" in value:
            yield value
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from texts(one)

    found = list(texts(document("demo/lessons.json")))
    assert len(found) > 40 and all(set(one) == {"es", "pt", "en", "fr"} for one in found)
