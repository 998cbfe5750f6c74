"""What missions are planned with: offers, demands, experts and fits as plain values. See docs/howto/missions.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from ayni.directory.models import Expert, Teaching
from ayni.directory.queries.experts import available
from ayni.exchange.models import HOLDING, Demand, MissionMonth, Offer, OfferState
from ayni.exchange.queries.lists import SHOWN_TEXTS, texts_of, with_all
from ayni.exchange.queries.profiles import demand_profiles, offer_profiles
from ayni.exchange.queries.ranking import rules_in_force, weights_of
from ayni.exchange.queries.wording import is_on, likeness
from ayni.methods.matching import profiles
from ayni.methods.matching.criteria import Offers
from ayni.methods.matching.ranking import rank
from ayni.methods.missions import problem, roster

TRAINING = "T"


@dataclass(frozen=True)
class Candidates:
    """Published offers that can serve in a mission; `untold` say no language, no quadrant or no country."""

    rows: Mapping[str, Offer]
    offers: Sequence[problem.Offer]
    untold: Sequence[Offer]


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def candidates(rows: QuerySet[Offer], *, enough: int) -> Candidates:
    """The offers of `rows` with the days that agreed missions leave them.

    An offer that does not say how many days it has counts as having `enough`: its experts' months limit it.
    """
    found = list(with_all(rows.filter(state=OfferState.PUBLISHED).order_by("pk")))
    taken = taken_of_offers()
    usable: list[Offer] = []
    untold: list[Offer] = []
    for offer in found:
        (usable if _says_enough(offer) else untold).append(offer)
    return Candidates(
        {str(offer.pk): offer for offer in usable},
        [
            problem.Offer(
                id=str(offer.pk),
                country=offer.institution.country_id or "",
                quadrants=frozenset(concept.code for concept in offer.quadrants.all()),
                languages=frozenset(offer.languages.split()),
                capacity_days=left_of(offer, taken, enough),
            )
            for offer in usable
        ],
        untold,
    )


def left_of(offer: Offer, taken: Mapping[int, int], enough: int) -> int:
    """The days that an offer still has in a year."""
    return enough if offer.capacity_days is None else max(offer.capacity_days - taken.get(offer.pk, 0), 0)


def demand_of(demand: Demand) -> problem.Demand:
    """Raises ValueError for a demand that needs no days in any quadrant."""
    return problem.Demand(
        id=str(demand.pk),
        country=demand.institution.country_id or "",
        languages=frozenset(demand.languages.split()),
        days={need.quadrant.code: float(need.days) for need in demand.needs.all()},
        interpretation=demand.interpretation,
    )


def fits_of(demands: QuerySet[Demand], rows: Iterable[Offer]) -> list[problem.Fit]:
    """How well each offer answers each quadrant that a demand asks for and that the offer serves.

    The fit is the middle of the score by the rules in force, from 0 to 1; what stands outside the gates of matching, or excludes the
    demand's country, has none. The number of queries does not grow with either.
    """
    weights = weights_of(rules_in_force())
    offers = Offers(offer_profiles(Offer.objects.filter(pk__in=[offer.pk for offer in rows])))
    serves = {offer.id: offer.quadrants or frozenset() for offer in offers.rows}
    excluding = _excluding(offers.rows)
    found = []
    for demand in _worded(demand_profiles(demands), demands, offers):
        for match in rank(offers, demand, weights=weights, most=len(offers) or 1).matches:
            if (match.offer, demand.country) not in excluding:
                value = (match.least + match.most) / 200
                quadrants = sorted((demand.quadrants or frozenset()) & serves[match.offer])
                found += [problem.Fit(demand.id, match.offer, code, value) for code in quadrants]
    return found


def _worded(found: list[profiles.Demand], demands: QuerySet[Demand], offers: Offers) -> Iterator[profiles.Demand]:
    """The demands with how alike the texts of the offers are to their own (docs/methods/wording.md). Two queries, or none."""
    if not is_on():
        yield from found
        return
    rows = Offer.objects.filter(pk__in=[int(offer.id) for offer in offers.rows])
    texts = {str(pk): texts_of(told) for pk, *told in rows.values_list("pk", *SHOWN_TEXTS[Offer])}
    own = {str(pk): texts_of(told) for pk, *told in demands.values_list("pk", *SHOWN_TEXTS[Demand])}
    for demand in found:
        yield replace(demand, wording=likeness(own[demand.id], texts))


def _excluding(offers: Iterable[profiles.Offer]) -> set[tuple[str, str]]:
    """{(offer, country that it excludes)}. One query."""
    pairs = Offer.excluded.through.objects.filter(offer__in=[int(offer.id) for offer in offers])
    return {(str(offer), country) for offer, country in pairs.values_list("offer", "country")}


@dataclass(frozen=True, slots=True)
class Known:
    """An expert who has agreed to be proposed, with what agreed missions leave of the months. No languages: not told."""

    id: str
    institution: int
    languages: frozenset[str]
    quadrants: frozenset[str]
    free: Mapping[str, float]
    daily_cost: float | None

    def may_serve(self, offer: Offer, asked: frozenset[str]) -> bool:
        """Whether the person can work for an offer with who asks in these languages: where the offer shares one, so must the expert."""
        if self.institution != offer.institution_id:
            return False
        interpreted = asked.isdisjoint(offer.languages.split())
        return interpreted or not self.languages or not self.languages.isdisjoint(asked)


def known_experts(offers: Iterable[Offer], *, since: date) -> list[Known]:
    """The experts of the institutions of `offers` who may be proposed. Four queries."""
    taken = taken_of_experts(since)
    return [
        Known(
            id=str(one.expert),
            institution=one.institution,
            languages=frozenset(one.languages),
            quadrants=qualifying(one.quadrants, one.teaching),
            free={month: float(max(days - taken.get((one.expert, month), 0), 0)) for month, days in one.free.items()},
            daily_cost=None if one.daily_cost is None else float(one.daily_cost),
        )
        for one in available(institutions=sorted({offer.institution_id for offer in offers}), since=since)
    ]


def roster_for(known: Iterable[Known], offers: Iterable[Offer], asked: frozenset[str]) -> list[roster.Expert]:
    """The experts as the planner takes them, each with the offers that he or she can serve."""
    offers = list(offers)
    found = []
    for one in known:
        served = frozenset(str(offer.pk) for offer in offers if one.may_serve(offer, asked))
        if served:
            found.append(roster.Expert(one.id, served, one.quadrants, one.free, one.daily_cost))
    return found


def quadrants_of(expert: Expert) -> frozenset[str]:
    """The quadrants that an expert's profile qualifies for."""
    return qualifying((concept.code for concept in expert.profiles.all()), expert.teaching)


