"""A timetable kept, repaired and changed by hand: it never clashes, and little moves."""

import pytest
from django.core.exceptions import PermissionDenied

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.exchange.actions.rounds import delegations, setting_up
from ayni.exchange.actions.rounds import timetable as actions
from ayni.exchange.actions.rounds.interests import withdraw_interest
from ayni.exchange.models import ExchangeRound, Meeting, MeetingReport, MeetingSeat, RoundState
from ayni.exchange.queries.rounds.clashes import clashes, stuck, troubles
from ayni.exchange.queries.rounds.overview import never_there
from ayni.exchange.queries.rounds.plan import read_plan
from ayni.exchange.queries.rounds.planning import solve
from tests.unit.exchange.rounds import frame, free_slot, in_state, one, plan, want

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> ExchangeRound:
    """Three delegations, each pair of which meets; BR-MDS and CHL with the interpreter."""
    return in_state(RoundState.PLANNING)


def meeting(round_: ExchangeRound, one_code: str, other_code: str) -> Meeting:
    pair = {one(round_, one_code), one(round_, other_code)}
    return next(found for found in round_.meetings.all() if {found.one, found.other} == pair)


def places(round_: ExchangeRound) -> dict[int, tuple]:
    return {found.number: (found.slot_id, found.room_id) for found in round_.meetings.filter(state="planned")}


def nobody_is_in_two_places(round_: ExchangeRound) -> None:
    """Whichever side of its meetings a delegation is; and no room holds two."""
    for slot in round_.slots.all():
        here = list(round_.meetings.filter(slot=slot, state="planned"))
        people = [key for found in here for key in (found.one_id, found.other_id)]
        rooms = [found.room_id for found in here]
        assert len(people) == len(set(people)) and len(rooms) == len(set(rooms))


def test_every_pair_meets_with_the_interpreter_that_it_needs(round_):
    assert round_.meetings.count() == 3
    assert meeting(round_, "BR-MDS", "CHL").interpreted == "es-pt"
    assert meeting(round_, "BR-MDS", "CO-DPS").interpreted == ""
    version = round_.timetables.get()
    assert (version.objective, version.wished, version.is_best, version.unmet) == (6, 6, True, [])
    nobody_is_in_two_places(round_)


def test_a_timetable_is_not_kept_when_something_changed_meanwhile(round_):
    found = solve(read_plan(round_), repair="few")
    want(round_, "BR-MDS", "CO-DPS")
    with pytest.raises(Conflict, match="plan it again"):
        actions.save_timetable(by=None, round=round_, found=found)


def test_a_timetable_is_planned_anew_before_the_meetings_alone(round_):
    round_.state = RoundState.RUNNING
    round_.save()
    with pytest.raises(Refused, match="stands at"):
        plan(round_)
    assert plan(round_, repair="few").moves == []


def test_a_delegation_that_comes_late_moves_only_its_own_meetings(round_):
    chile = one(round_, "CHL")
    before = places(round_)
    missed = list({found.slot for found in round_.meetings.all() if chile in (found.one, found.other)})
    actions.set_absences(by=None, delegation=chile, slots=missed[:1])
    plan_now = read_plan(round_)
    assert len(troubles(plan_now)) == 1
    version = plan(round_, repair="few")
    assert [move["number"] for move in version.moves] == [
        number for number, place in places(round_).items() if before[number] != place
    ]
    assert len(version.moves) == 1
    moved = round_.meetings.get(number=version.moves[0]["number"])
    assert moved.sequence == 1 and chile in (moved.one, moved.other)
    assert not troubles(read_plan(round_))
    nobody_is_in_two_places(round_)


def test_a_meeting_without_a_place_waits_and_gets_one_again(round_):
    chile = one(round_, "CHL")
    actions.set_absences(by=None, delegation=chile, slots=round_.slots.filter(is_break=False))
    version = plan(round_, repair="few")
    assert {wish["reason"] for wish in version.unmet} == {"never-together"}
    assert round_.meetings.filter(state="displaced").count() == 2
    uid = meeting(round_, "BR-MDS", "CHL").uid
    actions.set_absences(by=None, delegation=chile, slots=[])
    plan(round_, repair="few")
    again = meeting(round_, "BR-MDS", "CHL")
    assert (again.state, again.uid, again.sequence) == ("planned", uid, 2)


