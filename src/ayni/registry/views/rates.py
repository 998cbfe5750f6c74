"""Exchange rates and daily costs, with who says so; anybody reads them, the secretariat and the coordinations keep them."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, tried
from ayni.common.permissions import KEEP_RATES, may
from ayni.common.published import published
from ayni.registry.actions import rates as actions
from ayni.registry.forms.contributions import DailyCostForm, RateForm
from ayni.registry.models import DailyCost, ExchangeRate
from ayni.registry.queries import rates as queries

PAGE = 50


@published("currency", "page")
def rates(request: HttpRequest) -> HttpResponse:
    """The rates by which costs are converted, each currency's latest first."""
    known = queries.currencies()
    asked = request.GET.get("currency", "")
    asked = asked if asked in known else ""
    page = Paginator(queries.exchange_rates(asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "demo": True,
        "fictional": any(one.fictional for one in page.object_list),
        "currencies": known,
        "asked": asked,
        "may_keep": queries.keeps_rates(request.user),
        "crumbs": [{"label": _("Costs"), "url": reverse("costs")}],
    }
    return render(request, "registry/costs/rates.html", context)


@requires(KEEP_RATES)
def rate_keep(request: HttpRequest) -> HttpResponse:
    """Enter a rate, or correct that of a day."""
    if not queries.keeps_rates(request.user):
        raise PermissionDenied(KEEP_RATES)
    form = RateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if tried(form, lambda: actions.keep_rate(by=current_user(request), **form.cleaned_data)):
            return redirect("rates")
    context = {
        "form": form,
        "title": _("Exchange rate"),
        "back_url": reverse("rates"),
        "replaces": _("A rate of the same currency and day is replaced; the record keeps both."),
    }
    return render(request, "registry/costs/keep.html", context)


@requires(KEEP_RATES)
@require_POST
def rate_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rate out."""
    if not queries.keeps_rates(request.user):
        raise PermissionDenied(KEEP_RATES)
    rate = get_object_or_404(ExchangeRate, pk=pk)
    attempt(request, lambda: actions.remove_rate(by=current_user(request), rate=rate), _("Removed."))
    return redirect("rates")


@published()
def daily_costs(request: HttpRequest) -> HttpResponse:
    """What a day of an expert costs in each country, as documented, with what it was before."""
    rows = list(DailyCost.objects.select_related("country").order_by("country", "-since"))
    context = {
        "demo": True,
        "fictional": any(one.fictional for one in rows),
        "rows": [{"cost": one, "may_keep": may(request.user, KEEP_RATES, one.country)} for one in rows],
        "may_keep": may(request.user, KEEP_RATES),
        "crumbs": [{"label": _("Costs"), "url": reverse("costs")}],
    }
    return render(request, "registry/costs/daily_costs.html", context)


@requires(KEEP_RATES)
def daily_cost_keep(request: HttpRequest) -> HttpResponse:
    """Say what a day costs from a day on."""
    form = DailyCostForm(posted(request), countries=queries.countries_costed(request.user))
    if request.method == "POST" and form.is_valid():
        if tried(form, lambda: actions.keep_daily_cost(by=current_user(request), **form.kept())):
            return redirect("daily_costs")
    context = {
        "form": form,
        "title": _("Daily cost of an expert"),
        "back_url": reverse("daily_costs"),
        "replaces": _(
            "One of the same country and day is replaced; the record keeps both. Contributions keep the value that they were given."
        ),
    }
    return render(request, "registry/costs/keep.html", context)


@requires(KEEP_RATES)
@require_POST
def daily_cost_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a daily cost out."""
    cost = get_object_or_404(DailyCost.objects.select_related("country"), pk=pk)
    if not may(request.user, KEEP_RATES, cost.country):
        raise PermissionDenied(KEEP_RATES)
    attempt(request, lambda: actions.remove_daily_cost(by=current_user(request), cost=cost), _("Removed."))
    return redirect("daily_costs")
