"""The pages of offers and of demands; `kind` ("offer" or "demand") comes with the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ayni.common.access import requires, signed_in
from ayni.common.permissions import WRITE_EXCHANGE
from ayni.common.published import published
from ayni.exchange.models import Demand, Offer
from ayni.exchange.queries.from_lesson import origin_of
from ayni.exchange.queries.matches import matches_of
from ayni.exchange.queries.past import past_of
from ayni.exchange.queries.turns import turn_of
from ayni.exchange.queries.ways import ways_of
from ayni.exchange.views import writing
from ayni.exchange.views.writing import KINDS

QUESTIONS = ("text", "topic", "quadrant", "modality", "country", "language", "state", "page")


@published(*QUESTIONS)
def listed(request: HttpRequest, kind: str) -> HttpResponse:
    """All that the reader may see, with filters."""
    return writing.list_page(request, KINDS[kind])


@published()
def page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What is offered or needed, what both sides expect, whose turn it is, and what happened so far."""
    thing = writing.find(request, KINDS[kind], pk)
    context = writing.page_context(request, KINDS[kind], thing) | {
        "turn": turn_of(thing),
        "matches": matches_of(request.user, thing),
        "origin": origin_of(request.user, thing) if isinstance(thing, Offer) else None,
        "past": past_of(request.user, thing),
        "ways": list(ways_of(request.user, thing)) if isinstance(thing, Demand) else [],
    }
    return render(request, "exchange/written/page.html", context)


@requires(WRITE_EXCHANGE)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft."""
    return writing.begin(request, KINDS[kind])


@requires(WRITE_EXCHANGE)
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Write a draft."""
    return writing.edit(request, KINDS[kind], pk)


@never_cache
@require_POST
def autosave(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Save a draft while it is written."""
    return writing.autosave(request, KINDS[kind], pk)


@signed_in
def step(request: HttpRequest, kind: str, pk: int, step: str) -> HttpResponse:
    """Take a step of its life."""
    return writing.step_of_thing(request, writing.find(request, KINDS[kind], pk), kind, step)
