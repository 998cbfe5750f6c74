"""The page of open data: what there is, under which licence, as which files, and how a program asks for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayni.common.published import published
from ayni.interop.formats.open_data.columns import columns
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.described import MEDIA, home
from ayni.interop.queries.open_data.directory import vocabularies
from ayni.interop.queries.open_data.editions import editions


@require_safe
@published()
def open_data(request: HttpRequest) -> HttpResponse:
    """Every resource with its columns and files, the editions, the vocabularies, and the limits."""
    context = {
        "resources": [
            {
                "name": one.name,
                "title": one.title,
                "about": one.about,
                "url": f"/api/v1/{one.name}",
                "filters": list(one.question.model_fields),
                "columns": columns(one.shape),
                "files": [(ending.upper(), f"/api/v1/bulk/{one.name}.{ending}") for ending in MEDIA],
            }
            for one in RESOURCES.values()
        ],
        "editions": list(editions().order_by("-round__period_to", "code")),
        "vocabularies": list(vocabularies("current").order_by("code")),
        "home": home(),
        "licence": settings.OPEN_DATA_LICENCE,
        "limits": settings.API_LIMITS,
    }
    return render(request, "interop/open_data.html", context)
