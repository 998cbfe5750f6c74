"""The missions that a demand could have: the best one, that of one country alone, the next best, with the proof."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from ayni.exchange.models import Demand, DemandNeed, Offer
from ayni.exchange.queries.mission_drafts import Draft, draft_of
from ayni.exchange.queries.mission_inputs import (
    candidates,
    demand_of,
    first_month,
    fits_of,
    known_experts,
    month_of,
    roster_for,
)
from ayni.exchange.queries.profiles import offered_to
from ayni.methods.missions.calendar import Lack
from ayni.methods.missions.costs import Terms
from ayni.methods.missions.planning import plan_mission
from ayni.methods.missions.problem import Fit
from ayni.methods.missions.roster import Roster

MORE = 3
SECONDS = 5.0
MOST_COUNTRIES = 3


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What nobody has told, as the reader of a plan supposes it: `travel` of each provider country, a day of `interpretation`."""

    travel: float | None = None
    interpretation: float | None = None
    within_budget: bool = False


@dataclass(frozen=True)
class Plan:
    """The missions of a demand, the `best` first among `drafts`; `alone` is that of one country.

    No mission is worth more than `bound`. Where there is none: `gaps` are the quadrants that no offer serves, `lack` says what the
    most valuable team lacks. `to_ask` are offers whose experts' months are not told, `untold` those that lack something themselves.
    """

    status: str
    bound: float
    drafts: Sequence[Draft]
    alone: Draft | None
    gaps: Sequence[str]
    lack: Lack | None
    to_ask: Sequence[Offer]
    untold: Sequence[Offer]
    offers: Mapping[int, Offer]

    @property
    def best(self) -> Draft | None:
        return self.drafts[0] if self.drafts else None

    @property
    def gap(self) -> float:
        """How much more than the best one any mission could be worth, as a share of the bound."""
        value = self.best.value if self.best else 0.0
        return max(self.bound - value, 0.0) / self.bound if self.bound else 0.0

    def draft(self, key: str) -> Draft | None:
        """The mission of this key, if it is among those shown."""
        return next((one for one in (*self.drafts, *([self.alone] if self.alone else [])) if one.key == key), None)


def team_of(key: str) -> set[tuple[str, int]]:
    """{(quadrant, offer)} of the key of a mission; empty for what is none."""
    pairs = [part.rpartition("-") for part in key.split(".")]
    if not all(quadrant and offer.isdigit() for quadrant, _dash, offer in pairs):
        return set()
    return {(quadrant, int(offer)) for quadrant, _dash, offer in pairs}


def planned(demand: Demand) -> Demand:
    """The demand with everything that planning reads."""
    rows = Demand.objects.select_related("institution__country").prefetch_related(
        Prefetch("needs", DemandNeed.objects.select_related("quadrant").order_by("quadrant__position")),
        "excluded",
        "topics",
        "modalities",
    )
    return rows.get(pk=demand.pk)


def plan(
    demand: Demand,
    assumed: Assumptions,
    *,
    only: Collection[tuple[str, int]] | None = None,
    time_limit: float = SECONDS,
) -> Plan:
    """What could serve a demand, from all published offers of other countries, or with one team: `only` {(quadrant, offer)}.

    Reads in a fixed number of queries.
    """
    demand = planned(demand)
    asked = demand_of(demand)
    rows = offered_to(demand).exclude(institution__country=demand.institution.country_id)
    rows = rows.exclude(institution__country__in=[country.pk for country in demand.excluded.all()])
    found = candidates(rows, enough=round(sum(asked.days.values())))
    fits = fits_of(Demand.objects.filter(pk=demand.pk), found.rows.values())
    if only is not None:
        fits = [fit for fit in fits if (fit.quadrant, int(fit.offer)) in only]
    fitting = {fit.offer for fit in fits}
    start = first_month(demand)
    serving = [found.rows[code] for code in sorted(fitting)]
    roster = Roster(
        roster_for(known_experts(serving, since=start), serving, asked.languages),
        first=month_of(start),
        deadline=month_of(demand.deadline) if demand.deadline else None,
    )
    result = plan_mission(
        found.offers,
        asked,
        fits,
        roster,
        terms=_terms(demand, assumed, {offer.country for offer in found.offers}),
        max_countries=MOST_COUNTRIES,
        more=MORE,
        time_limit=time_limit,
    )
    languages = {offer.id: offer.languages for offer in found.offers}
    proposals = [result.best, *result.alternatives] if result.best else []
    return Plan(
        status=result.status,
        bound=result.bound,
        drafts=[draft_of(one, languages, asked.languages) for one in proposals],
        alone=draft_of(result.alone, languages, asked.languages) if result.alone else None,
        gaps=_gaps(demand, fits),
        lack=result.lack,
        to_ask=[found.rows[code] for code in result.to_ask],
        untold=found.untold,
        offers={int(code): offer for code, offer in found.rows.items()},
    )


def _terms(demand: Demand, assumed: Assumptions, countries: set[str]) -> Terms:
    budget = float(demand.budget) if assumed.within_budget and demand.budget is not None else None
    travel = dict.fromkeys(sorted(countries), assumed.travel)
    return Terms(travel=travel, interpretation=assumed.interpretation, budget=budget)


def _gaps(demand: Demand, fits: Sequence[Fit]) -> list[str]:
    served = {fit.quadrant for fit in fits}
    return [need.quadrant.code for need in demand.needs.all() if need.quadrant.code not in served]
