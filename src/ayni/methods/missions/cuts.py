"""Where the months may be cut into stages so that every part finds its days. See docs/methods/calendar.md."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ayni.methods.missions.problem import Part
from ayni.methods.missions.roster import Roster
from ayni.methods.missions.teams import Floats

Flags = npt.NDArray[np.bool_]
# A stage begins once the one before has ended; what stands in no stage (training) goes along with any.
STAGES = (frozenset({"Q1"}), frozenset({"Q2", "Q3"}), frozenset({"Q4"}))
# Days nearer to one another than this are equal.
EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Cut:
    """How many months have gone by when the first stage ends, when the second does, and at the end."""

    first: int
    second: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """Successive months, from `start` to before `stop`, in which the same parts (a bit for each) may be worked on."""

    start: int
    stop: int
    parts: int


class Cuts:
    """Every cut of the months for the parts of a mission, with the days that lack in it.

    Parts find their days if and only if no set of them needs more than the experts who may do one of the set have free (Gale 1957).
    """

    def __init__(self, roster: Roster, parts: Sequence[Part]) -> None:
        self.roster = roster
        self.able = roster.able(parts)
        self.every = (1 << len(parts)) - 1
        stages = [sum(1 << place for place, part in enumerate(parts) if part.quadrant in stage) for stage in STAGES]
        self._along = self.every & ~sum(stages)
        self._stages = stages
        self._need = [
            sum(part.days for place, part in enumerate(parts) if chosen >> place & 1)
            for chosen in range(self.every + 1)
        ]
        self._months = {chosen: self._free(chosen) for chosen in range(self.every + 1)}
        count = len(roster.months)
        # By end, first and second.
        self._lacking = np.full((count + 1, count + 1, count + 1), -np.inf)
        for chosen in range(1, self.every + 1):
            np.maximum(self._lacking, self._need[chosen] - self._reached(chosen), out=self._lacking)
        self._lacking[~self._useful(count)] = np.inf

    @property
    def lacking(self) -> float:
        """The days that lack in the best cut; zero or below when there are enough."""
        return float(self._lacking.min())

    def enough(self, end: int) -> list[Cut]:
        """The cuts with this end in which every part finds its days, those with early stages first."""
        return [Cut(int(first), int(second), end) for first, second in np.argwhere(self._lacking[end] <= EQUAL)]

    def nearest(self) -> tuple[Cut, int]:
        """(the cut in which the fewest days lack, the smallest set of parts that lacks them)."""
        place = np.unravel_index(int(np.argmin(self._lacking)), self._lacking.shape)
        end, first, second = (int(one) for one in place)
        sets = [
            chosen
            for chosen in range(1, self.every + 1)
            if self._need[chosen] - self._reached(chosen)[end, first, second] >= self.lacking - EQUAL
        ]
        return Cut(first, second, end), min(sets, key=lambda chosen: (chosen.bit_count(), chosen))

    def groups(self, cut: Cut) -> list[Group]:
        """The months of a cut, divided where other parts may be worked on."""
        back = 1 if self.roster.same_month else 0
        ends = (cut.first, cut.second, cut.end)
        starts = (0, cut.first - back, cut.second - back)
        found: list[Group] = []
        for month in range(cut.end):
            parts = self._along
            for stage, start, end in zip(self._stages, starts, ends, strict=True):
                parts |= stage if start <= month < end else 0
            if found and found[-1].parts == parts:
                found[-1] = Group(found[-1].start, month + 1, parts)
            else:
                found.append(Group(month, month + 1, parts))
        return found

    def _free(self, chosen: int) -> Floats:
        """The free days of each month of all who may do one of these parts."""
        rows = [expert for expert, parts in self.able.items() if parts & chosen]
        found: Floats = self.roster.free[rows].sum(axis=0)
        return found

    def _useful(self, count: int) -> Flags:
        """The cuts in their order; a stage without parts takes no months, and the last that has some goes on to the end."""
        one, two, three = self._stages
        end, first, second = np.ogrid[: count + 1, : count + 1, : count + 1]
        least = min(count, 1) if self.roster.same_month else 0
        useful: Flags = (least <= first) & (first <= second) & (second <= end)
        if not one:
            useful &= first == least
        if not two:
            useful &= second == first
        if not three and (one or two):
            useful &= second == end
        return useful

    def _reached(self, chosen: int) -> Floats:
        """The days that these parts can reach in every cut (end, first, second)."""
        one, two, three = (chosen & (stage | self._along) for stage in self._stages)
        until = {parts: np.append(0.0, np.cumsum(self._months[parts])) for parts in (one, two, three)}
        found: Floats
        if not self.roster.same_month:
            begun = until[one] - until[two]
            turned = until[two] - until[three]
            found = until[three][:, None, None] + begun[:, None] + turned
            return found
        # The month in which a stage ends belongs to the next one too; place 0 stands for no month and is shut.
        last = {parts: np.append(0.0, self._months[parts]) for parts in (one | two, two | three, one | two | three)}
        before = {parts: np.append(0.0, until[parts][:-1]) for parts in (one, two)}
        begun = before[one] + last[one | two] - until[two]
        turned = before[two] + last[two | three] - until[three]
        both = begun[:, None] + turned
        np.fill_diagonal(both, before[one] + last[one | two | three] - until[three])
        found = until[three][:, None, None] + both
        return found
