"""The meetings worth most that can be held, and how near they are to the best. See docs/methods/timetables.md.

Each wish may take one of its slots; delegations, rooms and interpreters are limits of each slot. HiGHS solves the whole
(Huangfu and Hall 2018); what it leaves open when its time is up, two slots at a time are planned anew with all the rest
held, a neighbourhood that is searched exactly (Ahuja and others 2002).
"""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ayni.methods.packing import Packing
from ayni.methods.timetables.event import Event, Meeting, Pair, Timetable, Wish

PROVED = 1e-6
# Seconds for one slot.
A_SLOT = 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """A wish in a slot, with the pair that interprets."""

    wish: int
    slot: int
    pair: Pair | None
    worth: float


def timetable(event: Event, *, time_limit: float = 60.0, seed: int = 0) -> Timetable:
    """The best timetable found within `time_limit` seconds. The same input and seed give the same one unless time runs out."""
    end = time.monotonic() + time_limit
    fixed = {meeting.wish for meeting in event.fixed}
    wishes = sorted(
        (wish for wish in event.wishes if (wish.weight > 0 or wish.id in event.standing) and wish.id not in fixed),
        key=lambda wish: wish.id,
    )
    places = possible(event, wishes)
    if not places:
        return _told(event, wishes, [], 0.0)
    bound, _prices = _packing(event, wishes, places, seed).parts()
    whole, reached = _whole(event, wishes, places, 0.6 * (end - time.monotonic()), seed)
    best, bound = whole, min(bound, reached)
    if _worth(best) < bound * (1 - PROVED):
        best = max(in_turn(event, wishes, places, seed), whole, key=lambda chosen: _worth(chosen))
        best = _improved(event, wishes, places, best, bound, end, seed)
    return _told(event, wishes, best, bound)


def in_turn(event: Event, wishes: Sequence[Wish], places: Sequence[Place], seed: int) -> list[Place]:
    """The slots one after the other, each with the meetings worth most among the wishes that are left."""
    chosen: list[Place] = []
    for slot in range(event.slots):
        met = {place.wish for place in chosen}
        here = [place for place in places if place.slot == slot and place.wish not in met]
        chosen += _whole(event, wishes, here, A_SLOT, seed)[0] if here else []
    return chosen


def possible(event: Event, wishes: Sequence[Wish]) -> list[Place]:
    """Every slot that a wish may take, with each pair of languages in which it can be interpreted."""
    found = []
    met = busy(event)
    for number, wish in enumerate(wishes):
        pairs = event.pairs(wish)
        for slot in event.possible_slots(wish):
            if {(slot, wish.a), (slot, wish.b)} & met:
                continue
            stays = event.move_cost if event.standing.get(wish.id) == slot else 0.0
            found += [Place(number, slot, pair, wish.weight + stays) for pair in ([None] if pairs is None else pairs)]
    return found


def busy(event: Event) -> set[tuple[int, str]]:
    """(slot, delegation) of the meetings that are fixed."""
    wishes = {wish.id: wish for wish in event.wishes}
    return {(meeting.slot, who) for meeting in event.fixed for who in (wishes[meeting.wish].a, wishes[meeting.wish].b)}


def _improved(
    event: Event,
    wishes: Sequence[Wish],
    places: Sequence[Place],
    best: list[Place],
    bound: float,
    end: float,
    seed: int,
) -> list[Place]:
    """Plan two slots anew while all others stand, until nothing gets better, the bound is reached or time is up."""
    pairs = [
        (one, other) for gap in range(1, event.slots) for one in range(event.slots - gap) for other in (one + gap,)
    ]
    since = 0
    while pairs and since < len(pairs) and _worth(best) < bound * (1 - PROVED):
        for two in pairs:
            if time.monotonic() > end:
                return best
            standing = [place for place in best if place.slot not in two]
            met = {place.wish for place in standing}
            here = [place for place in places if place.slot in two and place.wish not in met]
            found = standing + (_whole(event, wishes, here, end - time.monotonic(), seed)[0] if here else [])
            better = _worth(found) > _worth(best) + 1e-9
            best, since = (found, 0) if better else (best, since + 1)
            if since >= len(pairs):
                break
    return best


