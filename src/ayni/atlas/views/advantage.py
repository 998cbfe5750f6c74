"""What a country offers more of than the network does: the matrix seen from one country."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayni.atlas.figures.advantage import draw
from ayni.common.delimited import csv_file
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.exchange.queries.matrix import Asked, headings, scheme_in_force, sheet
from ayni.exchange.queries.matrix_country import NAMES, WAYS, strengths, strengths_csv


@require_safe
@published("by")
def advantage(request: HttpRequest, iso3: str) -> HttpResponse:
    """The cells in which a country's share of its supply exceeds the network's, with the counts and in words."""
    country, by = _asked(request, iso3)
    seen = sheet(request.user, Asked())
    rows = strengths(seen, country.pk, by)
    own = sum(item.country == country.pk for item in seen.offers)
    context: dict[str, Any] = {
        "country": country,
        "scheme": scheme_in_force(),
        "rows": rows,
        "offers": own,
        "providers": len({item.country for item in seen.offers if item.country}),
        "small": own < 5,
        "tabs": [{"label": NAMES[name], "url": f"?by={name}", "current": name == by, "count": None} for name in WAYS],
        "by": by,
        "file": f"{reverse('matrix_country_file', args=[country.pk])}?by={by}",
        "crumbs": [{"label": _("Cooperation matrix"), "url": reverse("matrix")}],
        "demo": seen.fictional,
        "fictional": seen.fictional,
    }
    if own:
        drawing = draw(
            seen,
            country.pk,
            str(country),
            headings("topics", [place[0] for place in seen.cells.supply]),
            headings("modalities", [place[1] for place in seen.cells.supply]),
        )
        context |= {"drawing": drawing, "drawing_columns": [{"label": label} for label in drawing.columns]}
    return render(request, "atlas/advantage.html", context)


@require_safe
@published("by")
def advantage_file(request: HttpRequest, iso3: str) -> HttpResponse:
    """The same rows as CSV."""
    country, by = _asked(request, iso3)
    content = csv_file(strengths_csv(strengths(sheet(request.user, Asked()), country.pk, by)))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"matrix-{country.pk.lower()}-{by}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _asked(request: HttpRequest, iso3: str) -> tuple[Country, str]:
    by = request.GET.get("by", "topic")
    if by not in WAYS:
        raise Http404(by)
    return get_object_or_404(Country, pk=iso3.upper()), by
