"""What each country asks of who signs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires
from ayni.common.permissions import KEEP_SIGNING_RULES, may
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.registry.actions.signing_rules import keep_signing_rule
from ayni.registry.forms.agreements import SigningRuleForm
from ayni.registry.models import SigningRule
from ayni.registry.queries.agreements import countries_with_rules


@published()
def signing_rules(request: HttpRequest) -> HttpResponse:
    """The practice of each country: forms, ranks, the office that they go through."""
    countries = sorted(countries_with_rules(), key=str)
    context = {
        "countries": countries,
        "may_keep": may(request.user, KEEP_SIGNING_RULES),
        "crumbs": [{"label": _("Agreements"), "url": reverse("agreements")}],
    }
    return render(request, "registry/agreements/signing_rules.html", context)


@requires(KEEP_SIGNING_RULES)
def signing_rule_keep(request: HttpRequest) -> HttpResponse:
    """Say what a country asks of a form, or correct it (`?rule=`)."""
    given = request.GET.get("rule", "")
    rule = get_object_or_404(SigningRule, pk=given) if given.isdigit() else None
    countries = [one for one in Country.objects.all() if may(request.user, KEEP_SIGNING_RULES, one)]
    form = SigningRuleForm(posted(request), countries=countries, rule=rule)
    if request.method == "POST" and form.is_valid():
        kept = form.kept()
        if attempt(request, lambda: keep_signing_rule(by=current_user(request), **kept), _("Saved.")):
            return redirect("signing_rules")
    return render(request, "registry/agreements/signing_rule.html", {"form": form})
