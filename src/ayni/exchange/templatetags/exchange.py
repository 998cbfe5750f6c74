"""`{% load exchange %}`: states and scores as the exchange's pages draw them."""

from typing import Any

from django import template

register = template.Library()
# How a badge of the design shows each state.
BADGES = {
    "approved": "accepted",
    "paused": "closed",
    "lapsed": "returned",
    "archived": "closed",
    "endorsed": "accepted",
    "coformulation": "open",
    "eligible": "validated",
    "referred": "closed",
    "declined": "closed",
    "matched": "published",
    "formalised": "published",
    "withdrawn": "closed",
    "expired": "returned",
    "suggested": "submitted",
    "negotiating": "open",
    "converted": "published",
    "rejected": "closed",
    "proposed": "submitted",
    "agreed": "accepted",
    "handed-over": "published",
    "current": "published",
    "superseded": "closed",
}


@register.inclusion_tag("components/badge.html")
def state_badge(thing: Any) -> dict[str, str]:
    """The state of an offer, a demand, a match or a mission, in words."""
    state = getattr(thing, "state", None) or thing.status
    shown = thing.get_state_display() if hasattr(thing, "state") else thing.get_status_display()
    label = str(shown)
    return {"status": BADGES.get(state, state), "label": label[:1].upper() + label[1:]}


@register.inclusion_tag("exchange/score.html")
def score_bar(least: float, most: float, label: str = "") -> dict[str, Any]:
    """A value out of 100 as a bar: full as far as it is sure, hatched as far as it may be."""
    return {"least": round(least, 1), "open": round(max(most - least, 0.0), 1), "most": round(most, 1), "label": label}
