"""Five shades for amounts that differ by powers of ten: each holds a fifth of them."""

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = 5


@dataclass(frozen=True, slots=True)
class Shades:
    """`bounds` are the greatest amounts of each shade, rising."""

    bounds: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Shades":
        """Shades for these amounts; what is not above zero has none."""
        known = sorted({value for value in values if value > 0})
        if len(known) <= STEPS:
            return cls(tuple(known))
        return cls(tuple(known[(len(known) * number) // STEPS - 1] for number in range(1, STEPS + 1)))

    def step(self, value: float) -> int:
        """0 for nothing (or less), else 1 to 5."""
        if value <= 0 or not self.bounds:
            return 0
        place = next((number for number, bound in enumerate(self.bounds, 1) if value <= bound), len(self.bounds))
        return place + STEPS - len(self.bounds)

    def ranges(self) -> list[tuple[int, float, float]]:
        """(shade, above, up to), rising."""
        below = (0.0, *self.bounds)
        return [(self.step(bound), least, bound) for least, bound in zip(below, self.bounds, strict=False)]
