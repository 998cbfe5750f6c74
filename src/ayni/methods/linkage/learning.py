"""Learning from people's decisions: weights start from those of a model and move as far as the decisions ask for.

See docs/methods/linkage.md.
"""

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from ayni.methods.linkage.model import Doubles, Model, steps
from ayni.methods.linkage.words import Floats

# How freely a weight leaves where it starts (standard deviation, log-odds), as measured in benchmarks/linkage.py.
FREEDOM = 0.2


def learn(
    start: Model, found: Floats, same: Doubles, *, heavy: Doubles | None = None, freedom: float = FREEDOM
) -> Model:
    """The model most probable after the decisions: `same` (pairs,) is 1 or 0 for the pairs whose features are `found`.

    Logistic regression with a normal prior around `start` (maximum a posteriori); `heavy` weighs the decisions. Without decisions
    the model stays as it is.
    """
    if not len(found):
        return start
    given = steps(found).astype(np.float64)
    prior = np.asarray(start.weights)
    weigh = np.ones(len(same)) if heavy is None else heavy

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = given @ weights
        away = weights - prior
        value = float((weigh * (np.logaddexp(0, odds) - same * odds)).sum() + (away @ away) / (2 * freedom**2))
        chance = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
        return value, given.T @ (weigh * (chance - same)) + away / freedom**2

    best = minimize(loss, prior, jac=True, method="L-BFGS-B")
    return replace(start, weights=tuple(float(one) for one in best.x))
