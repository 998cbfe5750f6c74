from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.atlas.queries.methods import METHODS, worked
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published


@published()
def methods(request: HttpRequest) -> HttpResponse:
    """How each number is made."""
    return render(request, "atlas/methods.html", {"methods": METHODS})


@published()
def method(request: HttpRequest, code: str) -> HttpResponse:
    """One method: what is computed, its formula, its limits and literature, and an example from the edition."""
    found = next((entry for entry in METHODS if entry["code"] == code), None)
    if found is None:
        raise Http404(code)
    edition, atlas = latest(request)
    return render(
        request,
        "atlas/method.html",
        {
            **about(edition),
            "method": found,
            "example": worked(atlas, code) if atlas else None,
            "crumbs": [{"label": _("Methods"), "url": reverse("methods")}],
        },
    )
