"""What two reports have in common, pair by pair: a column for each feature, NaN where one of the two does not say it.

The rough features cost little and are computed for all pairs; the others for the pairs that are left (pipeline.py).

See docs/methods/linkage.md.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from ayni.methods.linkage.blocking import Places
from ayni.methods.linkage.onetoone import Doubles, taken
from ayni.methods.linkage.table import Bits, Table
from ayni.methods.linkage.words import Floats

# In the order of the columns. From 0 to 1, 1 the same; but `start` and `end` are years between, `money` is |log2| of the ratio,
# `parallel` and `likewise` are logarithms of ratios of likelihoods, `untold` and `more` shares that one of the two says alone, and `rival`
# is how much (in nats) the other candidates of both records take from this one.
ROUGH = ("words", "meaning", "countries", "sector", "start", "end", "money", "numbers", "names", "figures")
FINE = ("spelling", "text", "parallel", "likewise", "untold", "more", "rival")
FEATURES = ROUGH + FINE
FARTHEST = 5.0
CHUNK = 400_000


def rough(table: Table, one: Places, other: Places) -> Floats:
    """(pairs, features) of the pairs of places, with NaN in the columns of FINE."""
    found = np.full((len(one), len(FEATURES)), np.nan, dtype=np.float32)
    for start in range(0, len(one), CHUNK):
        part = slice(start, start + CHUNK)
        for place, column in enumerate(_columns(table, one[part], other[part])):
            found[part, place] = column
    return found


def _columns(table: Table, one: Places, other: Places) -> Iterator[Floats]:
    yield _cosine(table.titles, one, other)
    yield dots(table.meaning, one, other)
    yield _overlap(table.countries, one, other)
    yield _sectors(table, one, other)
    yield np.minimum(np.abs(table.first[one] - table.first[other]), FARTHEST)
    yield np.minimum(np.abs(table.last[one] - table.last[other]), FARTHEST)
    yield np.minimum(np.abs(table.usd[one] - table.usd[other]), FARTHEST)
    yield _numbers(table.numbers[one], table.numbers[other])
    yield _names(table.names[one], table.names[other])
    yield _figures(table.figures[one], table.figures[other])


def spelling(table: Table, one: Places, other: Places) -> Floats:
    """The best likeness of letters, words in any order, in a language in which both have a title."""
    best = np.full(len(one), np.nan, dtype=np.float32)
    for column in range(len(table.languages)):
        spelt = table.spelt[:, column]
        has = np.array([bool(text) for text in spelt], dtype=bool)
        both = np.flatnonzero(has[one] & has[other])
        if len(both):
            given = process.cpdist(
                spelt[one[both]], spelt[other[both]], scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=-1
            )
            best[both] = np.fmax(best[both], given / 100)
    return best


def dots(rows: Floats, one: Places, other: Places) -> Floats:
    """The cosine of rows of length 1; NaN where one of them is 0, or where there are no columns."""
    if not rows.shape[1]:
        return np.full(len(one), np.nan, dtype=np.float32)
    found: Floats = np.einsum("ij,ij->i", rows[one], rows[other])
    filled = np.asarray(rows.any(axis=1))
    found[~(filled[one] & filled[other])] = np.nan
    return found


def behind(table: Table, one: Places, other: Places, near: Floats) -> Floats:
    """How much nearer the best other candidate of either record is: -FARTHEST (far behind, or none) to FARTHEST."""
    best = _best_of_others(ends(table, one, other), np.tile(near, 2)).reshape(2, len(near)).max(axis=0)
    found: Floats = np.clip(best - near, -FARTHEST, FARTHEST)
    return found


def rivals(table: Table, one: Places, other: Places, odds: Doubles) -> Floats:
    """What the other candidates of both records take from each pair (nats); `odds` as if each pair stood alone."""
    found: Floats = taken(ends(table, one, other), odds).astype(np.float32)
    return found


def ends(table: Table, one: Places, other: Places) -> Places:
    """(2 x pairs) of the one end of all pairs, then of the other, the group in which a record has one counterpart at most.

    A number for each record and reporter of its counterpart, whichever end the record is; unknown reporters count as one.
    """
    mine, theirs = np.concatenate([one, other]), np.concatenate([other, one])
    found: Places = mine * (int(table.reporter.max(initial=0)) + 2) + table.reporter[theirs] + 1
    return found


def _cosine(matrix: Any, one: Places, other: Places) -> Floats:
    found: Floats = np.asarray(matrix[one].multiply(matrix[other]).sum(axis=1), dtype=np.float32).ravel()
    filled = np.diff(matrix.indptr) > 0
    found[~(filled[one] & filled[other])] = np.nan
    return found


def _size(bits: Bits) -> Floats:
    found: Floats = np.bitwise_count(bits).sum(axis=1, dtype=np.float32)
    return found


def _overlap(bits: Bits, one: Places, other: Places) -> Floats:
    """Jaccard's index of two sets; NaN where one is empty."""
    mine, theirs = bits[one], bits[other]
    common, every = _size(mine & theirs), _size(mine | theirs)
    told = mine.any(axis=1) & theirs.any(axis=1)
    found: Floats = np.where(told, common / np.maximum(every, 1), np.nan).astype(np.float32)
    return found


def _sectors(table: Table, one: Places, other: Places) -> Floats:
    """1 with a code in common, a half with a group in common, 0 without."""
    same = (table.sectors[one] & table.sectors[other]).any(axis=1)
    near = (table.groups[one] & table.groups[other]).any(axis=1)
    told = table.sectors[one].any(axis=1) & table.sectors[other].any(axis=1)
    found: Floats = np.where(told, (same.astype(np.float32) + near) / 2, np.nan).astype(np.float32)
    return found


def _numbers(mine: Bits, theirs: Bits) -> Floats:
    """1 for the same numbers, a half where only one title has numbers, 0 for others; NaN where neither has any."""
    has, have = mine.any(axis=1), theirs.any(axis=1)
    same = (mine == theirs).all(axis=1)
    found = np.where(has & have, np.where(same, 1.0, 0.0), 0.5)
    numbers: Floats = np.where(has | have, found, np.nan).astype(np.float32)
    return numbers


def _names(mine: Bits, theirs: Bits) -> Floats:
    """1 with a name in common, 0 with others, a half where only one title has any; NaN where neither has."""
    has, have, common = mine.any(axis=1), theirs.any(axis=1), (mine & theirs).any(axis=1)
    found = np.where(common, 1.0, np.where(has & have, 0.0, 0.5))
    names: Floats = np.where(has | have, found, np.nan).astype(np.float32)
    return names


def _figures(mine: Bits, theirs: Bits) -> Floats:
    """1 with a figure in common, 0 without; NaN where one has none."""
    common, told = (mine & theirs).any(axis=1), mine.any(axis=1) & theirs.any(axis=1)
    found: Floats = np.where(told, common, np.nan).astype(np.float32)
    return found


def _best_of_others(group: Places, near: Floats) -> Floats:
    """Of each pair the greatest nearness among the other pairs of its group; -1e9 for a pair alone."""
    order = np.lexsort((-near, group))
    sorted_groups = group[order]
    starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]) if len(order) else order
    sizes = np.diff(np.r_[starts, len(order)])
    first = near[order][starts]
    second = np.where(sizes > 1, near[order][np.minimum(starts + 1, len(order) - 1)], -1e9)
    run = np.repeat(np.arange(len(starts)), sizes)
    is_first = np.zeros(len(order), dtype=bool)
    is_first[starts] = True
    found = np.empty(len(near), dtype=np.float32)
    found[order] = np.where(is_first, second[run], first[run])
    return found
