"""The pages of demands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ayni.common.access import requires, signed_in
from ayni.common.permissions import WRITE_EXCHANGE
from ayni.common.published import published
from ayni.exchange.queries.matches import matches_of
from ayni.exchange.queries.past import past_of
from ayni.exchange.queries.turns import turn_of
from ayni.exchange.queries.ways import ways_of
from ayni.exchange.views import writing

QUESTIONS = ("text", "topic", "quadrant", "modality", "country", "language", "state", "page")


@published(*QUESTIONS)
def demands(request: HttpRequest) -> HttpResponse:
    """The demands, with filters."""
    return writing.list_page(request, writing.DEMAND)


@published()
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """What is needed, what both sides expect, and whose turn it is."""
    thing = writing.find(request, writing.DEMAND, pk)
    context = writing.page_context(request, writing.DEMAND, thing)
    ways = list(ways_of(request.user, thing))
    context |= {
        "turn": turn_of(thing),
        "matches": matches_of(request.user, thing),
        "past": past_of(request.user, thing),
        "ways": ways,
        "inside": bool(ways),
    }
    return render(request, "exchange/written/demand.html", context)


@requires(WRITE_EXCHANGE)
def demand_new(request: HttpRequest) -> HttpResponse:
    """Begin a demand."""
    return writing.begin(request, writing.DEMAND)


@requires(WRITE_EXCHANGE)
def demand_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a demand."""
    return writing.edit(request, writing.DEMAND, pk)


@never_cache
@require_POST
def demand_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a demand while it is written."""
    return writing.autosave(request, writing.DEMAND, pk)


@signed_in
def demand_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of a demand's life."""
    return writing.step_page(request, writing.find(request, writing.DEMAND, pk), "demand", step)
