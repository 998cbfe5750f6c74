"""The API, version 1: its addresses, each behind the door."""

import gzip
import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.translation import override
from ninja import Router

from ayni.common.i18n import language
from ayni.interop.api.document import ABOUT, OpenApi
from ayni.interop.api.door import door
from ayni.interop.api.editions import add_editions
from ayni.interop.api.errors import told_in_words
from ayni.interop.api.files import add_files
from ayni.interop.api.lists import add_list, add_one, only
from ayni.interop.api.problems import nothing_here
from ayni.interop.formats.open_data.questions import Question
from ayni.interop.queries.open_data.catalogue import RESOURCES


def _built() -> OpenApi:
    api = OpenApi(title="Ayni", version="1", description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api")
    router = Router()
    for resource in RESOURCES.values():
        add_list(router, resource)
        add_one(router, resource)
    add_editions(router)
    add_files(router)
    api.add_router("", router)
    told_in_words(api)
    return api


@door
def described(request: HttpRequest) -> HttpResponseBase:
    """The API's description of itself (OpenAPI 3.1), in the language asked for; in English where none is."""
    only(request, Question)
    asked = request.GET.get("lang") or request.headers.get("Accept-Language")
    lang = language() if asked else "en"
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(_packed(lang) if packed else _written(lang), content_type="application/json")
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Language"] = lang
    return response


@cache
def openapi(lang: str = "en") -> dict[str, Any]:
    """The description in a language, written once: it stands for as long as the process."""
    with override(lang):
        return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@cache
def _written(lang: str) -> str:
    return json.dumps(openapi(lang), ensure_ascii=False, indent=1)


@cache
def _packed(lang: str) -> bytes:
    return gzip.compress(_written(lang).encode(), mtime=0)


@door
def missing(request: HttpRequest) -> HttpResponseBase:
    """Any other address below the API's."""
    raise nothing_here()


api = _built()
urlpatterns: list[URLPattern] = [
    *(
        URLPattern(one.pattern, door(one.callback), one.default_args, one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    path("openapi.json", described, name="v1_openapi"),
    re_path("", missing, name="v1_missing"),
]
