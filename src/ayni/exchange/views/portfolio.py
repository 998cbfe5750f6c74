"""The portfolio: the missions of all open demands at once, for the secretariat to propose one by one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import signed_in
from ayni.common.permissions import READ_DRAFTS, SCREEN, may
from ayni.exchange.queries.portfolio import PRICES, USUAL, portfolio


@signed_in
def portfolio_page(request: HttpRequest) -> HttpResponse:
    """The plan with its proof, the price of fairness, who gives how much, who is left without a mission and why."""
    if not (may(request.user, SCREEN) or may(request.user, READ_DRAFTS)):
        raise PermissionDenied(SCREEN)
    given = request.GET.get("price", "")
    price = int(given) if given.isdigit() and int(given) in PRICES else USUAL
    found = portfolio(price)
    context: dict[str, Any] = {
        "found": found,
        "best": found.fair.best,
        "plan": found.fair.plan,
        "prices": [
            {
                "label": _("%(price)d per cent") % {"price": one},
                "url": f"?price={one}",
                "current": one == price,
                "count": None,
            }
            for one in PRICES
        ],
        "may_propose": may(request.user, SCREEN),
        "crumbs": [{"label": _("Exchange"), "url": reverse("exchange")}],
        "demo": found.fictional,
        "fictional": found.fictional,
    }
    return render(request, "exchange/missions/portfolio.html", context)
