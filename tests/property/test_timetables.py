"""Timetables against every timetable there is, on small rounds."""

from dataclasses import replace
from itertools import product
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.timetables.event import Delegation, Event, Meeting, Wish, clashes
from ayni.methods.timetables.reasons import FREE, NEVER_TOGETHER, NO_INTERPRETER, why_not
from ayni.methods.timetables.solve import timetable

LANGUAGES = ("es", "pt", "en")


@st.composite
def events(draw) -> Event:
    slots = draw(st.integers(1, 3))
    delegations = [
        Delegation(
            f"d{number}",
            frozenset(draw(st.sets(st.sampled_from(LANGUAGES), min_size=1, max_size=2))),
            frozenset(draw(st.sets(st.integers(0, slots - 1), min_size=1))),
        )
        for number in range(draw(st.integers(2, 5)))
    ]
    pairs = [frozenset(pair) for pair in (("es", "pt"), ("es", "en"), ("en", "pt"))]
    interpreters = {pair: draw(st.integers(0, 2)) for pair in draw(st.sets(st.sampled_from(pairs)))}
    wishes = []
    for number in range(draw(st.integers(0, 5))):
        two = draw(st.lists(st.sampled_from(delegations), min_size=2, max_size=2, unique_by=lambda one: one.id))
        wishes.append(Wish(f"w{number}", two[0].id, two[1].id, float(draw(st.integers(0, 4)))))
    known = [wish.id for wish in wishes]
    standing = draw(st.dictionaries(st.sampled_from(known), st.integers(0, slots - 1))) if known else {}
    cost = draw(st.sampled_from((0.0, 0.5, 3.0)))
    return Event(slots, draw(st.integers(1, 2)), delegations, interpreters, wishes, standing, cost)


def most(event: Event) -> float:
    """The most that any timetable is worth, by the words of the rules alone."""
    who = {delegation.id: delegation for delegation in event.delegations}

    def plan(wishes, busy, rooms, working) -> float:
        if not wishes:
            return 0.0
        wish, *others = wishes
        stood = event.standing.get(wish.id)
        best = plan(others, busy, rooms, working) - (event.move_cost if stood is not None else 0.0)
        one, other = who[wish.a], who[wish.b]
        pairs = (
            [None]
            if one.languages & other.languages
            else [frozenset((x, y)) for x in one.languages for y in other.languages]
        )
        for slot in one.free & other.free:
            if rooms.get(slot, 0) == event.rooms or {(slot, one.id), (slot, other.id)} & busy:
                continue
            for pair in set(pairs):
                if pair and working.get((slot, pair), 0) >= event.interpreters.get(pair, 0):
                    continue
                more = working if pair is None else working | {(slot, pair): working.get((slot, pair), 0) + 1}
                seen = busy | {(slot, one.id), (slot, other.id)}
                here = wish.weight - (event.move_cost if stood not in (None, slot) else 0.0)
                best = max(best, here + plan(others, seen, rooms | {slot: rooms.get(slot, 0) + 1}, more))
        return best

    return plan(list(event.wishes), frozenset(), {}, {})


@given(events())
@settings(max_examples=300)
def test_a_timetable_never_clashes_and_meets_the_most(event):
    found = timetable(event, time_limit=30)
    assert not clashes(event, found.meetings)
    assert abs(found.objective - most(event)) < 1e-6
    slots = {meeting.wish: meeting.slot for meeting in found.meetings}
    assert set(found.moved) == {wish for wish, slot in event.standing.items() if slots.get(wish) != slot}
    assert found.bound >= found.objective - 1e-9 and found.bound - found.objective < 1e-6
    assert {meeting.wish for meeting in found.meetings} | set(found.unscheduled) == {wish.id for wish in event.wishes}


