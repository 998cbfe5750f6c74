"""Who offers and who receives: the balance of a country's roles, and how far a network gives back what it takes. See docs/methods/roles.md.

The dual role follows the reading of the Ibero-American reports on South-South cooperation (SEGIB): a country that offers and
receives alike has 1. Weighted reciprocity is that of Squartini, Picciolo, Ruzzenenti and Garlaschelli (2013), Scientific Reports 3:2729.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OFFERS = frozenset({"first-offerer", "second-offerer"})
RECEIVES = frozenset({"recipient"})
BOTH = "both"
# Whoever gives or receives, alone or at once.
GIVING = OFFERS | {BOTH}
RECEIVING = RECEIVES | {BOTH}


@dataclass(frozen=True, slots=True)
class Balance:
    """How many initiatives a country offered in, received in, did both in, and in how many its role is not known."""

    offered: int
    received: int
    both: int
    unknown: int

    @property
    def dual(self) -> float | None:
        """1 - |O - R| / (O + R), 0 to 1; None where neither is known. What is offered and received at once counts in both."""
        return dual_role(self.offered + self.both, self.received + self.both)


def dual_role(offered: float, received: float) -> float | None:
    """1 - |O - R| / (O + R); None when both are zero. Raises ValueError below zero."""
    if offered < 0 or received < 0:
        raise ValueError("counts are not below zero")
    whole = offered + received
    return None if whole == 0 else 1 - abs(offered - received) / whole


def balance(roles: Iterable[Iterable[str]]) -> Balance:
    """The balance over initiatives; each is given as the roles that the country has in it, in whatever component.

    A country that offers in one component and receives in another does both; one whose roles are all unknown counts as unknown.
    """
    offered = received = both = unknown = 0
    for held in roles:
        known = set(held)
        gives, takes = bool(known & OFFERS), bool(known & RECEIVES)
        if BOTH in known or (gives and takes):
            both += 1
        elif gives:
            offered += 1
        elif takes:
            received += 1
        else:
            unknown += 1
    return Balance(offered, received, both, unknown)


def reciprocity(flows: Mapping[tuple[str, str], float]) -> float | None:
    """The share of all that flows which flows back between the same two, 0 to 1; None when nothing flows.

    `flows` is {(giver, taker): weight}. r = sum over ordered pairs of min(w(a, b), w(b, a)) / sum of w.
    """
    whole = sum(flows.values())
    if whole <= 0:
        return None
    returned = sum(min(weight, flows.get((taker, giver), 0.0)) for (giver, taker), weight in flows.items())
    return returned / whole
