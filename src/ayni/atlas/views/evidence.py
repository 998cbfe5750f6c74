from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ayni.atlas.queries.evidence import evidence as evidence_of
from ayni.atlas.queries.links import coverage_url
from ayni.atlas.queries.tables.titles import METHODS
from ayni.atlas.views.reading import about, edition_or_404
from ayni.common.i18n import text_in
from ayni.common.published import published

PAGE = 50


@published("page")
def evidence(request: HttpRequest, code: str, table: str, concept: str) -> HttpResponse:
    """What one row of a table or figure rests on."""
    edition, atlas = edition_or_404(request, code)
    found = evidence_of(atlas, table, concept)
    if found is None:
        raise Http404(concept)
    home = reverse("edition", args=[code])
    anchor = f"{home}#{table.lower()}"
    return render(
        request,
        "atlas/evidence.html",
        {
            **about(edition),
            "found": found,
            "page_obj": Paginator(found["items"], PAGE).get_page(request.GET.get("page")),
            "back": anchor,
            "method_url": reverse("method", args=[METHODS[table]]),
            "coverage_url": coverage_url(atlas),
            "crumbs": [
                {"label": text_in(edition.title), "url": home},
                {"label": found["table"]["title"], "url": anchor},
            ],
        },
    )
