"""A timetable is solved outside of any transaction; `actions.rounds.timetable.save_timetable` keeps it if nothing changed.

See docs/methods/timetables.md and docs/howto/exchange-rounds.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ayni.exchange.models import Meeting
from ayni.exchange.queries.rounds.clashes import language_pairs, stuck
from ayni.exchange.queries.rounds.plan import Pair, Plan, pair_of, reports
from ayni.methods.timetables import event as method
from ayni.methods.timetables.reasons import NEVER_TOGETHER, why_not
from ayni.methods.timetables.solve import timetable

SECONDS = 20.0
# What it costs to move a meeting, in weights of wishes: more than all wishes together, or one.
AS_FEW_AS_POSSIBLE, WHERE_IT_BRINGS_MORE = "few", "gain"


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting as the timetable holds it; all keys. `interpreted` is "" or a pair such as "en-es"."""

    pair: Pair
    slot: int
    room: int
    interpreted: str


@dataclass(frozen=True, slots=True)
class Found:
    """A timetable that was solved for the plan with `digest`. `unmet`: wishes without a place, with the reason."""

    digest: str
    repaired: bool
    placed: tuple[Placed, ...]
    objective: float
    bound: float
    wished: float
    unmet: tuple[dict[str, Any], ...]


def solve(plan: Plan, *, repair: str = "", seconds: float = SECONDS) -> Found:
    """The best timetable for `plan`: anew, or (`repair`) from the one that stands, moving what must be moved.

    Pinned meetings and those that were held stay. Raises ValueError where they cannot: `stuck` says why.
    """
    stays = stuck(plan)
    if stays:
        raise ValueError(" ".join(stays))
    wishes = plan.open_wishes
    held = [one for one in plan.planned if is_fixed(one)]
    standing = plan.planned if repair else []
    for meeting in (*held, *standing):
        wishes.setdefault(pair_of(meeting), 0)
    event, names = _event(plan, wishes, held, standing, repair)
    found = timetable(event, time_limit=seconds)
    unmet = [_unmet(event, found.meetings, names, wish) for wish in found.unscheduled]
    unmet += [
        {"pair": list(pair), "weight": weight, "reason": NEVER_TOGETHER, "slots": {}}
        for pair, weight in wishes.items()
        if pair not in names.values()
    ]
    weight = {name: wishes[pair] for name, pair in names.items()}
    met = sum(weight[meeting.wish] for meeting in found.meetings)
    return Found(
        digest=plan.digest,
        repaired=bool(repair),
        placed=tuple(seat(plan, names, found.meetings)),
        objective=float(met),
        bound=met + (found.bound - found.objective),
        wished=float(sum(wishes.values())),
        unmet=tuple(sorted((one for one in unmet if one["weight"]), key=lambda one: (-one["weight"], one["pair"]))),
    )


def is_fixed(meeting: Meeting) -> bool:
    """Whether no timetable moves it: it is pinned, or was held."""
    return meeting.pinned or reports(meeting) > 0


def seat(plan: Plan, names: dict[str, Pair], meetings: Sequence[method.Meeting]) -> list[Placed]:
    """Each meeting in a room: the one that it had where it stays in its slot, else the first that is left."""
    stood = {pair_of(one): one for one in plan.planned}
    placed = []
    for number, slot in enumerate(plan.slots):
        here = [meeting for meeting in meetings if meeting.slot == number]
        rooms = {room.pk: None for room in plan.rooms if (room.pk, slot.pk) not in plan.lost}
        kept: dict[str, int] = {}
        for meeting in here:
            one = stood.get(names[meeting.wish])
            if one is not None and one.slot_id == slot.pk and one.room_id in rooms:
                kept[meeting.wish] = one.room_id
                del rooms[one.room_id]
        left = iter(rooms)
        placed += [
            Placed(
                names[meeting.wish],
                slot.pk,
                kept[meeting.wish] if meeting.wish in kept else next(left),
                "-".join(meeting.interpreter or ()),
            )
            for meeting in here
        ]
    return placed


def _event(
    plan: Plan, wishes: dict[Pair, int], held: list[Meeting], standing: list[Meeting], repair: str
) -> tuple[method.Event, dict[str, Pair]]:
    """The event of the method, and the pair behind the name of each wish."""
    number = {slot.pk: position for position, slot in enumerate(plan.slots)}
    free = {
        key: frozenset(position for pk, position in number.items() if (key, pk) not in plan.away)
        for key in plan.delegations
    }
    names = {f"{one:09}-{other:09}": (one, other) for one, other in wishes if free[one] and free[other]}
    name = {pair: told for told, pair in names.items()}
    lost = {position: sum(slot == pk for _room, slot in plan.lost) for pk, position in number.items()}
    event = method.Event(
        slots=len(plan.slots),
        rooms=len(plan.rooms),
        delegations=[
            method.Delegation(str(key), frozenset(one.spoken), free[key])
            for key, one in plan.delegations.items()
            if free[key]
        ],
        interpreters=plan.interpreters,
        wishes=[
            method.Wish(told, str(one), str(other), float(wishes[one, other])) for told, (one, other) in names.items()
        ],
        standing={name[pair_of(one)]: number[one.slot_id] for one in standing if pair_of(one) in name},
        move_cost=_cost(wishes, repair),
        fixed=[_fixed(plan, one, name[pair_of(one)], number) for one in held],
        lost=lost,
    )
    return event, names


def _cost(wishes: dict[Pair, int], repair: str) -> float:
    if not repair:
        return 0.0
    return 1.0 + sum(wishes.values()) if repair == AS_FEW_AS_POSSIBLE else 1.0


def _fixed(plan: Plan, meeting: Meeting, name: str, number: dict[int, int]) -> method.Meeting:
    """Two that share a language by now need the interpreter no longer with whom they were planned."""
    room = [room.pk for room in plan.rooms].index(meeting.room_id)
    one, _dash, other = meeting.interpreted.partition("-")
    interpreted = bool(one) and language_pairs(plan, meeting) is not None
    return method.Meeting(name, number[meeting.slot_id], room, (one, other) if interpreted else None)


def _unmet(
    event: method.Event, meetings: Sequence[method.Meeting], names: dict[str, Pair], told: str
) -> dict[str, Any]:
    wish = next(wish for wish in event.wishes if wish.id == told)
    reason = why_not(event, meetings, wish)
    return {"pair": list(names[told]), "weight": wish.weight, "reason": reason.code, "slots": reason.slots}
