"""Offers and demands of the database as the plain values that the methods rank and plan with."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from ayni.directory.models import CountryRegion, Evidence, ExpertMonth, RegionScheme
from ayni.exchange.models import (
    HOLDING,
    Demand,
    DemandNeed,
    DemandState,
    Match,
    MatchState,
    MissionCountry,
    MissionMonth,
    Offer,
    OfferState,
    ScreeningItem,
)
from ayni.exchange.queries.lists import with_all
from ayni.methods.matching import profiles
from ayni.registry.queries.agreements import partners_in_force

# Our levels of evidence on the scale of the method.
EVIDENCE = profiles.MOST / max(Evidence.values)


def offered_to(demand: Demand) -> QuerySet[Offer]:
    """The published offers that do not exclude the demand's country."""
    return Offer.objects.filter(state=OfferState.PUBLISHED).exclude(excluded=demand.institution.country_id)


def offer_profiles(rows: QuerySet[Offer]) -> list[profiles.Offer]:
    """`rows` as they are matched; what is not told is None. The number of queries does not grow with them."""
    found = list(with_all(rows))
    regions, months, used = _regions(), free_days(), _used()
    return [
        profiles.Offer(
            id=str(offer.pk),
            country=offer.institution.country_id or "",
            topics=_codes(offer.topics.all()),
            quadrants=_codes(offer.quadrants.all()),
            modalities=_codes(offer.modalities.all()),
            languages=_spoken(offer),
            evidence=None if offer.evidence is None else offer.evidence * EVIDENCE,
            context=_context(offer, regions),
            months=months.get(offer.institution_id),
            cost=None if offer.cost is None else float(offer.cost),
            used=used.get(offer.institution.country_id or "", 0),
            published=offer.state == OfferState.PUBLISHED,
        )
        for offer in found
    ]


def demand_profile(demand: Demand) -> profiles.Demand:
    """A demand as it is matched."""
    needs = list(demand.needs.select_related("quadrant"))
    regions = _regions(demand.institution.country_id)
    excluded = frozenset(demand.excluded.values_list("pk", flat=True))
    return _demand(demand, needs, regions, excluded, readiness(demand), partners_in_force())


def demand_profiles(rows: QuerySet[Demand]) -> list[profiles.Demand]:
    """`rows` as they are matched. The number of queries does not grow with them."""
    found = list(with_all(rows).prefetch_related("excluded"))
    regions, ready, agreed = _regions(), _readiness(found), partners_in_force()
    return [
        _demand(
            demand,
            list(demand.needs.all()),
            regions,
            frozenset(country.pk for country in demand.excluded.all()),
            ready.get(demand.pk),
            agreed,
        )
        for demand in found
    ]


def _demand(
    demand: Demand,
    needs: list[DemandNeed],
    regions: Mapping[str, str],
    excluded: frozenset[str],
    ready: float | None,
    agreed: Mapping[str, frozenset[str]],
) -> profiles.Demand:
    return profiles.Demand(
        id=str(demand.pk),
        country=demand.institution.country_id or "",
        topics=_codes(demand.topics.all()),
        quadrants=frozenset(need.quadrant.code for need in needs) or None,
        modalities=_codes(demand.modalities.all()),
        languages=_spoken(demand),
        interpretation=demand.interpretation,
        readiness=ready,
        context=_context(demand, regions),
        months=months_between(demand.starts, demand.deadline),
        days=float(sum(need.days for need in needs)) or None,
        budget=None if demand.budget is None else float(demand.budget),
        # A country that keeps no agreement here may have some: that is not known.
        agreements=agreed.get(demand.institution.country_id or ""),
        excluded=excluded,
        eligible=demand.state in (DemandState.ELIGIBLE, DemandState.MATCHED),
    )


def _readiness(demands: list[Demand]) -> dict[int, float]:
    """{demand: the mean of its last decided screening, 0 to 3}. One query."""
    rows = (
        ScreeningItem.objects.filter(screening__demand__in=demands, score__isnull=False)
        .exclude(screening__result="")
        .order_by("screening__number")
        .values_list("screening__demand", "screening", "score")
    )
    last: dict[int, tuple[int, list[int]]] = {}
    for demand, screening, score in rows:
        kept = last.get(demand)
        if kept is None or kept[0] != screening:
            kept = last[demand] = (screening, [])
        kept[1].append(score or 0)
    return {demand: sum(scores) / len(scores) for demand, (_screening, scores) in last.items()}


def readiness(demand: Demand) -> float | None:
    """The mean of the last screening that was decided, 0 to 3."""
    last = demand.screenings.exclude(result="").order_by("-number").first()
    if last is None:
        return None
    scores = [score for score in last.items.values_list("score", flat=True) if score is not None]
    return sum(scores) / len(scores) if scores else None


def months_between(first: date | None, last: date | None) -> frozenset[str] | None:
    """ "2027-03" and so on, both ends included; None unless both are known."""
    if first is None or last is None:
        return None
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return frozenset(f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1))


def free_days() -> Mapping[int, dict[str, float]]:
    """{institution's key: {month: expert-days}} of those who have agreed to be proposed, without what agreed missions take."""
    told = ExpertMonth.objects.filter(expert__consented_on__isnull=False, expert__withdrawn_on__isnull=True)
    rows = told.values_list("expert__institution", "expert", "month", "days")
    held = MissionMonth.objects.filter(part__mission__state__in=HOLDING).order_by()
    taken = {(expert, month): days for expert, month, days in held.values_list("expert", "month").annotate(Sum("days"))}
    found: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for institution, expert, month, days in rows:
        found[institution][f"{month:%Y-%m}"] += max(days - taken.get((expert, month), 0), 0)
    return found


def _used() -> Mapping[str, int]:
    """How often each country provides already, by a match or in a mission."""
    taken = Match.objects.filter(state__in=[MatchState.NEGOTIATING, MatchState.CONVERTED])
    missions = MissionCountry.objects.filter(mission__state__in=HOLDING).order_by()
    found = Counter(dict(taken.values_list("provider").annotate(number=Count("pk")).order_by()))
    found.update(dict(missions.values_list("country").annotate(number=Count("pk"))))
    return found


def _regions(country: str | None = None) -> Mapping[str, str]:
    rows = CountryRegion.objects.filter(scheme=RegionScheme.M49)
    rows = rows.filter(country=country) if country else rows
    return dict(rows.values_list("country", "region__code"))


def _context(thing: Offer | Demand, regions: Mapping[str, str]) -> dict[str, str]:
    told = {
        "region": regions.get(thing.institution.country_id or "", ""),
        "income": thing.income,
        "population": thing.population,
        "state": thing.government,
    }
    return {name: value for name, value in told.items() if value}


def _codes(concepts: Any) -> frozenset[str] | None:
    return frozenset(concept.code for concept in concepts) or None


def _spoken(thing: Offer | Demand) -> frozenset[str] | None:
    return frozenset(thing.languages.split()) or None
