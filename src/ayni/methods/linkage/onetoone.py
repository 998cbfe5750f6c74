"""One record has one counterpart at most with each reporter: what all other candidates together take from a pair.

The sums over all one-to-one assignments of a pair's neighbourhood, by belief propagation: exact where candidates form no ring (Bayati, Shah
and Sharma 2008; Williams and Lau 2014) and no chain is longer than the rounds reach.

See docs/methods/linkage.md.
"""

import numpy as np
import numpy.typing as npt

from ayni.methods.linkage.blocking import Places

Doubles = npt.NDArray[np.float64]
# A round carries what a pair takes one pair further. It ends when no pair moves by more than STILL (nats), or after ROUNDS.
ROUNDS, STILL = 200, 1e-6
# In so many first rounds a message goes half the way (in logarithms): in rings of equals it would swing to and fro for long.
SOFT = 10
# Log-odds beyond these change nothing that anybody would see.
BOUND = 30.0


def taken(group: Places, odds: Doubles) -> Doubles:
    """(pairs,) by how much (log-odds, 0 or more) each pair loses because its records may each belong to another pair.

    `odds` (pairs,) are log-odds as if each pair stood alone. `group` (2 x pairs: of the one end of all pairs, then of the other) numbers
    the groups in which one pair at most is true: a record with the candidates of one reporter.
    """
    size = len(odds)
    _names, place = np.unique(group, return_inverse=True)
    weight = np.tile(np.exp(np.clip(odds, -BOUND, BOUND)), 2)
    free, lost = np.ones(2 * size), np.zeros(size)
    for number in range(ROUNDS):
        after = _free(place, weight * np.roll(free, size))
        # Rounds are too much and too little in turns: their mean is nearer than either.
        middle = np.sqrt(free * after)
        before, lost = lost, -np.log(middle).reshape(2, size).sum(axis=0)
        if number and np.abs(lost - before).max(initial=0) < STILL:
            break
        free = middle if number < SOFT else after
    return lost


def _free(group: Places, weight: Doubles) -> Doubles:
    """The chance that no other pair of the group is true."""
    others = np.bincount(group, weight)[group] - weight if len(group) else weight
    found: Doubles = 1 / (1 + np.maximum(others, 0))
    return found
