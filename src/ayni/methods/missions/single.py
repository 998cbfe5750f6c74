"""One demand: its best mission, the best that one country alone could give, and the next best ones. See docs/methods/missions.md."""

from collections.abc import Sequence
from dataclasses import dataclass

from ayni.methods.missions.problem import Demand, Fit, Mission, Offer, Plan, Problem
from ayni.methods.missions.teams import Table, Team

MORE = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The best mission as a plan, the `alone` of one country (None where no country can), and the next best ones, best first."""

    plan: Plan
    alone: Mission | None
    alternatives: tuple[Mission, ...]


def mission(
    offers: Sequence[Offer],
    demand: Demand,
    fits: Sequence[Fit],
    *,
    max_countries: int = 3,
    coordination: float = 0.05,
    more: int = MORE,
) -> Choice:
    """The best mission for a demand, proved by looking at every team that could be better (branch and bound).

    Alternatives differ in at least one offer; a mission is only proposed where it is worth more than nothing.
    """
    problem = Problem(offers, [demand], fits, max_countries, coordination)
    table = Table(problem)
    best = _top(table, more + 1)
    if not best:
        return Choice(Plan("none", 0.0, 0.0, (), (demand.id,)), None, ())
    missions = [table.mission(team) for team in best]
    first = missions[0]
    plan = Plan("optimal", first.value, first.value, (first,), ())
    single = _top(Table(Problem(offers, [demand], fits, 1, coordination)), 1)
    return Choice(plan, table.mission(single[0]) if single else None, tuple(missions[1:]))


def _top(table: Table, most: int) -> list[Team]:
    """The `most` best teams of the only demand that are worth anything, the best first; equals in the order of their offers."""
    kept: list[Team] = []
    while True:
        # Once enough are kept, the least of them is what the next has to exceed.
        least = kept[-1].value if len(kept) == most else 0.0
        known = {team.entries for team in kept}
        search = table.search(0, table.gain, table.capacity, least + 1e-12)
        found = next((team for team in search if team.entries not in known), None)
        if found is None:
            return kept
        kept = sorted([*kept, found], key=lambda team: (-team.value, team.entries))[:most]
