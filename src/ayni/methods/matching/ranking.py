"""Scores, their order, and how it changes with the weights. See docs/methods/matching.md."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ayni.methods.matching.criteria import MEASURES, Counts, Flags, Floats, Offers, by_wording, gates
from ayni.methods.matching.profiles import CRITERIA, WEIGHTS, Demand, Offer

# Scores nearer to one another than this are equal: the provider that was used less comes first.
EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Criterion:
    """What one criterion may be worth, from 0 to 1; `is_known` when nothing has to be asked for it.

    `worded` says that the least rests on how alike the texts are, not on the vocabulary.
    """

    name: str
    weight: float
    least: float
    most: float
    worded: bool = False

    @property
    def is_known(self) -> bool:
        return self.most - self.least < EQUAL


@dataclass(frozen=True, slots=True)
class Match:
    """An offer for a demand: its score lies between `least` and `most`, both from 0 to 100."""

    demand: str
    offer: str
    least: float
    most: float
    criteria: tuple[Criterion, ...]

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The criteria for which something is not known, the one that may change most first."""
        unknown = [one for one in self.criteria if not one.is_known]
        return tuple(one.name for one in sorted(unknown, key=lambda one: -one.weight * (one.most - one.least)))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The offers of a demand that pass the gates, the best first; and how many stand outside, by the reason.

    `sensitivity` {criterion: (who leads without it, who leads when it counts twice)}.
    """

    demand: str
    matches: tuple[Match, ...]
    outside: Mapping[str, int]
    sensitivity: Mapping[str, tuple[str, str]]


def check_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The nine weights so that they add up to 100. Raises ValueError for others, negative ones, or none above zero."""
    if set(weights) != set(CRITERIA):
        raise ValueError(f"The weights are those of {', '.join(CRITERIA)}.")
    total = math.fsum(weights.values())
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights.values()) or total <= 0:
        raise ValueError("Weights are zero or more, and one at least is more.")
    return {name: 100 * weights[name] / total for name in CRITERIA}


def rank(offers: Offers, demand: Demand, *, weights: Mapping[str, float] = WEIGHTS, most: int = 10) -> Ranking:
    """The `most` best matches of a demand: by the middle of their interval, then by how little their provider was used."""
    weight = check_weights(weights)
    outside = gates(offers, demand)
    shut = np.logical_or.reduce(list(outside.values()))
    told = {reason: int(flags.sum()) for reason, flags in outside.items() if flags.any()}
    inside = np.flatnonzero(~shut)
    if not len(inside):
        return Ranking(demand.id, (), told, {})
    measured = {name: [part[inside] for part in MEASURES[name](offers, demand)] for name in CRITERIA}
    middle = {name: (least + more) / 2 for name, (least, more) in measured.items()}
    order = _order(_sum(middle, weight), offers.used[inside], most)
    worded = by_wording(offers, demand)[inside]
    matches = tuple(_match(offers.rows[inside[place]], demand, measured, weight, place, worded) for place in order)
    leads = {
        name: (
            offers.rows[inside[_order(_sum(middle, _with(weight, name, 0.0)), offers.used[inside], 1)[0]]].id,
            offers.rows[inside[_order(_sum(middle, _with(weight, name, 2.0)), offers.used[inside], 1)[0]]].id,
        )
        for name in CRITERIA
    }
    return Ranking(demand.id, matches, told, leads)


def _match(
    offer: Offer,
    demand: Demand,
    measured: Mapping[str, list[Floats]],
    weight: Mapping[str, float],
    place: int,
    worded: Flags,
) -> Match:
    criteria = tuple(
        Criterion(
            name,
            weight[name],
            float(measured[name][0][place]),
            float(measured[name][1][place]),
            name == "topic" and bool(worded[place]),
        )
        for name in CRITERIA
    )
    least = math.fsum(one.weight * one.least for one in criteria)
    most = math.fsum(one.weight * one.most for one in criteria)
    return Match(demand.id, offer.id, min(least, 100.0), min(most, 100.0), criteria)


def _sum(middle: Mapping[str, Floats], weight: Mapping[str, float]) -> Floats:
    total = np.zeros(len(next(iter(middle.values()))))
    for name, value in middle.items():
        total += weight[name] * value
    return total


def _order(score: Floats, used: Counts, most: int) -> list[int]:
    """The places of the best: by score, among equals by use, then by identifier (offers are sorted by it)."""
    rounded = np.round(score / EQUAL)
    near = np.argpartition(-rounded, most - 1)[:most] if most < len(rounded) else np.arange(len(rounded))
    # Who is as good as the last of these may come before it.
    near = np.flatnonzero(rounded >= rounded[near].min())
    return [int(near[place]) for place in np.lexsort((near, used[near], -rounded[near]))[:most]]


def _with(weight: Mapping[str, float], name: str, times: float) -> dict[str, float]:
    """The weights with one of them multiplied; the scale does not matter for the order."""
    return {other: value * (times if other == name else 1.0) for other, value in weight.items()}
