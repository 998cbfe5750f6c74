"""The missions of all open demands at once, fair to small providers at a price that is told. See docs/methods/fairness.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.directory.models import Country
from ayni.exchange.models import Demand, DemandNeed, DemandState, Mission, Offer
from ayni.exchange.queries.mission_inputs import (
    Candidates,
    Known,
    candidates,
    demand_of,
    first_month,
    fits_of,
    known_experts,
    month_of,
    this_month,
)
from ayni.exchange.queries.missions import LIVE
from ayni.methods.missions import problem, single
from ayni.methods.missions.fairness import Fair, days_of, fair_portfolio

PRICES = (0, 1, 2, 5)
USUAL = 2
SECONDS = 5.0


@dataclass(frozen=True)
class PartPlanned:
    quadrant: str
    offer: Offer
    country: str
    days: int


@dataclass(frozen=True)
class MissionPlanned:
    """A mission of the portfolio: a team without months. `was` is the team's key in the plan without fairness ("" where there was none)."""

    demand: Demand
    lead: str
    value: float
    parts: Sequence[PartPlanned]
    key: str
    was: str

    @property
    def differs(self) -> bool:
        return self.was != self.key


@dataclass(frozen=True)
class Unserved:
    """A demand without a mission, why, and whether the plan without fairness served it."""

    demand: Demand
    reason: str
    was_served: bool


@dataclass(frozen=True)
class Given:
    """The days that a country or an offer gives in the plan, and in the one without fairness; its part of all days, in per cent."""

    name: str
    days: int
    before: int
    share: float
    offer: Offer | None = None


@dataclass(frozen=True)
class Portfolio:
    """A plan with its proof or gap, what fairness cost, and who gives how much."""

    price: int
    fair: Fair
    missions: Sequence[MissionPlanned]
    unserved: Sequence[Unserved]
    countries: Sequence[Given]
    offers: Sequence[Given]
    demands: int
    supply: int
    fictional: bool

    @property
    def paid(self) -> float:
        """The share of the worth that fairness cost, in per cent."""
        return 100 * self.fair.price

    @property
    def gap(self) -> float:
        """How much more the best plan could be worth, in per cent."""
        return 100 * self.fair.best.gap

    @property
    def countries_before(self) -> int:
        return len(days_of(self.fair.best.missions))


def open_demands() -> QuerySet[Demand]:
    """Eligible demands for which no mission lives."""
    planned = Exists(Mission.objects.filter(demand=OuterRef("pk"), state__in=LIVE))
    return Demand.objects.filter(state=DemandState.ELIGIBLE).exclude(planned)


def portfolio(price: int, *, time_limit: float = SECONDS) -> Portfolio:
    """The plan for all open demands. The number of queries does not grow with demands or offers."""
    demands = _read()
    asking = {str(one.pk): one for one in demands if one.needs.all() and one.institution.country_id}
    days = sum(need.days for one in demands for need in one.needs.all())
    supply = candidates(Offer.objects.all(), enough=days)
    fits = fits_of(open_demands(), supply.rows.values()) if asking and supply.rows else []
    asked = [demand_of(one) for one in asking.values()]
    fits = [fit for fit in fits if fit.demand in asking]
    told = problem.Problem(supply.offers, asked, _with_experts(fits, asking, supply))
    fair = fair_portfolio(told, price=price / 100, time_limit=time_limit)
    before = {mission.demand: _key(mission) for mission in fair.best.missions}
    names = _names(supply)
    return Portfolio(
        price=price,
        fair=fair,
        missions=[_planned(one, asking, supply, names, before) for one in fair.plan.missions],
        unserved=_unserved(demands, fair, told, fits, before),
        countries=_countries(fair, names),
        offers=_offers(fair, supply),
        demands=len(demands),
        supply=len(supply.rows),
        fictional=any(one.fictional for one in (*demands, *supply.rows.values())),
    )


def _read() -> list[Demand]:
    needs = DemandNeed.objects.select_related("quadrant").order_by("quadrant__position")
    rows = open_demands().select_related("institution__country").order_by("pk")
    return list(rows.prefetch_related("institution__names", Prefetch("needs", needs)))


def _names(supply: Candidates) -> dict[str, str]:
    codes = {offer.country for offer in supply.offers}
    return {country.pk: text_in(country.name) for country in Country.objects.filter(pk__in=codes)}


def _key(mission: problem.Mission) -> str:
    parts = sorted(mission.parts, key=lambda part: part.quadrant)
    return ".".join(f"{part.quadrant}-{part.offer}" for part in parts)


