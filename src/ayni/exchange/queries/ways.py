"""Where one goes on from the exchange's home and from a demand, by what the reader may see."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.permissions import READ_DRAFTS, SCREEN, WRITE_EXCHANGE, may
from ayni.exchange.models import Demand, DemandState

# Address, what it is for, for whom (nothing: for everybody).
HOME: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("matrix", _("See the matrix of supply and demand"), ()),
    ("programmes", _("Look through the catalogue of programmes"), ()),
    ("exchange_rounds", _("See the exchange rounds and their meetings"), ()),
    ("matches", _("Follow the matches"), (WRITE_EXCHANGE, SCREEN, READ_DRAFTS)),
    ("agreements", _("See the agreements, who signed them and until when they hold"), ()),
    ("initiatives", _("See the initiatives that missions and matches became"), ()),
    ("lessons", _("Read the lessons, and see how they come back as offers"), ()),
    ("obstacles", _("See the obstacles of cooperation, and what helped"), ()),
    ("missions", _("Follow the missions"), (WRITE_EXCHANGE, SCREEN, READ_DRAFTS)),
    ("portfolio", _("Plan all open demands at once"), (SCREEN, READ_DRAFTS)),
    ("experts", _("Look after the roster of experts"), (WRITE_EXCHANGE, SCREEN)),
    ("notices", _("Read the notices"), (WRITE_EXCHANGE,)),
    ("rules", _("Read the rules of matching"), ()),
    ("lessons", _("Read the lessons, and see how they come back as offers"), ()),
    ("obstacles", _("See the obstacles of cooperation, and what helped"), ()),
)
# What a demand leads to, once it has come so far.
SCREENED = (
    DemandState.ENDORSED,
    DemandState.COFORMULATION,
    DemandState.ELIGIBLE,
    DemandState.RETURNED,
    DemandState.DECLINED,
    DemandState.REFERRED,
    DemandState.MATCHED,
    DemandState.FORMALISED,
)
OPEN = (DemandState.ELIGIBLE, DemandState.MATCHED)


def home_ways(user: Any) -> list[dict[str, Any]]:
    """`{label, url}` of the exchange's other pages that the reader can use."""
    return [
        {"label": label, "url": reverse(name)}
        for name, label, permissions in HOME
        if not permissions or any(may(user, permission) for permission in permissions)
    ]


def ways_of(user: Any, demand: Demand) -> Iterator[dict[str, Any]]:
    """`{label, url}` of what happens to a demand: only for its own side and those who see everything."""
    if not (may(user, SCREEN) or may(user, READ_DRAFTS) or may(user, WRITE_EXCHANGE, demand)):
        return
    if demand.state in SCREENED:
        yield {"label": _("The screening, item by item"), "url": reverse("screening", args=[demand.pk])}
    if demand.state in (*OPEN, DemandState.FORMALISED):
        yield {"label": _("First draft of the project's objectives"), "url": reverse("project", args=[demand.pk])}
    if demand.state in OPEN:
        yield {"label": _("Offers for this demand, with reasons"), "url": reverse("ranking", args=[demand.pk])}
        missions = _("Missions of several countries for this demand")
        yield {"label": missions, "url": reverse("demand_mission", args=[demand.pk])}