def qualifying(quadrants: Iterable[str], teaching: int) -> frozenset[str]:
    """Those of a profile, and training exactly with proven competence in teaching [D: Section III]."""
    found = set(quadrants) - {TRAINING}
    return frozenset(found | {TRAINING} if teaching == Teaching.PROVEN else found)


def taken_of_offers() -> dict[int, int]:
    """{offer: the days that agreed missions have taken in the eleven months before, and take from this one on}. One query.

    An offer's days are those of a year: what was given in spring is not offered again in summer.
    """
    today = this_month()
    since = date(today.year - 1, today.month + 1, 1) if today.month < 12 else date(today.year, 1, 1)
    rows = MissionMonth.objects.filter(part__mission__state__in=HOLDING, month__gte=since)
    return _summed(rows, "part__offer")


def taken_of_experts(since: date) -> dict[tuple[int, str], int]:
    """{(expert, month): the days that agreed missions take}. One query."""
    rows = MissionMonth.objects.filter(part__mission__state__in=HOLDING, month__gte=since)
    found = rows.order_by().values_list("expert", "month").annotate(total=Sum("days"))
    return {(expert, month_of(month)): total for expert, month, total in found}


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def first_month(demand: Demand) -> date:
    """The month from which a demand's work can be planned: its own, or this one."""
    return max(demand.starts or this_month(), this_month())


def _summed(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(total=Sum("days")))


def _says_enough(offer: Offer) -> bool:
    return bool(offer.languages and offer.institution.country_id and offer.quadrants.all())
