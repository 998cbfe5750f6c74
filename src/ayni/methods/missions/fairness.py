"""A portfolio that spreads missions over countries, at a price that is told. See docs/methods/fairness.md.

Of all plans worth at least (1 - price) of the best one (Bertsimas, Farias and Trichakis 2011): one in which most countries serve, of
these one in which the country that gives most days gives fewest, and of these the one worth most.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ayni.methods.missions.portfolio import plan_of, portfolio
from ayni.methods.missions.problem import Mission, Plan, Problem
from ayni.methods.missions.spread import Goal, Spread
from ayni.methods.missions.teams import Table, Team

PROVED = 1e-6
# Up to so many teams all are written down, and what is found is proved among them; beyond, teams are added as they are wanted.
ALL = 20_000


@dataclass(frozen=True, slots=True)
class Fair:
    """A fair `plan` beside the `best` one. No plan within the price has more than `most_countries` that serve, and none in which as
    many serve as here lets the country with the most days give fewer than `least_load`.
    """

    plan: Plan
    best: Plan
    most_countries: int
    least_load: float

    @property
    def days(self) -> Mapping[str, float]:
        """{country: the days that it gives}, those that give most first."""
        return days_of(self.plan.missions)

    @property
    def countries(self) -> int:
        """How many countries serve."""
        return len(self.days)

    @property
    def load(self) -> float:
        """The days of the country that gives most."""
        return max(self.days.values(), default=0.0)

    @property
    def price(self) -> float:
        """The share of the best plan's worth that fairness costs."""
        return max(0.0, 1 - self.plan.objective / self.best.objective) if self.best.objective > 0 else 0.0

    @property
    def is_proved(self) -> bool:
        """Whether no plan within the price is fairer."""
        return self.countries == self.most_countries and self.load <= self.least_load * (1 + PROVED) + PROVED


def days_of(missions: Sequence[Mission]) -> dict[str, float]:
    """{country: the days that it gives in these missions}, those that give most first."""
    found: dict[str, float] = {}
    for mission in missions:
        for part in mission.parts:
            found[part.country] = found.get(part.country, 0.0) + part.days
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def fair_portfolio(problem: Problem, *, price: float = 0.02, time_limit: float = 60.0, seed: int = 0) -> Fair:
    """The fairest plan found whose worth is at least (1 - price) of that of the best plan found."""
    if not 0 <= price <= 1:
        raise ValueError("The price is a share from 0 to 1.")
    begun = time.monotonic()
    best = portfolio(problem, time_limit=time_limit / 3, seed=seed)
    if not best.missions:
        return Fair(best, best, 0, 0.0)
    table = Table(problem)
    teams = list(islice(_every(table), ALL + 1))
    complete = len(teams) <= ALL
    known = teams if complete else []
    standing = _teams(table, best.missions)
    floor = (1 - price) * best.objective
    end = begun + time_limit

    def solve(goal: Goal, share: float) -> tuple[list[Team], float]:
        now = time.monotonic()
        spread = Spread(table, goal, [*known, *standing], complete=complete, seed=seed)
        return spread.solve(standing, until=now + share * max(end - now, 0.1))

    standing, bound = solve(Goal("countries", floor), 0.3)
    countries = _countries(table, standing)
    most = max(countries, int(bound + PROVED))
    standing, bound = solve(Goal("load", floor, countries), 0.7)
    load = max(days_of([table.mission(team) for team in standing]).values())
    least = min(load, max(-bound, 0.0))
    standing, _bound = solve(Goal("value", floor, countries, load), 0.9)
    plan = plan_of(table, standing, best.bound)
    return Fair(plan, best, most, least)


def _every(table: Table) -> Iterator[Team]:
    for demand in range(len(table.demands)):
        yield from table.search(demand, table.gain, table.capacity, 1e-12)


def _teams(table: Table, missions: Sequence[Mission]) -> list[Team]:
    """Missions as teams of the table."""
    row = {
        (table.demands[demand].id, table.quadrants[demand][quadrant], table.offers[offer].id): entry
        for entry, (demand, quadrant, offer) in enumerate(zip(table.demand, table.quadrant, table.offer, strict=True))
    }
    place = {demand.id: number for number, demand in enumerate(table.demands)}
    found = []
    for mission in missions:
        entries = tuple(sorted(row[mission.demand, part.quadrant, part.offer] for part in mission.parts))
        found.append(Team(place[mission.demand], entries, table.worth(place[mission.demand], entries)))
    return found


def _countries(table: Table, teams: Sequence[Team]) -> int:
    return len({int(table.country[entry]) for team in teams for entry in team.entries})
