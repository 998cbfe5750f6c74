"""What waits in the exchange rounds on each person's desk, and where it is done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.desk import count_tasks, tasks_of
from ayni.exchange.actions.rounds import committee, steps, timetable
from ayni.exchange.actions.rounds.interests import withdraw_interest
from ayni.exchange.actions.rounds.reports import save_report
from ayni.exchange.models import ExchangeRound, RoundState, TimeSlot
from tests.factories.exchange import ROUNDS
from tests.unit.exchange.rounds import free_slot, in_committee, in_state, judged, one, told

pytestmark = pytest.mark.django_db
KINDS = ("round-interests", "round-forms", "round-changed", "round-review", "round-run")


@pytest.fixture(autouse=True)
def without_rounds():
    for model in ROUNDS:
        model.objects.all().delete()


def waiting(user: User) -> list[tuple[str, str]]:
    """(kind, why) of the tasks about rounds; each leads somewhere, and the menu counts them all."""
    user = User.objects.get(pk=user.pk)
    tasks = tasks_of(user)
    assert count_tasks(user) == len(tasks)
    mine = [task for task in tasks if task.kind in KINDS]
    assert all(task.url for task in mine)
    return [(task.kind, task.why) for task in mine]


def test_a_delegation_without_interests_owes_them(person):
    round_ = in_state(RoundState.INTERESTS)
    assert waiting(person("focal-point")) == []
    withdraw_interest(by=None, interest=one(round_, "BR-MDS").interests.get())
    assert [kind for kind, _why in waiting(person("focal-point"))] == ["round-interests"]
    assert waiting(person("national-coordinator")) == []
    ExchangeRound.objects.filter(pk=round_.pk).update(interests_until="2020-01-01")
    assert waiting(person("focal-point")) == [], "it could not give them any more"


def test_each_side_owes_the_form_of_each_meeting(person):
    round_ = in_state(RoundState.RUNNING)
    assert waiting(person("focal-point")) == [], "no slot has begun"
    TimeSlot.objects.filter(round=round_).update(begins=timezone.now() - timedelta(hours=1))
    assert [kind for kind, _why in waiting(person("focal-point"))] == ["round-forms"] * 2
    brazil = one(round_, "BR-MDS")
    meeting = round_.meetings.filter(one=brazil).first()
    save_report(by=None, meeting=meeting, delegation=brazil, told=told())
    assert len(waiting(person("focal-point"))) == 1
    assert len(waiting(person("national-coordinator"))) == 2


def test_both_sides_are_told_what_changes_once_the_timetable_is_known(person):
    round_ = in_state(RoundState.PLANNING)
    found = round_.meetings.get(one__code="BR-MDS", other__code="CHL")
    timetable.move_meeting(by=None, meeting=found, slot=free_slot(round_), room=found.room)
    ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.RUNNING)
    both = ("focal-point", "national-coordinator")
    assert [waiting(person(role)) for role in both] == [[], []], "nobody had read it yet"
    timetable.move_meeting(by=None, meeting=found, slot=free_slot(round_), room=found.room)
    for role in both:
        [(kind, why)] = waiting(person(role))
        assert kind == "round-changed" and str(found.slot) in why and str(found.room) in why
    timetable.cancel_meeting(by=None, meeting=found, reason="Ill")
    assert waiting(person("focal-point")) == [("round-changed", "The meeting is cancelled.")]
    timetable.take_up_meeting(by=None, meeting=found)
    assert "no place in the timetable" in waiting(person("focal-point"))[0][1]
    TimeSlot.objects.filter(round=round_).update(begins=timezone.now() - timedelta(hours=1))
    assert "round-changed" not in dict(waiting(person("focal-point")))


def test_a_review_with_a_score_missing_is_not_done(person):
    observer = person("observer")
    round_ = in_committee([observer, person("expert")])
    action = round_.actions.first()
    committee.give_review(by=observer, action=action, scores={"relevance": 2}, comment="Good")
    assert len(waiting(observer)) == 3
    judged(action, observer)
    assert len(waiting(observer)) == 2


def test_a_reviewer_owes_what_is_not_of_the_own_country(person):
    people = [person(role) for role in ("observer", "national-coordinator")]
    round_ = in_committee(people)
    assert len(waiting(people[0])) == 3
    assert len(waiting(people[1])) == 1
    committee.abstain(by=people[0], action=round_.actions.first(), conflict="Mine")
    assert len(waiting(people[0])) == 2


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (RoundState.PLANNING, "plan the timetable"),
        (RoundState.FORMS_CLOSED, "appoint the committee"),
    ],
)
def test_a_round_waits_for_the_secretariat(person, state, why):
    round_ = in_state(RoundState.PLANNING)
    ExchangeRound.objects.filter(pk=round_.pk).update(state=state)
    [(kind, told_why)] = waiting(person("secretariat"))
    assert kind == "round-run" and why in told_why


def test_a_committee_waits_for_the_selection(person):
    round_ = in_committee([person("observer"), person("expert")])
    by = person("secretariat")
    assert "3 potential actions are not decided yet" in waiting(by)[0][1]
    for action in round_.actions.all():
        committee.decide(by=None, action=action, selected=False, reason="Later")
    assert "close the round" in waiting(by)[0][1]
    steps.close_exchange_round(by=None, round=round_)
    assert waiting(by) == []


def test_deadlines_that_have_passed_wait_for_the_secretariat(person):
    round_ = in_state(RoundState.INTERESTS)
    assert waiting(person("secretariat")) == []
    ExchangeRound.objects.filter(pk=round_.pk).update(interests_until="2020-01-01")
    assert "has passed: close them" in waiting(person("secretariat"))[0][1]
    days = {"starts_on": "2020-01-02", "ends_on": "2020-01-03"}
    ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.RUNNING, **days)
    assert "close the forms" in waiting(person("secretariat"))[0][1]
