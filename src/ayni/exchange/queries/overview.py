"""The exchange at a glance."""

from typing import Any

from django.db.models import Count

from ayni.exchange.models import Demand, DemandState, Match, MatchState, Offer, OfferState
from ayni.exchange.queries.lists import with_all

LATEST = 4


def overview(user: Any) -> dict[str, Any]:
    """How many stand, from how many countries, and the latest of each that everybody sees."""
    offers = Offer.objects.filter(state=OfferState.PUBLISHED)
    demands = Demand.objects.filter(state__in=[DemandState.ELIGIBLE, DemandState.MATCHED])
    countries = Count("institution__country", distinct=True)
    return {
        "offer_counts": offers.aggregate(number=Count("pk"), countries=countries),
        "demand_counts": demands.aggregate(number=Count("pk"), countries=countries),
        "negotiating": Match.objects.filter(state__in=[MatchState.NEGOTIATING, MatchState.CONVERTED]).count(),
        "offers": list(with_all(offers).order_by("-published_at", "-id")[:LATEST]),
        "demands": list(with_all(demands).order_by("-decided_at", "-id")[:LATEST]),
    }
