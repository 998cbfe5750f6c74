"""When the parts of a mission are done, and by whom: the earliest finish, then the cheapest experts. See docs/methods/calendar.md."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ayni.methods.missions.cuts import EQUAL, Cut, Cuts, Group
from ayni.methods.missions.problem import Part
from ayni.methods.missions.roster import Expert, Roster
from ayni.methods.packing import Packing

NO_EXPERT, NO_DAYS, BUDGET = "no-expert", "no-days", "budget"


@dataclass(frozen=True, slots=True)
class Work:
    """Days of an expert for one quadrant in one month."""

    month: str
    quadrant: str
    offer: str
    expert: str
    days: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """The work month by month. `cost` is that of the experts whose daily cost is known, `unpriced` are the others who work."""

    work: tuple[Work, ...]
    cost: float
    unpriced: tuple[str, ...]

    @property
    def start(self) -> str:
        return min(work.month for work in self.work)

    @property
    def finish(self) -> str:
        return max(work.month for work in self.work)

    def span(self, quadrant: str) -> tuple[str, str]:
        """The first and the last month of a quadrant."""
        months = [work.month for work in self.work if work.quadrant == quadrant]
        return min(months), max(months)


@dataclass(frozen=True, slots=True)
class Lack:
    """Why there is no calendar: `reason` "no-expert" (none is qualified), "no-days" or "budget", and where.

    Of all ways to divide the months the one is told in which the fewest `days` lack: those `quadrants`, together, in these `months`;
    none where the stages before leave none.
    """

    reason: str
    quadrants: tuple[str, ...]
    months: tuple[str, ...]
    days: float


def schedule(parts: Sequence[Part], roster: Roster, *, budget: float | None = None) -> Calendar | Lack:
    """The calendar of the parts that ends first; of those that end in that month, the one whose experts cost least.

    With a `budget` for the experts, the first that keeps it; a daily cost that is not known counts as nothing.
    """
    alone = [part.quadrant for part in parts if not roster.able([part])]
    if alone:
        days = sum(part.days for part in parts if part.quadrant in alone)
        return Lack(NO_EXPERT, tuple(alone), tuple(roster.months), days)
    cuts = Cuts(roster, parts)
    if cuts.lacking > EQUAL:
        return _lack(parts, cuts)
    found = _within(parts, cuts, math.inf if budget is None else budget + EQUAL)
    return found or Lack(BUDGET, tuple(part.quadrant for part in parts), tuple(roster.months), 0.0)


def has_days(parts: Sequence[Part], roster: Roster) -> bool:
    """Whether there is a calendar, whatever it costs."""
    return all(roster.able([part]) for part in parts) and Cuts(roster, parts).lacking <= EQUAL


def least_cost(parts: Sequence[Part], roster: Roster) -> float:
    """What the parts cost at least, were everybody free."""
    return math.fsum(part.days * min(_rate(roster.experts[one]) for one in roster.able([part])) for part in parts)


def _within(parts: Sequence[Part], cuts: Cuts, limit: float) -> Calendar | None:
    """The first calendar that costs no more than the limit."""
    if least_cost(parts, cuts.roster) > limit:
        return None
    last = len(cuts.roster.months)
    if limit < math.inf:
        # Another month never makes it dearer: what is too dear with all of them is too dear.
        slowest = _cheapest(parts, cuts, last)
        if slowest is None or slowest.cost > limit:
            return None
    ends = (_cheapest(parts, cuts, end) for end in range(last + 1))
    return next((found for found in ends if found and found.cost <= limit), None)


def _lack(parts: Sequence[Part], cuts: Cuts) -> Lack:
    cut, chosen = cuts.nearest()
    months = cuts.roster.months
    within = [month for group in cuts.groups(cut) if group.parts & chosen for month in months[group.start : group.stop]]
    quadrants = tuple(part.quadrant for place, part in enumerate(parts) if chosen >> place & 1)
    return Lack(NO_DAYS, quadrants, tuple(within), cuts.lacking)


def _rate(expert: Expert) -> float:
    return expert.daily_cost or 0.0


def _cheapest(parts: Sequence[Part], cuts: Cuts, end: int) -> Calendar | None:
    """The cheapest of the cuts with this end, the first of equals; where all who may do a part cost the same, any is as good."""
    ways = cuts.enough(end)
    one_price = all(len({_rate(cuts.roster.experts[one]) for one in cuts.roster.able([part])}) == 1 for part in parts)
    found = [_assign(parts, cuts, cut) for cut in (ways[:1] if one_price else ways)]
    return min(found, key=lambda calendar: round(calendar.cost / EQUAL), default=None)


def _assign(parts: Sequence[Part], cuts: Cuts, cut: Cut) -> Calendar:
    """Who does how much of what in a cut: a transport of days from experts to parts at the least cost."""
    experts, groups = cuts.roster.experts, cuts.groups(cut)
    slots = [(expert, group) for expert in cuts.able for group in groups if cuts.able[expert] & group.parts]
    limits = [part.days for part in parts]
    limits += [float(cuts.roster.free[expert, group.start : group.stop].sum()) for expert, group in slots]
    # Worth so much that no saving pays for a day that is not given.
    day = 1 + 2 * len(parts) * max(_rate(experts[expert]) for expert in cuts.able)
    choices = [
        (place, row)
        for row, (expert, group) in enumerate(slots)
        for place in range(len(parts))
        if cuts.able[expert] & group.parts & 1 << place
    ]
    packing = Packing(limits)
    packing.add(
        [day - _rate(experts[slots[row][0]]) for _place, row in choices],
        [{place: 1.0, len(parts) + row: 1.0} for place, row in choices],
    )
    packing.parts()
    taken = packing.amounts()
    given = [
        (slots[row], place, float(days)) for (place, row), days in zip(choices, taken, strict=True) if days > EQUAL
    ]
    work = tuple(sorted(_by_month(parts, cuts, given), key=lambda one: (one.month, one.quadrant, one.expert)))
    at_work = {one.expert for one in work}
    rates = {experts[one].id: experts[one].daily_cost for one in cuts.able if experts[one].id in at_work}
    cost = math.fsum(one.days * (rates[one.expert] or 0.0) for one in work)
    return Calendar(work, cost, tuple(sorted(name for name, rate in rates.items() if rate is None)))


def _by_month(
    parts: Sequence[Part], cuts: Cuts, given: Sequence[tuple[tuple[int, Group], int, float]]
) -> Iterator[Work]:
    """Days of an expert in successive months, put into the first of them that are free, part after part."""
    left = {expert: cuts.roster.free[expert].copy() for expert in cuts.able}
    for (expert, group), place, days in given:
        for month in range(group.start, group.stop):
            now = min(days, float(left[expert][month]))
            if now > EQUAL:
                left[expert][month] -= now
                days -= now
                part = parts[place]
                yield Work(cuts.roster.months[month], part.quadrant, part.offer, cuts.roster.experts[expert].id, now)