def test_a_lost_room_moves_what_was_in_it(round_):
    meetings = list(round_.meetings.all())
    room, slot = meetings[0].room, meetings[0].slot
    actions.set_room_losses(by=None, room=room, slots=[slot])
    assert list(troubles(read_plan(round_))) == [meetings[0].pk]
    version = plan(round_, repair="few")
    assert [move["number"] for move in version.moves] == [meetings[0].number]
    assert not round_.meetings.filter(room=room, slot=slot, state="planned").exists()


def test_a_late_wish_is_planned_without_moving_the_others(round_):
    actions.cancel_meeting(by=None, meeting=meeting(round_, "CHL", "CO-DPS"), reason="Not needed")
    before = places(round_)
    assert len(before) == 2
    plan(round_, repair="few")
    assert places(round_) == before, "what was cancelled by hand is not planned again"
    actions.take_up_meeting(by=None, meeting=meeting(round_, "CHL", "CO-DPS"))
    version = plan(round_, repair="few")
    assert len(version.moves) == 1 and version.moves[0]["from"] is None
    assert before.items() <= places(round_).items()


def test_a_pinned_meeting_stays_when_all_is_planned_anew(round_):
    pinned = meeting(round_, "BR-MDS", "CO-DPS")
    last = free_slot(round_)
    actions.move_meeting(by=None, meeting=pinned, slot=last, room=round_.rooms.last())
    plan(round_)
    pinned.refresh_from_db()
    assert (pinned.slot, pinned.room, pinned.pinned) == (last, round_.rooms.last(), True)
    nobody_is_in_two_places(round_)


def test_a_pinned_meeting_that_cannot_stay_is_told(round_):
    pinned = meeting(round_, "BR-MDS", "CO-DPS")
    actions.pin_meeting(by=None, meeting=pinned, pinned=True)
    actions.set_absences(by=None, delegation=pinned.one, slots=[pinned.slot])
    told = stuck(read_plan(round_))
    assert len(told) == 1 and "is away in that slot" in told[0]
    with pytest.raises(ValueError, match="is away in that slot"):
        solve(read_plan(round_), repair="few")
    actions.pin_meeting(by=None, meeting=pinned, pinned=False)
    assert not stuck(read_plan(round_))


def test_a_meeting_with_a_form_was_held_and_stays(round_):
    held = meeting(round_, "BR-MDS", "CO-DPS")
    MeetingReport.objects.create(meeting=held, delegation=held.one, interest=1, sees_action=False, why_not="No.")
    for change in (
        lambda: actions.move_meeting(by=None, meeting=held, slot=held.slot, room=held.room),
        lambda: actions.cancel_meeting(by=None, meeting=held, reason="No"),
    ):
        with pytest.raises(Refused, match="was held"):
            change()
    want(round_, "CHL", "BR-MDS", 3)
    plan(round_, repair="gain")
    again = round_.meetings.get(pk=held.pk)
    assert (again.slot_id, again.room_id) == (held.slot_id, held.room_id)


def test_a_move_by_hand_names_each_clash(round_):
    moved, other = meeting(round_, "BR-MDS", "CHL"), meeting(round_, "CHL", "CO-DPS")
    with pytest.raises(Refused) as refusal:
        actions.move_meeting(by=None, meeting=moved, slot=other.slot, room=other.room)
    assert "already meets in that slot" in str(refusal.value) and "is taken by meeting" in str(refusal.value)
    rest = round_.slots.get(is_break=True)
    assert clashes(read_plan(round_), moved, rest, other.room) == ["That slot is a break."]


def test_a_move_by_hand_asks_for_the_interpreter(round_):
    moved = meeting(round_, "BR-MDS", "CHL")
    round_.interpreters.all().delete()
    free = free_slot(round_)
    with pytest.raises(Refused, match="interpreters that the two need"):
        actions.move_meeting(by=None, meeting=moved, slot=free, room=moved.room)


