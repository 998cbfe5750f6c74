"""One record has one counterpart at most with each reporter: what all other candidates together take from a pair.

The sums over all one-to-one assignments of a pair's neighbourhood, by belief propagation: exact where candidates form no ring (Bayati, Shah
and Sharma 2008; Williams and Lau 2014).

See docs/methods/linkage.md.
"""

import numpy as np
import numpy.typing as npt

from ayni.methods.linkage.blocking import Places

Doubles = npt.NDArray[np.float64]
ROUNDS = 12
# Log-odds beyond these change nothing that anybody would see.
BOUND = 30.0


def taken(mine: Places, theirs: Places, odds: Doubles, rounds: int = ROUNDS) -> Doubles:
    """(pairs,) by how much (log-odds, 0 or more) each pair loses because its records may each belong to another pair.

    `mine` and `theirs` number the groups in which one pair at most is true: a record with the candidates of one reporter. `odds` are
    log-odds as if each pair stood alone.
    """
    _names, first = np.unique(mine, return_inverse=True)
    _others, second = np.unique(theirs, return_inverse=True)
    weight = np.exp(np.clip(odds, -BOUND, BOUND))
    free = np.ones(len(odds))
    freed = np.ones(len(odds))
    for _round in range(rounds):
        freed = _free(second, weight * free)
        free = _free(first, weight * freed)
    lost: Doubles = -np.log(free) - np.log(freed)
    return lost


def _free(group: Places, weight: Doubles) -> Doubles:
    """The chance that no other pair of the group is true."""
    others = np.bincount(group, weight)[group] - weight if len(group) else weight
    found: Doubles = 1 / (1 + np.maximum(others, 0))
    return found
