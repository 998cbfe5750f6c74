"""The exchange at a glance: what is offered, what is asked for, and where one goes on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ayni.common.permissions import SCREEN, WRITE_EXCHANGE, may
from ayni.common.published import published
from ayni.exchange.queries.overview import overview
from ayni.exchange.queries.ways import home_ways


@published()
def exchange(request: HttpRequest) -> HttpResponse:
    """Counts, the latest offers and demands, and the way in for those who write."""
    context = overview(request.user) | {
        "may_write": may(request.user, WRITE_EXCHANGE),
        "may_screen": may(request.user, SCREEN),
        "demo": True,
        "ways": home_ways(request.user),
    }
    context["fictional"] = any(one.fictional for one in [*context["offers"], *context["demands"]])
    return render(request, "exchange/home.html", context)
