"""What a country offers more of than the network does, and where supply and demand do not meet. See docs/methods/advantage.md.

Revealed comparative advantage (Balassa 1965), and its symmetric form (Laursen 2015).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Cell = TypeVar("Cell")

NOT_TOLD = "not-told"
COUNTRY_OFFERS_NOTHING = "country-offers-nothing"
NOBODY_OFFERS = "nobody-offers"


@dataclass(frozen=True, slots=True)
class Advantage:
    """A country in a cell: its share of what it offers there, over the network's share (`index`); above 1 it has an advantage.

    `symmetric` is the same from -1 (nothing there) over 0 (as the network) to below 1. Where there is no index, `reason` says why.
    """

    count: float | None
    share: float | None
    network_share: float | None
    index: float | None
    reason: str | None

    @property
    def symmetric(self) -> float | None:
        return None if self.index is None else (self.index - 1) / (self.index + 1)


@dataclass(frozen=True, slots=True)
class Balance(Generic[Cell]):
    """Supply and demand of a cell; None where one of them is not told."""

    cell: Cell
    supply: float | None
    demand: float | None

    @property
    def difference(self) -> float | None:
        """Supply less demand: below zero a gap, above it a surplus."""
        return None if self.supply is None or self.demand is None else self.supply - self.demand

    @property
    def kind(self) -> str:
        """gap, surplus, even, empty (neither offered nor asked for) or not-told."""
        if self.difference is None:
            return NOT_TOLD
        if self.difference:
            return "gap" if self.difference < 0 else "surplus"
        return "even" if self.supply else "empty"


def advantages(counts: Mapping[tuple[str, Cell], float | None]) -> dict[tuple[str, Cell], Advantage]:
    """The advantage of each country in each cell. A count of 0 is told; one that is None or not there is not.

    What is not told counts neither for the country nor for the network. Raises ValueError for counts below zero or without end.
    """
    told = {key: count for key, count in counts.items() if count is not None}
    _check(told.values())
    countries, cells = dict.fromkeys(country for country, _ in counts), dict.fromkeys(cell for _, cell in counts)
    of_country = {one: math.fsum(count for (country, _), count in told.items() if country == one) for one in countries}
    of_cell = {one: math.fsum(count for (_, cell), count in told.items() if cell == one) for one in cells}
    network = math.fsum(of_country.values())
    return {
        (country, cell): _advantage(told.get((country, cell)), of_country[country], of_cell[cell], network)
        for country in countries
        for cell in cells
    }


def balances(table: Mapping[Cell, tuple[float | None, float | None]]) -> tuple[Balance[Cell], ...]:
    """The balance of each {cell: (supply, demand)}, the widest gap first, the widest surplus later, what is not told last."""
    _check(count for pair in table.values() for count in pair if count is not None)
    found = [Balance(cell, supply, demand) for cell, (supply, demand) in table.items()]
    return tuple(sorted(found, key=lambda one: (one.difference is None, one.difference or 0.0, str(one.cell))))


def _advantage(count: float | None, of_country: float, of_cell: float, network: float) -> Advantage:
    share = count / of_country if count is not None and of_country else None
    network_share = of_cell / network if network else None
    if count is None:
        reason = NOT_TOLD
    elif share is None:
        reason = COUNTRY_OFFERS_NOTHING
    elif not network_share:
        reason = NOBODY_OFFERS
    else:
        return Advantage(count, share, network_share, share / network_share, None)
    return Advantage(count, share, network_share, None, reason)


def _check(counts: Iterable[float]) -> None:
    if any(count < 0 or not math.isfinite(count) for count in counts):
        raise ValueError("Counts are finite and not negative.")
