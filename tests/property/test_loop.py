"""Types of learning and the loop, against plain definitions of another kind."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.learning_types import ORDER, Learned, lacking, type_of
from ayni.methods.loop import LessonFact, Passage, loop_rate, swaps

EVERY = [Learned(*flags) for flags in product((False, True), repeat=5)]
COUNTRIES = ("BRA", "CHL", "PRY", "PER")
passages = st.lists(
    st.builds(Passage, st.integers(0, 4), st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES)).filter(
        lambda one: one.giver != one.receiver
    ),
    max_size=12,
)
facts = st.lists(st.tuples(st.booleans(), st.integers(0, 4)).map(lambda one: LessonFact(one[0], one[1] * one[0])))


@pytest.mark.parametrize("learned", EVERY, ids=str)
def test_the_type_is_that_of_domain_section_8(learned):
    if learned.partner and learned.agreed and learned.proposal:
        expected = "projective"
    elif learned.change:
        expected = "internal"
    elif learned.recognition:
        expected = "external"
    else:
        expected = ""
    assert type_of(learned) == expected


@pytest.mark.parametrize("learned", EVERY, ids=str)
def test_what_is_missing_is_what_another_record_would_have_to_say(learned):
    """Supplying just what is said to be missing for a type meets its conditions; leaving any of it out does not."""
    supplied = {
        "change": {"change": True},
        "no-change": {"change": False},
        "recognition": {"recognition": True},
        "partner": {"partner": True, "agreed": True},
        "agreement": {"agreed": True},
        "proposal": {"proposal": True},
    }
    stands = {name: getattr(learned, name) for name in Learned.__slots__}
    for kind, codes in lacking(learned).items():
        whole = {name: value for code in codes for name, value in supplied[code].items()}
        assert not lacking(Learned(**(stands | whole)))[kind]
        for left_out in codes:
            rest = {name: value for code in codes if code != left_out for name, value in supplied[code].items()}
            assert lacking(Learned(**(stands | rest)))[kind]


def test_every_type_has_an_order():
    assert set(ORDER) == {type_of(learned) for learned in EVERY} - {""}


@given(facts)
def test_the_rate_is_a_count_of_a_count(lessons):
    rate = loop_rate(lessons)
    reviewed = [one for one in lessons if one.reviewed]
    used = [one for one in reviewed if one.verified_uses]
    assert (rate.part, rate.whole) == (len(used), len(reviewed))
    assert rate.share is None if not reviewed else 0 <= rate.share <= 1


@pytest.mark.parametrize("fact", [LessonFact(False, 1), LessonFact(True, -1)], ids=str)
def test_what_cannot_be_is_refused(fact):
    with pytest.raises(ValueError, match="verified once its lesson is reviewed"):
        loop_rate([fact])


@given(passages)
def test_a_country_changed_sides_when_some_gift_came_after_some_receipt(given_):
    found = {one.country: one for one in swaps(given_)}
    for country in COUNTRIES:
        pairs = [
            (one, other)
            for one, other in product(given_, given_)
            if one.receiver == country and other.giver == country and one.turn < other.turn
        ]
        assert (country in found) == bool(pairs)
        if pairs:
            swap = found[country]
            assert swap.received == min(one.turn for one in given_ if one.receiver == country)
            assert swap.gave == min(other.turn for _one, other in pairs)
            assert swap.back == any(one.giver == other.receiver for one, other in pairs)


@given(passages, st.randoms(use_true_random=False))
def test_the_order_in_which_passages_are_told_does_not_matter(given_, random):
    others = list(given_)
    random.shuffle(others)
    assert swaps(others) == swaps(given_)


def test_nobody_gives_to_itself():
    with pytest.raises(ValueError, match="to itself"):
        swaps([Passage(0, "BRA", "BRA")])
