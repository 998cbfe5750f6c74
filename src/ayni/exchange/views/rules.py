"""The rules of matching, in versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires
from ayni.common.permissions import SET_RULES, may
from ayni.common.published import published
from ayni.exchange.actions.matching import draft_rules, put_rules_in_force
from ayni.exchange.forms.rules import RulesForm
from ayni.exchange.models import CRITERIA, MatchingRules, VersionStatus
from ayni.exchange.queries.ranking import NAMES, rules_in_force, weights_of


@published()
def rules(request: HttpRequest) -> HttpResponse:
    """The weights in force and those of every other version."""
    versions = list(MatchingRules.objects.prefetch_related("weights"))
    may_set = may(request.user, SET_RULES)
    listed = [one for one in versions if may_set or one.status != VersionStatus.DRAFT]
    weights = [weights_of(one) for one in listed]
    context: dict[str, Any] = {
        "versions": listed,
        "rows": [(NAMES[name], [given[name] for given in weights]) for name in CRITERIA],
        "draft": next((one for one in listed if one.status == VersionStatus.DRAFT), None),
        "may_set": may_set,
        "crumbs": [{"label": _("Exchange"), "url": reverse("exchange")}],
    }
    return render(request, "exchange/matches/rules.html", context)


@requires(SET_RULES)
def rules_new(request: HttpRequest) -> HttpResponse:
    """A draft, begun from the weights in force."""
    form = RulesForm(posted(request), weights=weights_of(rules_in_force()))
    if request.method == "POST" and form.is_valid():
        given, note = form.weights(), form.text("note")
        if attempt(request, lambda: draft_rules(by=current_user(request), weights=given, note=note), _("Saved.")):
            return redirect("rules")
    return render(request, "exchange/matches/rules_new.html", {"form": form})


@requires(SET_RULES)
def rules_in_force_step(request: HttpRequest, version: int) -> HttpResponse:
    """Ask, then put the draft in force."""
    draft = get_object_or_404(MatchingRules, version=version)
    if request.method == "POST":
        attempt(request, lambda: put_rules_in_force(by=current_user(request), rules=draft), _("In force."))
        return redirect("rules")
    context = {
        "title": _("Put the rules in force"),
        "text": str(draft),
        "consequences": [_("Matches suggested from now on are scored by them; earlier ones keep theirs.")],
        "confirm": _("Put in force"),
        "cancel_url": reverse("rules"),
    }
    return render(request, "common/confirm.html", context)
