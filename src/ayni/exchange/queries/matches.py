"""Matches as lists and pages show them."""

from typing import Any

from django.db.models import QuerySet

from ayni.exchange.models import Demand, Match, Offer
from ayni.exchange.queries.visible import matches_for


def with_sides(rows: QuerySet[Match]) -> QuerySet[Match]:
    """With both sides' institutions and their names."""
    return rows.select_related(
        "demand__institution__country", "offer__institution__country", "provider", "recipient", "rules", "initiative"
    ).prefetch_related("demand__institution__names", "offer__institution__names")


def matches_of(user: Any, thing: Offer | Demand) -> list[Match]:
    """The matches of an offer or a demand that the reader may see, those that live first."""
    if not user.is_authenticated:
        return []
    rows = with_sides(matches_for(user).filter(**{thing._meta.model_name or "": thing}))
    return sorted(rows, key=lambda match: (match.state not in ("negotiating", "suggested", "converted"), -match.pk))
