"""What is offered, what is asked for, and how well the one fits the other. See docs/methods/missions.md."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# The order of work: systems and programmes are designed before they are managed and carried out; training goes along.
ORDER = ("Q1", "Q2", "Q3", "Q4", "T")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a provider country can give: quadrants, languages (ISO 639-1), and expert-days in all."""

    id: str
    country: str
    quadrants: frozenset[str]
    languages: frozenset[str]
    capacity_days: float

    def __post_init__(self) -> None:
        if not self.quadrants:
            raise ValueError(f"{self.id}: an offer serves at least one quadrant.")
        if not self.languages:
            raise ValueError(f"{self.id}: an offer has at least one language.")
        if not (math.isfinite(self.capacity_days) and self.capacity_days >= 0):
            raise ValueError(f"{self.id}: capacity_days is zero or more.")


@dataclass(frozen=True, slots=True)
class Demand:
    """What a country asks for: expert-days for each quadrant. With `interpretation` no language needs to be shared."""

    id: str
    country: str
    languages: frozenset[str]
    days: Mapping[str, float]
    interpretation: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError(f"{self.id}: a demand asks for at least one quadrant.")
        if not all(math.isfinite(days) and days > 0 for days in self.days.values()):
            raise ValueError(f"{self.id}: the days of a quadrant are more than zero.")
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"{self.id}: weight is zero or more.")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an offer answers one quadrant of a demand; nothing is taken for a fit of zero or below."""

    demand: str
    offer: str
    quadrant: str
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """One quadrant of a mission: which offer serves it, from which country, with how many expert-days."""

    quadrant: str
    offer: str
    country: str
    days: float


@dataclass(frozen=True, slots=True)
class Mission:
    """A demand served whole. `lead` is the country that gives most of the days."""

    demand: str
    lead: str
    value: float
    parts: tuple[Part, ...]

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(part.country for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Missions and what is known of them: no plan is worth more than `bound`; `gap` = (bound - objective) / bound.

    `status` is "optimal" (the gap is proved to be below 1e-6), "feasible", or "none" when nothing can be served.
    """

    status: str
    objective: float
    bound: float
    missions: tuple[Mission, ...]
    unserved: tuple[str, ...]

    @property
    def gap(self) -> float:
        return max(0.0, self.bound - self.objective) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True)
class Problem:
    """Offers, demands and fits. A mission has at most `max_countries`, and each further country costs `coordination`.

    Raises ValueError where an identifier stands twice, or a fit names what is not there.
    """

    offers: Sequence[Offer]
    demands: Sequence[Demand]
    fits: Sequence[Fit]
    max_countries: int = 3
    coordination: float = 0.05
    offer_of: Mapping[str, Offer] = field(init=False)
    demand_of: Mapping[str, Demand] = field(init=False)

    def __post_init__(self) -> None:
        if self.max_countries < 1:
            raise ValueError("max_countries is one or more.")
        if not (math.isfinite(self.coordination) and self.coordination >= 0):
            raise ValueError("coordination is zero or more.")
        offers = {offer.id: offer for offer in self.offers}
        demands = {demand.id: demand for demand in self.demands}
        if len(offers) < len(self.offers) or len(demands) < len(self.demands):
            raise ValueError("Each offer and each demand has an identifier of its own.")
        for fit in self.fits:
            if fit.offer not in offers or fit.demand not in demands:
                raise ValueError(f"The fit of {fit.demand} and {fit.offer} names what is not there.")
            if not math.isfinite(fit.value):
                raise ValueError(f"The fit of {fit.demand} and {fit.offer} has a finite value.")
        object.__setattr__(self, "offer_of", offers)
        object.__setattr__(self, "demand_of", demands)


def may_serve(offer: Offer, demand: Demand, quadrant: str) -> bool:
    """Whether the rules let the offer serve this quadrant of the demand, whatever else it does."""
    return (
        quadrant in offer.quadrants
        and quadrant in demand.days
        and offer.country != demand.country
        and demand.days[quadrant] <= offer.capacity_days
        and (demand.interpretation or not offer.languages.isdisjoint(demand.languages))
    )


def worth(problem: Problem, demand: Demand, fits: Sequence[float], countries: int) -> float:
    """The value of a mission: weight x (sum of fits - coordination x (countries - 1))."""
    return demand.weight * (math.fsum(fits) - problem.coordination * (countries - 1))


def mission_of(problem: Problem, demand: Demand, chosen: Mapping[str, tuple[str, float]]) -> Mission:
    """The mission in which {quadrant: (offer, fit)} serve the demand, its parts in the order of work."""
    ordered = sorted(chosen, key=_place)
    parts = tuple(
        Part(quadrant, chosen[quadrant][0], problem.offer_of[chosen[quadrant][0]].country, demand.days[quadrant])
        for quadrant in ordered
    )
    countries = {part.country for part in parts}
    days = {country: math.fsum(part.days for part in parts if part.country == country) for country in countries}
    lead = min(countries, key=lambda country: (-days[country], country))
    value = worth(problem, demand, [chosen[quadrant][1] for quadrant in ordered], len(countries))
    return Mission(demand.id, lead, value, parts)


def _place(quadrant: str) -> tuple[int, str]:
    return (ORDER.index(quadrant) if quadrant in ORDER else len(ORDER), quadrant)


def broken_rules(problem: Problem, missions: Sequence[Mission]) -> list[str]:
    """What missions do against the rules, in words; empty when they keep them all."""
    found = []
    used: dict[str, float] = {}
    fits = {(fit.demand, fit.offer, fit.quadrant): fit.value for fit in problem.fits}
    if len({mission.demand for mission in missions}) < len(missions):
        found.append("a demand is served twice")
    for mission in missions:
        demand = problem.demand_of[mission.demand]
        if sorted(part.quadrant for part in mission.parts) != sorted(demand.days):
            found.append(f"{demand.id} is not served whole")
        if len(mission.countries) > problem.max_countries:
            found.append(f"{demand.id} has too many countries")
        for part in mission.parts:
            offer = problem.offer_of[part.offer]
            used[offer.id] = used.get(offer.id, 0.0) + part.days
            if not may_serve(offer, demand, part.quadrant):
                found.append(f"{offer.id} may not serve {part.quadrant} of {demand.id}")
            if fits.get((demand.id, offer.id, part.quadrant), 0.0) <= 0:
                found.append(f"{offer.id} does not fit {part.quadrant} of {demand.id}")
    for code, days in sorted(used.items()):
        if days > problem.offer_of[code].capacity_days * (1 + 1e-9) + 1e-9:
            found.append(f"{code} gives more days than it has")
    return found
