"""Which words of one report answer to which of another, read off the pairs that are sure: translations that nobody wrote down.

Regularised canonical correlation of the two titles of sure pairs (Hotelling 1936; across languages Vinokourov and others 2003).

See docs/methods/linkage.md.
"""

from typing import Any

import numpy as np

from ayni.methods.linkage.blocking import Places
from ayni.methods.linkage.words import Floats

# Directions that are kept, concepts that are looked at (the most frequent), sure pairs from which on anything is learned.
KEPT, CONCEPTS, ENOUGH = 256, 800, 300
RIDGE = 5.0


def parallel(texts: Any, one: Places, other: Places) -> Floats:
    """(n, up to KEPT): of each text (n, concepts) a direction, such that the texts of the sure pairs `one`, `other` point alike.

    Of length 1, or 0 for a text without a word that was seen; without columns where there are fewer than ENOUGH pairs.
    """
    if len(one) < ENOUGH:
        return np.zeros((texts.shape[0], 0), dtype=np.float32)
    times = np.asarray((texts[np.r_[one, other]] > 0).sum(axis=0)).ravel()
    seen = np.sort(np.argsort(-times, kind="stable")[:CONCEPTS])
    titles = texts[:, seen[times[seen] > 0]]
    mine, theirs = titles[one], titles[other]
    across = _dense(mine.T @ theirs)
    within = _dense(mine.T @ mine + theirs.T @ theirs)
    whiten = _power(within + RIDGE * np.eye(len(within), dtype=np.float32), -0.5)
    values, axes = np.linalg.eigh(whiten @ (across + across.T) @ whiten)
    kept = np.argsort(-values, kind="stable")[:KEPT]
    kept = kept[values[kept] > 0]
    found: Floats = np.asarray(titles @ (whiten @ axes[:, kept] * np.sqrt(values[kept])), dtype=np.float32)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    np.divide(found, length, out=found, where=length > 0)
    return found


def _dense(matrix: Any) -> Floats:
    found: Floats = np.asarray(matrix.todense(), dtype=np.float32)
    return found


def _power(matrix: Floats, exponent: float) -> Floats:
    values, axes = np.linalg.eigh(matrix)
    found: Floats = (axes * np.maximum(values, 1e-9) ** exponent) @ axes.T
    return found
