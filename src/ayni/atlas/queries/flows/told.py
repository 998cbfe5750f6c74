"""What each figure shows of an answer, as plain values: sums, ranks, shares, roles, the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ayni.analytics.cubes import Plane
from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.asked import Answer
from ayni.methods.concentration import hhi, normalised_hhi
from ayni.methods.flow_network import FlowNetwork, flow_network
from ayni.methods.roles import dual_role, reciprocity

MOST = 12


def ranked(sums: Mapping[Any, float], most: int | None = None) -> list[tuple[Any, float]]:
    """What is not nothing, the greatest first."""
    found = sorted(((code, value) for code, value in sums.items() if value), key=lambda pair: (-pair[1], str(pair[0])))
    return found[:most]


def by(answer: Answer, way: str) -> list[tuple[Any, float]]:
    """Sums by a way to cut, the greatest first."""
    return ranked(answer.cut.by(way, answer.measure))


def corner(plane: Plane, most: int = MOST) -> tuple[list[Any], list[Any], list[list[float]]]:
    """The part of a plane with its greatest rows and columns, as a table: (rows, columns, sums)."""
    rows = [code for code, _sum in ranked(dict(zip(plane.rows, plane.sums.sum(axis=1).tolist(), strict=True)), most)]
    columns = [
        code for code, _sum in ranked(dict(zip(plane.columns, plane.sums.sum(axis=0).tolist(), strict=True)), most)
    ]
    at, on = [plane.rows.index(code) for code in rows], [plane.columns.index(code) for code in columns]
    return rows, columns, [[float(plane.sums[i, j]) for j in on] for i in at]


def years(answer: Answer) -> list[tuple[int, float]]:
    """Each year from the first to the last, those without anything too."""
    sums = answer.cut.by("year", answer.measure)
    return [(year, sums.get(year, 0.0)) for year in answer.cut.years]


@dataclass(frozen=True, slots=True)
class Concentrated:
    """A recipient, how many give to it, and the index of their shares (and over 0 to 1)."""

    code: str
    value: float
    providers: int
    index: float
    normalised: float


def concentration(answer: Answer) -> list[Concentrated]:
    """Each recipient country's concentration on its providers, the greatest recipients first."""
    given: dict[str, list[float]] = {}
    for (_provider, recipient), value in answer.pairs.items():
        if value > 0 and not recipient.startswith("reg-"):
            given.setdefault(recipient, []).append(value)
    found = [
        Concentrated(code, sum(values), len(values), hhi(values), normalised_hhi(values))
        for code, values in given.items()
    ]
    return sorted(found, key=lambda row: (-row.value, row.code))


@dataclass(frozen=True, slots=True)
class Role:
    """A country's two roles: `dual` 1 where it offers as much as it receives, 0 where it does one alone."""

    code: str
    offered: float
    received: float
    dual: float


def roles(answer: Answer) -> tuple[list[Role], float | None]:
    """Countries that offer and receive, and which part of all that flows comes back between the same two."""
    flows = {pair: value for pair, value in answer.pairs.items() if value > 0}
    offered: dict[str, float] = {}
    received: dict[str, float] = {}
    for (provider, recipient), value in flows.items():
        offered[provider] = offered.get(provider, 0.0) + value
        received[recipient] = received.get(recipient, 0.0) + value
    found = [
        Role(code, offered.get(code, 0.0), received.get(code, 0.0), dual)
        for code in sorted({*offered, *received})
        if labels.is_country(code) and (dual := dual_role(offered.get(code, 0), received.get(code, 0)))
    ]
    return sorted(found, key=lambda row: (-row.dual, -row.offered - row.received, row.code)), reciprocity(flows)


def network(answer: Answer) -> FlowNetwork:
    """Who is tied to whom, with the measures of methods.flow_network; regions as such are nobody."""
    flows = {pair: value for pair, value in answer.pairs.items() if value > 0 and not pair[1].startswith("reg-")}
    return flow_network(flows)
