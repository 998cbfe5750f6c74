"""Every admissible fit in arrays, and the best teams under given prices of expert-days. See docs/methods/missions.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from ayni.methods.missions.problem import Mission, Problem, may_serve, mission_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# Worse than any team, and still a number: infinities do not survive a sum with their opposite.
NOTHING = -1e15


@dataclass(frozen=True, slots=True)
class Team:
    """One admissible fit for each quadrant of a demand: `entries` are rows of the table, in the order of its quadrants."""

    demand: int
    entries: tuple[int, ...]
    value: float


class Table:
    """The admissible fits of a problem, sorted by demand, quadrant, country and offer, whatever order they came in.

    `offer`, `country`, `gain` (weight x fit) and `days` have one value for each entry; `capacity` one for each offer.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.offers = sorted(problem.offers, key=lambda offer: offer.id)
        self.demands = sorted(problem.demands, key=lambda demand: demand.id)
        self.quadrants = [sorted(demand.days) for demand in self.demands]
        self.capacity = np.array([offer.capacity_days for offer in self.offers])
        self.weight = np.array([demand.weight for demand in self.demands])
        self.countries = sorted({offer.country for offer in self.offers})
        self._read(problem)
        width, depth = max(len(self.countries), 1), max((len(asked) for asked in self.quadrants), default=1)
        self._shape = (len(self.demands), depth, width)
        place = (self.demand * depth + self.quadrant) * width + self.country
        self._starts = np.flatnonzero(np.diff(place, prepend=-1))
        self._ends = np.append(self._starts[1:], len(place))
        self._flat = place[self._starts]
        self._group = np.full(len(self.demands) * depth * width, -1)
        self._group[self._flat] = np.arange(len(self._starts))
        sizes = np.array([len(asked) for asked in self.quadrants], dtype=np.int64)
        self._sizes = [(int(size), np.flatnonzero(sizes == size)) for size in np.unique(sizes)]

    def _read(self, problem: Problem) -> None:
        number = {offer.id: place for place, offer in enumerate(self.offers)}
        wanted = {demand.id: place for place, demand in enumerate(self.demands)}
        home = {country: place for place, country in enumerate(self.countries)}
        rows = []
        for fit in problem.fits:
            offer, demand = problem.offer_of[fit.offer], problem.demand_of[fit.demand]
            if fit.value > 0 and may_serve(offer, demand, fit.quadrant):
                place = wanted[fit.demand]
                quadrant = self.quadrants[place].index(fit.quadrant)
                rows.append(
                    (place, quadrant, home[offer.country], number[fit.offer], fit.value, demand.days[fit.quadrant])
                )
        rows.sort(key=lambda row: row[:4])
        keys = np.array([row[:4] for row in rows], dtype=np.int64).reshape(-1, 4)
        if len(keys) > 1 and not np.diff(keys, axis=0).any(axis=1).all():
            raise ValueError("A fit of the same demand, offer and quadrant stands twice.")
        self.demand, self.quadrant, self.country, self.offer = (keys[:, column].copy() for column in range(4))
        self.fit = np.array([row[4] for row in rows])
        self.days = np.array([row[5] for row in rows])
        self.gain = self.fit * self.weight[self.demand] if len(rows) else self.fit

    def worth(self, demand: int, entries: Sequence[int]) -> float:
        """The value of a team."""
        rows = list(entries)
        further = len(set(self.country[rows])) - 1
        return float(self.gain[rows].sum() - self.weight[demand] * self.problem.coordination * further)

    def is_within(self, entries: Sequence[int], left: Floats) -> bool:
        """Whether the offers have these days left; an offer may serve several quadrants."""
        need: dict[int, float] = {}
        for entry in entries:
            need[self.offer[entry]] = need.get(self.offer[entry], 0.0) + self.days[entry]
        return all(days <= left[offer] * (1 + 1e-12) + 1e-9 for offer, days in need.items())

    def mission(self, team: Team) -> Mission:
        demand = self.demands[team.demand]
        chosen = {
            self.quadrants[team.demand][self.quadrant[entry]]: (
                self.offers[self.offer[entry]].id,
                float(self.fit[entry]),
            )
            for entry in team.entries
        }
        return mission_of(self.problem, demand, chosen)

    def best(self, net: Floats, ways: int = 1) -> tuple[Floats, list[list[tuple[int, ...]]]]:
        """For each demand an upper bound of its teams' net value, and its `ways` best teams.

        `net` is what each entry is worth after the price of its days. A team is a division of the quadrants among countries: the
        best country for each set of quadrants is found once, then the divisions into at most `max_countries` sets are compared.
        The bound leaves aside that an offer which serves two quadrants may not have the days for both.
        """
        best = np.full(self._group.shape, NOTHING)
        if len(net):
            best[self._flat] = np.maximum.reduceat(net, self._starts)
        best = best.reshape(self._shape)
        bounds = np.full(len(self.demands), NOTHING)
        teams: list[list[tuple[int, ...]]] = [[] for _demand in self.demands]
        for size, members in self._sizes:
            worth, country = _of_sets(best[members, :size, :])
            divisions = _divisions(size, self.problem.max_countries)
            further = np.array([len(division) - 1 for division in divisions])
            values = sum_of(worth, divisions)
            values -= self.weight[members][:, None] * self.problem.coordination * further[None, :]
            order = np.argsort(-values, axis=1, kind="stable")[:, :ways]
            bounds[members] = values[np.arange(len(members)), order[:, 0]]
            for row, demand in enumerate(members):
                for way in order[row]:
                    if values[row, way] > NOTHING / 2:
                        teams[demand].append(self._entries(int(demand), divisions[way], country[row], net))
        return bounds, teams

    def _entries(self, demand: int, division: tuple[int, ...], country: Ints, net: Floats) -> tuple[int, ...]:
        _demands, depth, width = self._shape
        found = []
        for quadrants in division:
            for quadrant in range(quadrants.bit_length()):
                if quadrants >> quadrant & 1:
                    group = self._group[(demand * depth + quadrant) * width + country[quadrants]]
                    start = self._starts[group]
                    found.append((quadrant, int(start + np.argmax(net[start : self._ends[group]]))))
        return tuple(entry for _quadrant, entry in sorted(found))

    def candidates(self, demand: int) -> list[Ints]:
        """The entries of a demand for each of its quadrants."""
        here = np.flatnonzero(self.demand == demand)
        return [here[self.quadrant[here] == quadrant] for quadrant in range(len(self.quadrants[demand]))]

    def best_within(self, demand: int, net: Floats, left: Floats, at_least: float) -> tuple[float, Team | None]:
        """(net value, team) of the best team of a demand from the days that are left; (at_least, None) where none is worth more."""
        top, found = at_least, None
        while True:
            # Each team found raises what the next one has to be worth; the search is short because good ones come first.
            better = next(self.search(demand, net, left, top + 1e-12), None)
            if better is None:
                return top, found
            top, found = self.net_worth(better, net), better

    def net_worth(self, team: Team, net: Floats) -> float:
        """What a team is worth after the price of its days."""
        rows = list(team.entries)
        further = len(set(self.country[rows])) - 1
        return float(net[rows].sum() - self.weight[team.demand] * self.problem.coordination * further)

    def search(self, demand: int, net: Floats, left: Floats, at_least: float) -> Iterator[Team]:
        """Every team of a demand whose net value is `at_least` so much, with the days that are left; better ones tend to come first."""
        candidates = [rows[np.argsort(-net[rows], kind="stable")] for rows in self.candidates(demand)]
        if any(len(rows) == 0 for rows in candidates):
            return
        ahead = np.append(np.cumsum([net[rows[0]] for rows in candidates][::-1])[::-1], 0.0)
        fee = float(self.weight[demand]) * self.problem.coordination
        yield from self._grow(demand, net, left, at_least, candidates, ahead, fee, (), 0.0, frozenset())

    def _grow(
        self,
        demand: int,
        net: Floats,
        left: Floats,
        at_least: float,
        candidates: list[Ints],
        ahead: Floats,
        fee: float,
        chosen: tuple[int, ...],
        value: float,
        countries: frozenset[int],
    ) -> Iterator[Team]:
        depth = len(chosen)
        if depth == len(candidates):
            if self.is_within(chosen, left):
                yield Team(demand, chosen, self.worth(demand, chosen))
            return
        for entry in candidates[depth]:
            reach = value + float(net[entry])
            if reach + float(ahead[depth + 1]) - fee * max(len(countries) - 1, 0) < at_least:
                return
            among = countries | {int(self.country[entry])}
            if len(among) > self.problem.max_countries:
                continue
            if reach + float(ahead[depth + 1]) - fee * (len(among) - 1) < at_least:
                continue
            yield from self._grow(
                demand, net, left, at_least, candidates, ahead, fee, (*chosen, int(entry)), reach, among
            )


