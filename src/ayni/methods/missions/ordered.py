"""The teams of one demand in the order of their worth, without what is refused on the way. See docs/methods/calendar.md."""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush

import numpy as np

from ayni.methods.missions.teams import Floats, Table, Team

Entries = tuple[int, ...]
# What comes first among equals: choices that are open, teams that are begun, whole teams in the order of their entries.
OPEN, BEGUN, WHOLE = range(3)
# Worths that differ in later digits only are equal.
DIGITS = 12


class InOrder:
    """Teams of the first demand of a table, best first (Hart, Nilsson and Raphael 1968).

    `refuses` is asked of teams that are begun and of whole ones: it refuses every team that holds what it refuses, and may come to
    refuse more while this goes on.
    """

    def __init__(self, table: Table, net: Floats, refuses: Callable[[Entries], bool]) -> None:
        self._table, self._net, self._refuses = table, net, refuses
        self._rows = [rows[np.argsort(-net[rows], kind="stable")].tolist() for rows in table.candidates(0)]
        self._fee = float(table.weight[0]) * table.problem.coordination
        self._heap: list[tuple[float, int, Entries, int]] = []
        if all(self._rows):
            best = [float(net[rows[0]]) for rows in self._rows]
            self._ahead = [sum(best[place:]) for place in range(len(best) + 1)]
            self._put(OPEN, (), 0, self._reach((), 0.0))

    def __iter__(self) -> Iterator[tuple[float, Team | None]]:
        """(what no team that is still to come exceeds, the next team, or None where one was only begun)."""
        while self._heap:
            below, kind, entries, place = heappop(self._heap)
            if kind == OPEN:
                self._choose(entries, place)
            elif not self._refuses(entries):
                if kind == BEGUN:
                    self._put(OPEN, entries, 0, -below)
                elif self._table.is_within(entries, self._table.capacity):
                    yield -below, Team(0, entries, self._table.worth(0, entries))
                    continue
            yield -below, None

    def _choose(self, entries: Entries, place: int) -> None:
        """Grow a team by the entry at this place of the next quadrant, and leave the choice open for those after it."""
        rows = self._rows[len(entries)]
        if place + 1 < len(rows):
            less = float(self._net[rows[place + 1]] - self._net[rows[0]])
            self._put(OPEN, entries, place + 1, self._reach(entries, less))
        grown = (*entries, rows[place])
        if len(self._countries(grown)) <= self._table.problem.max_countries and not self._refuses(grown):
            self._put(WHOLE if len(grown) == len(self._rows) else BEGUN, grown, 0, self._reach(grown, 0.0))

    def _put(self, kind: int, entries: Entries, place: int, reach: float) -> None:
        if reach > 0:
            heappush(self._heap, (-reach, kind, entries, place))

    def _reach(self, entries: Entries, more: float) -> float:
        """What a team that holds these entries is worth at most."""
        value = sum(float(self._net[entry]) for entry in entries) + self._ahead[len(entries)]
        further = max(len(self._countries(entries)) - 1, 0)
        return round(value + more - self._fee * further, DIGITS)

    def _countries(self, entries: Entries) -> set[int]:
        return {int(self._table.country[entry]) for entry in entries}