def _whole(
    event: Event, wishes: Sequence[Wish], places: Sequence[Place], seconds: float, seed: int
) -> tuple[list[Place], float]:
    chosen, bound = _packing(event, wishes, places, seed).whole(seconds=seconds, gap=PROVED / 10)
    return [places[place] for place in chosen], bound


def _packing(event: Event, wishes: Sequence[Wish], places: Sequence[Place], seed: int) -> Packing:
    """Limits: each wish once; each delegation, the rooms and the interpreters of each slot, less what is fixed."""
    rooms = Counter(meeting.slot for meeting in event.fixed)
    working = Counter((meeting.slot, frozenset(meeting.interpreter)) for meeting in event.fixed if meeting.interpreter)
    rows: dict[tuple[object, ...], int] = {}
    limits: list[float] = []

    def row(limit: float, *key: object) -> int:
        if key not in rows:
            rows[key] = len(limits)
            limits.append(limit)
        return rows[key]

    uses = []
    for place in places:
        wish = wishes[place.wish]
        use = [
            row(1, "wish", place.wish),
            row(1, "busy", place.slot, wish.a),
            row(1, "busy", place.slot, wish.b),
            row(event.rooms_in(place.slot) - rooms[place.slot], "rooms", place.slot),
        ]
        if place.pair is not None:
            free = event.interpreters[place.pair] - working[place.slot, place.pair]
            use.append(row(free, "pair", place.slot, place.pair))
        uses.append(dict.fromkeys(use, 1.0))
    packing = Packing(limits, seed=seed)
    packing.add([place.worth for place in places], uses, most=1.0)
    return packing


def _worth(chosen: Iterable[Place]) -> float:
    """The weight of the wishes met, with the cost of a move for each meeting that stays where it stood."""
    return sum(place.worth for place in chosen)


def _told(event: Event, wishes: Sequence[Wish], chosen: Collection[Place], bound: float) -> Timetable:
    meetings = []
    for slot in range(event.slots):
        standing = [meeting for meeting in event.fixed if meeting.slot == slot]
        here = sorted((place for place in chosen if place.slot == slot), key=lambda place: place.wish)
        rooms = [room for room in range(event.rooms) if room not in {meeting.room for meeting in standing}]
        planned = [_meeting(wishes, place, room) for place, room in zip(here, rooms, strict=False)]
        meetings += sorted(standing + planned, key=lambda meeting: meeting.room)
    slots = {meeting.wish: meeting.slot for meeting in meetings}
    unscheduled = tuple(sorted(wish.id for wish in event.wishes if wish.id not in slots))
    moved = tuple(sorted(wish for wish, slot in event.standing.items() if slots.get(wish) != slot))
    # What is known is the worth with what staying brings; a timetable that moved everything would have none of it.
    known = event.move_cost * len(event.standing) - _worth_of_fixed(event)
    objective, most = _worth(chosen) - known, bound - known
    if not meetings:
        return Timetable("none", objective, max(most, objective), (), unscheduled, moved)
    status = "optimal" if most - objective <= PROVED * max(abs(most), 1.0) else "feasible"
    return Timetable(status, objective, max(most, objective), tuple(meetings), unscheduled, moved)


def _meeting(wishes: Sequence[Wish], place: Place, room: int) -> Meeting:
    pair = tuple(sorted(place.pair)) if place.pair is not None else None
    return Meeting(wishes[place.wish].id, place.slot, room, (pair[0], pair[1]) if pair else None)


def _worth_of_fixed(event: Event) -> float:
    weights = {wish.id: wish.weight for wish in event.wishes}
    stays = sum(event.move_cost for meeting in event.fixed if event.standing.get(meeting.wish) == meeting.slot)
    return stays + sum(weights[meeting.wish] for meeting in event.fixed)
