"""Experts in a plan: one place a day, their own side books them, and who sees whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.directory.models import Expert, Institution
from ayni.methods.schedule import Span, days_of
from ayni.registry.actions.plan import experts as actions
from ayni.registry.actions.plan import steps, writing
from ayni.registry.models import ExpertDay
from ayni.registry.queries.plan.experts import bookable, booked
from tests.factories.plan import TODAY, activity, facts, initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def marcos(db) -> Expert:
    return Expert.objects.get(email="marcos.tavares@demo.ayni")


@pytest.fixture
def chilean(db) -> Expert:
    return Expert.objects.get(email="paula.rivas@demo.ayni")


def days(made, first: int = 0, count: int = 2):
    begin = made.starts_on + timedelta(days=first)
    return days_of(Span(begin, begin + timedelta(days=count - 1)))


def book(by, made, expert, **values):
    given = {"days": days(made), "hours": 6} | values
    return actions.book_expert(by=by, activity=made, expert=expert, **given)


def test_an_expert_is_booked_day_by_day_and_released(person, marcos):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    book(person("focal-point"), made, marcos)
    book(person("focal-point"), made, marcos, days=days(made, 1), hours=4)
    assert sorted(made.expert_days.values_list("hours", flat=True)) == [4, 4, 6]
    actions.release_expert(by=person("focal-point"), activity=made, expert=marcos)
    assert not made.expert_days.exists()
    with pytest.raises(Refused, match="is not booked here"):
        actions.release_expert(by=person("focal-point"), activity=made, expert=marcos)
    verbs = [event.verb for event in history(made.initiative)]
    assert verbs == ["expert released", "expert booked", "expert booked"]


def test_nobody_is_at_two_places_a_day_and_the_other_is_named_to_who_may_read_it(person, marcos):
    """Brazil's coordination reads both initiatives; were the other not Brazil's, it would not be named."""
    one = activity(initiative("BR-MDS", "CL-FOSIS"), title={"en": "The first place"})
    book(person("focal-point"), one, marcos)
    other = activity(initiative("BR-MDS", "PY-MDS"))
    with pytest.raises(Refused, match="The first place") as refusal:
        book(person("focal-point"), other, marcos, days=days(other, 1))
    assert marcos.name in str(refusal.value)
    coordination = User.objects.get(email="coordinacion.br@demo.ayni")
    with pytest.raises(Refused, match=f"Expert {marcos.pk} is at “The first place”"):
        book(coordination, other, marcos, days=days(other, 1))
    assert not other.expert_days.exists()


def test_an_activity_that_the_person_may_not_read_is_not_named(person, chilean):
    """The expert has moved from an institution whose record nobody else reads."""
    hidden = activity(initiative("MX-SEDESOL", "CO-DPS"), title={"en": "The hidden place"})
    ExpertDay.objects.create(activity=hidden, expert=chilean, day=hidden.starts_on)
    made = activity(initiative("CL-FOSIS", "BR-MDS"))
    with pytest.raises(Refused, match="is at another activity") as refusal:
        book(person("national-coordinator"), made, chilean)
    assert "hidden" not in str(refusal.value) and hidden.initiative.code not in str(refusal.value)


def test_the_side_of_the_expert_books(person, chilean, marcos):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    with pytest.raises(PermissionDenied):
        book(person("focal-point"), made, chilean)
    book(person("national-coordinator"), made, chilean)
    with pytest.raises(PermissionDenied):
        actions.release_expert(by=person("focal-point"), activity=made, expert=chilean)
    for role in ("secretariat", "expert", "observer", "administrator"):
        with pytest.raises(PermissionDenied):
            book(person(role), made, marcos)
    assert {one.institution.code for one in bookable(person("focal-point"), made.initiative)} == {"BR-MDS"}


def test_an_international_expert_is_booked_by_any_side(person):
    bank = Institution.objects.filter(country__isnull=True).first()
    expert = Expert.objects.create(
        institution=bank, name="Ana", consented_on="2026-01-01", consent_text="I agree.", languages="es"
    )
    made = activity(initiative("BR-MDS", "CL-FOSIS", bank.code))
    book(person("national-coordinator"), made, expert)
    assert made.expert_days.count() == 2


def test_only_who_has_agreed_is_booked(person, marcos):
    made = activity(initiative("BR-MDS", "PY-MDS"))
    derlis = Expert.objects.get(email="derlis.ayala@demo.ayni")
    with pytest.raises(Refused, match="has not agreed to be proposed"):
        book(User.objects.get(email="coordinacion.py@demo.ayni"), made, derlis)
    Expert.objects.filter(pk=marcos.pk).update(withdrawn_on=TODAY)
    with pytest.raises(Refused, match="has withdrawn the consent"):
        book(person("focal-point"), made, marcos)
    assert marcos not in bookable(person("focal-point"), made.initiative)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"days": []}, "at least one day"),
        ({"first": -1}, "outside the activity"),
        ({"first": 4}, "outside the activity"),
        ({"hours": 0}, "1 to 24"),
        ({"hours": 25}, "1 to 24"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(person, marcos, values, said):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    given = {"days": days(made, values["first"])} if "first" in values else values
    with pytest.raises(Refused, match=said):
        book(person("focal-point"), made, marcos, **given)


def test_an_institution_that_does_not_take_part_sends_nobody(person, chilean):
    made = activity(initiative("BR-MDS", "PY-MDS"))
    with pytest.raises(Refused, match="does not take part"):
        book(person("focal-point"), made, chilean)


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_nobody_is_booked_for_what_is_over(person, marcos, state):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), state=state)
    with pytest.raises(Refused, match="take it up again"):
        book(person("focal-point"), made, marcos)


def test_other_dates_free_the_days_left_out_and_a_cancellation_all(person, marcos):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    book(person("focal-point"), made, marcos, days=days(made, 0, 5))
    later = facts(made.initiative, starts_on=made.starts_on + timedelta(days=3), ends_on=made.ends_on)
    writing.edit_activity(by=person("focal-point"), activity=made, base=1, facts=later)
    assert made.expert_days.count() == 2
    steps.cancel_activity(by=person("focal-point"), activity=made, reason="It rained.")
    assert not made.expert_days.exists()


def test_who_sees_whom(person, marcos):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    book(person("focal-point"), made, marcos, days=days(made, 0, 3))

    def names(role: str) -> list[str]:
        return [one.name for one in booked(person(role), made)]

    number = f"Expert {marcos.pk}"
    seen = {role: names(role) for role in ("focal-point", "national-coordinator", "secretariat", "observer", "expert")}
    assert seen == {
        "focal-point": [marcos.name],
        "national-coordinator": [number],
        "secretariat": [marcos.name],
        "observer": [number],
        "expert": [],
    }
    (row,) = booked(person("focal-point"), made)
    assert ([(span.first, span.last) for span in row.spans], row.days, row.hours) == (
        [(made.starts_on, made.starts_on + timedelta(days=2))],
        3,
        18,
    )


def test_experts_see_their_own_days_and_no_others(person, marcos):
    lucia = Expert.objects.get(email="experta@demo.ayni")
    made = activity(initiative("MX-SEDESOL", "BR-MDS"))
    for expert in (lucia, marcos):
        ExpertDay.objects.create(activity=made, expert=expert, day=made.starts_on)
    assert [one.expert for one in booked(person("expert"), made)] == [lucia]
