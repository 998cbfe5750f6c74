"""From features to a probability: weights of evidence, one for each step of each feature, that add up (Fellegi and Sunter 1969).

See docs/methods/linkage.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ayni.methods.linkage.features import FEATURES
from ayni.methods.linkage.words import Floats

Doubles = npt.NDArray[np.float64]
# Between two knots the weight goes in a straight line; a feature that is not known has a weight of its own.
KNOTS: Mapping[str, tuple[float, ...]] = {
    "words": (0.0, 0.25, 0.5, 0.75, 1.0),
    "meaning": (0.0, 0.3, 0.6, 0.8, 0.95),
    "countries": (0.0, 0.34, 0.5, 1.0),
    "sector": (0.0, 0.5, 1.0),
    "start": (0.0, 1.0, 2.0, 4.0),
    "end": (0.0, 1.0, 2.0, 4.0),
    "money": (0.0, 0.25, 0.5, 1.0, 2.0, 4.0),
    "numbers": (0.0, 0.5, 1.0),
    "names": (0.0, 0.5, 1.0),
    "figures": (0.0, 1.0),
    "spelling": (0.3, 0.5, 0.7, 0.85, 1.0),
    "text": (0.0, 0.3, 0.6, 0.8, 0.95),
    "parallel": (-3.0, -2.0, -1.0, 0.0, 0.5, 1.0),
    "likewise": (-3.0, -1.5, -0.5, 0.0, 0.2, 0.4),
    "untold": (0.0, 0.1, 0.25, 0.5, 0.8),
    "more": (0.0, 0.1, 0.25, 0.5, 0.8),
    "rival": (0.0, 0.1, 0.5, 1.0, 2.0, 4.0, 8.0),
}
WIDTH = 1 + sum(len(knots) + 1 for knots in KNOTS.values())


@dataclass(frozen=True, slots=True)
class Model:
    """`weights` (WIDTH) in natural log-odds, the first without condition. `trained_on` says on what.

    Raises ValueError for weights of another number.
    """

    weights: tuple[float, ...]
    trained_on: str = ""

    def __post_init__(self) -> None:
        if len(self.weights) != WIDTH:
            raise ValueError(f"a model has {WIDTH} weights, not {len(self.weights)}")

    def scores(self, found: Floats) -> Doubles:
        """(pairs,) the log-odds that two reports are of the same thing."""
        total = np.full(len(found), self.weights[0])
        for _name, column in self._parts(found):
            total += column
        return total

    def probabilities(self, found: Floats) -> Doubles:
        """(pairs,) the probability that two reports are of the same thing."""
        return chances(self.scores(found))

    def evidence(self, found: Floats) -> list[dict[str, float]]:
        """Of each pair what each feature adds to the log-odds."""
        parts = dict(self._parts(found))
        return [{name: float(parts[name][row]) for name in FEATURES} for row in range(len(found))]

    def _parts(self, found: Floats) -> Any:
        start = 1
        for place, name in enumerate(FEATURES):
            knots = KNOTS[name]
            mine = np.asarray(self.weights[start : start + len(knots) + 1])
            start += len(knots) + 1
            column = found[:, place]
            yield name, np.where(np.isnan(column), mine[-1], np.interp(np.nan_to_num(column), knots, mine[:-1]))

    def to_json(self) -> str:
        """What `from_json` reads."""
        given = {"weights": self.by_feature(), "trained_on": self.trained_on}
        return json.dumps(given, indent=1) + "\n"

    def by_feature(self) -> dict[str, list[float]]:
        """{"": [the constant], feature: [weight at each knot..., weight of unknown]}."""
        told, start = {"": [round(self.weights[0], 4)]}, 1
        for name in FEATURES:
            told[name] = [round(one, 4) for one in self.weights[start : start + len(KNOTS[name]) + 1]]
            start += len(KNOTS[name]) + 1
        return told


def from_json(text: str) -> Model:
    """Raises ValueError for a text that is no model, or one of other features."""
    given = json.loads(text)
    weights = [value for name in ("", *FEATURES) for value in given.get("weights", {}).get(name, ())]
    return Model(tuple(weights), given.get("trained_on", ""))


def chances(scores: Doubles) -> Doubles:
    """The probability of each score (log-odds); it never falls where the score rises."""
    found: Doubles = 1 / (1 + np.exp(-np.clip(scores, -60, 60)))
    return found


def steps(found: Floats) -> Floats:
    """(pairs, WIDTH): how near each feature is to each of its knots (they sum to 1), so that scores are steps @ weights."""
    out = np.zeros((len(found), WIDTH), dtype=np.float32)
    out[:, 0], start = 1, 1
    for place, name in enumerate(FEATURES):
        knots, column = KNOTS[name], found[:, place]
        known = ~np.isnan(column)
        for number in range(len(knots)):
            tent = np.interp(np.nan_to_num(column), knots, _unit(len(knots), number))
            out[:, start + number] = np.where(known, tent, 0)
        out[:, start + len(knots)] = ~known
        start += len(knots) + 1
    return out


def _unit(size: int, place: int) -> Sequence[float]:
    return [float(number == place) for number in range(size)]
