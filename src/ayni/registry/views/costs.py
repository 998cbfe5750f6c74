"""What the network's cooperation costs: validated records, and apart from them those of one side alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.published import published
from ayni.registry.forms.contributions import CostFilter
from ayni.registry.queries import costs as queries

RECORDS = ("validated", "unilateral")


@published("country", "kind", "year", "record")
def costs(request: HttpRequest) -> HttpResponse:
    """By country, kind and year, planned and executed; the three groups in tables of their own, never added together."""
    record = request.GET.get("record", "")
    record = record if record in RECORDS else RECORDS[0]
    form = CostFilter(request.GET, countries=queries.contributing(request.user), years=queries.years(request.user))
    asked = form.asked()
    labels = {"validated": _("Validated by every side"), "unilateral": _("Declared by one side alone")}
    found = queries.costs(request.user, record=record, **asked)
    context = {
        "costs": found,
        "filter": form,
        "filtering": bool(asked),
        "record": record,
        "tabs": [
            {"label": label, "url": f"{reverse('costs')}?record={code}", "current": code == record}
            for code, label in labels.items()
        ],
        "crumbs": [{"label": _("Initiatives"), "url": reverse("initiatives")}],
        "demo": True,
        "fictional": found.fictional,
    }
    return render(request, "registry/costs/costs.html", context)
