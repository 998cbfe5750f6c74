"""The pages of offers."""

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
from ayni.exchange.views import writing

QUESTIONS = ("text", "topic", "quadrant", "modality", "country", "language", "state", "page")


@published(*QUESTIONS)
def offers(request: HttpRequest) -> HttpResponse:
    """The offers, with filters."""
    return writing.list_page(request, writing.OFFER)


@published()
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What is offered, on which terms, and whose turn it is."""
    thing = writing.find(request, writing.OFFER, pk)
    context = writing.page_context(request, writing.OFFER, thing)
    context |= {
        "turn": turn_of(thing),
        "matches": matches_of(request.user, thing),
        "past": past_of(request.user, thing),
    }
    return render(request, "exchange/written/offer.html", context)


@requires(WRITE_EXCHANGE)
def offer_new(request: HttpRequest) -> HttpResponse:
    """Begin an offer."""
    return writing.begin(request, writing.OFFER)


@requires(WRITE_EXCHANGE)
def offer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an offer."""
    return writing.edit(request, writing.OFFER, pk)


@never_cache
@require_POST
def offer_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save an offer while it is written."""
    return writing.autosave(request, writing.OFFER, pk)


@signed_in
def offer_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of an offer's life."""
    return writing.step_page(request, writing.find(request, writing.OFFER, pk), "offer", step)
