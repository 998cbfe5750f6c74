"""One demand: the best mission that a calendar and a budget admit, and what else there is. See docs/methods/calendar.md."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from ayni.methods.missions.calendar import NO_DAYS, Calendar, Lack, has_days, least_cost, schedule
from ayni.methods.missions.costs import Cost, Terms, around, whole
from ayni.methods.missions.cuts import EQUAL
from ayni.methods.missions.ordered import InOrder
from ayni.methods.missions.problem import Demand, Fit, Mission, Offer, Problem
from ayni.methods.missions.roster import Roster
from ayni.methods.missions.teams import NOTHING, Table, Team

MORE = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mission with its calendar and its cost."""

    mission: Mission
    calendar: Calendar
    cost: Cost


@dataclass(frozen=True, slots=True)
class Planned:
    """The `best` proposal, that of one country `alone`, the next best; no mission that is admitted is worth more than `bound`.

    `status` is "optimal", "feasible" when time ran out, or "none". `to_ask` are offers that fit and do not tell when their experts
    are free: they cannot be planned with. Where there is none, `lack` says what the most valuable team lacks.
    """

    status: str
    bound: float
    best: Proposal | None
    alone: Proposal | None
    alternatives: tuple[Proposal, ...]
    to_ask: tuple[str, ...]
    lack: Lack | None


def plan_mission(
    offers: Sequence[Offer],
    demand: Demand,
    fits: Sequence[Fit],
    roster: Roster,
    *,
    terms: Terms | None = None,
    max_countries: int = 3,
    coordination: float = 0.05,
    more: int = MORE,
    time_limit: float = 10.0,
) -> Planned:
    """The missions of a demand worth most, of those for which `schedule` finds a calendar within the budget.

    A mission is worth what it is in `single.mission`; equals come in the order of their offers.
    """
    begun = time.monotonic()
    terms = terms or Terms()
    problem = Problem(offers, [demand], fits, max_countries, coordination)
    one_country = _Search(replace(problem, max_countries=1), roster, terms)
    single, _bound = one_country.best(1, begun + time_limit / 4)
    search = _Search(problem, roster, terms)
    found, bound = search.best(more + 1, begun + time_limit)
    alone = single[0] if single else None
    if not found:
        status = "feasible" if bound > 0 else "none"
        return Planned(status, bound, None, alone, (), search.to_ask(), search.lack())
    best = found[0]
    status = "feasible" if bound > best.mission.value else "optimal"
    return Planned(status, bound, best, alone, tuple(found[1:]), search.to_ask(), None)


class _Search:
    """Teams in the order of their worth, each held to the calendar and the budget.

    Of a team without days the smallest part that has none either is kept: no team that holds it is tried again.
    """

    def __init__(self, problem: Problem, roster: Roster, terms: Terms) -> None:
        self.problem, self.roster, self.terms = problem, roster, terms
        self.table = Table(problem)
        self._refused: set[tuple[int, ...]] = set()
        self._net = self.table.gain.copy()
        for entry in range(len(self._net)):
            if not self._may((entry,)):
                self._net[entry] = NOTHING
        self._budget = math.inf if terms.budget is None else terms.budget
        self._least = self._cheapest()
        ways = [[self._least[entry] for entry in rows if entry in self._least] for rows in self.table.candidates(0)]
        self._ahead = [sum(min(costs, default=0.0) for costs in ways[place:]) for place in range(len(ways) + 1)]

    def _cheapest(self) -> dict[int, float]:
        """{entry: what it costs at least, but for travel} of the entries that find their days."""
        found: dict[int, float] = {}
        for entry in np.flatnonzero(self._net > NOTHING):
            mission = self.table.mission(Team(0, (int(entry),), 0.0))
            beside = around(self.problem, mission, self.terms)
            found[int(entry)] = least_cost(mission.parts, self.roster) + beside.interpretation
        return found

    def best(self, most: int, until: float) -> tuple[list[Proposal], float]:
        """(the `most` best proposals, what none that is admitted exceeds)."""
        found: list[Proposal] = []
        for reach, team in InOrder(self.table, self._net, self._refuses):
            if time.monotonic() > until:
                return found, found[0].mission.value if found else reach
            proposal = self._admitted(team) if team else None
            if proposal:
                found.append(proposal)
                if len(found) == most:
                    break
        return found, found[0].mission.value if found else 0.0

    def to_ask(self) -> tuple[str, ...]:
        """The offers that fit and tell no calendar."""
        names = {self.table.offers[offer].id for offer in self.table.offer}
        return tuple(sorted(name for name in names if not self.roster.tells(name)))

    def lack(self) -> Lack | None:
        """What the most valuable team lacks, calendar and budget aside; None where there is no team at all."""
        _value, team = self.table.best_within(0, self.table.gain, self.table.capacity, 0.0)
        proposal = self._propose(team.entries) if team else None
        return proposal if isinstance(proposal, Lack) else None

    def _refuses(self, entries: tuple[int, ...]) -> bool:
        """Whether a team with these entries is known not to be admitted: too dear, or without days."""
        if self._at_least(entries) > self._budget + EQUAL:
            return True
        return bool(self._refused) and any(
            part in self._refused for size in range(2, len(entries) + 1) for part in combinations(entries, size)
        )

    def _admitted(self, team: Team) -> Proposal | None:
        proposal = self._propose(team.entries)
        if not isinstance(proposal, Lack):
            return proposal
        if proposal.reason == NO_DAYS:
            self._refused.add(self._smallest(team.entries))
        return None

    def _at_least(self, entries: tuple[int, ...]) -> float:
        """What a team that begins like this costs at least, were the cheapest experts free."""
        countries = {self.table.countries[self.table.country[entry]] for entry in entries}
        travel = math.fsum(self.terms.travel.get(country) or 0.0 for country in countries)
        return travel + math.fsum(self._least[entry] for entry in entries) + self._ahead[len(entries)]

    def _smallest(self, entries: tuple[int, ...]) -> tuple[int, ...]:
        """A part of a refused team that is refused, while each smaller part of it is not."""
        for entry in entries:
            fewer = tuple(other for other in entries if other != entry)
            if fewer and not self._may(fewer):
                return self._smallest(fewer)
        return entries

    def _may(self, entries: tuple[int, ...]) -> bool:
        """Whether these parts alone find their days."""
        return has_days(self.table.mission(Team(0, entries, 0.0)).parts, self.roster)

    def _propose(self, entries: tuple[int, ...]) -> Proposal | Lack:
        mission = self.table.mission(Team(0, entries, 0.0))
        beside = around(self.problem, mission, self.terms)
        budget = None if self.terms.budget is None else self.terms.budget - beside.least
        calendar = schedule(mission.parts, self.roster, budget=budget)
        return calendar if isinstance(calendar, Lack) else Proposal(mission, calendar, whole(beside, calendar))