def test_fewer_interpreters_are_a_trouble_for_those_beyond(round_):
    round_.interpreters.all().delete()
    assert list(troubles(read_plan(round_)).values()) == [
        ["There are fewer interpreters than the meetings of the slot need."]
    ]
    version = plan(round_, repair="few")
    assert [wish["reason"] for wish in version.unmet] == ["no-interpreter"]


def test_languages_that_change_are_a_trouble(round_):
    colombia = one(round_, "CO-DPS")
    colombia.languages = "fr"
    colombia.save()
    assert len(troubles(read_plan(round_))) == 2


def test_a_meeting_whose_wishes_were_withdrawn_stays_in_a_repair_and_goes_when_planned_anew(round_):
    for interest in one(round_, "CHL").interests.all():
        withdraw_interest(by=None, interest=interest)
    plan(round_, repair="few")
    assert meeting(round_, "CHL", "CO-DPS").state == "planned"
    plan(round_)
    assert meeting(round_, "CHL", "CO-DPS").state == "displaced"


def test_a_meeting_that_stays_needs_no_interpreter_once_the_two_share_a_language(round_):
    kept = meeting(round_, "BR-MDS", "CHL")
    actions.pin_meeting(by=None, meeting=kept, pinned=True)
    delegations.set_languages(by=None, delegation=one(round_, "CHL"), languages=("es", "pt"))
    plan(round_)
    kept.refresh_from_db()
    assert (kept.interpreted, kept.sequence, kept.pinned) == ("", 1, True)


def test_of_two_that_share_an_interpreter_the_one_that_may_move_is_the_trouble(round_):
    held = meeting(round_, "BR-MDS", "CHL")
    MeetingReport.objects.create(meeting=held, delegation=held.one, interest=1, sees_action=False, why_not="No.")
    colombia = one(round_, "CO-DPS")
    colombia.languages = "es"
    colombia.save()
    first = meeting(round_, "BR-MDS", "CO-DPS")
    Meeting.objects.filter(pk=first.pk).update(interpreted="es-pt", number=0)
    Meeting.objects.filter(pk=meeting(round_, "CHL", "CO-DPS").pk).update(state="cancelled")
    found = read_plan(round_)
    assert not stuck(found) and set(troubles(found)) <= {first.pk}


def test_what_was_read_before_another_change_is_read_again(round_):
    stale = meeting(round_, "BR-MDS", "CHL")
    actions.cancel_meeting(by=None, meeting=meeting(round_, "BR-MDS", "CHL"), reason="Ill")
    with pytest.raises(Refused, match="cancelled already"):
        actions.cancel_meeting(by=None, meeting=stale, reason="Again")
    assert stale.sequence == 1


def test_another_place_or_time_zone_is_a_change_in_the_calendars(round_):
    setting_up.edit_exchange_round(by=None, round=round_, frame=frame(title={"en": "Another", "es": "Otra"}))
    assert {one.sequence for one in round_.meetings.all()} == {0}
    setting_up.edit_exchange_round(by=None, round=round_, frame=frame(time_zone="America/Lima"))
    assert {one.sequence for one in round_.meetings.all()} == {1}
    setting_up.edit_exchange_round(by=None, round=round_, frame=frame(time_zone="America/Lima", place={"es": "Quito"}))
    assert {one.sequence for one in round_.meetings.all()} == {2}


def seats(round_: ExchangeRound) -> set[tuple]:
    return set(MeetingSeat.objects.filter(meeting__round=round_).values_list("meeting", "slot", "delegation"))


def wanted_seats(round_: ExchangeRound) -> set[tuple]:
    return {
        (found.pk, found.slot_id, side)
        for found in round_.meetings.filter(state="planned")
        for side in (found.one_id, found.other_id)
    }


def test_both_sides_of_each_planned_meeting_have_a_seat_whatever_happens(round_):
    assert len(seats(round_)) == 6 and seats(round_) == wanted_seats(round_)
    found = meeting(round_, "BR-MDS", "CHL")
    actions.move_meeting(by=None, meeting=found, slot=free_slot(round_), room=found.room)
    assert seats(round_) == wanted_seats(round_)
    actions.cancel_meeting(by=None, meeting=found, reason="Ill")
    assert len(seats(round_)) == 4 and seats(round_) == wanted_seats(round_)
    actions.take_up_meeting(by=None, meeting=found)
    plan(round_, repair="few")
    assert len(seats(round_)) == 6 and seats(round_) == wanted_seats(round_)


