from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ayni.atlas.queries.source import places
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published
from ayni.common.sources import reference


@published()
def source(request: HttpRequest) -> HttpResponse:
    """The document of 2010, place by place: what it says there, and what here rests on it."""
    edition, atlas = latest(request)
    return render(
        request,
        "atlas/source.html",
        {
            **about(edition),
            "reference": reference()["reference"],
            "places": places(atlas),
            "others": reference()["others"],
        },
    )
