"""Choosing whole teams with an eye on how their days spread over countries, and what no plan exceeds. See docs/methods/fairness.md."""

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ayni.methods.missions.teams import Floats, Table, Team
from ayni.methods.packing import Packing

NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Goal:
    """What is sought ("countries" that serve, a low "load" of the country that gives most days, or "value"), and within what."""

    name: str
    floor: float
    countries: int = 0
    load: float = math.inf


class Spread:
    """The choice for a goal. `complete` says that `teams` are all there are; otherwise others are added as they are wanted.

    Limits in this order: each demand once; the days of each offer; the floor of the value; the load of each country; each country
    serves only where it has a part; how many serve at least.
    """

    def __init__(self, table: Table, goal: Goal, teams: Iterable[Team], *, complete: bool, seed: int) -> None:
        self.table, self.goal, self.seed, self.complete = table, goal, seed, complete
        demands, offers, countries = len(table.demands), len(table.offers), len(table.countries)
        self._offer = demands
        self._value = demands + offers
        self._load = self._value + 1
        self._serve = self._load + countries
        self._many = self._serve + countries
        self._limits = np.concatenate(
            [
                np.ones(demands),
                table.capacity,
                [-goal.floor + NEAR * goal.floor],
                np.zeros(2 * countries),
                [-float(goal.countries)],
            ]
        )
        self.teams = list({team.entries: team for team in teams}.values())
        self._known = {team.entries for team in self.teams}

    def solve(self, standing: list[Team], *, until: float) -> tuple[list[Team], float]:
        """(the best teams found, what no plan exceeds): countries, the load below zero, or the value. `standing` is a plan that will do."""
        bound = math.inf if self.complete else self._generate(time.monotonic() + (until - time.monotonic()) / 2)
        packing = self._packing(self.teams, most=1.0)
        chosen, reached = packing.whole(seconds=until - time.monotonic(), gap=NEAR)
        first = len(self.table.countries) + 1
        found = [self.teams[place - first] for place in chosen if place >= first]
        best = max(found, standing, key=self._worth) if self._keeps(found) else standing
        return best, max(reached if self.complete else bound, self._worth(best))

    def _packing(self, teams: Sequence[Team], most: float | None = None) -> Packing:
        """The load, whether each country serves, then the teams."""
        packing = Packing(self._limits, seed=self.seed)
        countries = range(len(self.table.countries))
        load = {self._load + country: -1.0 for country in countries}
        highest = None if math.isinf(self.goal.load) else self.goal.load * (1 + NEAR)
        packing.add([-1.0 if self.goal.name == "load" else 0.0], [load], most=highest, divisible=True)
        served = 1.0 if self.goal.name == "countries" else 0.0
        packing.add(
            [served for _country in countries],
            [{self._serve + country: 1.0, self._many: -1.0} for country in countries],
            most=1.0,
        )
        self._add(packing, teams, most)
        return packing

    def _add(self, packing: Packing, teams: Sequence[Team], most: float | None = None) -> None:
        worth = [team.value if self.goal.name == "value" else 0.0 for team in teams]
        packing.add(worth, [self._uses(team) for team in teams], most=most)

    def _uses(self, team: Team) -> dict[int, float]:
        uses = {team.demand: 1.0, self._value: -team.value}
        for entry in team.entries:
            days, country = float(self.table.days[entry]), int(self.table.country[entry])
            for limit, amount in (
                (self._offer + int(self.table.offer[entry]), days),
                (self._load + country, days),
                (self._serve + country, -1.0),
            ):
                uses[limit] = uses.get(limit, 0.0) + amount
        return uses

    def _generate(self, until: float) -> float:
        """Add the teams that are missing from the best mixture; returns what no plan exceeds."""
        packing = self._packing(self.teams)
        bound = math.inf
        while True:
            value, prices = packing.parts()
            reach, ways = self._missing(prices)
            bound = min(bound, reach)
            new = [team for team in ways if team.entries not in self._known]
            if not new or bound - value <= NEAR * abs(bound) or time.monotonic() > until:
                return bound
            self._add(packing, new)
            self.teams += new
            self._known |= {team.entries for team in new}

    def _missing(self, prices: Floats) -> tuple[float, list[Team]]:
        """(what no plan exceeds at these prices, the teams that are worth more than theirs).

        The bound is Lagrange's: the limits but those of each demand are paid for, each demand takes what then is best.
        """
        table, countries = self.table, len(self.table.countries)
        of_day = prices[self._offer : self._value]
        of_value = float(prices[self._value]) + (1.0 if self.goal.name == "value" else 0.0)
        load = prices[self._load : self._serve]
        if self.goal.name == "load" and load.sum() > 1:
            load = load / load.sum()
        serve = prices[self._serve : self._many]
        unit = max(of_value, NEAR)
        paid = table.days * (of_day[table.offer] + load[table.country]) - serve[table.country]
        reach, ways = table.best(table.gain - paid / unit, ways=2)
        bound = float(of_day @ table.capacity) + unit * float(np.maximum(reach, 0.0).sum())
        bound += float(prices[self._value]) * float(self._limits[self._value])
        # A load that may not be exceeded has its price.
        bound += float(load.sum()) * self.goal.load if not math.isinf(self.goal.load) else 0.0
        gains = np.sort((1.0 if self.goal.name == "countries" else 0.0) - serve)[::-1]
        bound += float(np.maximum(gains, np.where(np.arange(countries) < self.goal.countries, gains, 0.0)).sum())
        new = []
        for demand, found in enumerate(ways):
            if unit * reach[demand] > prices[demand] + NEAR:
                new += [
                    Team(demand, entries, table.worth(demand, entries))
                    for entries in found
                    if table.is_within(entries, table.capacity) and table.worth(demand, entries) > 0
                ]
        return bound, new

    def _days(self, teams: Sequence[Team]) -> Floats:
        """The days that each country gives."""
        days = np.zeros(len(self.table.countries))
        for team in teams:
            for entry in team.entries:
                days[self.table.country[entry]] += self.table.days[entry]
        return days

    def _worth(self, teams: Sequence[Team]) -> float:
        if self.goal.name == "value":
            return math.fsum(team.value for team in teams)
        days = self._days(teams)
        return float((days > 0).sum()) if self.goal.name == "countries" else -float(days.max())

    def _keeps(self, teams: Sequence[Team]) -> bool:
        """Whether the solver's choice keeps the goal's limits; where time runs out it may have none."""
        days = self._days(teams)
        return (
            math.fsum(team.value for team in teams) >= self.goal.floor * (1 - 1e-7)
            and int((days > 0).sum()) >= self.goal.countries
            and float(days.max()) <= self.goal.load * (1 + 1e-7)
        )
