"""The network of flows: who is central to it, and which groups hold together. See docs/methods/flow-network.md.

Sparse linear algebra throughout, so that 20,000 institutions are measured while a reader waits. Literature: PageRank, Brin and Page
(1998); betweenness, Brandes (2001), sampled as Brandes and Pich (2007); communities, label propagation by modularity of Barber and Clark
(2009), gathered as Blondel and others (2008).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

DAMPING, TOLERANCE, MOST_STEPS = 0.85, 1e-10, 200
# Up to so many nodes every one is a source of shortest paths; above, so many drawn evenly.
EXACT, PIVOTS = 1_000, 64
ROUNDS, PARTS, PATIENCE = 20, 4, 3
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Matrix = Any


@dataclass(frozen=True, slots=True)
class Node:
    """`offered` and `received` are sums of what flows; `partners` how many others it is tied to; `rank` its PageRank along the flows (all
    add up to 1); `betweenness` 0 to 1; `community` counts from 0, the largest first."""

    code: str
    offered: float
    received: float
    partners: int
    rank: float
    betweenness: float
    community: int


@dataclass(frozen=True, slots=True)
class FlowNetwork:
    """`nodes` by code; `density` the ties that there are over those possible; `modularity` of the communities, None without ties;
    `sampled` whether betweenness rests on a sample."""

    nodes: tuple[Node, ...]
    ties: int
    density: float
    modularity: float | None
    communities: int
    sampled: bool


def flow_network(flows: Mapping[tuple[str, str], float]) -> FlowNetwork:
    """Measure the network of {(giver, taker): what flows}.

    Raises ValueError for a flow that is not above zero and finite. What flows to oneself is passed over.
    """
    for pair, value in flows.items():
        if not (value > 0 and math.isfinite(value)):
            raise ValueError(f"{pair}: what flows is above zero, not {value}.")
    names = sorted({code for pair in flows for code in pair})
    place = {code: number for number, code in enumerate(names)}
    ends = [(place[one], place[other], value) for (one, other), value in flows.items() if one != other]
    if not ends:
        return FlowNetwork(
            tuple(Node(code, 0.0, 0.0, 0, 1 / len(names), 0.0, 0) for code in names), 0, 0.0, None, 0, False
        )
    rows, columns, weights = (np.array(column) for column in zip(*ends, strict=True))
    size = len(names)
    weighted = sparse.csr_array((weights.astype(np.float64), (rows, columns)), shape=(size, size))
    both = (weighted + weighted.T).tocsr()
    tied = both.copy()
    tied.data = np.ones_like(tied.data)
    labels = communities(both)
    nodes = zip(
        names,
        weighted.sum(axis=1).tolist(),
        weighted.sum(axis=0).tolist(),
        tied.sum(axis=1).tolist(),
        pagerank(weighted).tolist(),
        betweenness(tied).tolist(),
        labels.tolist(),
        strict=True,
    )
    return FlowNetwork(
        nodes=tuple(
            Node(code, out, into, int(partners), rank, between, group)
            for code, out, into, partners, rank, between, group in nodes
        ),
        ties=len(ends),
        density=len(ends) / (size * (size - 1)),
        modularity=modularity(both, labels),
        communities=int(labels.max()) + 1,
        sampled=size > EXACT,
    )


def pagerank(weighted: Matrix) -> Floats:
    """The part of the time that a walk along the flows spends at each node, jumping anywhere every seventh step or so."""
    size = weighted.shape[0]
    out = np.asarray(weighted.sum(axis=1), dtype=np.float64)
    nowhere = out == 0
    # Each row as shares of its sum: one without any flow holds nothing to divide.
    shares = weighted.data / np.repeat(out, np.diff(weighted.indptr))
    steps = sparse.csr_array((shares, weighted.indices, weighted.indptr), shape=weighted.shape).T.tocsr()
    rank = np.full(size, 1 / size)
    for _step in range(MOST_STEPS):
        after = DAMPING * (steps @ rank + rank[nowhere].sum() / size) + (1 - DAMPING) / size
        if np.abs(after - rank).sum() < TOLERANCE:
            return np.asarray(after, dtype=np.float64)
        rank = after
    return rank


def betweenness(tied: Matrix) -> Floats:
    """The part of all shortest ways between two others that lead through each node, 0 to 1; ties count alike, in either direction.

    `tied` is symmetric with ones. Above EXACT nodes the ways from PIVOTS nodes, evenly drawn, stand for all.
    """
    size = tied.shape[0]
    sources = np.arange(size) if size <= EXACT else np.linspace(0, size - 1, PIVOTS).astype(np.int64)
    total = np.zeros(size)
    for start in range(0, len(sources), PIVOTS):
        total += _dependencies(tied, sources[start : start + PIVOTS])
    pairs = (size - 1) * (size - 2)
    return total * (size / len(sources)) / pairs if pairs else total


def _dependencies(tied: Matrix, sources: Ints) -> Floats:
    """Brandes' accumulation from several sources at once: breadth first, level by level, then back."""
    size, width = tied.shape[0], len(sources)
    ways = np.zeros((size, width))
    ways[sources, np.arange(width)] = 1.0
    seen = ways > 0
    levels = [ways.copy()]
    while True:
        reached = tied @ levels[-1]
        reached[seen] = 0.0
        if not reached.any():
            break
        levels.append(reached)
        seen |= reached > 0
        ways += reached
    depends = np.zeros((size, width))
    for level in range(len(levels) - 1, 0, -1):
        here, before = levels[level] > 0, levels[level - 1] > 0
        share = np.zeros((size, width))
        np.divide(1.0 + depends, ways, out=share, where=here)
        depends += np.where(before, (tied @ share) * ways, 0.0)
    depends[sources, np.arange(width)] = 0.0
    return np.asarray(depends.sum(axis=1), dtype=np.float64)


