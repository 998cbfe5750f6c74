"""A committee's standings against every way in which the missing scores can turn out."""

from itertools import product
from statistics import mean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.committee import Judgement, standings

CRITERIA = ("a", "b")


@st.composite
def committees(draw):
    """Two criteria, up to three actions, up to two reviewers each; at most five scores are missing."""
    weights = {criterion: draw(st.integers(1, 5)) for criterion in CRITERIA}
    missing = 5
    judgements = {}
    for number in range(draw(st.integers(1, 3))):
        given = []
        for reviewer in range(draw(st.integers(0, 2))):
            scores = {}
            for criterion in CRITERIA:
                score = draw(st.one_of(st.integers(0, 3), st.none())) if missing else draw(st.integers(0, 3))
                if score is None:
                    missing -= 1
                else:
                    scores[criterion] = score
            given.append(Judgement(f"r{reviewer}", scores))
        judgements[f"action-{number}"] = given
    return weights, judgements


def whole(weights, scores) -> float:
    return sum(weights[criterion] * scores[criterion] for criterion in CRITERIA) / sum(weights.values())


def endings(weights, judgements):
    """{action: mean} for every way in which the missing scores can turn out; an action that nobody judges may be anything."""
    gaps = [
        (action, number, criterion)
        for action, given in judgements.items()
        for number, one in enumerate(given)
        for criterion in CRITERIA
        if criterion not in one.scores
    ]
    unjudged = [action for action, given in judgements.items() if not given]
    for filled in product(range(4), repeat=len(gaps)):
        ending = dict(zip(gaps, filled, strict=True))
        means = {
            action: mean(
                whole(weights, {c: one.scores.get(c, ending.get((action, number, c))) for c in CRITERIA})
                for number, one in enumerate(given)
            )
            for action, given in judgements.items()
            if given
        }
        for values in product((0.0, 3.0), repeat=len(unjudged)):
            yield means | dict(zip(unjudged, values, strict=True))


@given(committees())
@settings(max_examples=150)
def test_the_interval_and_the_ranks_are_those_of_every_ending(committee):
    weights, judgements = committee
    found = {one.action: one for one in standings(weights, judgements)}
    every = list(endings(weights, judgements))
    for action, one in found.items():
        means = [ending[action] for ending in every]
        assert one.least == pytest.approx(min(means)) and one.most == pytest.approx(max(means))
        ranks = [
            1 + sum(value > ending[action] + 1e-9 for other, value in ending.items() if other != action)
            for ending in every
        ]
        assert (one.best, one.worst) == (min(ranks), max(ranks))


@given(committees())
def test_the_mean_lies_within_the_interval_and_is_it_when_nothing_is_missing(committee):
    weights, judgements = committee
    for one in standings(weights, judgements):
        given = judgements[one.action]
        assert one.missing == sum(len(CRITERIA) - len(each.scores) for each in given)
        if one.mean is None:
            assert not any(each.scores for each in given)
            continue
        assert one.least - 1e-9 <= one.mean <= one.most + 1e-9
        means = [
            sum(weights[c] * s for c, s in each.scores.items()) / sum(weights[c] for c in each.scores)
            for each in given
            if each.scores
        ]
        assert one.mean == pytest.approx(mean(means))
        assert one.spread == (pytest.approx(pstdev(means)) if len(means) > 1 else None)
        if not one.missing:
            assert one.least == pytest.approx(one.most) == pytest.approx(one.mean)


@given(committees(), st.data())
def test_a_score_more_never_widens_the_interval(committee, data):
    weights, judgements = committee
    gaps = [
        (action, number, criterion)
        for action, given in judgements.items()
        for number, one in enumerate(given)
        for criterion in CRITERIA
        if criterion not in one.scores
    ]
    if not gaps:
        return
    action, number, criterion = data.draw(st.sampled_from(gaps))
    before = {one.action: one for one in standings(weights, judgements)}[action]
    one = judgements[action][number]
    filled = Judgement(one.reviewer, {**one.scores, criterion: data.draw(st.integers(0, 3))})
    later = {**judgements, action: [*judgements[action][:number], filled, *judgements[action][number + 1 :]]}
    after = {one.action: one for one in standings(weights, later)}[action]
    assert before.least - 1e-9 <= after.least <= after.most <= before.most + 1e-9


@given(committees(), st.randoms(use_true_random=False))
def test_the_order_of_actions_and_reviewers_never_matters(committee, random):
    weights, judgements = committee
    shuffled = list(judgements.items())
    random.shuffle(shuffled)
    turned = {action: random.sample(given, len(given)) for action, given in shuffled}
    for one, other in zip(standings(weights, judgements), standings(weights, turned), strict=True):
        assert one.action == other.action
        assert one.mean == (None if other.mean is None else pytest.approx(other.mean))


@pytest.mark.parametrize(
    ("weights", "judgements", "told"),
    [
        ({}, {}, "There is a criterion"),
        ({"a": 0}, {}, "more than zero"),
        ({"a": 1}, {"x": [Judgement("r", {"b": 1})]}, "no such criterion: b"),
        ({"a": 1}, {"x": [Judgement("r", {}), Judgement("r", {})]}, "judges it once"),
    ],
)
def test_what_does_not_hold_is_told(weights, judgements, told):
    with pytest.raises(ValueError, match=told):
        standings(weights, judgements)


def test_a_score_is_0_to_3():
    with pytest.raises(ValueError, match="0 to 3: a"):
        Judgement("r", {"a": 4})
