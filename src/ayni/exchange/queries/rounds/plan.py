"""What a timetable is made from, read once: who comes and is there, the rooms, the interpreters, the wishes, what stands."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ayni.exchange.models import (
    Absence,
    Delegation,
    ExchangeRound,
    Interest,
    Interpreters,
    Meeting,
    MeetingState,
    Room,
    RoomLoss,
    TimeSlot,
)

Pair = tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """Everything by its key. `slots` are those for meetings, in order; `wishes` {pair: the weight of its interests}."""

    delegations: Mapping[int, Delegation]
    slots: Sequence[TimeSlot]
    rooms: Sequence[Room]
    away: frozenset[Pair]
    lost: frozenset[Pair]
    interpreters: Mapping[frozenset[str], int]
    wishes: Mapping[Pair, int]
    meetings: Sequence[Meeting]

    @property
    def digest(self) -> str:
        """Changes whenever anything does that a timetable rests on."""
        told = [
            sorted((key, one.languages) for key, one in self.delegations.items()),
            [slot.pk for slot in self.slots],
            [room.pk for room in self.rooms],
            sorted(self.away),
            sorted(self.lost),
            sorted((sorted(pair), count) for pair, count in self.interpreters.items()),
            sorted(self.wishes.items()),
            sorted(
                (one.pk, one.slot_id, one.room_id, one.interpreted, one.state, one.pinned, bool(reports(one)))
                for one in self.meetings
            ),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def planned(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.stands]

    @property
    def open_wishes(self) -> dict[Pair, int]:
        """Those that nobody has cancelled by hand."""
        cancelled = {pair_of(one) for one in self.meetings if one.state == MeetingState.CANCELLED}
        return {pair: weight for pair, weight in self.wishes.items() if pair not in cancelled}


def read_plan(round_: ExchangeRound) -> Plan:
    """The plan of a round as it stands. Eight queries, however large it is."""
    meetings = Meeting.objects.filter(round=round_).prefetch_related("reports").order_by("number")
    return Plan(
        delegations={
            one.pk: one
            for one in Delegation.objects.filter(round=round_)
            .select_related("country", "institution")
            .prefetch_related("institution__names")
        },
        slots=list(TimeSlot.objects.filter(round=round_, is_break=False)),
        rooms=list(Room.objects.filter(round=round_)),
        away=frozenset(Absence.objects.filter(delegation__round=round_).values_list("delegation_id", "slot_id")),
        lost=frozenset(RoomLoss.objects.filter(room__round=round_).values_list("room_id", "slot_id")),
        interpreters={
            frozenset({one.one_language, one.other_language}): one.count
            for one in Interpreters.objects.filter(round=round_)
        },
        wishes=weights(Interest.objects.filter(delegation__round=round_, withdrawn=False)),
        meetings=list(meetings),
    )


def weights(interests: Iterable[Interest]) -> dict[Pair, int]:
    """The weight of each pair's meeting: all interests of the two in one another together."""
    found: Counter[Pair] = Counter()
    for interest in interests:
        found[pair(interest.delegation_id, interest.partner_id)] += interest.weight
    return dict(found)


def pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def pair_of(meeting: Meeting) -> Pair:
    return (meeting.one_id, meeting.other_id)


def reports(meeting: Meeting) -> int:
    """How many forms were filled after it: a meeting with one was held."""
    return len(meeting.reports.all())
