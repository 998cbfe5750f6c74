"""Who is free when: experts, and the months over which they work. See docs/methods/calendar.md."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ayni.methods.missions.problem import Part


@dataclass(frozen=True, slots=True)
class Expert:
    """`quadrants` for which the profile qualifies, free days by month ("2027-03"), and what a day costs (None: not known).

    Where only the free days of a whole offer are known, one expert stands for all who give it.
    """

    id: str
    offers: frozenset[str]
    quadrants: frozenset[str]
    free: Mapping[str, float]
    daily_cost: float | None = None

    def __post_init__(self) -> None:
        if not all(math.isfinite(days) and days >= 0 for days in self.free.values()):
            raise ValueError(f"{self.id}: free days are zero or more.")
        if self.daily_cost is not None and not (math.isfinite(self.daily_cost) and self.daily_cost >= 0):
            raise ValueError(f"{self.id}: the daily cost is zero or more.")

    def may_do(self, part: Part) -> bool:
        return part.offer in self.offers and part.quadrant in self.quadrants


class Roster:
    """Experts over the months from `first` to `deadline`; with `same_month` a stage may begin in the month in which one ends."""

    def __init__(
        self,
        experts: Iterable[Expert],
        *,
        first: str | None = None,
        deadline: str | None = None,
        same_month: bool = False,
    ) -> None:
        self.experts = sorted(experts, key=lambda expert: expert.id)
        if len({expert.id for expert in self.experts}) < len(self.experts):
            raise ValueError("Each expert has an identifier of their own.")
        free = {month for expert in self.experts for month, days in expert.free.items() if days > 0}
        self.months = sorted(
            month for month in free if (not first or month >= first) and (not deadline or month <= deadline)
        )
        self.same_month = same_month
        rows = [[expert.free.get(month, 0.0) for month in self.months] for expert in self.experts]
        self.free = np.array(rows).reshape(len(self.experts), len(self.months))
        self._of: dict[str, list[int]] = {}
        for place, expert in enumerate(self.experts):
            for offer in sorted(expert.offers):
                self._of.setdefault(offer, []).append(place)

    def tells(self, offer: str) -> bool:
        """Whether anything is known of when the offer's experts are free."""
        return offer in self._of

    def able(self, parts: Sequence[Part]) -> dict[int, int]:
        """{place of an expert: the parts that he or she may do, a bit for each}."""
        found: dict[int, int] = {}
        for place, part in enumerate(parts):
            for expert in self._of.get(part.offer, ()):
                if self.experts[expert].may_do(part):
                    found[expert] = found.get(expert, 0) | 1 << place
        return found