def communities(both: Matrix) -> Ints:
    """Groups that are tied more among themselves than chance would tie them, numbered by their size.

    Each node takes the label around it that adds most to the modularity; then each group becomes a node and the groups do the same,
    until nothing is gained. The result is the same on every machine.
    """
    member = np.arange(both.shape[0], dtype=np.int64)
    graph = both
    while True:
        labels = _by_size(_settled(graph))
        groups = int(labels.max()) + 1
        if groups == graph.shape[0]:
            return _by_size(member)
        member = labels[member]
        gather = sparse.csr_array((np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(groups, len(labels)))
        graph = (gather @ graph @ gather.T).tocsr()


def _settled(graph: Matrix) -> Ints:
    """The labels of the greatest modularity that rounds of moves come to. A part of the nodes moves at once: two never swap for ever."""
    size = graph.shape[0]
    strength = np.asarray(graph.sum(axis=1), dtype=np.float64)
    ends = graph.tocoo()
    apart = ends.row != ends.col
    one, other, weight = ends.row[apart].astype(np.int64), ends.col[apart].astype(np.int64), ends.data[apart]
    labels = np.arange(size, dtype=np.int64)
    whole, placed = float(strength.sum()), _Ends(ends.row, ends.col, ends.data)
    best, greatest = labels, _gained(placed, strength, whole, labels)
    for turn in range(ROUNDS):
        order = np.random.default_rng(turn).permutation(size)
        before = labels
        for part in range(PARTS):
            moving = order % PARTS == part
            there = moving[one]
            labels = _better(one[there], labels[other[there]], weight[there], np.flatnonzero(moving), labels, strength)
        value = _gained(placed, strength, whole, labels)
        if value > greatest + 1e-9:
            best, greatest = labels, value
        elif turn > PATIENCE or (labels == before).all():
            break
    return best


def _better(node: Ints, label: Ints, weight: Floats, each: Ints, own: Ints, strength: Floats) -> Ints:
    """Each of `each` takes the label around it that adds most to the modularity: its weight there, less what chance puts there."""
    size = len(own)
    keys, places = np.unique(
        np.concatenate([node, each]) * size + np.concatenate([label, own[each]]), return_inverse=True
    )
    sums = np.bincount(places, weights=np.concatenate([weight, np.zeros(len(each))]))
    nodes, labels = keys // size, keys % size
    stays = labels == own[nodes]
    held = np.bincount(own, weights=strength, minlength=size)[labels] - np.where(stays, strength[nodes], 0.0)
    gain = sums - strength[nodes] * held / strength.sum()
    order = np.lexsort((labels, ~stays, -np.round(gain, 9), nodes))
    first = order[np.unique(nodes[order], return_index=True)[1]]
    found = own.copy()
    found[nodes[first]] = labels[first]
    return found


def _by_size(labels: Ints) -> Ints:
    known, places, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    order = np.lexsort((known, -sizes))
    number = np.empty(len(known), dtype=np.int64)
    number[order] = np.arange(len(known))
    return np.asarray(number[places], dtype=np.int64)


def modularity(both: Matrix, labels: Ints) -> float:
    """How much more weight lies within the groups than chance would put there: -0.5 to 1."""
    ends = both.tocoo()
    strength = np.asarray(both.sum(axis=1), dtype=np.float64)
    return _gained(_Ends(ends.row, ends.col, ends.data), strength, float(strength.sum()), labels)


class _Ends(NamedTuple):
    """The two ends of each tie, and its weight."""

    row: Ints
    col: Ints
    data: Floats


def _gained(ends: _Ends, strength: Floats, whole: float, labels: Ints) -> float:
    within = float(ends.data[labels[ends.row] == labels[ends.col]].sum())
    expected = float((np.bincount(labels, weights=strength) ** 2).sum())
    return within / whole - expected / whole**2
