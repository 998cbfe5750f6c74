"""What two sets of partners share. See docs/methods/comparison.md."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """Each part sorted. `jaccard` is shared over all, None when both sides are empty."""

    shared: tuple[str, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]

    @property
    def jaccard(self) -> float | None:
        total = len(self.shared) + len(self.only_left) + len(self.only_right)
        return len(self.shared) / total if total else None


def compare(left: Collection[str], right: Collection[str]) -> Comparison:
    """Hold the members of `left` against those of `right` (Jaccard 1901)."""
    one, other = frozenset(left), frozenset(right)
    return Comparison(tuple(sorted(one & other)), tuple(sorted(one - other)), tuple(sorted(other - one)))
