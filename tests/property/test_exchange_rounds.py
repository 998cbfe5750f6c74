"""Whatever is cancelled, pinned, moved or lost, a round's timetable never clashes, and a repair moves no more than it must."""

from contextlib import suppress
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayni.common.errors import Refused
from ayni.exchange.actions.rounds import timetable as actions
from ayni.exchange.models import Delegation, ExchangeRound, RoundState
from ayni.exchange.queries.rounds.clashes import language_pairs, stuck, troubles
from ayni.exchange.queries.rounds.plan import Plan, pair_of, read_plan
from tests.unit.exchange.rounds import in_state, plan, want

pytestmark = pytest.mark.django_db
CHANGES = ("cancel", "take up", "pin", "unpin", "move", "away", "room", "interpreters")


class Undone(Exception):
    """Takes an example's changes back."""


def changed(round_: ExchangeRound, draw) -> None:
    """One change of the kinds that happen on the day; what is refused changes nothing."""
    kind = draw(st.sampled_from(CHANGES))
    slots, rooms = list(round_.slots.filter(is_break=False)), list(round_.rooms.all())
    meeting = draw(st.sampled_from(list(round_.meetings.order_by("number"))))
    slot, room = draw(st.sampled_from(slots)), draw(st.sampled_from(rooms))
    delegation = draw(st.sampled_from(list(round_.delegations.order_by("code"))))
    some = [one for one in slots if draw(st.booleans())]
    acts = {
        "cancel": lambda: actions.cancel_meeting(by=None, meeting=meeting, reason="Because"),
        "take up": lambda: actions.take_up_meeting(by=None, meeting=meeting),
        "pin": lambda: actions.pin_meeting(by=None, meeting=meeting, pinned=True),
        "unpin": lambda: actions.pin_meeting(by=None, meeting=meeting, pinned=False),
        "move": lambda: actions.move_meeting(by=None, meeting=meeting, slot=slot, room=room),
        "away": lambda: actions.set_absences(by=None, delegation=delegation, slots=some),
        "room": lambda: actions.set_room_losses(by=None, room=room, slots=some),
        "interpreters": lambda: round_.interpreters.all().delete(),
    }
    # A refusal is an answer too: what stands then is held to the rules all the same.
    with suppress(Refused), transaction.atomic():
        acts[kind]()


def holds(found: Plan) -> None:
    """By the words of the rules: nobody in two places, in neither role; rooms, absences, interpreters."""
    for slot in found.slots:
        here = [one for one in found.planned if one.slot_id == slot.pk]
        people = [key for one in here for key in pair_of(one)]
        assert len(people) == len(set(people))
        assert len({one.room_id for one in here}) == len(here)
        assert not {(key, slot.pk) for key in people} & found.away
        assert not {(one.room_id, slot.pk) for one in here} & found.lost
        spoken = [one.interpreted for one in here if one.interpreted]
        for told in set(spoken):
            assert spoken.count(told) <= found.interpreters[frozenset(told.split("-"))]
    for one in found.planned:
        pairs = language_pairs(found, one)
        assert one.interpreted in (pairs if pairs is not None else [""])


def most_that_stay(found: Plan) -> int:
    """How many of the planned meetings can keep their slot at most: every choice of which stay, by the rules alone."""
    best = 0
    for chosen in product((True, False), repeat=len(found.planned)):
        stay = [one for one, stays in zip(found.planned, chosen, strict=True) if stays]
        if len(stay) > best and can_stay(found, stay):
            best = len(stay)
    return best


def can_stay(found: Plan, stay: list) -> bool:
    for slot in found.slots:
        here = [one for one in stay if one.slot_id == slot.pk]
        rooms = sum((room.pk, slot.pk) not in found.lost for room in found.rooms)
        if len(here) > rooms or any((key, slot.pk) in found.away for one in here for key in pair_of(one)):
            return False
        if not interpreted(found, here):
            return False
    return True


def interpreted(found: Plan, here: list) -> bool:
    """Whether the interpreters of one slot are enough, in some choice of the pairs."""
    needs = [pairs for one in here if (pairs := language_pairs(found, one)) is not None]
    return any(
        all(chosen.count(told) <= found.interpreters.get(frozenset(told.split("-")), 0) for told in chosen)
        for chosen in product(*needs)
    )


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_happens_a_repaired_timetable_holds_and_moves_as_little_as_it_can(data):
    with suppress(Undone), transaction.atomic():
        example(data)
        raise Undone


def example(data) -> None:
    round_ = in_state(RoundState.INTERESTS)
    for code, languages in (("ARG", "es"), ("JAM", "en")):
        Delegation.objects.create(round=round_, code=code, country_id=code, languages=languages)
    for who, whom in (("ARG", "CHL"), ("JAM", "BR-MDS"), ("CO-DPS", "ARG")):
        want(round_, who, whom, data.draw(st.integers(1, 3)))
    ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.PLANNING)
    plan(round_)
    holds(read_plan(round_))
    for _number in range(data.draw(st.integers(1, 4))):
        changed(round_, data.draw)
    before = read_plan(round_)
    if stuck(before):
        return
    stood = {one.number: one.slot_id for one in before.planned}
    plan(round_, repair="few")
    after = read_plan(round_)
    holds(after)
    assert not troubles(after)
    stays = sum(one.slot_id == stood.get(one.number) for one in after.planned)
    assert stays == most_that_stay(before)
