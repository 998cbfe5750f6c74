from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from ayni.atlas.figures import picture
from ayni.atlas.figures.picture import CODES
from ayni.atlas.queries import report
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.tables.partners import M49
from ayni.atlas.reports import live
from ayni.atlas.reports.html import blocks_of
from ayni.atlas.views.blocks import with_methods
from ayni.atlas.views.reading import about, edition_or_404, editions_for
from ayni.common.i18n import language
from ayni.common.published import published


@published()
def diagnosis(request: HttpRequest) -> HttpResponse:
    """The editions; straight to the only one."""
    editions = editions_for(request)
    if len(editions) == 1:
        return redirect("edition", code=editions[0].code)
    return render(request, "atlas/diagnosis.html", {"editions": editions})


@published("regions")
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """A whole edition, as the document's sections."""
    found, atlas = edition_or_404(request, code)
    regions = M49 if request.GET.get("regions") == M49 else ""
    # The template asks for all of these once in a process: a frozen edition never changes.
    parts: Any = SimpleLazyObject(lambda: drawn(atlas, regions))
    return render(
        request,
        "atlas/edition.html",
        {
            **about(found),
            "atlas": atlas,
            "regions": regions,
            "sections": parts,
            "contents": SimpleLazyObject(lambda: report.contents(parts)),
            "live": SimpleLazyObject(lambda: recorded(atlas)),
            "notes": SimpleLazyObject(lambda: report.notes(atlas)),
            "methods": SimpleLazyObject(lambda: report.methods(atlas)),
            "change": SimpleLazyObject(lambda: report.change(atlas)),
            "files": SimpleLazyObject(lambda: report.downloads(atlas)),
        },
    )


def recorded(atlas: Atlas) -> list[dict[str, Any]]:
    """The section of the records of cooperation, alone in a list; an empty list where the edition has none."""
    found = live.section(atlas, language(), "page")
    return [with_methods(one) for one in blocks_of([found] if found else [])]


def drawn(atlas: Atlas, regions: str) -> list[dict[str, Any]]:
    """The sections of an edition with their pictures."""
    parts = report.sections(atlas, CODES, regions)
    for part in parts:
        for figure in part["figures"]:
            if figure["code"] in CODES:
                figure["picture"] = picture(atlas, figure["code"])
                figure["title"] = figure["picture"].title
    return parts
