"""Which words of one report answer to which of another, read off the pairs that are sure: translations that nobody wrote down.

Regularised canonical correlation of the two texts of sure pairs (Hotelling 1936; across languages Vinokourov and others 2003), and by it
how much likelier two texts are when they are of the same thing (Ioffe 2006).

See docs/methods/linkage.md.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ayni.methods.linkage.blocking import Places
from ayni.methods.linkage.words import Floats

# Directions that are kept, concepts that are looked at (the most frequent), sure pairs from which on anything is learned.
KEPT, CONCEPTS, ENOUGH = 256, 800, 300
RIDGE = 5.0
# Two texts never answer to one another more closely than so (correlation), whatever the sure pairs say.
CLOSEST = 0.95
CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class Answers:
    """Of the concepts `seen` (k, in order) the `axes` (k, up to KEPT) in which texts of the same thing agree.

    `agree` (up to KEPT; 0 to 1) says how much in each.
    """

    seen: Places
    axes: Floats
    agree: Floats

    def likeness(self) -> Floats:
        """(k, k) how far one concept answers to another, 0 to 1; 1 to itself."""
        rows = self.axes * np.sqrt(self.agree)
        rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        found: Floats = np.clip(rows @ rows.T, 0, 1)
        np.fill_diagonal(found, 1)
        return found


def answers(texts: Any, one: Places, other: Places) -> Answers | None:
    """What the sure pairs `one`, `other` of `texts` (n, concepts) teach; None of fewer than ENOUGH pairs in which both have a text.

    None too where in no axis they point alike.
    """
    told = np.diff(texts.indptr) > 0
    both = told[one] & told[other]
    one, other = one[both], other[both]
    if len(one) < ENOUGH:
        return None
    times = np.asarray((texts[np.r_[one, other]] > 0).sum(axis=0)).ravel()
    seen = np.sort(np.argsort(-times, kind="stable")[:CONCEPTS])
    seen = seen[times[seen] > 0]
    mine, theirs = texts[one][:, seen], texts[other][:, seen]
    across = _dense(mine.T @ theirs)
    within = _dense(mine.T @ mine + theirs.T @ theirs)
    whiten = _power(within + RIDGE * np.eye(len(within), dtype=np.float32), -0.5)
    values, axes = np.linalg.eigh(whiten @ (across + across.T) @ whiten)
    kept = np.argsort(-values, kind="stable")[:KEPT]
    kept = kept[values[kept] > 0]
    if not len(kept):
        return None
    return Answers(seen, np.asarray(whiten @ axes[:, kept], dtype=np.float32), np.minimum(values[kept], CLOSEST))


def likelier(known: Answers | None, texts: Any, one: Places, other: Places) -> Floats:
    """(pairs,) how much likelier the two texts are if they are of the same thing; NaN where one is empty or nothing is known.

    Each axis is taken for normal, of variance 1, with the correlation `agree` between texts of the same thing and 0 between others: the
    logarithm of the ratio of the two likelihoods, of an axis on average.
    """
    found = np.full(len(one), np.nan, dtype=np.float32)
    if known is None:
        return found
    rows = np.asarray(texts[:, known.seen] @ known.axes, dtype=np.float32)
    rows -= rows.mean(axis=0)
    rows /= np.maximum(rows.std(axis=0), 1e-9)
    share = 1 / len(known.agree)
    apart = 1 - known.agree**2
    alone = rows**2 @ (share * known.agree**2 / (2 * apart))
    heavy, constant = rows * (share * known.agree / apart), -share * np.log(apart).sum() / 2
    told = np.diff(texts.indptr) > 0
    both = np.flatnonzero(told[one] & told[other])
    for start in range(0, len(both), CHUNK):
        part = both[start : start + CHUNK]
        mine, theirs = one[part], other[part]
        found[part] = np.einsum("ij,ij->i", heavy[mine], rows[theirs]) - alone[mine] - alone[theirs] + constant
    return found


def _dense(matrix: Any) -> Floats:
    found: Floats = np.asarray(matrix.todense(), dtype=np.float32)
    return found


def _power(matrix: Floats, exponent: float) -> Floats:
    values, axes = np.linalg.eigh(matrix)
    found: Floats = (axes * np.maximum(values, 1e-9) ** exponent) @ axes.T
    return found
