"""What a mission costs, with what is not known left open. See docs/methods/calendar.md."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from ayni.methods.missions.calendar import Calendar
from ayni.methods.missions.problem import Demand, Mission, Problem


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mission is planned under: `travel` for each provider country, a day of `interpretation`, and the `budget`.

    What is None or not there is not known; without a budget any cost will do.
    """

    travel: Mapping[str, float | None] = field(default_factory=dict)
    interpretation: float | None = None
    budget: float | None = None

    def __post_init__(self) -> None:
        for amount in (*self.travel.values(), self.interpretation, self.budget):
            if amount is not None and not (math.isfinite(amount) and amount >= 0):
                raise ValueError("Travel, interpretation and budget are zero or more.")


@dataclass(frozen=True, slots=True)
class Cost:
    """The `least` that it costs, made of three known parts; `most` is None as long as something is `unknown`.

    `unknown` names the daily costs of experts ("daily:e1"), travel ("travel:BRA") and "interpretation".
    """

    experts: float
    travel: float
    interpretation: float
    unknown: tuple[str, ...]

    @property
    def least(self) -> float:
        return self.experts + self.travel + self.interpretation

    @property
    def most(self) -> float | None:
        return None if self.unknown else self.least


def around(problem: Problem, mission: Mission, terms: Terms) -> Cost:
    """What a mission costs beside its experts: travel for each country, interpretation for the days without a shared language."""
    demand = problem.demand_of[mission.demand]
    known = [terms.travel.get(country) for country in mission.countries]
    unknown = [f"travel:{country}" for country in sorted(mission.countries) if terms.travel.get(country) is None]
    days = _interpreted(problem, demand, mission)
    if days and terms.interpretation is None:
        unknown.append("interpretation")
    return Cost(0.0, math.fsum(one or 0.0 for one in known), days * (terms.interpretation or 0.0), tuple(unknown))


def whole(beside: Cost, calendar: Calendar) -> Cost:
    """The cost of a mission with the experts of its calendar."""
    unknown = (*(f"daily:{expert}" for expert in calendar.unpriced), *beside.unknown)
    return Cost(calendar.cost, beside.travel, beside.interpretation, unknown)


def _interpreted(problem: Problem, demand: Demand, mission: Mission) -> float:
    return math.fsum(
        part.days for part in mission.parts if problem.offer_of[part.offer].languages.isdisjoint(demand.languages)
    )
