"""Teams that no other makes needless: for each way to use scarce offers, the best team alone. See docs/methods/missions.md.

Offers whose days nobody has to share set no limit; where they are concerned the better team may always take the place of the
other (dominance; Ibaraki 1977).
"""

import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import product

import numpy as np
import numpy.typing as npt

from ayni.methods.missions.teams import NOTHING, Floats, Table, Team

Flags = npt.NDArray[np.bool_]
# A choice for one quadrant: an entry of a scarce offer, or None, an entry of any other.
Pattern = tuple[int | None, ...]


def undominated(
    table: Table, reach: Floats, of_day: Floats, scarce: AbstractSet[int], slack: float, *, most: int, until: float
) -> tuple[list[Team], bool]:
    """(the best team of each pattern that falls short of its demand's reach by `slack` at most, whether they are all there).

    Offers outside `scarce` have no price and no limit here.
    """
    net = table.gain - of_day[table.offer] * table.days
    is_scarce = np.zeros(len(table.offers), dtype=bool)
    is_scarce[sorted(scarce)] = True
    found: list[Team] = []
    for demand in range(len(table.demands)):
        found += _Demand(table, demand, net, is_scarce).teams(float(reach[demand]) - slack - 1e-9)
        if len(found) > most or time.monotonic() > until:
            return found, False
    return found, True


class _Demand:
    """The entries of one demand: those of scarce offers, and of the others the best of each country."""

    def __init__(self, table: Table, demand: int, net: Floats, is_scarce: Flags) -> None:
        self.table, self.demand = table, demand
        self.fee = float(table.weight[demand]) * table.problem.coordination
        self.most = table.problem.max_countries
        candidates = table.candidates(demand)
        self.net = {int(entry): float(net[entry]) for rows in candidates for entry in rows}
        self.country = {int(entry): int(table.country[entry]) for rows in candidates for entry in rows}
        self.scarce = [[int(entry) for entry in rows if is_scarce[table.offer[entry]]] for rows in candidates]
        self.free = [
            self._of_each_country([int(entry) for entry in rows if not is_scarce[table.offer[entry]]])
            for rows in candidates
        ]

    def _of_each_country(self, entries: list[int]) -> list[int]:
        best: dict[int, int] = {}
        for entry in entries:
            standing = best.get(self.country[entry])
            if standing is None or self.net[entry] > self.net[standing]:
                best[self.country[entry]] = entry
        return sorted(best.values(), key=lambda entry: (-self.net[entry], entry))

    def teams(self, at_least: float) -> Iterator[Team]:
        """The best team of each pattern, where its net value is `at_least` so much."""
        first = [self.net[rows[0]] if rows else NOTHING for rows in self.free]
        for pattern in product(*[(None, *rows) for rows in self.scarce]):
            within = (first[place] if entry is None else self.net[entry] for place, entry in enumerate(pattern))
            if sum(within) >= at_least:
                entries = self._best(pattern, first, at_least)
                value = self.table.worth(self.demand, entries) if entries else 0.0
                if value > 0:
                    yield Team(self.demand, entries, value)

    def _best(self, pattern: Pattern, first: list[float], at_least: float) -> tuple[int, ...]:
        """The best entries of a pattern, or none (branch and bound)."""
        rows = [self.free[place] if entry is None else [entry] for place, entry in enumerate(pattern)]
        ahead = [0.0]
        for place in reversed(range(len(pattern))):
            entry = pattern[place]
            ahead.append(ahead[-1] + (first[place] if entry is None else self.net[entry]))
        ahead.reverse()
        return self._grow(rows, ahead, (), 0.0, frozenset(), (at_least, ()))[1]

    def _grow(
        self,
        rows: list[list[int]],
        ahead: list[float],
        chosen: tuple[int, ...],
        value: float,
        countries: frozenset[int],
        best: tuple[float, tuple[int, ...]],
    ) -> tuple[float, tuple[int, ...]]:
        depth = len(chosen)
        if depth == len(rows):
            return value - self.fee * (len(countries) - 1), chosen
        for entry in rows[depth]:
            among = countries | {self.country[entry]}
            reach = value + self.net[entry] + ahead[depth + 1]
            if reach - self.fee * (max(len(countries), 1) - 1) <= best[0]:
                return best
            if len(among) <= self.most and reach - self.fee * (len(among) - 1) > best[0]:
                best = self._grow(rows, ahead, (*chosen, entry), value + self.net[entry], among, best)
        return best
