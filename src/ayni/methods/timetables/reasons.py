"""Why a wish finds no place beside the meetings that are held. See docs/methods/timetables.md."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ayni.methods.timetables.event import Event, Meeting, Pair, Wish

# The first that holds is the reason of a slot.
NEVER_TOGETHER, NO_INTERPRETER = "never-together", "no-interpreter"
ONE_BUSY, OTHER_BUSY, NO_ROOM, INTERPRETERS_BUSY, FREE = (
    "one-busy",
    "other-busy",
    "no-room",
    "interpreters-busy",
    "free",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """`code`: what stands in the way in every slot; `slots`: {reason: in how many of the slots in which both are there}.

    `code` is "taken" where the slots have different reasons, and "free" where the wish could still be held in one.
    """

    code: str
    slots: dict[str, int]


def why_not(event: Event, meetings: Sequence[Meeting], wish: Wish) -> Reason:
    """What stands in the way of `wish`, given `meetings`."""
    slots = event.possible_slots(wish)
    pairs = event.pairs(wish)
    if not slots:
        return Reason(NEVER_TOGETHER, {})
    if pairs == []:
        return Reason(NO_INTERPRETER, {})
    found = Counter(_in_slot(event, meetings, wish, pairs, slot) for slot in slots)
    if FREE in found:
        return Reason(FREE, dict(found))
    return Reason(next(iter(found)) if len(found) == 1 else "taken", dict(found))


def _in_slot(event: Event, meetings: Sequence[Meeting], wish: Wish, pairs: Sequence[Pair] | None, slot: int) -> str:
    wishes = {one.id: one for one in event.wishes}
    here = [meeting for meeting in meetings if meeting.slot == slot]
    busy = {who for meeting in here for who in (wishes[meeting.wish].a, wishes[meeting.wish].b)}
    if wish.a in busy:
        return ONE_BUSY
    if wish.b in busy:
        return OTHER_BUSY
    if len(here) >= event.rooms_in(slot):
        return NO_ROOM
    working = Counter(frozenset(meeting.interpreter) for meeting in here if meeting.interpreter)
    if pairs is not None and all(working[pair] >= event.interpreters[pair] for pair in pairs):
        return INTERPRETERS_BUSY
    return FREE
