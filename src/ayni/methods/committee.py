"""What a committee's scores say of each action, with what is missing left open. See docs/methods/committee.md.

A score is 0 to 3. A missing score is not a zero: it may still be anything from 0 to 3, so an action has an interval.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST, MOST = 0, 3
# Means that differ by less are the same.
EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reviewer's scores of one action, by criterion; a criterion that is not there is not scored yet.

    A reviewer who abstains has no judgement at all; one who has yet to score has an empty one.
    """

    reviewer: str
    scores: Mapping[str, int]

    def __post_init__(self) -> None:
        wrong = [criterion for criterion, score in self.scores.items() if not LEAST <= score <= MOST]
        if wrong:
            raise ValueError(f"{self.reviewer}: a score is {LEAST} to {MOST}: {', '.join(sorted(wrong))}.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an action stands.

    `mean`: the reviewers' weighted means together, of what is scored; None while nothing is.
    `least`, `most`: the mean when every missing score turns out 0, or 3. `spread`: the standard deviation between the reviewers' means;
    None for fewer than two. `missing`: scores still to come. `best`, `worst`: the ranks that it can still have.
    """

    action: str
    mean: float | None
    least: float
    most: float
    spread: float | None
    missing: int
    best: int
    worst: int
    by_criterion: Mapping[str, float | None]


def standings(weights: Mapping[str, float], judgements: Mapping[str, Sequence[Judgement]]) -> tuple[Standing, ...]:
    """The actions from the highest mean to the lowest, those without any score last; equal means by name.

    `judgements` {action: one for each reviewer who does not abstain}. Raises ValueError for weights that are not above zero, for
    unknown criteria, and for a reviewer who judges an action twice.
    """
    _check(weights, judgements)
    intervals = {action: _interval(weights, given) for action, given in judgements.items()}
    found = [
        Standing(
            action,
            _mean(means := _means(weights, given)),
            *intervals[action],
            _spread(means),
            sum(len(weights) - len(one.scores) for one in given),
            1
            + sum(
                least > intervals[action][1] + EQUAL for other, (least, _most) in intervals.items() if other != action
            ),
            1
            + sum(
                most > intervals[action][0] + EQUAL for other, (_least, most) in intervals.items() if other != action
            ),
            {
                criterion: _mean([one.scores[criterion] for one in given if criterion in one.scores])
                for criterion in weights
            },
        )
        for action, given in judgements.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.mean is None, -(one.mean or 0.0), one.action)))


def weighted(weights: Mapping[str, float], scores: Mapping[str, int]) -> float | None:
    """The mean of the scores there are, each criterion by its weight; None without any."""
    if not scores:
        return None
    return sum(weights[criterion] * score for criterion, score in scores.items()) / sum(
        weights[criterion] for criterion in scores
    )


def _means(weights: Mapping[str, float], given: Sequence[Judgement]) -> list[float]:
    return [mean for one in given if (mean := weighted(weights, one.scores)) is not None]


def _interval(weights: Mapping[str, float], given: Sequence[Judgement]) -> tuple[float, float]:
    """The least and the most that the mean of all reviewers can become; anything while nobody judges."""
    if not given:
        return float(LEAST), float(MOST)
    ends = [
        sum(
            (weighted(weights, {criterion: one.scores.get(criterion, end) for criterion in weights}) or 0.0)
            for one in given
        )
        / len(given)
        for end in (LEAST, MOST)
    ]
    return ends[0], ends[1]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _spread(means: Sequence[float]) -> float | None:
    if len(means) < 2:
        return None
    middle = sum(means) / len(means)
    return math.sqrt(sum((mean - middle) ** 2 for mean in means) / len(means))


def _check(weights: Mapping[str, float], judgements: Mapping[str, Sequence[Judgement]]) -> None:
    if not weights or not all(math.isfinite(weight) and weight > 0 for weight in weights.values()):
        raise ValueError("There is a criterion, and each weighs more than zero.")
    for action, given in judgements.items():
        unknown = {criterion for one in given for criterion in one.scores} - set(weights)
        if unknown:
            raise ValueError(f"{action}: no such criterion: {', '.join(sorted(unknown))}.")
        if len({one.reviewer for one in given}) < len(given):
            raise ValueError(f"{action}: a reviewer judges it once.")
