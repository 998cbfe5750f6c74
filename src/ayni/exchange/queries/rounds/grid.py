"""The timetable as people read it: slots by rooms, the schedule of a delegation or a room, and what a version moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ayni.exchange.models import Delegation, ExchangeRound, Meeting, Room, TimeSlot, TimetableVersion
from ayni.methods.timetables import reasons

REASONS: dict[str, Promise] = {
    reasons.NEVER_TOGETHER: _("The two are never there at the same time."),
    reasons.NO_INTERPRETER: _("The two share no language, and no interpreter works between theirs."),
    reasons.FREE: _("There is a place: a repair would give it."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A slot of the grid: a meeting or None for each room; `lost` says which rooms cannot be used."""

    slot: TimeSlot
    cells: tuple[tuple[Room, Meeting | None, bool], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    rooms: Sequence[Room]
    lines: Sequence[Line]
    waiting: Sequence[Meeting]


def grid(round_: ExchangeRound) -> Grid:
    """Every slot, breaks too, with its meetings by room; `waiting`: meetings without a place, and cancelled ones."""
    rooms = list(round_.rooms.all())
    slots = list(round_.slots.prefetch_related("room_losses"))
    meetings = list(with_names(round_.meetings.all()))
    placed = {(one.slot_id, one.room_id): one for one in meetings if one.stands}
    return Grid(
        rooms,
        [Line(slot, _cells(slot, rooms, placed)) for slot in slots],
        [one for one in meetings if not one.stands],
    )


def with_names(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """With what a line about a meeting says."""
    sides = ("one", "other")
    return meetings.select_related(
        "slot", "room", *(f"{side}__{part}" for side in sides for part in ("country", "institution"))
    ).prefetch_related(*(f"{side}__institution__names" for side in sides))


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting as one side reads it; `filled`: whether the side's form is there (None where it was not asked for)."""

    meeting: Meeting
    partner: Delegation
    filled: bool | None = None


def schedule_of(delegation: Delegation) -> list[Seen]:
    """The planned meetings of a delegation in order of time."""
    rows = with_names(delegation.round.meetings.filter(Q(one=delegation) | Q(other=delegation), state="planned"))
    return [
        Seen(
            row,
            row.other if row.one_id == delegation.pk else row.one,
            any(report.delegation_id == delegation.pk for report in row.reports.all()),
        )
        for row in rows.prefetch_related("reports")
    ]


def schedules(round_: ExchangeRound) -> list[tuple[Delegation, list[Seen]]]:
    """The schedule of every delegation that meets, for paper; one read of the meetings."""
    held: dict[int, list[Seen]] = {}
    people: dict[int, Delegation] = {}
    for meeting in with_names(round_.meetings.filter(state="planned")):
        for side, partner in ((meeting.one, meeting.other), (meeting.other, meeting.one)):
            people[side.pk] = side
            held.setdefault(side.pk, []).append(Seen(meeting, partner))
    order = sorted(people.values(), key=lambda one: str(one).casefold())
    return [(one, held[one.pk]) for one in order]


def room_schedule(room: Room) -> list[Meeting]:
    return list(with_names(room.meetings.filter(state="planned")))


def room_schedules(round_: ExchangeRound) -> list[tuple[Room, list[Meeting]]]:
    """What is held in each room; one read of the meetings."""
    held: dict[int, list[Meeting]] = {}
    for meeting in with_names(round_.meetings.filter(state="planned")):
        held.setdefault(meeting.room_id, []).append(meeting)
    return [(room, held[room.pk]) for room in round_.rooms.all() if room.pk in held]


def moves_of(version: TimetableVersion) -> list[dict[str, Any]]:
    """What a version moved: each meeting with the slot and the room before and after."""
    round_ = version.round
    meetings = {one.number: one for one in with_names(round_.meetings.all())}
    slots = {one.pk: one for one in round_.slots.all()}
    rooms = {one.pk: one for one in round_.rooms.all()}

    def place(keys: list[int] | None) -> dict[str, Any] | None:
        return {"slot": slots.get(keys[0]), "room": rooms.get(keys[1])} if keys else None

    return [
        {"meeting": meetings.get(move["number"]), "before": place(move["from"]), "after": place(move["to"])}
        for move in version.moves
    ]


def unmet_of(version: TimetableVersion, delegations: dict[int, Delegation]) -> list[dict[str, Any]]:
    """The wishes without a place in a version, with the reasons in words."""
    found = []
    for wish in version.unmet:
        one, other = (delegations.get(key) for key in wish["pair"])
        told = REASONS.get(wish["reason"])
        why = [told] if told else [_in_the_way(code, count, one, other) for code, count in wish["slots"].items()]
        found.append({"one": one, "other": other, "weight": wish["weight"], "why": why})
    return found


def _in_the_way(code: str, count: int, one: Delegation | None, other: Delegation | None) -> str:
    """What stands in the way in `count` of the slots in which both are there."""
    if code == reasons.NO_ROOM:
        text = ngettext("Every room is taken in %(number)d slot.", "Every room is taken in %(number)d slots.", count)
    elif code == reasons.INTERPRETERS_BUSY:
        text = ngettext(
            "The interpreters work elsewhere in %(number)d slot.",
            "The interpreters work elsewhere in %(number)d slots.",
            count,
        )
    else:
        text = ngettext(
            "%(name)s meets somebody else in %(number)d slot.",
            "%(name)s meets somebody else in %(number)d slots.",
            count,
        )
    return text % {"number": count, "name": one if code == reasons.ONE_BUSY else other}


def _cells(
    slot: TimeSlot, rooms: Sequence[Room], placed: dict[tuple[int, int], Meeting]
) -> tuple[tuple[Room, Meeting | None, bool], ...]:
    lost = {one.room_id for one in slot.room_losses.all()}
    return tuple((room, placed.get((slot.pk, room.pk)), room.pk in lost) for room in rooms)