def _of_sets(best: Floats) -> tuple[Floats, Ints]:
    """(worth, country) of the best country for each set of quadrants; sets are bit masks, the empty one unused.

    `best` has the shape (demands, quadrants, countries).
    """
    demands, quadrants, _countries = best.shape
    worth = np.full((demands, 1 << quadrants), NOTHING)
    country = np.zeros((demands, 1 << quadrants), dtype=np.int64)
    for members in range(1, 1 << quadrants):
        chosen = [quadrant for quadrant in range(quadrants) if members >> quadrant & 1]
        together = best[:, chosen, :].sum(axis=1)
        country[:, members] = together.argmax(axis=1)
        worth[:, members] = together.max(axis=1)
    return worth, country


@cache
def _divisions(quadrants: int, most: int) -> tuple[tuple[int, ...], ...]:
    """The divisions of a set of quadrants into at most `most` sets, as bit masks."""

    def divide(left: int, most: int) -> Iterator[tuple[int, ...]]:
        if not left:
            yield ()
        elif most:
            first = left & -left
            rest = left ^ first
            part = rest
            while True:
                for others in divide(rest ^ part, most - 1):
                    yield (first | part, *others)
                if not part:
                    break
                part = (part - 1) & rest

    return tuple(divide((1 << quadrants) - 1, most))


def sum_of(worth: Floats, divisions: Sequence[tuple[int, ...]]) -> Floats:
    """The worth of each division of each demand: the sum over its sets. Shape (demands, divisions)."""
    return np.stack([worth[:, list(division)].sum(axis=1) for division in divisions], axis=1)
