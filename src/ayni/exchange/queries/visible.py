"""Who sees which offers, demands and matches."""

from typing import Any

from django.db.models import Q, QuerySet

from ayni.common.permissions import READ_DRAFTS, SCREEN, WRITE_EXCHANGE, may
from ayni.directory.models import Institution
from ayni.exchange.models import Demand, DemandState, Match, MatchState, Offer, OfferState
from ayni.registry.queries import reach

# What everybody sees.
PUBLIC: dict[type, frozenset[str]] = {
    Offer: frozenset({OfferState.PUBLISHED}),
    Demand: frozenset({DemandState.ELIGIBLE, DemandState.MATCHED, DemandState.FORMALISED}),
    Match: frozenset({MatchState.CONVERTED}),
}


def own(user: Any, path: str = "institution") -> Q:
    """What belongs to the institutions and countries for which `user` writes; nothing for others."""
    return reach.own(user, path, WRITE_EXCHANGE)


def sees_all(user: Any) -> bool:
    """Whether this person sees what is not public yet, of everybody."""
    return may(user, SCREEN) or may(user, READ_DRAFTS)


def offers_for(user: Any) -> QuerySet[Offer]:
    """The offers that `user` may see."""
    rows = Offer.objects.all()
    return rows if sees_all(user) else rows.filter(Q(state__in=PUBLIC[Offer]) | own(user))


def demands_for(user: Any) -> QuerySet[Demand]:
    """The demands that `user` may see."""
    rows = Demand.objects.all()
    return rows if sees_all(user) else rows.filter(Q(state__in=PUBLIC[Demand]) | own(user))


def matches_for(user: Any) -> QuerySet[Match]:
    """The matches that `user` may see: those of either side."""
    rows = Match.objects.all()
    if sees_all(user):
        return rows
    return rows.filter(own(user, "demand__institution") | own(user, "offer__institution"))


def institutions_of(user: Any) -> QuerySet[Institution]:
    """The institutions for which `user` writes."""
    return reach.institutions_kept(user, WRITE_EXCHANGE)
