"""Screening against every answer to the missing items, and against every way to raise a score."""

from collections import deque
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.screening import ITEMS, NEEDED, RESULTS, screen

SCORES = st.fixed_dictionaries({item: st.integers(0, 3) for item in ITEMS})


@st.composite
def partly(draw) -> dict[str, int | None]:
    """Up to five items are missing."""
    scores = dict(draw(SCORES))
    for item in draw(st.sets(st.sampled_from(ITEMS), max_size=5)):
        scores[item] = None
    return scores


def by_the_words(scores: dict[str, int]) -> str:
    """The rule as the document's appendix to the domain says it."""
    if 0 in (scores["objective"], scores["counterpart"], scores["expectations"]):
        return "returned"
    mean = sum(scores.values()) / 13
    return "eligible" if mean >= 2 else "co-formulation" if mean >= 1 else "declined"


def points_to_better(scores: dict[str, int]) -> int | None:
    """The fewest points that lead to a better result, step by step: the result only looks at the needed items and the sum of the others."""
    start = (*(scores[item] for item in NEEDED), sum(score for item, score in scores.items() if item not in NEEDED))

    def rank(state):
        *needed, others = state
        total = sum(needed) + others
        return RESULTS.index(
            "returned"
            if 0 in needed
            else "eligible"
            if total >= 26
            else "co-formulation"
            if total >= 13
            else "declined"
        )

    ahead, seen = deque([(start, 0)]), {start}
    while ahead:
        state, points = ahead.popleft()
        # A demand that was returned and is declined then has gained nothing.
        if rank(state) < rank(start):
            return points
        for place, most in enumerate((3, 3, 3, 30)):
            if state[place] < most:
                after = (*state[:place], state[place] + 1, *state[place + 1 :])
                if after not in seen:
                    seen.add(after)
                    ahead.append((after, points + 1))
    return None


@given(partly())
def test_the_results_are_those_that_some_answer_gives(scores):
    missing = [item for item in ITEMS if scores[item] is None]
    answered = [
        {**scores, **dict(zip(missing, given, strict=True))} for given in product(range(4), repeat=len(missing))
    ]
    found = screen(scores)
    assert set(found.results) == {by_the_words(one) for one in answered}
    assert list(found.results) == sorted(found.results, key=RESULTS.index)
    means = [sum(one.values()) / 13 for one in answered]
    assert (found.least, found.most) == pytest.approx((min(means), max(means)))
    assert found.missing == tuple(missing)
    assert (found.result is None) == (len(found.results) > 1)


@given(SCORES)
def test_no_smaller_rise_makes_the_result_better(scores):
    found = screen(scores)
    points = points_to_better(scores)
    assert sum(score - scores[item] for item, score in found.rise.items()) == (points or 0)
    assert (points is None) == (found.result == "eligible") == (not found.rise)
    if found.rise:
        after = screen({**scores, **found.rise})
        assert RESULTS.index(after.result) < RESULTS.index(found.result)
        assert all(scores[item] < score <= 3 for item, score in found.rise.items())


@given(partly())
def test_with_missing_items_the_rise_makes_sure_whatever_they_are(scores):
    found = screen(scores)
    worst = RESULTS.index(found.results[-1])
    after = screen({**scores, **found.rise})
    assert worst == 0 or RESULTS.index(after.results[-1]) < worst


@given(partly(), st.data())
def test_an_answer_narrows_and_a_higher_score_never_harms(scores, data):
    item = data.draw(st.sampled_from(ITEMS))
    score = data.draw(st.integers(scores[item] or 0, 3))
    before, after = screen(scores), screen({**scores, item: score})
    if scores[item] is None:
        assert set(after.results) <= set(before.results)
        assert before.least <= after.least and after.most <= before.most
    elif not before.zeros:
        assert RESULTS.index(after.results[0]) <= RESULTS.index(before.results[0])


@given(partly())
def test_what_holds_back_is_what_is_low_and_zeros_that_return_come_first(scores):
    found = screen(scores)
    assert set(found.holds_back) == {item for item in ITEMS if scores[item] in (0, 1)}
    assert set(found.holds_back[: len(found.zeros)]) == set(found.zeros)
    rest = [scores[item] for item in found.holds_back[len(found.zeros) :]]
    assert rest == sorted(rest)


def test_what_is_no_score_or_no_item_is_refused():
    for scores in ({"objective": 4}, {"objective": -1}, {"objective": 1.5}, {"aim": 2}):
        with pytest.raises(ValueError, match=r"objective: a score is|aim is none of"):
            screen(scores)
    assert screen({}).results == ("eligible", "co-formulation", "returned", "declined")