@given(events(), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_wishes_and_delegations_never_matters(event, random):
    delegations, wishes = list(event.delegations), list(event.wishes)
    random.shuffle(delegations)
    random.shuffle(wishes)
    again = Event(event.slots, event.rooms, delegations, event.interpreters, wishes, event.standing, event.move_cost)
    assert timetable(event) == timetable(again)


@st.composite
def events_with_fixed(draw) -> Event:
    """Some meetings of a timetable stay as they are, and some rooms are lost where they leave room for it."""
    event = draw(events())
    held = timetable(event).meetings
    fixed = [meeting for meeting in held if draw(st.booleans())]
    used = {slot: sum(meeting.slot == slot for meeting in fixed) for slot in range(event.slots)}
    lost = {slot: draw(st.integers(0, event.rooms - used[slot])) for slot in range(event.slots)}
    return replace(event, fixed=fixed, lost=lost)


def fullest(event: Event) -> float:
    """The most that any timetable with the fixed meetings is worth: every choice of a slot, or none, for each wish."""
    best = -inf
    fixed = {meeting.wish: meeting for meeting in event.fixed}
    choices = [
        [fixed[wish.id]]
        if wish.id in fixed
        else [None, *(Meeting(wish.id, slot, 0, pair) for slot in range(event.slots) for pair in pairs_of(event, wish))]
        for wish in event.wishes
    ]
    for chosen in product(*choices):
        held = seated(event, [meeting for meeting in chosen if meeting is not None])
        if held is not None and not clashes(event, held):
            slots = {meeting.wish: meeting.slot for meeting in held}
            worth = sum(wish.weight for wish in event.wishes if wish.id in slots)
            moved = sum(slots.get(wish) != slot for wish, slot in event.standing.items())
            best = max(best, worth - event.move_cost * moved)
    return best


def pairs_of(event: Event, wish: Wish) -> list[tuple[str, str] | None]:
    pairs = event.pairs(wish)
    return [None] if pairs is None else [tuple(sorted(pair)) for pair in pairs]


def seated(event: Event, meetings: list[Meeting]) -> list[Meeting] | None:
    """Each in a room of its own; None where there are too few."""
    held = []
    for slot in range(event.slots):
        here = [meeting for meeting in meetings if meeting.slot == slot]
        taken = {meeting.room for meeting in here if meeting in event.fixed}
        rooms = iter([room for room in range(event.rooms) if room not in taken])
        for meeting in here:
            room = meeting.room if meeting in event.fixed else next(rooms, None)
            if room is None:
                return None
            held.append(replace(meeting, room=room))
    return held


@given(events_with_fixed())
@settings(max_examples=150)
def test_fixed_meetings_stay_and_the_rest_is_worth_the_most(event):
    found = timetable(event, time_limit=30)
    assert set(event.fixed) <= set(found.meetings)
    assert not clashes(event, found.meetings)
    assert abs(found.objective - fullest(event)) < 1e-6
    assert found.bound - found.objective < 1e-6


@given(events_with_fixed())
@settings(max_examples=150)
def test_a_wish_without_a_place_is_told_what_stands_in_its_way(event):
    found = timetable(event, time_limit=30)
    for wish in event.wishes:
        if wish.id not in found.unscheduled:
            continue
        reason = why_not(event, found.meetings, wish)
        together = event.delegation_of[wish.a].free & event.delegation_of[wish.b].free
        assert (reason.code == NEVER_TOGETHER) == (not together)
        could = any(
            not clashes(event, held)
            for slot in range(event.slots)
            for pair in pairs_of(event, wish)
            if (held := beside(event, found.meetings, Meeting(wish.id, slot, 0, pair))) is not None
        )
        assert (FREE in reason.slots or reason.code == FREE) == could
        assert not could or wish.weight == 0
        assert reason.code != NO_INTERPRETER or not pairs_of(event, wish)


def beside(event: Event, meetings, wish: Meeting) -> list[Meeting] | None:
    """`wish` in the first free room beside `meetings`, if there is one."""
    taken = {meeting.room for meeting in meetings if meeting.slot == wish.slot}
    room = next((room for room in range(event.rooms) if room not in taken), None)
    return None if room is None else [*meetings, replace(wish, room=room)]
