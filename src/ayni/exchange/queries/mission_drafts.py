"""A mission as it is proposed: plain values, the same for a page and for the action that keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ayni.methods.missions.costs import Cost
from ayni.methods.missions.planning import Proposal


@dataclass(frozen=True, slots=True)
class DraftMonth:
    """Days that an expert gives in one month, which is told by its first day."""

    month: date
    expert: int
    days: int


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One quadrant: which offer serves it, with how many days, month by month; `interpreted` where no language is shared."""

    quadrant: str
    offer: int
    country: str
    days: int
    interpreted: bool
    months: tuple[DraftMonth, ...]

    @property
    def first(self) -> date:
        return min(one.month for one in self.months)

    @property
    def last(self) -> date:
        return max(one.month for one in self.months)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mission: its value, its lead, its parts and its cost; `most` is None while something is `unknown`."""

    lead: str
    value: float
    parts: tuple[DraftPart, ...]
    least: float
    most: float | None
    interpretation: float
    unknown: tuple[str, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The provider countries, the lead first."""
        return (self.lead, *sorted({part.country for part in self.parts} - {self.lead}))

    @property
    def key(self) -> str:
        """Names the team: "Q1-12.Q3-7"."""
        return ".".join(f"{part.quadrant}-{part.offer}" for part in self.parts)

    def months(self) -> list[date]:
        """Every month from the first to the last."""
        first, last = min(part.first for part in self.parts), max(part.last for part in self.parts)
        found = [first]
        while found[-1] < last:
            found.append(next_month(found[-1]))
        return found

    def told(self) -> dict[str, Any]:
        """As JSON holds it, to stand beside a mission that was chosen."""
        return {
            "value": self.value,
            "lead": self.lead,
            "countries": list(self.countries),
            "cost": {"least": self.least, "most": self.most, "unknown": list(self.unknown)},
            "first_month": f"{min(part.first for part in self.parts):%Y-%m}",
            "last_month": f"{max(part.last for part in self.parts):%Y-%m}",
            "parts": [{name: value for name, value in asdict(part).items() if name != "months"} for part in self.parts],
        }


def draft_of(proposal: Proposal, languages: Mapping[str, frozenset[str]], asked: frozenset[str]) -> Draft:
    """What the planner found, as whole days. `languages` {offer: its languages}, `asked` those of the demand."""
    months: dict[str, dict[tuple[str, str], float]] = {}
    for work in proposal.calendar.work:
        of_part = months.setdefault(work.quadrant, {})
        of_part[(work.month, work.expert)] = of_part.get((work.month, work.expert), 0.0) + work.days
    parts = tuple(
        DraftPart(
            quadrant=part.quadrant,
            offer=int(part.offer),
            country=part.country,
            days=round(part.days),
            interpreted=languages[part.offer].isdisjoint(asked),
            months=tuple(
                DraftMonth(day_of(month), int(expert), round(days))
                for (month, expert), days in sorted(months[part.quadrant].items())
            ),
        )
        for part in sorted(proposal.mission.parts, key=lambda part: part.quadrant)
    )
    return Draft(proposal.mission.lead, proposal.mission.value, parts, **_cost(proposal.cost))


def day_of(month: str) -> date:
    """The first day of "2027-03"."""
    return date(int(month[:4]), int(month[5:]), 1)


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def by_expert(parts: Iterable[DraftPart]) -> dict[tuple[int, date], int]:
    """{(expert, month): days} of all parts together."""
    found: dict[tuple[int, date], int] = {}
    for part in parts:
        for one in part.months:
            found[(one.expert, one.month)] = found.get((one.expert, one.month), 0) + one.days
    return found


def days_by_offer(parts: Sequence[DraftPart]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts:
        found[part.offer] = found.get(part.offer, 0) + part.days
    return found


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "least": round(cost.least, 2),
        "most": None if cost.most is None else round(cost.most, 2),
        "interpretation": round(cost.interpretation, 2),
        "unknown": cost.unknown,
    }