def _planned(
    mission: problem.Mission,
    asking: Mapping[str, Demand],
    supply: Candidates,
    names: Mapping[str, str],
    before: Mapping[str, str],
) -> MissionPlanned:
    parts = [
        PartPlanned(part.quadrant, supply.rows[part.offer], names[part.country], round(part.days))
        for part in sorted(mission.parts, key=lambda part: part.quadrant)
    ]
    return MissionPlanned(
        demand=asking[mission.demand],
        lead=names[mission.lead],
        value=mission.value,
        parts=parts,
        key=_key(mission),
        was=before.get(mission.demand, ""),
    )


def _unserved(
    demands: Iterable[Demand],
    fair: Fair,
    told: problem.Problem,
    fits: Iterable[problem.Fit],
    before: Mapping[str, str],
) -> list[Unserved]:
    served = {mission.demand for mission in fair.plan.missions}
    fitting, plannable = _by_demand(fits), _by_demand(told.fits)
    found = []
    for one in demands:
        code = str(one.pk)
        if code not in served:
            reason = _why(one, told, fitting.get(code, []), plannable.get(code, []))
            found.append(Unserved(one, reason, code in before))
    return found


def _by_demand(fits: Iterable[problem.Fit]) -> dict[str, list[problem.Fit]]:
    found: dict[str, list[problem.Fit]] = {}
    for fit in fits:
        found.setdefault(fit.demand, []).append(fit)
    return found


def _why(
    demand: Demand, told: problem.Problem, fitting: Sequence[problem.Fit], plannable: Sequence[problem.Fit]
) -> str:
    asked = told.demand_of.get(str(demand.pk))
    if asked is None:
        return _("The demand names no quadrant, or its institution is of no country.")
    gaps = _without(demand, fitting)
    if gaps:
        return _("No published offer that fits serves %(quadrants)s.") % {"quadrants": gaps}
    gaps = _without(demand, plannable)
    if gaps:
        message = _("Offers fit, but none tells experts with the profile of %(quadrants)s and enough free days.")
        return message % {"quadrants": gaps}
    offers = [told.offer_of[code] for code in sorted({fit.offer for fit in plannable})]
    alone = single.mission(offers, asked, plannable, more=0)
    if not alone.plan.missions:
        return _("No team of at most three countries shares a language with it and has the days.")
    return _("The days of the offers that fit go to demands in which they are worth more.")


def _without(demand: Demand, fits: Iterable[problem.Fit]) -> str:
    """The quadrants of a demand for which there is no fit."""
    served = {fit.quadrant for fit in fits}
    return ", ".join(need.quadrant.code for need in demand.needs.all() if need.quadrant.code not in served)


def _with_experts(fits: Iterable[problem.Fit], asking: Mapping[str, Demand], supply: Candidates) -> list[problem.Fit]:
    """The fits whose offer has qualified experts with enough free days in the demand's months; other plans have no calendar."""
    known: dict[int, list[Known]] = {}
    for expert in known_experts(supply.rows.values(), since=this_month()):
        known.setdefault(expert.institution, []).append(expert)
    return [fit for fit in fits if _has_days(fit, asking[fit.demand], supply.rows[fit.offer], known)]


def _has_days(fit: problem.Fit, demand: Demand, offer: Offer, known: Mapping[int, Sequence[Known]]) -> bool:
    first, last = month_of(first_month(demand)), month_of(demand.deadline) if demand.deadline else "9999-12"
    asked = frozenset(demand.languages.split())
    free = sum(
        days
        for expert in known.get(offer.institution_id, ())
        if fit.quadrant in expert.quadrants and expert.may_serve(offer, asked)
        for month, days in expert.free.items()
        if first <= month <= last
    )
    return free >= next(need.days for need in demand.needs.all() if need.quadrant.code == fit.quadrant)


def _countries(fair: Fair, names: Mapping[str, str]) -> list[Given]:
    now, before = days_of(fair.plan.missions), days_of(fair.best.missions)
    total = sum(now.values())
    codes = sorted({*now, *before}, key=lambda code: (-now.get(code, 0.0), names[code]))
    return [
        Given(names[code], round(now.get(code, 0.0)), round(before.get(code, 0.0)), _share(now.get(code, 0.0), total))
        for code in codes
    ]


def _offers(fair: Fair, supply: Candidates) -> list[Given]:
    now, before = _by_offer(fair.plan), _by_offer(fair.best)
    total = sum(now.values())
    codes = sorted({*now, *before}, key=lambda code: (-now.get(code, 0.0), int(code)))
    return [
        Given(
            str(supply.rows[code]),
            round(now.get(code, 0.0)),
            round(before.get(code, 0.0)),
            _share(now.get(code, 0.0), total),
            supply.rows[code],
        )
        for code in codes
    ]


def _by_offer(plan: problem.Plan) -> dict[str, float]:
    found: dict[str, float] = {}
    for mission in plan.missions:
        for part in mission.parts:
            found[part.offer] = found.get(part.offer, 0.0) + part.days
    return found


def _share(days: float, total: float) -> float:
    return 100 * days / total if total else 0.0
