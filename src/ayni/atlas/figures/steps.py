"""The steps of a sequential scale: counts become one of five shades."""

from collections.abc import Iterable
from dataclasses import dataclass

SHADES = 5


@dataclass(frozen=True, slots=True)
class Steps:
    """`bounds` are the greatest counts of each step, rising; step 0 is none."""

    bounds: tuple[int, ...]

    def of(self, count: int) -> int:
        """The shade of a count: 0 for none, else 1 to 5."""
        if count <= 0 or not self.bounds:
            return 0
        step = next((number for number, bound in enumerate(self.bounds, 1) if count <= bound), len(self.bounds))
        return step + (SHADES - len(self.bounds)) if len(self.bounds) > 1 else step + 2

    def ranges(self) -> list[tuple[int, int, int]]:
        """(shade, least count, greatest count), rising."""
        least = 1
        found = []
        for bound in self.bounds:
            found.append((self.of(bound), least, bound))
            least = bound + 1
        return found


def steps_for(counts: Iterable[int]) -> Steps:
    """One shade for each count up to five; above that, five steps of equal width."""
    greatest = max(counts, default=0)
    if greatest <= SHADES:
        return Steps(tuple(range(1, greatest + 1)))
    width = -(-greatest // SHADES)
    bounds = [min(width * number, greatest) for number in range(1, SHADES + 1)]
    return Steps(tuple(sorted(set(bounds))))
