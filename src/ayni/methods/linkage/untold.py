"""What one title says and the other does not: the share of its words, by their rarity, to which no word of the other answers.

See docs/methods/linkage.md.
"""

from typing import Any

import numpy as np

from ayni.methods.linkage.blocking import Places
from ayni.methods.linkage.parallel import Answers
from ayni.methods.linkage.words import Floats

# So many concepts of a title are read.
LONGEST = 16
CHUNK = 20_000


def untold(known: Answers | None, titles: Any, one: Places, other: Places) -> tuple[Floats, Floats]:
    """(pairs,) twice: the smaller and the larger share (0 to 1) that one of two titles (n, concepts) says alone; NaN where one is empty.

    A word is answered by itself, and as far as they answer to one another by another. Without `known` by itself alone.
    """
    concepts, weights = _padded(titles)
    places, likeness = _likeness(known, titles.shape[1])
    shares = [_missing(concepts, weights, places, likeness, *side) for side in ((one, other), (other, one))]
    return np.minimum(*shares), np.maximum(*shares)


def _missing(concepts: Places, weights: Floats, places: Places, likeness: Floats, one: Places, other: Places) -> Floats:
    total = weights.sum(axis=1)
    found = np.full(len(one), np.nan, dtype=np.float32)
    told = np.flatnonzero((total[one] > 0) & (total[other] > 0))
    seen = places[concepts]
    for start in range(0, len(told), CHUNK):
        part = told[start : start + CHUNK]
        mine, theirs = one[part], other[part]
        answered = np.zeros((len(part), concepts.shape[1]), dtype=np.float32)
        for column in range(concepts.shape[1]):
            like = likeness[seen[mine], seen[theirs, column][:, None]]
            same = concepts[mine] == concepts[theirs, column][:, None]
            np.maximum(answered, np.where(same, 1, like), out=answered)
        found[part] = (weights[mine] * (1 - answered)).sum(axis=1) / total[mine]
    return found


def _padded(titles: Any) -> tuple[Places, Floats]:
    """(n, LONGEST) the concepts of each title (-1: no more), and their weights."""
    sizes = np.diff(titles.indptr)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    columns = np.arange(len(rows)) - np.repeat(titles.indptr[:-1], sizes)
    kept = columns < LONGEST
    width = min(LONGEST, int(sizes.max(initial=0)))
    concepts = np.full((len(sizes), width), -1, dtype=np.int64)
    weights = np.zeros((len(sizes), width), dtype=np.float32)
    concepts[rows[kept], columns[kept]] = titles.indices[kept]
    weights[rows[kept], columns[kept]] = titles.data[kept]
    return concepts, weights


def _likeness(known: Answers | None, concepts: int) -> tuple[Places, Floats]:
    """Where each concept stands in a square of likenesses (the last place is that of all others, like nothing), and that square."""
    size = 0 if known is None else len(known.seen)
    places = np.full(concepts + 1, size, dtype=np.int64)
    square = np.zeros((size + 1, size + 1), dtype=np.float32)
    if known is not None:
        places[known.seen] = np.arange(size)
        square[:size, :size] = known.likeness()
    return places, square
