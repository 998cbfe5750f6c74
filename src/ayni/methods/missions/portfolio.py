"""All demands against all offers at once: the teams worth most together, with the proof of how near they are to the best.

Columns are teams. Linear prices of expert-days tell which teams are missing (column generation; Desaulniers, Desrosiers and
Solomon 2005), the sum of what each demand could gain at these prices bounds every plan (Geoffrion 1974), and teams that
could still be part of a better plan are found by their reduced value (Baldacci, Christofides and Mingozzi 2008). See
docs/methods/missions.md.
"""

import time
from collections.abc import Iterator
from itertools import islice

import numpy as np

from ayni.methods.missions.greedy import greedy
from ayni.methods.missions.master import Master, choose, over
from ayni.methods.missions.patterns import undominated
from ayni.methods.missions.problem import Plan, Problem
from ayni.methods.missions.teams import Floats, Table, Team

PROVED = 1e-6
# Shares of the gap in which teams are looked for, and the most that are weighed at once.
PARTS = (0.05, 0.15, 0.4, 0.7, 1.0)
MOST = 120_000


def portfolio(problem: Problem, *, time_limit: float = 60.0, seed: int = 0) -> Plan:
    """The best plan found within `time_limit` seconds. The same input and seed give the same plan unless time runs out."""
    begun = time.monotonic()
    end = begun + time_limit
    table = Table(problem)
    best = greedy(table)
    if not best:
        return plan_of(table, [], 0.0)
    master = Master(table, seed)
    master.add(best)
    bound, prices = _generate(table, master, begun + time_limit / 2)
    best, _known = _better(table, master.teams, best, until=_within(end, 0.25), seed=seed)
    reach = bound
    best, bound = _close(table, prices, best, reach, until=_within(end, 0.6), seed=seed)
    # Teams near the prices first: few, and with a better plan the gap that all of them must fill is smaller.
    for part in PARTS:
        if not _open(best, bound) or time.monotonic() > end:
            break
        slack = part * (reach - _value(best))
        teams, complete = _near(table, prices, slack, end)
        until = _within(end, 1.0 if complete else 0.5)
        best, reached = _better(table, [*master.teams, *teams], best, until=until, seed=seed)
        if not complete:
            break
        # A plan with any other team falls short of `reach` by more than `slack`.
        bound = max(min(bound, max(reached, reach - slack)), _value(best))
    return plan_of(table, best, max(bound, _value(best)))


def _close(
    table: Table, prices: tuple[Floats, Floats], best: list[Team], reach: float, *, until: float, seed: int
) -> tuple[list[Team], float]:
    """(the best plan known, what no plan exceeds): whole plans of undominated teams, only offers known to be scarce having a limit.

    Where such a plan takes more of an offer than there is, that one is scarce too; where it does not, no plan is worth more.
    """
    of_demand, of_day = prices
    scarce = {int(offer) for offer in np.flatnonzero(of_day > 0)}
    bound = reach
    while _open(best, bound) and time.monotonic() < until:
        slack = reach - _value(best)
        teams, complete = undominated(table, of_demand, of_day, scarce, slack, most=MOST, until=until)
        if not complete:
            break
        found, reached = choose(table, teams, until=until, gap=PROVED / 10, seed=seed, limited=scarce)
        bound = max(min(bound, reached), _value(best))
        beyond = over(table, found)
        if not beyond:
            return max(best, found, key=_value), bound
        scarce |= beyond
        best, _known = _better(table, [*best, *teams], best, until=_within(until, 0.5), seed=seed)
    return best, bound


def plan_of(table: Table, teams: list[Team], bound: float) -> Plan:
    missions = sorted((table.mission(team) for team in teams), key=lambda mission: mission.demand)
    served = {mission.demand for mission in missions}
    objective = sum(mission.value for mission in missions)
    unserved = tuple(demand.id for demand in table.demands if demand.id not in served)
    if not missions:
        return Plan("none", 0.0, max(bound, 0.0), (), unserved)
    status = "optimal" if bound - objective <= PROVED * abs(bound) else "feasible"
    return Plan(status, objective, max(bound, objective), tuple(missions), unserved)


def _generate(table: Table, master: Master, until: float) -> tuple[float, tuple[Floats, Floats]]:
    """Add teams until none is missing from the best mixture, or time is up. Returns (bound, (reach, prices) at the bound)."""
    bound, at = float("inf"), (np.zeros(0), np.zeros(0))
    _reach, ways = table.best(table.gain, ways=6)
    master.add(_feasible(table, ways))
    while True:
        value, of_demand, of_day = master.prices()
        net = table.gain - of_day[table.offer] * table.days
        reach, ways = table.best(net, ways=3)
        _make_exact(table, net, of_demand, reach, ways)
        reach = np.maximum(reach, 0.0)
        here = float(of_day @ table.capacity + reach.sum())
        if here < bound:
            bound, at = here, (reach, of_day)
        missing = [found if reach[demand] > of_demand[demand] + 1e-9 else [] for demand, found in enumerate(ways)]
        closed = bound - value <= PROVED / 10 * abs(bound)
        if closed or time.monotonic() > until or not master.add(_feasible(table, missing)):
            return bound, at


def _make_exact(table: Table, net: Floats, of_demand: Floats, reach: Floats, ways: list[list[tuple[int, ...]]]) -> None:
    """Where the best team asks one offer for more days than it has, put the best that does not in its place."""
    for demand, found in enumerate(ways):
        if found and reach[demand] > of_demand[demand] and not table.is_within(found[0], table.capacity):
            reach[demand], team = table.best_within(demand, net, table.capacity, 0.0)
            ways[demand] = found if team is None else [*found, team.entries]


def _feasible(table: Table, ways: list[list[tuple[int, ...]]]) -> Iterator[Team]:
    """Those of the teams whose offers have the days."""
    for demand, found in enumerate(ways):
        for entries in found:
            if table.is_within(entries, table.capacity):
                yield Team(demand, entries, table.worth(demand, entries))


def _near(table: Table, prices: tuple[Floats, Floats], slack: float, end: float) -> tuple[list[Team], bool]:
    """(the teams that fall short of their demand's reach by `slack` at most, whether they are all there).

    A plan with a team that falls short by more than the gap cannot be better than the plan that leaves this gap.
    """
    reach, of_day = prices
    net = table.gain - of_day[table.offer] * table.days
    found: list[Team] = []
    for demand in range(len(table.demands)):
        search = table.search(demand, net, table.capacity, float(reach[demand]) - slack - 1e-9)
        found += islice(search, MOST - len(found) + 1)
        if len(found) > MOST or time.monotonic() > end:
            return found, False
    return found, True


def _better(table: Table, teams: list[Team], best: list[Team], *, until: float, seed: int) -> tuple[list[Team], float]:
    """(the better of `best` and the best plan of these teams, the bound of these teams)."""
    unique = list({team.entries: team for team in teams if team.value > 0}.values())
    found, reached = choose(table, unique, until=until, gap=PROVED / 10, seed=seed)
    return max(best, found, key=_value), reached


def _within(end: float, share: float) -> float:
    """The moment when this share of the time that is left has gone."""
    now = time.monotonic()
    return now + share * (end - now)


def _value(teams: list[Team]) -> float:
    return sum(team.value for team in teams)


def _open(best: list[Team], bound: float) -> bool:
    return bound - _value(best) > PROVED * abs(bound)
