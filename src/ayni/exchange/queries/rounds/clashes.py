"""What stands in the way of a meeting in a slot and a room, in sentences."""

from collections.abc import Iterator
from itertools import product

from django.utils.translation import gettext as _

from ayni.exchange.models import Delegation, ExchangeRound, Meeting, Room, TimeSlot
from ayni.exchange.queries.rounds.plan import Plan, pair_of, read_plan, reports


def clashes(plan: Plan, meeting: Meeting, slot: TimeSlot, room: Room) -> list[str]:
    """Why `meeting` cannot be in `slot` and `room` beside all others; empty when it can."""
    found = list(_own(plan, meeting, slot, room))
    beside = [one for one in plan.planned if one.pk != meeting.pk and one.slot_id == slot.pk]
    for one in beside:
        both = {*pair_of(meeting)} & {*pair_of(one)}
        found += [
            _("%(name)s already meets in that slot (meeting %(number)d).")
            % {"name": plan.delegations[who], "number": one.number}
            for who in both
        ]
        if one.room_id == room.pk:
            found.append(_("%(room)s is taken by meeting %(number)d.") % {"room": room, "number": one.number})
    if not found and interpreter_for(plan, meeting, slot) is None:
        found.append(_("The interpreters that the two need work elsewhere in that slot."))
    return found


def interpreter_for(plan: Plan, meeting: Meeting, slot: TimeSlot) -> str | None:
    """The pair of languages interpreted ("" where the two share one); None where nobody is free."""
    pairs = language_pairs(plan, meeting)
    if pairs is None:
        return ""
    taken = [one.interpreted for one in plan.planned if one.slot_id == slot.pk and one.pk != meeting.pk]
    order = sorted(pairs, key=lambda pair: (pair != meeting.interpreted, pair))
    return next(
        (told for told in order if taken.count(told) < plan.interpreters.get(frozenset(told.split("-")), 0)), None
    )


def language_pairs(plan: Plan, meeting: Meeting) -> list[str] | None:
    """The pairs of languages in which the two of a meeting could be interpreted; None where they share a language."""
    one, other = (plan.delegations[key].spoken for key in pair_of(meeting))
    if {*one} & {*other}:
        return None
    return sorted({"-".join(sorted(pair)) for pair in product(one, other)})


def troubles(plan: Plan) -> dict[int, list[str]]:
    """{meeting: why it can no longer be held as it stands}, after late changes."""
    found: dict[int, list[str]] = {}
    slots = {slot.pk: slot for slot in plan.slots}
    rooms = {room.pk: room for room in plan.rooms}
    for meeting in plan.planned:
        reasons = list(_own(plan, meeting, slots[meeting.slot_id], rooms[meeting.room_id]))
        pairs = language_pairs(plan, meeting)
        if pairs is not None and meeting.interpreted not in pairs:
            reasons.append(_("The two share no language now, and no interpreter is planned."))
        if reasons:
            found[meeting.pk] = reasons
    for meeting in _without_interpreter(plan):
        found.setdefault(meeting.pk, []).append(_("There are fewer interpreters than the meetings of the slot need."))
    return found


def told_troubles(round_: ExchangeRound) -> list[tuple[int, list[str]]]:
    """(number of the meeting, why it can no longer be held as it stands), as the round is now."""
    plan = read_plan(round_)
    numbers = {meeting.pk: meeting.number for meeting in plan.meetings}
    return [(numbers[key], reasons) for key, reasons in troubles(plan).items()]


def _own(plan: Plan, meeting: Meeting, slot: TimeSlot, room: Room) -> Iterator[str]:
    if slot.is_break:
        yield _("That slot is a break.")
    for who in pair_of(meeting):
        if (who, slot.pk) in plan.away:
            yield _away(plan.delegations[who])
    if (room.pk, slot.pk) in plan.lost:
        yield _("%(room)s cannot be used in that slot.") % {"room": room}


def _away(delegation: Delegation) -> str:
    return _("%(name)s is away in that slot.") % {"name": delegation}


def _without_interpreter(plan: Plan) -> Iterator[Meeting]:
    """The meetings beyond the number of interpreters of their pair in their slot, those that may move first."""
    groups: dict[tuple[int, str], list[Meeting]] = {}
    for meeting in plan.planned:
        if meeting.interpreted and language_pairs(plan, meeting) is not None:
            groups.setdefault((meeting.slot_id, meeting.interpreted), []).append(meeting)
    for (_slot, told), here in groups.items():
        free = plan.interpreters.get(frozenset(told.split("-")), 0)
        yield from sorted(here, key=lambda one: (not (one.pinned or reports(one)), one.number))[free:]


def stuck(plan: Plan) -> list[str]:
    """Sentences about meetings that no timetable may move and that can no longer be held as they stand."""
    found = troubles(plan)
    return [
        _("Meeting %(number)d stays where it is, because it is pinned or was held, and cannot: %(reasons)s")
        % {"number": meeting.number, "reasons": " ".join(found[meeting.pk])}
        for meeting in plan.planned
        if meeting.pk in found and (meeting.pinned or reports(meeting))
    ]
