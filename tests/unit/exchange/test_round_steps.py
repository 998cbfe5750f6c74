"""Who may take which step of an exchange round, from where it stands: step x state x role, and each guard."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.directory.models import Concept, ConceptScheme
from ayni.exchange.actions.rounds import delegations, interests, setting_up, steps
from ayni.exchange.actions.rounds.interests import Wanted
from ayni.exchange.models import CommitteeCriteria, ExchangeRound, PotentialAction, Reviewer, RoundState
from ayni.exchange.queries.rounds.matrix import interests_about, topic_rows
from tests.unit.exchange.rounds import DAY, frame, in_state, one, prepared, topic, want

pytestmark = pytest.mark.django_db
STATES = [state.value for state in RoundState]
ROLES = ("focal-point", "national-coordinator", "secretariat", "expert", "observer", "administrator")
# {step: (from, to)}; all by the secretariat alone.
STEPS = {
    "open_interests": ("draft", "interests"),
    "close_interests": ("interests", "planning"),
    "reopen_interests": ("planning", "interests"),
    "begin_meetings": ("planning", "running"),
    "close_forms": ("running", "forms-closed"),
    "reopen_forms": ("forms-closed", "running"),
    "open_committee": ("forms-closed", "committee"),
    "close_exchange_round": ("committee", "closed"),
}
REASONS = ("reopen_interests", "reopen_forms")


def ready(state: str) -> ExchangeRound:
    """A round in `state` that has all that any step asks for."""
    round_ = in_state(RoundState.PLANNING)
    meeting = round_.meetings.first()
    PotentialAction.objects.create(round=round_, number=1, meeting=meeting)
    for user in User.objects.order_by("pk")[:2]:
        Reviewer.objects.create(round=round_, user=user)
    criteria = CommitteeCriteria.objects.filter(status="current").first() or CommitteeCriteria.objects.create(
        number=99, status="current"
    )
    ExchangeRound.objects.filter(pk=round_.pk).update(state=state, criteria=criteria)
    round_.refresh_from_db()
    return round_


def take(step: str, by, round_: ExchangeRound) -> ExchangeRound:
    more = {"reason": "Because"} if step in REASONS else {}
    return getattr(steps, step)(by=by, round=round_, **more)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_from_one_state_alone(step, state, person):
    round_ = ready(state)
    before, after = STEPS[step]
    if step == "reopen_interests":
        PotentialAction.objects.filter(round=round_).delete()
        round_.meetings.all().delete()
    if step == "close_exchange_round":
        PotentialAction.objects.filter(round=round_).delete()
    if state == before:
        assert take(step, person("secretariat"), round_).state == after
        assert history(round_).first().before == {"state": before}
    else:
        with pytest.raises(Refused, match="stands at"):
            take(step, person("secretariat"), round_)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_the_secretariat_alone(step, role, person):
    round_ = ready(STEPS[step][0])
    if role != "secretariat":
        with pytest.raises(PermissionDenied):
            take(step, person(role), round_)
        round_.refresh_from_db()
        assert round_.state == STEPS[step][0]


def test_interests_open_with_two_countries_a_slot_and_a_room(person):
    by = person("secretariat")
    round_ = setting_up.create_exchange_round(by=by, code="bare", frame=frame())
    with pytest.raises(Refused, match="at least two countries"):
        steps.open_interests(by=by, round=round_)
    round_ = prepared(slots=0, rooms=1)
    with pytest.raises(Refused, match="no slot for meetings"):
        steps.open_interests(by=by, round=round_)
    round_ = prepared("other", rooms=0)
    with pytest.raises(Refused, match="no room"):
        steps.open_interests(by=by, round=round_)


def test_interests_close_when_there_is_one(person):
    round_ = prepared()
    steps.open_interests(by=None, round=round_)
    with pytest.raises(Refused, match="nothing to plan"):
        steps.close_interests(by=person("secretariat"), round=round_)
    want(round_, "CHL", "CO-DPS")
    assert steps.close_interests(by=None, round=round_).state == "planning"


def test_after_the_last_day_the_secretariat_alone_gives_changes_and_withdraws_interests(person):
    round_ = in_state(RoundState.INTERESTS)
    ExchangeRound.objects.filter(pk=round_.pk).update(interests_until="2020-01-01")
    interest = one(round_, "CHL").interests.get()
    wanted = Wanted(partner=one(round_, "BR-MDS"), aim="seek", topic=topic(), weight=1)
    for change in (
        lambda by: interests.add_interest(by=by, delegation=one(round_, "CHL"), wanted=wanted),
        lambda by: interests.change_interest(by=by, interest=interest, wanted=replace(wanted, aim="offer")),
        lambda by: interests.withdraw_interest(by=by, interest=interest),
    ):
        with pytest.raises(Refused, match="last day for interests has passed"):
            change(person("national-coordinator"))
        change(person("secretariat"))


def test_the_matrix_has_one_row_for_a_topic_of_two_versions():
    round_ = in_state(RoundState.INTERESTS)
    before = {row.topic.code: len(row.seeking) for row in topic_rows(round_)}
    old = ConceptScheme.objects.create(code="topics", version=99, title={"en": "T"}, status="draft")
    other = Concept.objects.create(scheme=old, code=topic().code, label={"en": "The same"})
    one(round_, "CHL").interests.update(topic=other)
    [row] = [row for row in topic_rows(round_) if row.topic.code == topic().code]
    assert {row.topic.code: len(row.seeking) for row in topic_rows(round_)} == before
    assert interests_about(round_, row.topic).count() == 3


def test_interests_open_again_with_a_reason_and_before_the_timetable(person):
    round_ = in_state(RoundState.PLANNING)
    with pytest.raises(Refused, match="timetable is made"):
        steps.reopen_interests(by=None, round=round_, reason="One more")
    round_.meetings.all().delete()
    with pytest.raises(Refused, match="Say why"):
        steps.reopen_interests(by=None, round=round_, reason="  ")
    assert steps.reopen_interests(by=None, round=round_, reason="One more").state == "interests"
    assert history(round_).first().after["reason"] == "One more"


def test_meetings_begin_with_a_timetable():
    round_ = in_state(RoundState.PLANNING)
    round_.meetings.update(state="cancelled")
    with pytest.raises(Refused, match="plan the timetable first"):
        steps.begin_meetings(by=None, round=round_)


def test_a_committee_has_actions_reviewers_and_criteria():
    round_ = ready("forms-closed")
    CommitteeCriteria.objects.update(status="superseded")
    with pytest.raises(Refused, match="No criteria are in force"):
        steps.open_committee(by=None, round=round_)
    round_.reviewers.last().delete()
    with pytest.raises(Refused, match="at least two reviewers"):
        steps.open_committee(by=None, round=round_)
    round_.actions.all().delete()
    with pytest.raises(Refused, match="nothing to score"):
        steps.open_committee(by=None, round=round_)


def test_a_round_closes_when_every_action_is_decided():
    round_ = ready("committee")
    with pytest.raises(Refused, match="1 potential action is not decided"):
        steps.close_exchange_round(by=None, round=round_)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ends_on": DAY.replace(day=1)}, "before the first"),
        ({"interests_until": DAY.replace(day=30)}, "before its first"),
        ({"time_zone": "America/Nowhere"}, "no time zone"),
        ({"languages": ()}, "at least one language"),
    ],
)
def test_a_frame_that_does_not_hold_is_refused(changes, told, person):
    with pytest.raises(Refused, match=told):
        setting_up.create_exchange_round(by=person("secretariat"), code="x", frame=frame(**changes))
    assert not ExchangeRound.objects.filter(code="x").exists()


@pytest.mark.parametrize("code", ["trial", "new"])
def test_a_code_is_taken_once(code, person):
    prepared()
    with pytest.raises(Refused, match="choose another code"):
        setting_up.create_exchange_round(by=person("secretariat"), code=code, frame=frame())


def test_a_round_keeps_the_days_of_its_slots():
    round_ = prepared()
    later = frame(starts_on=DAY.replace(day=11), ends_on=DAY.replace(day=12))
    with pytest.raises(Refused, match="would lie outside"):
        setting_up.edit_exchange_round(by=None, round=round_, frame=later)
    assert setting_up.edit_exchange_round(by=None, round=round_, frame=frame(place={"es": "Lima"})).place == {
        "es": "Lima"
    }


def test_what_is_in_use_is_not_removed():
    round_ = in_state(RoundState.PLANNING)
    meeting = round_.meetings.first()
    with pytest.raises(Refused, match="move them first"):
        setting_up.remove_slot(by=None, slot=meeting.slot)
    with pytest.raises(Refused, match="the room is lost"):
        setting_up.remove_room(by=None, room=meeting.room)
    with pytest.raises(Refused, match="when it is away"):
        delegations.remove_delegation(by=None, delegation=one(round_, "CHL"))


def test_a_slot_lies_in_the_round_beside_the_others():
    round_ = prepared()
    hours = {"starts_at": round_.slots.first().starts_at, "ends_at": round_.slots.first().ends_at, "is_break": False}
    with pytest.raises(Refused, match="overlaps"):
        setting_up.add_slot(by=None, round=round_, day=DAY, **hours)
    with pytest.raises(Refused, match="outside the round"):
        setting_up.add_slot(by=None, round=round_, day=DAY.replace(day=20), **hours)
    with pytest.raises(Refused, match="before it begins"):
        turned = {"starts_at": hours["ends_at"], "ends_at": hours["starts_at"], "is_break": False}
        setting_up.add_slot(by=None, round=round_, day=DAY, **turned)


def test_what_was_added_can_be_removed_again():
    round_ = prepared()
    setting_up.remove_slot(by=None, slot=round_.slots.first())
    setting_up.remove_room(by=None, room=round_.rooms.first())
    setting_up.set_interpreters(by=None, round=round_, pair=("pt", "es"), count=0)
    delegations.remove_delegation(by=None, delegation=one(round_, "CHL"))
    assert (round_.slots.count(), round_.rooms.count()) == (4, 1)
    assert (round_.interpreters.count(), round_.delegations.count()) == (0, 2)
    with pytest.raises(Refused, match="two different languages"):
        setting_up.set_interpreters(by=None, round=round_, pair=("es", "es"), count=1)
    with pytest.raises(Refused, match="Give the room a name"):
        setting_up.add_room(by=None, round=round_, name=" ")
