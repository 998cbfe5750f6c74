"""How a cooperation is carried out: process indicators of one initiative, and of the network or a country."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.published import published
from ayni.registry.forms.contributions import ProcessFilter
from ayni.registry.queries import contributions as costs
from ayni.registry.queries import process as queries
from ayni.registry.queries import process_shown as words
from ayni.registry.queries.initiatives.lists import countries_there
from ayni.registry.views.initiatives.door import find, frame


@published()
def process(request: HttpRequest, code: str) -> HttpResponse:
    """Each indicator with its formula, numerator and denominator, or why it is not known; the budget by partner."""
    found = find(request, code)
    rows = costs.rows_of(found)
    partners = queries.by_partner(rows, costs.rates_for(rows))
    context = frame(request, found, "process") | {
        "indicators": words.shown(queries.measured(found)),
        "partners": [
            {
                "institution": one.institution,
                "group": one.group,
                "value": words.amount(one.found),
                "parts": words.parts(one.found),
                "why": words.why(one.found),
            }
            for one in partners
        ],
    }
    return render(request, "registry/costs/process.html", context)


@published("country", "year")
def network_process(request: HttpRequest) -> HttpResponse:
    """The indicators over the validated records, those of one side alone apart, and by country."""
    form = ProcessFilter(request.GET, countries=countries_there())
    asked = form.asked()
    found = queries.network(request.user, **asked)
    context = {
        "found": found,
        "double": {"value": words.pooled_amount(found.double), "one": found.double},
        "indicators": [
            (words.pooled(code, validated), words.pooled(code, unilateral))
            for code, validated, unilateral in found.indicators
        ],
        "heads": [words.LABELS[code] for code in words.LABELS],
        "countries": [
            (country, [words.pooled(code, values[code]) for code in words.LABELS])
            for country, values in found.countries
        ],
        "filter": form,
        "filtering": bool(asked),
        "crumbs": [{"label": _("Initiatives"), "url": reverse("initiatives")}],
        "demo": True,
        "fictional": found.fictional,
    }
    return render(request, "registry/costs/network_process.html", context)
