"""The timetable of an exchange round: kept as it was solved, pinned, moved by hand, and what changes late."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Conflict, Refused
from ayni.exchange.actions.rounds.guards import (
    BEFORE_MEETINGS,
    TIMETABLE,
    act_for,
    held,
    run_by,
    runs,
    stands_in,
    timetable_shown,
)
from ayni.exchange.models import (
    Absence,
    Delegation,
    ExchangeRound,
    HowMade,
    Meeting,
    MeetingSeat,
    MeetingState,
    Room,
    RoomLoss,
    RoundState,
    TimeSlot,
    TimetableVersion,
)
from ayni.exchange.queries.rounds.clashes import clashes, interpreter_for
from ayni.exchange.queries.rounds.overview import never_there
from ayni.exchange.queries.rounds.plan import pair_of, read_plan, reports
from ayni.exchange.queries.rounds.planning import Found, Placed

PLACE = ("state", "slot", "room", "interpreted", "pinned", "sequence", "changed_at", "changed_late")


@transaction.atomic
def save_timetable(*, by: Any, round: ExchangeRound, found: Found) -> TimetableVersion:
    """Keep a timetable that was solved outside. Only what moved gets another number in the calendars.

    Raises Conflict when anything it rests on has changed since, and Refused to plan anew once the meetings have begun.
    """
    run_by(by)
    round_ = held(round)
    stands_in(round_, *(TIMETABLE if found.repaired else (RoundState.PLANNING,)))
    plan = read_plan(round_)
    if plan.digest != found.digest:
        raise Conflict(_("Somebody changed the round while the timetable was being planned: plan it again."))
    moves = _apply(round_, list(plan.meetings), found.placed)
    last = round_.timetables.first()
    version = TimetableVersion.objects.create(
        round=round_,
        number=last.number + 1 if last else 1,
        how=HowMade.REPAIRED if found.repaired else HowMade.SOLVED,
        objective=found.objective,
        bound=max(found.bound, found.objective),
        wished=found.wished,
        unmet=list(found.unmet),
        moves=moves,
        made_by=by,
    )
    after = {"version": version.number, "meetings": len(found.placed), "moves": len(moves)}
    verb = "timetable repaired" if found.repaired else "timetable planned"
    record(by=by, verb=verb, on=round_, after=after, public=timetable_shown(round_))
    return version


@transaction.atomic
def pin_meeting(*, by: Any, meeting: Meeting, pinned: bool) -> None:
    """Whether the timetable may move the meeting. Raises Refused for one that has no place."""
    run_by(by)
    round_ = _alive(meeting)
    _planned(meeting)
    before = {"pinned": meeting.pinned}
    meeting.pinned = pinned
    meeting.save(update_fields=["pinned", "changed_at"])
    verb = "meeting pinned" if pinned else "meeting unpinned"
    record(by=by, verb=verb, on=meeting, before=before, public=timetable_shown(round_))


@transaction.atomic
def move_meeting(*, by: Any, meeting: Meeting, slot: TimeSlot, room: Room) -> Meeting:
    """Put a meeting elsewhere by hand, and pin it there. Raises Refused with each clash."""
    run_by(by)
    round_ = _alive(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("The meeting is cancelled: take it up again first."))
    if reports(meeting):
        raise Refused(_("The meeting was held: it has a form. It cannot be moved."))
    plan = read_plan(round_)
    found = clashes(plan, meeting, slot, room)
    if found:
        raise Refused(" ".join(found))
    before = _place(meeting)
    meeting.interpreted = interpreter_for(plan, meeting, slot) or ""
    meeting.slot, meeting.room, meeting.state, meeting.pinned = slot, room, MeetingState.PLANNED, True
    meeting.sequence += 1
    meeting.changed_late = timetable_shown(round_)
    meeting.save()
    _seat([meeting])
    after = _place(meeting)
    record(by=by, verb="meeting moved", on=meeting, before=before, after=after, public=timetable_shown(round_))
    return meeting


@transaction.atomic
def cancel_meeting(*, by: Any, meeting: Meeting, reason: str) -> None:
    """The two do not meet; no timetable plans it again. Raises Refused without a reason, or when it was held."""
    run_by(by)
    round_ = _alive(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("The meeting is cancelled already."))
    if reports(meeting):
        raise Refused(_("The meeting was held: it has a form. It cannot be cancelled."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."))
    before = _place(meeting)
    meeting.state, meeting.pinned = MeetingState.CANCELLED, False
    meeting.sequence += 1
    meeting.changed_late = timetable_shown(round_)
    meeting.save()
    _seat([meeting])
    after = {**_place(meeting), "reason": reason.strip()}
    record(by=by, verb="meeting cancelled", on=meeting, before=before, after=after, public=timetable_shown(round_))


@transaction.atomic
def take_up_meeting(*, by: Any, meeting: Meeting) -> None:
    """A cancelled meeting waits for a place again: the next repair, or a hand, gives it one."""
    run_by(by)
    round_ = _alive(meeting)
    if meeting.state != MeetingState.CANCELLED:
        raise Refused(_("Only a cancelled meeting is taken up again."))
    meeting.state = MeetingState.DISPLACED
    meeting.save(update_fields=["state", "changed_at"])
    before = {"state": MeetingState.CANCELLED}
    record(by=by, verb="meeting taken up", on=meeting, before=before, public=timetable_shown(round_))


@transaction.atomic
def set_absences(*, by: Any, delegation: Delegation, slots: Iterable[TimeSlot]) -> bool:
    """The slots in which a delegation is away; whether it is never there. It says so itself while interests are open,
    the secretariat later too.
    """
    act_for(by, delegation)
    late = (RoundState.PLANNING, RoundState.RUNNING) if runs(by) else ()
    round_ = held(delegation.round)
    stands_in(round_, RoundState.DRAFT, RoundState.INTERESTS, *late)
    chosen = [slot for slot in slots if slot.round_id == delegation.round_id]
    before = {"slots": [str(one.slot) for one in delegation.absences.select_related("slot").order_by("slot")]}
    delegation.absences.exclude(slot__in=chosen).delete()
    standing = set(delegation.absences.values_list("slot_id", flat=True))
    Absence.objects.bulk_create(Absence(delegation=delegation, slot=slot) for slot in chosen if slot.pk not in standing)
    after = {"slots": [str(slot) for slot in sorted(chosen, key=lambda slot: slot.pk)]}
    record(by=by, verb="absences set", on=delegation, before=before, after=after, public=timetable_shown(round_))
    return never_there(round_).filter(pk=delegation.pk).exists()


@transaction.atomic
def set_room_losses(*, by: Any, room: Room, slots: Iterable[TimeSlot]) -> None:
    """The slots in which a room cannot be used."""
    run_by(by)
    round_ = held(room.round)
    stands_in(round_, *BEFORE_MEETINGS, RoundState.RUNNING)
    chosen = [slot for slot in slots if slot.round_id == room.round_id]
    before = {"slots": [str(one.slot) for one in room.losses.select_related("slot").order_by("slot")]}
    room.losses.exclude(slot__in=chosen).delete()
    standing = set(room.losses.values_list("slot_id", flat=True))
    RoomLoss.objects.bulk_create(RoomLoss(room=room, slot=slot) for slot in chosen if slot.pk not in standing)
    after = {"slots": [str(slot) for slot in sorted(chosen, key=lambda slot: slot.pk)]}
    record(by=by, verb="room lost", on=room, before=before, after=after, public=timetable_shown(round_))


def _apply(round_: ExchangeRound, meetings: list[Meeting], placed: Iterable[Placed]) -> list[dict[str, Any]]:
    """Write the placed meetings; returns what moved, {number, from, to}: [slot, room], None where it had or has no place."""
    standing = {pair_of(one): one for one in meetings}
    number = max((one.number for one in meetings), default=0)
    wanted = {one.pair: one for one in placed}
    moves: list[dict[str, Any]] = []
    changed = []
    for pair, meeting in standing.items():
        now = wanted.pop(pair, None)
        before = [meeting.slot_id, meeting.room_id] if meeting.stands else None
        after = [now.slot, now.room] if now else None
        if before == after and (now is None or now.interpreted == meeting.interpreted):
            continue
        if before != after:
            moves.append({"number": meeting.number, "from": before, "to": after})
        meeting.sequence += 1
        meeting.changed_late = timetable_shown(round_)
        _put(meeting, now)
        changed.append(meeting)
    # Out of the way first: two meetings may change places, and each place holds one at a time.
    Meeting.objects.filter(pk__in=[one.pk for one in changed]).update(state=MeetingState.DISPLACED, pinned=False)
    MeetingSeat.objects.filter(meeting__in=changed).delete()
    for meeting in changed:
        meeting.save(update_fields=PLACE)
    new = [_put(Meeting(round=round_, one_id=one.pair[0], other_id=one.pair[1]), one) for one in wanted.values()]
    for meeting in new:
        number += 1
        meeting.number, meeting.changed_late = number, timetable_shown(round_)
        if standing:
            moves.append({"number": number, "from": None, "to": [meeting.slot_id, meeting.room_id]})
    Meeting.objects.bulk_create(new)
    _seat([*changed, *new])
    return moves


def _put(meeting: Meeting, now: Placed | None) -> Meeting:
    if now is None:
        meeting.state, meeting.pinned = MeetingState.DISPLACED, False
    else:
        meeting.state = MeetingState.PLANNED
        meeting.slot_id, meeting.room_id, meeting.interpreted = now.slot, now.room, now.interpreted
    return meeting


def _seat(meetings: Sequence[Meeting]) -> None:
    """Both sides' places in the slots, of planned meetings alone. The meetings are saved."""
    MeetingSeat.objects.filter(meeting__in=meetings).delete()
    MeetingSeat.objects.bulk_create(
        MeetingSeat(meeting=meeting, slot_id=meeting.slot_id, delegation_id=side)
        for meeting in meetings
        if meeting.stands
        for side in pair_of(meeting)
    )


def _alive(meeting: Meeting) -> ExchangeRound:
    """The round, kept from others, while its timetable lives; and the meeting as it stands now, not as it was read."""
    round_ = held(meeting.round)
    stands_in(round_, *TIMETABLE)
    meeting.refresh_from_db()
    return round_


def _planned(meeting: Meeting) -> None:
    if not meeting.stands:
        raise Refused(_("The meeting has no place in the timetable: give it one first."))


def _place(meeting: Meeting) -> dict[str, Any]:
    return {
        "state": meeting.state,
        "slot": str(meeting.slot),
        "room": str(meeting.room),
        "interpreted": meeting.interpreted,
        "pinned": meeting.pinned,
    }
