"""Which pairs to ask people about: those of which the model knows least, of different kinds (active learning).

See docs/methods/linkage.md.
"""

import numpy as np

from ayni.methods.linkage.blocking import Places
from ayni.methods.linkage.model import Doubles
from ayni.methods.linkage.words import Floats

# Bounds of probability between which pairs are drawn for the calibration.
STRATA = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)

# Of so many most doubtful pairs, those are taken that are least like one another.
POOL = 20


def doubtful(chances: Doubles, found: Floats, count: int, *, asked: Places | None = None) -> Places:
    """The places of at most `count` pairs: the most doubtful POOL times as many, of them the farthest from one another.

    `chances` are probabilities, `asked` the places that were asked before.
    """
    doubt = np.abs(chances - 0.5)
    if asked is not None:
        doubt = doubt.copy()
        doubt[asked] = np.inf
    size = min(count * POOL, int(np.isfinite(doubt).sum()))
    pool = np.argsort(doubt, kind="stable")[:size]
    if len(pool) <= count:
        return np.asarray(pool, dtype=np.int64)
    given = np.nan_to_num(found[pool], nan=-1.0)
    spread = given.std(axis=0)
    given = (given / np.where(spread > 0, spread, 1)).astype(np.float32)
    taken = [0]
    away = np.linalg.norm(given - given[0], axis=1)
    while len(taken) < count:
        away[taken[-1]] = -1.0
        taken.append(int(away.argmax()))
        away = np.minimum(away, np.linalg.norm(given - given[taken[-1]], axis=1))
    return np.asarray(pool[np.array(taken)], dtype=np.int64)


def spread(chances: Doubles, count: int, *, asked: Places | None = None, seed: int = 0) -> tuple[Places, Doubles]:
    """At most `count` places drawn evenly from all STRATA of probability, and for how many pairs each stands: for the calibration."""
    draw = np.random.default_rng(seed)
    free = np.ones(len(chances), dtype=bool)
    if asked is not None:
        free[asked] = False
    stratum = np.clip(np.searchsorted(STRATA, chances, side="right") - 1, 0, len(STRATA) - 2)
    places: list[int] = []
    heavy: list[float] = []
    for number in range(len(STRATA) - 1):
        there = np.flatnonzero(free & (stratum == number))
        taken = draw.choice(there, min(len(there), count // (len(STRATA) - 1)), replace=False)
        places += taken.tolist()
        heavy += [len(there) / len(taken)] * len(taken) if len(taken) else []
    return np.asarray(places, dtype=np.int64), np.asarray(heavy, dtype=np.float64)
