"""An exchange round is made, changed, and given its delegations, slots, rooms and interpreters."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.exchange.actions.rounds.guards import (
    BEFORE_MEETINGS,
    TIMETABLE,
    held,
    run_by,
    shown,
    stands_in,
    timetable_shown,
)
from ayni.exchange.models import ExchangeRound, Interpreters, Room, RoundState, TimeSlot


@dataclass(frozen=True, kw_only=True)
class RoundFrame:
    """What the secretariat decides about a round. `time_zone` is an IANA name; `languages` are es, pt, en, fr."""

    title: dict[str, str]
    place: dict[str, str]
    starts_on: date
    ends_on: date
    interests_until: date
    time_zone: str
    languages: Sequence[str]
    fictional: bool = False


@transaction.atomic
def create_exchange_round(*, by: Any, code: str, frame: RoundFrame) -> ExchangeRound:
    """A round that nobody sees but the secretariat and observers. Raises Refused for a code taken or days out of order."""
    run_by(by)
    _check(frame)
    try:
        with transaction.atomic():
            round_ = ExchangeRound.objects.create(code=code, **_columns(frame))
    except IntegrityError as error:
        raise Refused(
            _("There is already an exchange round %(code)s: choose another code.") % {"code": code}
        ) from error
    record(by=by, verb="exchange round created", on=round_, after=snapshot(round_), public=False)
    return round_


@transaction.atomic
def edit_exchange_round(*, by: Any, round: ExchangeRound, frame: RoundFrame) -> ExchangeRound:
    """Change what the round is; another place or time zone counts as a change in the calendars.

    Raises Refused when its days leave a slot outside, or once the meetings have begun.
    """
    run_by(by)
    round_ = held(round)
    stands_in(round_, *BEFORE_MEETINGS)
    _check(frame)
    outside = round_.slots.exclude(day__gte=frame.starts_on, day__lte=frame.ends_on).first()
    if outside is not None:
        raise Refused(
            _("The slot %(slot)s would lie outside the round: remove it first, or keep its day.") % {"slot": outside}
        )
    before = snapshot(round_)
    where = (round_.place, round_.time_zone)
    for name, value in _columns(frame).items():
        setattr(round_, name, value)
    round_.save()
    for slot in round_.slots.all():
        slot.save(update_fields=["begins"])
    if where != (round_.place, round_.time_zone):
        round_.meetings.update(sequence=F("sequence") + 1, changed_at=timezone.now())
    record(by=by, verb="exchange round edited", on=round_, before=before, after=snapshot(round_), public=shown(round_))
    return round_


@transaction.atomic
def add_slot(*, by: Any, round: ExchangeRound, day: date, starts_at: time, ends_at: time, is_break: bool) -> TimeSlot:
    """A time for meetings, or a break. Raises Refused outside the round's days, or where it overlaps another slot."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, *BEFORE_MEETINGS)
    if starts_at >= ends_at:
        raise Refused(_("The slot ends before it begins."))
    if not round_.starts_on <= day <= round_.ends_on:
        raise Refused(_("The day lies outside the round: choose one from its first day to its last."))
    other = round_.slots.filter(day=day, starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if other is not None:
        raise Refused(_("The slot overlaps with %(slot)s: choose another time.") % {"slot": other})
    slot = TimeSlot.objects.create(round=round_, day=day, starts_at=starts_at, ends_at=ends_at, is_break=is_break)
    record(by=by, verb="slot added", on=slot, after=snapshot(slot), public=timetable_shown(round_))
    return slot


@transaction.atomic
def remove_slot(*, by: Any, slot: TimeSlot) -> None:
    """Take a slot away. Raises Refused while a meeting lies in it."""
    run_by(by)
    round_ = held(slot.round)
    stands_in(round_, *BEFORE_MEETINGS)
    if slot.meetings.exists():
        raise Refused(_("Meetings lie in the slot %(slot)s: move them first.") % {"slot": slot})
    record(by=by, verb="slot removed", on=slot, before=snapshot(slot), public=timetable_shown(round_))
    slot.delete()


@transaction.atomic
def add_room(*, by: Any, round: ExchangeRound, name: str) -> Room:
    """A room, with the next number."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, *BEFORE_MEETINGS, RoundState.RUNNING)
    if not name.strip():
        raise Refused(_("Give the room a name."))
    last = round_.rooms.order_by("number").last()
    room = Room.objects.create(round=round_, number=last.number + 1 if last else 1, name=name.strip())
    record(by=by, verb="room added", on=room, after=snapshot(room), public=timetable_shown(round_))
    return room


@transaction.atomic
def remove_room(*, by: Any, room: Room) -> None:
    """Take a room away. Raises Refused while a meeting has it: say that it is lost instead."""
    run_by(by)
    round_ = held(room.round)
    stands_in(round_, *BEFORE_MEETINGS)
    if room.meetings.exists():
        raise Refused(
            _("Meetings are planned in %(room)s: say among the late changes that the room is lost.") % {"room": room}
        )
    record(by=by, verb="room removed", on=room, before=snapshot(room), public=timetable_shown(round_))
    room.delete()


@transaction.atomic
def set_interpreters(*, by: Any, round: ExchangeRound, pair: Sequence[str], count: int) -> None:
    """How many interpreters work between two languages at the same time; 0 takes the pair away."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.DRAFT, RoundState.INTERESTS, *TIMETABLE)
    one, other = sorted(pair)
    if one == other:
        raise Refused(_("Interpreters work between two different languages."))
    standing = Interpreters.objects.filter(round=round_, one_language=one, other_language=other).first()
    before = {"languages": f"{one}-{other}", "count": standing.count if standing else 0}
    if count:
        Interpreters.objects.update_or_create(
            round=round_, one_language=one, other_language=other, defaults={"count": count}
        )
    elif standing:
        standing.delete()
    after = {**before, "count": count}
    record(by=by, verb="interpreters set", on=round_, before=before, after=after, public=timetable_shown(round_))


def _check(frame: RoundFrame) -> None:
    if frame.starts_on > frame.ends_on:
        raise Refused(_("The last day of the round comes before the first."))
    if frame.interests_until > frame.starts_on:
        raise Refused(_("Interests are given before the round: put their last day before its first."))
    if frame.time_zone not in available_timezones():
        raise Refused(_("There is no time zone %(zone)s.") % {"zone": frame.time_zone})
    if not frame.languages:
        raise Refused(_("Choose at least one language of the round."))


def _columns(frame: RoundFrame) -> dict[str, Any]:
    values = {name: getattr(frame, name) for name in (field.name for field in fields(frame))}
    return {**values, "languages": " ".join(frame.languages)}
