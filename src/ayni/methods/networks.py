"""The network of declared cooperation, with only the measures that the reports can carry.

Only reporting countries are fully observed: a partner that did not report may cooperate with any other and nobody
would know. So measures over all nodes are not estimated here, and the reason is given. See docs/methods/network.md.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ayni.methods.partners import declarations

DIRECTION_UNKNOWN = "direction-unknown"
PARTNERS_DID_NOT_REPORT = "partners-did-not-report"
TOO_FEW_REPORTERS = "too-few-reporters"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value, or (None) the reason why there is none."""

    value: float | None
    reason: str | None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("An estimate has either a value or a reason.")


@dataclass(frozen=True, slots=True)
class Network:
    """`edges` are unordered pairs, each sorted; `degree` counts a node's neighbours; `mentions` {partner: reporters}.

    `density` is over the pairs of reporters, mutual declarations only. `layout` puts each node at (x, y) in [-1, 1]:
    reporters on an inner circle, partners around them in the direction of those who name them.
    """

    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    degree: Mapping[str, int]
    mentions: Mapping[str, int]
    density: float | None
    estimable: Mapping[str, Estimate]
    layout: Mapping[str, tuple[float, float]]


def network(pairs: Iterable[tuple[str, str]], reporters: Collection[str]) -> Network:
    """The network of the (declaring, declared) `pairs`; every first member must be among `reporters` (ValueError)."""
    known = frozenset(reporters)
    declared = sorted(set(pairs))
    for one, other in declared:
        if one not in known:
            raise ValueError(f"({one}, {other}): {one} is not among the reporters.")
    edges = tuple(sorted({pair if pair[0] < pair[1] else (pair[1], pair[0]) for pair in declared}))
    nodes = tuple(sorted(known.union(*edges)))
    degree = dict.fromkeys(nodes, 0)
    for one, other in edges:
        degree[one] += 1
        degree[other] += 1
    mentions: dict[str, int] = {}
    for _one, other in declared:
        mentions[other] = mentions.get(other, 0) + 1
    density = _density(declared, known)
    return Network(
        nodes=nodes,
        edges=edges,
        degree=degree,
        mentions=mentions,
        density=density.value,
        estimable={
            "density": density,
            "strength": Estimate(None, DIRECTION_UNKNOWN),
            "betweenness": Estimate(None, PARTNERS_DID_NOT_REPORT),
            "centralisation": Estimate(None, PARTNERS_DID_NOT_REPORT),
        },
        layout=_layout(nodes, declared, sorted(known)),
    )


def _density(declared: Iterable[tuple[str, str]], reporters: Collection[str]) -> Estimate:
    if len(reporters) < 3:
        return Estimate(None, TOO_FEW_REPORTERS)
    mutual = len(declarations(declared, reporters).mutual)
    return Estimate(mutual / math.comb(len(reporters), 2), None)


def _layout(
    nodes: Iterable[str], declared: Iterable[tuple[str, str]], reporters: list[str]
) -> dict[str, tuple[float, float]]:
    """A drawing of our own, the same on every machine. Partners of the same reporters stand beside one another."""
    turn = {name: 2 * math.pi * position / max(1, len(reporters)) for position, name in enumerate(reporters)}
    placed = {name: _at(0.42 if len(reporters) > 1 else 0.0, angle) for name, angle in turn.items()}
    named_by: dict[str, list[str]] = {}
    for one, other in declared:
        if other not in turn:
            named_by.setdefault(other, []).append(one)
    outer = sorted(
        (node for node in nodes if node not in turn),
        key=lambda node: (_direction([turn[name] for name in named_by[node]]), len(named_by[node]), node),
    )
    for position, node in enumerate(outer):
        reach = 1.0 if position % 2 else 0.86
        placed[node] = _at(reach, 2 * math.pi * position / len(outer))
    return placed


def _direction(angles: Iterable[float]) -> float:
    """The mean direction, in [0, 2 pi), rounded so that every machine sorts alike."""
    points = [(math.cos(angle), math.sin(angle)) for angle in angles]
    x, y = (math.fsum(axis) for axis in zip(*points, strict=True))
    return round(math.atan2(y, x) % (2 * math.pi), 6) if math.hypot(x, y) > 1e-9 else 0.0


def _at(radius: float, angle: float) -> tuple[float, float]:
    return round(radius * math.cos(angle), 3) + 0.0, round(radius * math.sin(angle), 3) + 0.0
