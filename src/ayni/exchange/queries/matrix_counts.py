"""Offers and demands counted by the cells of the matrix: plain values, no tables. See docs/methods/matrix.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ayni.methods.advantage import Balance, balances

# What has no topic, modality, quadrant or country stands in a cell of its own.
WITHOUT = "-"
SUPPLY, DEMAND = "supply", "demand"
SIDES = (SUPPLY, DEMAND)
BY = ("topic", "modality", "quadrant", "country")
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An offer or a demand with the codes that place it."""

    pk: int
    country: str
    topics: frozenset[str]
    modalities: frozenset[str]
    quadrants: frozenset[str]
    fictional: bool = False

    def codes(self, by: str) -> frozenset[str]:
        """Its codes of one of BY; WITHOUT where it has none."""
        found = {
            "topic": self.topics,
            "modality": self.modalities,
            "quadrant": self.quadrants,
            "country": frozenset({self.country} - {""}),
        }[by]
        return found or frozenset({WITHOUT})

    def fits(self, asked: Mapping[str, str]) -> bool:
        """Whether it lies in the cell that is asked for, {one of BY: code}."""
        return all(code in self.codes(by) for by, code in asked.items())


@dataclass(frozen=True, slots=True)
class Counts:
    """How many offers and demands lie in each cell. An item lies in each cell of its topics and modalities, once."""

    supply: Mapping[Place, int]
    demand: Mapping[Place, int]

    def of(self, *place: str) -> Balance[Place]:
        return Balance(place, self.supply.get(place, 0), self.demand.get(place, 0))

    def balances(self) -> tuple[Balance[Place], ...]:
        """The cells that hold something, the widest gap first."""
        places = dict.fromkeys([*self.supply, *self.demand])
        return balances({place: (self.supply.get(place, 0), self.demand.get(place, 0)) for place in places})


def count(offers: Iterable[Item], demands: Iterable[Item], *by: str) -> Counts:
    """The items by the cells of `by`: ("topic", "modality") for the table, ("quadrant",) for the quadrants."""
    return Counts(_tally(offers, by), _tally(demands, by))


def _tally(items: Iterable[Item], by: Sequence[str]) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for item in items:
        for place in product(*(item.codes(name) for name in by)):
            found[place] = found.get(place, 0) + 1
    return found
