"""The choice among known teams: a set packing over demands and offers, solved by HiGHS. See docs/methods/missions.md."""

import time
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from ayni.methods.missions.teams import Floats, Table, Team
from ayni.methods.packing import Packing


class Master:
    """Mixtures of teams: each demand is served once at most, no offer gives more days than it has. Teams are added as they are found."""

    def __init__(self, table: Table, seed: int) -> None:
        self.table = table
        self.teams: list[Team] = []
        self._known: set[tuple[int, ...]] = set()
        demands = len(table.demands)
        self._packing = Packing(np.concatenate([np.ones(demands), table.capacity]), seed=seed)
        self._offers = {offer: demands + offer for offer in range(len(table.offers))}

    def add(self, teams: Iterable[Team]) -> int:
        """Let these teams be chosen; those that are known stay. Returns how many are new."""
        new = []
        for team in teams:
            if team.entries not in self._known and team.value > 0:
                self._known.add(team.entries)
                new.append(team)
        self._packing.add(
            [team.value for team in new], [_uses(self.table, team, team.demand, self._offers) for team in new]
        )
        self.teams += new
        return len(new)

    def prices(self) -> tuple[float, Floats, Floats]:
        """(value, price of serving each demand, price of a day of each offer) of the best mixture of teams."""
        value, prices = self._packing.parts()
        demands = len(self.table.demands)
        return value, prices[:demands], prices[demands:]


def choose(
    table: Table,
    teams: Sequence[Team],
    *,
    until: float,
    gap: float,
    seed: int,
    limited: AbstractSet[int] | None = None,
) -> tuple[list[Team], float]:
    """(teams, bound): the best plan of whole teams that is found in time, and what no plan of these teams exceeds.

    What can be decided apart is: demands stay together only where they may want more days of an offer than it has. With
    `limited` only those offers have a limit.
    """
    chosen: list[Team] = []
    bound = 0.0
    scarce = _scarce(table, teams)
    scarce = scarce if limited is None else scarce & limited
    parts = sorted(_apart(table, teams, scarce), key=len)
    left = sum(len(part) for part in parts)
    for part in parts:
        seconds = (until - time.monotonic()) * len(part) / max(left, 1)
        left -= len(part)
        found, reached = _choose(table, part, scarce, seconds, gap, seed)
        chosen += found
        bound += reached
    return chosen, bound


def over(table: Table, teams: Sequence[Team]) -> set[int]:
    """The offers from which these teams together take more days than there are."""
    taken: dict[int, float] = {}
    for team in teams:
        for offer, days in _need(table, team).items():
            taken[offer] = taken.get(offer, 0.0) + days
    return {offer for offer, days in taken.items() if days > table.capacity[offer] * (1 + 1e-12) + 1e-9}


def _choose(
    table: Table, teams: Sequence[Team], among: AbstractSet[int], seconds: float, gap: float, seed: int
) -> tuple[list[Team], float]:
    alone = len({team.demand for team in teams}) == 1
    if alone and not any(_need(table, team).keys() & among for team in teams):
        best = max(teams, key=lambda team: (team.value, team.entries))
        return [best], best.value
    demands = {demand: place for place, demand in enumerate(sorted({team.demand for team in teams}))}
    scarce = sorted(among & {offer for team in teams for offer in _need(table, team)})
    offers = {offer: len(demands) + place for place, offer in enumerate(scarce)}
    packing = Packing(np.concatenate([np.ones(len(demands)), table.capacity[scarce]]), seed=seed)
    uses = [_uses(table, team, demands[team.demand], offers) for team in teams]
    packing.add([team.value for team in teams], uses, most=1.0)
    chosen, bound = packing.whole(seconds=seconds, gap=gap)
    return [teams[place] for place in chosen], min(bound, sum(_best_of_each(teams).values()))


def _best_of_each(teams: Sequence[Team]) -> dict[int, float]:
    best: dict[int, float] = {}
    for team in teams:
        best[team.demand] = max(best.get(team.demand, 0.0), team.value)
    return best


def _scarce(table: Table, teams: Sequence[Team]) -> set[int]:
    """The offers from which these teams, one for each demand, may want more days than there are."""
    wanted: dict[int, dict[int, float]] = {}
    for team in teams:
        for offer, days in _need(table, team).items():
            of = wanted.setdefault(offer, {})
            of[team.demand] = max(of.get(team.demand, 0.0), days)
    return {offer for offer, days in wanted.items() if sum(days.values()) > table.capacity[offer]}


def _apart(table: Table, teams: Sequence[Team], scarce: AbstractSet[int]) -> list[list[Team]]:
    """The teams in groups that share no scarce offer and no demand."""
    leader: dict[int, int] = {}

    def find(demand: int) -> int:
        while leader.setdefault(demand, demand) != demand:
            leader[demand] = leader[leader[demand]]
            demand = leader[demand]
        return demand

    first: dict[int, int] = {}
    for team in teams:
        for offer in _need(table, team):
            if offer in scarce:
                leader[find(team.demand)] = find(first.setdefault(offer, team.demand))
    groups: dict[int, list[Team]] = {}
    for team in teams:
        groups.setdefault(find(team.demand), []).append(team)
    return list(groups.values())


def _need(table: Table, team: Team) -> dict[int, float]:
    """{offer: days} that a team takes."""
    need: dict[int, float] = {}
    for entry in team.entries:
        offer = int(table.offer[entry])
        need[offer] = need.get(offer, 0.0) + float(table.days[entry])
    return need


def _uses(table: Table, team: Team, demand: int, offers: Mapping[int, int]) -> dict[int, float]:
    """{limit: how much of it} of a team: its demand once, and the days of those offers that have a limit."""
    return {demand: 1.0} | {offers[offer]: days for offer, days in _need(table, team).items() if offer in offers}
