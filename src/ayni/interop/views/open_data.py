"""The pages of open data: what there is, under which licence, as which files, and how a program asks for it."""

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayni.common.i18n import language
from ayni.common.published import published
from ayni.interop.formats.open_data.questions import ListQuestion
from ayni.interop.formats.open_data.reference import Filter, example_of, fields_of, filters_of
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.described import MEDIA, home
from ayni.interop.queries.open_data.directory import vocabularies
from ayni.interop.queries.open_data.editions import editions
from ayni.interop.queries.open_data.resource import Resource

# What the example asks for, beside a filter.
SHOWN = 3


@require_safe
@published()
def open_data(request: HttpRequest) -> HttpResponse:
    """Every resource with its files, the editions, the vocabularies, how to ask, and the limits."""
    context = {
        "resources": [(one, _files(one)) for one in RESOURCES.values()],
        "editions": list(editions().order_by("-round__period_to", "code")),
        "vocabularies": list(vocabularies("current").order_by("code")),
        "home": home(),
        "lang": language(),
        "licence": settings.OPEN_DATA_LICENCE,
        "limits": settings.API_LIMITS,
    }
    return render(request, "interop/open_data.html", context)


@require_safe
@published()
def open_data_resource(request: HttpRequest, name: str) -> HttpResponse:
    """The reference of one resource: its fields, its filters, an example that can be copied, what it answers."""
    resource = RESOURCES.get(name)
    if resource is None:
        raise Http404(name)
    filters = filters_of(resource.question)
    example = {"items": [example_of(resource.shape)], "next": None, "count": None}
    context = {
        "resource": resource,
        "fields": fields_of(resource.shape),
        "filters": filters,
        "common": filters_of(ListQuestion),
        "files": _files(resource),
        "site": settings.SITE_URL,
        "asked": f"{home()}/{resource.name}?{_example(resource, filters)}",
        "lang": language(),
        "answered": json.dumps(example, ensure_ascii=False, indent=2),
    }
    return render(request, "interop/open_data_resource.html", context)


def _files(resource: Resource) -> list[tuple[str, str]]:
    return [
        (ending.capitalize() if ending == "parquet" else ending.upper(), f"/api/v1/bulk/{resource.name}.{ending}")
        for ending in MEDIA
    ]


def _example(resource: Resource, filters: list[Filter]) -> str:
    """A question that the resource answers: its first filter with an example, a few fields, two rows."""
    some = next(({one.name: one.example} for one in filters if one.example), {})
    names = ",".join(list(resource.shape.model_fields)[:SHOWN])
    asked: dict[str, Any] = {**some, "fields": names, "limit": 2, "lang": language()}
    return urlencode(asked, safe=",")
