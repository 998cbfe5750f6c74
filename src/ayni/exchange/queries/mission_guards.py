"""What stands in the way of a mission, whoever has planned it: each reason a sentence that says what to do."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from ayni.directory.models import Expert
from ayni.exchange.models import MOST_COUNTRIES, Demand, DemandState, Offer, OfferState
from ayni.exchange.queries.mission_drafts import Draft, by_expert, days_by_offer
from ayni.exchange.queries.mission_inputs import (
    left_of,
    month_of,
    quadrants_of,
    taken_of_experts,
    taken_of_offers,
    this_month,
)

# The order of work; training goes along with any.
STAGES: Mapping[str, int] = {"Q1": 1, "Q2": 2, "Q3": 2, "Q4": 3}


def faults(demand: Demand, draft: Draft, *, open_in: Collection[DemandState] = (DemandState.ELIGIBLE,)) -> list[str]:
    """Why the mission cannot stand as it is; empty when it can. `open_in` are the states in which the demand may be."""
    offers = {
        one.pk: one
        for one in Offer.objects.select_related("institution")
        .prefetch_related("quadrants")
        .filter(pk__in=[part.offer for part in draft.parts])
    }
    return [
        *_of_demand(demand, draft, open_in),
        *_of_countries(demand, draft),
        *_of_offers(draft, offers),
        *_of_order(draft),
        *_of_experts(draft, offers),
    ]


def _of_demand(demand: Demand, draft: Draft, open_in: Collection[DemandState]) -> Iterator[str]:
    if demand.state not in open_in:
        yield _("The demand is not eligible now. Look at its page again.")
    needs = {need.quadrant.code: need.days for need in demand.needs.select_related("quadrant")}
    given = {part.quadrant: part.days for part in draft.parts}
    if needs != given or len(draft.parts) != len(needs):
        yield _("The demand has changed: it now needs other days. Plan the mission again.")
    if any(sum(one.days for one in part.months) != part.days for part in draft.parts):
        yield _("The days of the months do not add up. Plan the mission again.")
    if any(part.first < this_month() for part in draft.parts):
        yield _("The first month of the mission is over. Plan the mission again.")
    if demand.deadline and any(part.last > demand.deadline for part in draft.parts):
        yield _("The mission would end after the demand's deadline. Plan the mission again.")


def _of_countries(demand: Demand, draft: Draft) -> Iterator[str]:
    if len(draft.countries) > MOST_COUNTRIES:
        yield _("A mission has three provider countries at most.")
    if demand.institution.country_id in draft.countries:
        yield _("A country does not provide to itself.")
    excluded = {country.pk for country in demand.excluded.all()}
    if excluded & set(draft.countries):
        yield _("The demand excludes one of the provider countries. Plan the mission again.")


def _of_offers(draft: Draft, offers: Mapping[int, Offer]) -> Iterator[str]:
    taken = taken_of_offers()
    for pk, days in days_by_offer(draft.parts).items():
        offer = offers.get(pk)
        if offer is None or offer.state != OfferState.PUBLISHED:
            yield _("The offer “%(offer)s” is no longer published. Plan the mission again.") % {"offer": offer or pk}
        elif left_of(offer, taken, days) < days:
            yield _("The offer “%(offer)s” has not enough days left. Plan the mission again.") % {"offer": offer}
    for part in draft.parts:
        offer = offers.get(part.offer)
        if offer and part.quadrant not in {concept.code for concept in offer.quadrants.all()}:
            yield _("The offer “%(offer)s” no longer serves %(quadrant)s. Plan the mission again.") % {
                "offer": offer,
                "quadrant": part.quadrant,
            }
        if offer and offer.institution.country_id != part.country:
            yield _("The offer “%(offer)s” is of another country. Plan the mission again.") % {"offer": offer}


def _of_order(draft: Draft) -> Iterator[str]:
    placed = [(STAGES[part.quadrant], part) for part in draft.parts if part.quadrant in STAGES]
    for stage, part in placed:
        if any(later > stage and other.first <= part.last for later, other in placed):
            yield _("%(quadrant)s has to end before what follows it begins. Plan the mission again.") % {
                "quadrant": part.quadrant
            }


def _of_experts(draft: Draft, offers: Mapping[int, Offer]) -> Iterator[str]:
    asked = by_expert(draft.parts)
    experts = {
        one.pk: one
        for one in Expert.objects.prefetch_related("months", "profiles").filter(pk__in={pk for pk, _month in asked})
    }
    taken = taken_of_experts(min((month for _pk, month in asked), default=date.max))
    busy = _("An expert of the mission is no longer free, or no longer to be proposed. Plan the mission again.")
    for (pk, month), days in asked.items():
        expert = experts.get(pk)
        told = {row.month: row.days for row in expert.months.all()} if expert and expert.may_be_proposed else {}
        if told.get(month, 0) - taken.get((pk, month_of(month)), 0) < days:
            yield busy
            return
    for part in draft.parts:
        offer = offers.get(part.offer)
        for one in part.months:
            expert = experts[one.expert]
            if part.quadrant not in quadrants_of(expert) or (offer and expert.institution_id != offer.institution_id):
                yield _("An expert does not have the profile that %(quadrant)s asks for. Plan the mission again.") % {
                    "quadrant": part.quadrant
                }
                return
