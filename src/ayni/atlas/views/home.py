from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ayni.atlas.figures import picture
from ayni.atlas.queries.home import key_figures, open_rounds
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published


@published
def home(request: HttpRequest) -> HttpResponse:
    """What the network's members exchange, in a few numbers, and where to go from here."""
    edition, atlas = latest(request)
    return render(
        request,
        "atlas/home.html",
        {
            **about(edition),
            "atlas": atlas,
            "figures": key_figures(atlas) if atlas else [],
            "map": picture(atlas, "F4") if atlas else None,
            "rounds": open_rounds(),
        },
    )
