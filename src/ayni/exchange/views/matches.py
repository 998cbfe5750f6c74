"""The ranking of offers for a demand, and matches, which both sides accept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, requires, signed_in
from ayni.common.permissions import READ_DRAFTS, SCREEN, WRITE_EXCHANGE, may
from ayni.exchange.actions.initiatives import open_initiative_of_match
from ayni.exchange.actions.matching import suggest_match
from ayni.exchange.forms.rules import TryForm
from ayni.exchange.models import DemandState, Match, Offer
from ayni.exchange.queries.initiative_origins import may_open, openable
from ayni.exchange.queries.lifecycle import open_steps
from ayni.exchange.queries.matches import with_sides
from ayni.exchange.queries.past import past_of
from ayni.exchange.queries.ranking import kept, rules_in_force, shown, weights_of
from ayni.exchange.queries.turns import turn_of
from ayni.exchange.queries.visible import matches_for
from ayni.exchange.views import writing
from ayni.exchange.views.opening import opened

PAGE = 20
RANKABLE = (DemandState.ELIGIBLE, DemandState.MATCHED)


@signed_in
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The offers for a demand, the best first, each with why; how the order changes with the weights."""
    demand = writing.find(request, writing.DEMAND, pk)
    if not (may(request.user, SCREEN) or may(request.user, READ_DRAFTS) or may(request.user, WRITE_EXCHANGE, demand)):
        raise PermissionDenied(SCREEN)
    rules = rules_in_force()
    standing = weights_of(rules)
    form = TryForm(request.GET or None, weights=standing)
    tried = form.weights()
    context: dict[str, Any] = writing.page_context(request, writing.DEMAND, demand)
    context |= {
        "demand": demand,
        "rules": rules,
        "form": form,
        "tried": tried is not None,
        "open": demand.state in RANKABLE,
        "shown": shown(demand, tried or standing) if demand.state in RANKABLE else None,
        "may_suggest": may(request.user, SCREEN) and demand.state in RANKABLE,
        "matched": set(demand.matches.filter(state__in=["suggested", "negotiating"]).values_list("offer", flat=True)),
        "crumbs": [*context["crumbs"], {"label": str(demand), "url": reverse("demand", args=[pk])}],
    }
    return render(request, "exchange/matches/ranking.html", context)


@requires(SCREEN)
@require_POST
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest an offer to both sides."""
    demand = writing.find(request, writing.DEMAND, pk)
    given = request.POST.get("offer", "")
    offer = get_object_or_404(Offer, pk=given if given.isdigit() else 0)
    done = attempt(
        request,
        lambda: suggest_match(by=current_user(request), demand=demand, offer=offer),
        _("Suggested. Both sides are told, and accept or reject it."),
    )
    return redirect("demand" if done else "ranking", pk)


@signed_in
def matches(request: HttpRequest) -> HttpResponse:
    """The matches that the person may see."""
    rows = with_sides(matches_for(request.user)).order_by("-id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "crumbs": [{"label": _("Exchange"), "url": reverse("exchange")}],
        "demo": True,
        "fictional": any(match.demand.fictional for match in page.object_list),
    }
    return render(request, "exchange/matches/list.html", context)


@signed_in
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the two fit, what is still missing, who has accepted, whose turn it is."""
    found: Match = get_object_or_404(with_sides(matches_for(request.user)), pk=pk)
    rows = kept(found.explanation)
    context = {
        "match": found,
        "why": rows,
        "to_ask": [
            row.name for row in sorted(rows, key=lambda row: row.weight * (row.least - row.most)) if not row.known
        ],
        "turn": turn_of(found),
        "past": past_of(request.user, found),
        "openable": openable(request.user, found),
        "steps": list(open_steps(request.user, found)),
        "crumbs": [
            {"label": _("Exchange"), "url": reverse("exchange")},
            {"label": _("Matches"), "url": reverse("matches")},
        ],
        "demo": found.demand.fictional,
        "fictional": found.demand.fictional,
    }
    return render(request, "exchange/matches/match.html", context)


@signed_in
def match_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Accept, reject, convert."""
    found = get_object_or_404(with_sides(matches_for(request.user)), pk=pk)
    return writing.step_of_thing(request, found, "match", step)


@signed_in
@require_POST
def match_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the initiative that the match becomes, and go there."""
    found = get_object_or_404(with_sides(matches_for(request.user)), pk=pk)
    if not may_open(request.user, found):
        raise PermissionDenied("open an initiative")
    return opened(request, lambda: open_initiative_of_match(by=current_user(request), match=found), "match", pk)