def test_a_slot_begins_by_the_time_zone_of_the_round(round_):
    first = round_.slots.first()
    assert first.begins.isoformat() == "2027-03-10T14:00:00+00:00"
    setting_up.edit_exchange_round(by=None, round=round_, frame=frame(time_zone="America/Sao_Paulo"))
    first.refresh_from_db()
    assert first.begins.isoformat() == "2027-03-10T12:00:00+00:00"


def test_who_is_never_there_is_told(round_):
    chile, slots = one(round_, "CHL"), list(round_.slots.filter(is_break=False))
    assert not actions.set_absences(by=None, delegation=chile, slots=slots[1:])
    assert actions.set_absences(by=None, delegation=chile, slots=slots)
    assert list(never_there(round_)) == [chile]
    assert not actions.set_absences(by=None, delegation=chile, slots=[])


def test_the_record_is_public_when_the_round_shows_what_it_says(round_):
    chile, late = one(round_, "CHL"), one(round_, "BR-MDS")
    assert not history(chile).last().public and not history(chile.interests.get()).first().public
    found = round_.meetings.first()
    actions.cancel_meeting(by=None, meeting=found, reason="Ill")
    assert not history(found).first().public
    ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.RUNNING)
    wish = want(round_, "BR-MDS", "CO-DPS")
    assert history(wish).first().public
    actions.set_absences(by=None, delegation=late, slots=[])
    assert history(late).first().public


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "expert", "observer", "administrator"])
def test_the_timetable_is_the_secretariats(role, round_, person):
    by, found = person(role), round_.meetings.first()
    for change in (
        lambda: actions.save_timetable(by=by, round=round_, found=solve(read_plan(round_))),
        lambda: actions.pin_meeting(by=by, meeting=found, pinned=True),
        lambda: actions.move_meeting(by=by, meeting=found, slot=found.slot, room=found.room),
        lambda: actions.cancel_meeting(by=by, meeting=found, reason="No"),
        lambda: actions.take_up_meeting(by=by, meeting=found),
        lambda: actions.set_room_losses(by=by, room=found.room, slots=[]),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_a_cancelled_meeting_is_told_so(round_):
    found = round_.meetings.first()
    with pytest.raises(Refused, match="Only a cancelled meeting"):
        actions.take_up_meeting(by=None, meeting=found)
    with pytest.raises(Refused, match="Say why"):
        actions.cancel_meeting(by=None, meeting=found, reason=" ")
    actions.cancel_meeting(by=None, meeting=found, reason="The minister travels")
    assert history(found).first().after["reason"] == "The minister travels"
    for change, told in (
        (lambda: actions.cancel_meeting(by=None, meeting=found, reason="Again"), "cancelled already"),
        (lambda: actions.move_meeting(by=None, meeting=found, slot=found.slot, room=found.room), "take it up"),
        (lambda: actions.pin_meeting(by=None, meeting=found, pinned=True), "no place in the timetable"),
    ):
        with pytest.raises(Refused, match=told):
            change()


def test_a_delegation_says_itself_when_it_is_away_while_interests_are_open(person):
    round_ = in_state(RoundState.INTERESTS)
    slots = round_.slots.filter(is_break=False)[:2]
    actions.set_absences(by=person("national-coordinator"), delegation=one(round_, "CHL"), slots=slots)
    assert one(round_, "CHL").absences.count() == 2
    with pytest.raises(PermissionDenied):
        actions.set_absences(by=person("national-coordinator"), delegation=one(round_, "BR-MDS"), slots=slots)
    ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.PLANNING)
    with pytest.raises(Refused, match="stands at"):
        actions.set_absences(by=person("national-coordinator"), delegation=one(round_, "CHL"), slots=slots)
    actions.set_absences(by=person("secretariat"), delegation=one(round_, "CHL"), slots=[])
