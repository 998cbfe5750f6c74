"""How far two coders agree beyond chance: Cohen's kappa (Cohen 1960). See docs/methods/coding.md."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over `units` yes/no decisions: both gave the category, only the first, only the second, neither.

    `observed` is the share decided alike, `expected` what chance alone would give, `kappa` how far observed exceeds it:
    1 full agreement, 0 none beyond chance, negative below it; None where it cannot be said (no units, or both always
    decided the same way, so that chance explains everything).
    """

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def units(self) -> int:
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def observed(self) -> float | None:
        return (self.both + self.neither) / self.units if self.units else None

    @property
    def expected(self) -> float | None:
        if not self.units:
            return None
        first = (self.both + self.only_first) / self.units
        second = (self.both + self.only_second) / self.units
        return first * second + (1 - first) * (1 - second)

    @property
    def kappa(self) -> float | None:
        observed, expected = self.observed, self.expected
        if observed is None or expected is None or expected == 1:
            return None
        return (observed - expected) / (1 - expected)


def agreement(first: Collection[Hashable], second: Collection[Hashable], units: Collection[Hashable]) -> Agreement:
    """Hold the units that `first` chose against those that `second` chose, among all `units` both decided on.

    Raises ValueError when a choice is not among the units.
    """
    one, other, every = set(first), set(second), set(units)
    strangers = (one | other) - every
    if strangers:
        raise ValueError(f"Not among the units: {sorted(map(str, strangers))[:3]}")
    return Agreement(
        both=len(one & other),
        only_first=len(one - other),
        only_second=len(other - one),
        neither=len(every - one - other),
    )
