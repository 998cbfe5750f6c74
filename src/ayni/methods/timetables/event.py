"""An exchange round's day: slots, rooms, delegations, interpreters, and the meetings that are wished for.

See docs/methods/timetables.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who comes: its languages (ISO 639-1) and the slots, counted from 0, in which it is free."""

    id: str
    languages: frozenset[str]
    free: frozenset[int]

    def __post_init__(self) -> None:
        if not self.languages:
            raise ValueError(f"{self.id}: a delegation has at least one language.")
        if not self.free:
            raise ValueError(f"{self.id}: a delegation is free in at least one slot.")


@dataclass(frozen=True, slots=True)
class Wish:
    """A meeting of two delegations, and how much it is worth."""

    id: str
    a: str
    b: str
    weight: float

    def __post_init__(self) -> None:
        if self.a == self.b:
            raise ValueError(f"{self.id}: a delegation does not meet itself.")
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"{self.id}: weight is zero or more.")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wish met: slot and room counted from 0; `interpreter` the pair of languages, sorted, or None where one is shared."""

    wish: str
    slot: int
    room: int
    interpreter: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Timetable:
    """Meetings in the order of slots and rooms; no timetable is worth more than `bound`.

    `objective` is the weight of the wishes met, less the cost of the meetings `moved` from where they stood or given up.
    `status` is "optimal" (the gap is proved to be below 1e-6), "feasible", or "none" when no wish can be met.
    """

    status: str
    objective: float
    bound: float
    meetings: tuple[Meeting, ...]
    unscheduled: tuple[str, ...]
    moved: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        return max(0.0, self.bound - self.objective) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True)
class Event:
    """`interpreters` {pair of languages: how many can work at the same time}.

    `standing` {wish: slot} is a timetable that people know already; each of its meetings that is not held in its slot costs `move_cost`.
    `fixed` are meetings that stay as they are whatever happens; `lost` {slot: how many rooms fewer there are}.
    Raises ValueError for what names nothing, and for fixed meetings that cannot stay.
    """

    slots: int
    rooms: int
    delegations: Sequence[Delegation]
    interpreters: Mapping[Pair, int]
    wishes: Sequence[Wish]
    standing: Mapping[str, int] = field(default_factory=dict)
    move_cost: float = 0.0
    fixed: Sequence[Meeting] = ()
    lost: Mapping[int, int] = field(default_factory=dict)
    delegation_of: Mapping[str, Delegation] = field(init=False)

    def __post_init__(self) -> None:
        known = {delegation.id: delegation for delegation in self.delegations}
        if self.slots < 1 or self.rooms < 1:
            raise ValueError("There is at least one slot and one room.")
        if len(known) < len(self.delegations) or len({wish.id for wish in self.wishes}) < len(self.wishes):
            raise ValueError("Each delegation and each wish has an identifier of its own.")
        for delegation in self.delegations:
            if not all(0 <= slot < self.slots for slot in delegation.free):
                raise ValueError(f"{delegation.id}: is free in a slot that there is not.")
        for wish in self.wishes:
            if wish.a not in known or wish.b not in known:
                raise ValueError(f"{wish.id}: names a delegation that does not come.")
        if not (math.isfinite(self.move_cost) and self.move_cost >= 0):
            raise ValueError("move_cost is zero or more.")
        if any(len(pair) != 2 or count < 0 for pair, count in self.interpreters.items()):
            raise ValueError("Interpreters work between two languages, and there are none or more.")
        object.__setattr__(self, "delegation_of", known)
        self._check_what_stands()

    def _check_what_stands(self) -> None:
        wishes = {wish.id for wish in self.wishes}
        if not set(self.standing) <= wishes:
            raise ValueError("What stands is a wish.")
        if not all(0 <= slot < self.slots and 0 <= count <= self.rooms for slot, count in self.lost.items()):
            raise ValueError("Rooms are lost in a slot that there is, and no more than there are.")
        if not {meeting.wish for meeting in self.fixed} <= wishes:
            raise ValueError("What is fixed is a wish.")
        found = clashes(self, self.fixed)
        if found:
            raise ValueError(f"What is fixed cannot stay: {found[0]}.")

    def rooms_in(self, slot: int) -> int:
        """How many rooms can be used in `slot`."""
        return self.rooms - self.lost.get(slot, 0)

    def possible_slots(self, wish: Wish) -> list[int]:
        """The slots in which both are free."""
        return sorted(self.delegation_of[wish.a].free & self.delegation_of[wish.b].free)

    def pairs(self, wish: Wish) -> list[Pair] | None:
        """The pairs of languages in which the two can be interpreted; None where they share a language."""
        one, other = self.delegation_of[wish.a].languages, self.delegation_of[wish.b].languages
        if one & other:
            return None
        pairs = {frozenset(pair) for pair in product(one, other)}
        return sorted((pair for pair in pairs if self.interpreters.get(pair, 0) > 0), key=sorted)


def clashes(event: Event, meetings: Sequence[Meeting]) -> list[str]:
    """What meetings do against the rules, in words; empty when they keep them all."""
    found = []
    wishes = {wish.id: wish for wish in event.wishes}
    if len({meeting.wish for meeting in meetings}) < len(meetings):
        found.append("a wish is met twice")
    busy: set[tuple[int, str]] = set()
    rooms: set[tuple[int, int]] = set()
    used: dict[int, int] = {}
    working: dict[tuple[int, Pair], int] = {}
    for meeting in meetings:
        wish = wishes[meeting.wish]
        for who in (wish.a, wish.b):
            if meeting.slot not in event.delegation_of[who].free:
                found.append(f"{who} is not free in slot {meeting.slot}")
            if (meeting.slot, who) in busy:
                found.append(f"{who} is in two places in slot {meeting.slot}")
            busy.add((meeting.slot, who))
        if not 0 <= meeting.room < event.rooms or (meeting.slot, meeting.room) in rooms:
            found.append(f"room {meeting.room} is not there or taken in slot {meeting.slot}")
        rooms.add((meeting.slot, meeting.room))
        used[meeting.slot] = used.get(meeting.slot, 0) + 1
        pairs = event.pairs(wish)
        if (pairs is None) != (meeting.interpreter is None) or (
            pairs is not None and meeting.interpreter is not None and frozenset(meeting.interpreter) not in pairs
        ):
            found.append(f"{wish.id} has not the interpreter that it needs")
        if meeting.interpreter is not None:
            key = (meeting.slot, frozenset(meeting.interpreter))
            working[key] = working.get(key, 0) + 1
    found += [f"too few rooms in slot {slot}" for slot, count in used.items() if count > event.rooms_in(slot)]
    found += [
        f"too few interpreters in slot {slot}"
        for (slot, pair), count in working.items()
        if count > event.interpreters.get(pair, 0)
    ]
    return found
