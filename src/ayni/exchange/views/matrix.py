"""The matrix to read: supply and demand by topic, modality and quadrant, and what lies behind each number."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayni.common.permissions import EDIT_MATRIX, READ_DRAFTS, may
from ayni.common.published import published
from ayni.exchange.forms.matrix import MatrixFilters
from ayni.exchange.models import MatrixQuadrant
from ayni.exchange.queries import matrix as queries
from ayni.exchange.queries import matrix_page as pages
from ayni.exchange.queries.matrix_counts import BY, DEMAND, SIDES, SUPPLY
from ayni.exchange.queries.matrix_files import as_csv, as_xlsx

ASKS = ("country", "region", "quadrant")
PAGE = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def filters(request: HttpRequest, quadrants: list[MatrixQuadrant]) -> MatrixFilters:
    """The filters, filled with what the address asks."""
    return MatrixFilters(
        request.GET,
        choices={
            "country": [(country.pk, str(country)) for country in queries.countries_in(request.user)],
            "region": queries.region_choices(),
            "quadrant": [(row.quadrant.code, str(row)) for row in quadrants],
        },
    )


@require_safe
@published(*ASKS)
def matrix(request: HttpRequest) -> HttpResponse:
    """The quadrants, and topics by modalities, with supply, demand, gaps and surpluses."""
    scheme = queries.scheme_in_force()
    quadrants = queries.quadrants_of(scheme)
    form = filters(request, quadrants)
    asked = form.asked()
    seen = queries.sheet(request.user, asked)
    page = pages.matrix_page(seen, quadrants, asked)
    question = f"?{urlencode(asked.parts())}" if asked.parts() else ""
    context = {
        "scheme": scheme,
        "form": form,
        "page": page,
        "demo": page.fictional,
        "fictional": page.fictional,
        "asked": asked.parts(),
        "endorsed": may(request.user, READ_DRAFTS),
        "edits": may(request.user, EDIT_MATRIX),
        "files": [
            {"label": label, "url": reverse("matrix_file", args=[kind]) + question, "format": kind.upper()}
            for kind, label in (("csv", _("The table as it is seen")), ("xlsx", _("Quadrants, table and countries")))
        ],
    }
    return render(request, "exchange/matrix/matrix.html", context)


@require_safe
@published(*ASKS)
def matrix_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The matrix as it is seen, as CSV or XLSX."""
    quadrants = queries.quadrants_of(queries.scheme_in_force())
    asked = filters(request, quadrants).asked()
    page = pages.matrix_page(queries.sheet(request.user, asked), quadrants, asked)
    content = as_csv(page) if kind == "csv" else as_xlsx(page)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, f"matrix.{kind}") or "attachment"
    return response


@require_safe
@published(*ASKS, "side", "topic", "modality", "page")
def matrix_behind(request: HttpRequest) -> HttpResponse:
    """The offers or the demands behind a number; the address holds the question."""
    quadrants = queries.quadrants_of(queries.scheme_in_force())
    asked = filters(request, quadrants).asked()
    # The quadrant is a part of the cell here: what has none can be asked for too.
    place = {by: request.GET[by] for by in BY if request.GET.get(by)}
    seen = queries.sheet(request.user, queries.Asked(region=asked.region))
    found = {SUPPLY: queries.cell_of(seen.offers, place), DEMAND: queries.cell_of(seen.demands, place)}
    side = request.GET.get("side", "")
    side = side if side in SIDES else SUPPLY
    page = Paginator(found[side], PAGE).get_page(request.GET.get("page"))
    rows: list[Any] = list(queries.offers_behind(page)) if side == SUPPLY else list(queries.demands_behind(page))
    question = {name: value for name, value in request.GET.items() if name in (*ASKS, *BY) and value}
    context = {
        "question": pages.in_words(place, asked, quadrants),
        "tabs": [
            {
                "label": label,
                "url": f"?{urlencode(question | {'side': name})}",
                "current": name == side,
                "count": len(found[name]),
            }
            for name, label in ((SUPPLY, _("Offers")), (DEMAND, _("Demands")))
        ],
        "side": side,
        "rows": rows,
        "page": page,
        "kept": urlencode(question | {"side": side}),
        "demo": True,
        "fictional": any(row.fictional for row in rows),
        "crumbs": [{"label": _("Cooperation matrix"), "url": reverse("matrix")}],
    }
    return render(request, "exchange/matrix/behind.html", context)
