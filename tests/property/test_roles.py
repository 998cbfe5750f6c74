"""The balance of roles and reciprocity, against counts made in another way."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.roles import balance, dual_role, reciprocity

ROLES = ("first-offerer", "second-offerer", "recipient", "both", "unknown")
held = st.lists(st.sets(st.sampled_from(ROLES), min_size=1), max_size=12)
flows = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD")).filter(lambda pair: pair[0] != pair[1]),
    st.integers(0, 9),
)


@given(held)
def test_each_initiative_counts_once(roles):
    found = balance(roles)
    assert found.offered + found.received + found.both + found.unknown == len(roles)
    gives = sum(bool(one & {"first-offerer", "second-offerer", "both"}) for one in roles)
    takes = sum(bool(one & {"recipient", "both"}) for one in roles)
    assert (found.offered + found.both, found.received + found.both) == (gives, takes)


@given(held, st.randoms())
def test_the_order_of_initiatives_does_not_matter(roles, dice):
    shuffled = list(roles)
    dice.shuffle(shuffled)
    assert balance(roles) == balance(shuffled)


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_dual_role_is_twice_the_smaller_over_the_whole(offered, received):
    found = dual_role(offered, received)
    if offered + received == 0:
        assert found is None
    else:
        assert found == pytest.approx(float(Fraction(2 * min(offered, received), offered + received)))
        assert found == dual_role(received, offered)


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        dual_role(-1, 2)


@given(flows)
def test_reciprocity_is_the_part_of_each_unit_that_meets_one_coming_back(weights):
    found = reciprocity(weights)
    units = [pair for pair, weight in weights.items() for _unit in range(weight)]
    if not units:
        assert found is None
        return
    left = dict(weights)
    met = 0
    for giver, taker in units:
        if left.get((taker, giver), 0) > 0:
            left[taker, giver] -= 1
            met += 1
    assert found == pytest.approx(met / len(units))


@given(flows)
def test_a_network_that_gives_everything_back_has_one(weights):
    whole = {pair: weight for pair, weight in weights.items() if weight}
    both = whole | {(taker, giver): weight for (giver, taker), weight in whole.items()}
    both = {pair: max(both[pair], both[pair[1], pair[0]]) for pair in both}
    assert reciprocity(both) == (1 if both else None)
