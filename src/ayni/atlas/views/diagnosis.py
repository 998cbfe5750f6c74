from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ayni.atlas.figures import picture
from ayni.atlas.figures.picture import CODES
from ayni.atlas.queries import report
from ayni.atlas.queries.tables.partners import M49
from ayni.atlas.views.reading import about, edition_or_404, editions_for
from ayni.common.published import published


@published
def diagnosis(request: HttpRequest) -> HttpResponse:
    """The editions; straight to the only one."""
    editions = editions_for(request)
    if len(editions) == 1:
        return redirect("edition", code=editions[0].code)
    return render(request, "atlas/diagnosis.html", {"editions": editions})


@published
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """A whole edition, as the document's sections."""
    found, atlas = edition_or_404(request, code)
    parts = report.sections(atlas, CODES, M49 if request.GET.get("regions") == M49 else "")
    for part in parts:
        for figure in part["figures"]:
            if figure["code"] in CODES:
                figure["picture"] = picture(atlas, figure["code"])
                figure["title"] = figure["picture"].title
    return render(
        request,
        "atlas/edition.html",
        {
            **about(found),
            "atlas": atlas,
            "sections": parts,
            "contents": report.contents(parts),
            "notes": report.notes(atlas),
            "methods": report.methods(atlas),
            "change": report.change(atlas),
            "files": report.downloads(atlas),
        },
    )
