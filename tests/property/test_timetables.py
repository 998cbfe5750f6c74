"""Timetables against every timetable there is, on small rounds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.timetables.event import Delegation, Event, Wish, clashes
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
