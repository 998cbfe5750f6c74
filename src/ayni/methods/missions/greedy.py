"""The plain way, for comparison and as a start: the demands one after the other, each with its best team. See docs/methods/missions.md."""

from ayni.methods.missions.teams import NOTHING, Floats, Table, Team


def greedy(table: Table) -> list[Team]:
    """Teams that keep the rules: demands by the worth of their best team, the best first, each from the days that are left."""
    bounds, ways = table.best(table.gain, ways=8)
    left = table.capacity.copy()
    served = []
    for demand in sorted(range(len(table.demands)), key=lambda demand: (-bounds[demand], demand)):
        options = [entries for entries in ways[demand] if table.is_within(entries, left)]
        team = max(options, key=lambda entries: table.worth(demand, entries), default=None)
        if team is None or table.worth(demand, team) <= 0:
            best = next_best(table, demand, left)
            if best is None:
                continue
            team = best.entries
        served.append(Team(demand, team, table.worth(demand, team)))
        for entry in team:
            left[table.offer[entry]] -= table.days[entry]
    return served


def next_best(table: Table, demand: int, left: Floats) -> Team | None:
    """The best team of one demand from the days that are left, or None where no team is worth anything."""
    net = table.gain.copy()
    here = table.demand == demand
    net[here & (table.days > left[table.offer])] = NOTHING
    _value, best = table.best_within(demand, net, left, 0.0)
    return best
