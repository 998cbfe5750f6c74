"""Whole resources as files, with their descriptions: Data Package, DCAT, and vocabularies as SKOS."""

import json
import tempfile
from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from pydantic import Field

from ayni.common.published import version_of
from ayni.directory.models import ConceptScheme, SchemeStatus
from ayni.directory.queries.skos import scheme_as_skos
from ayni.directory.queries.vocabularies import rows_of
from ayni.interop.api.lists import ERRORS, only
from ayni.interop.api.problems import ProblemDetails, nothing_here
from ayni.interop.formats.open_data.files import as_csv, as_json, as_parquet
from ayni.interop.formats.open_data.questions import Code, Question
from ayni.interop.formats.open_data.turtle import turtle
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.dcat import dcat
from ayni.interop.queries.open_data.described import data_package
from ayni.interop.queries.open_data.resource import Resource

LD = "application/ld+json"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
SKOS = {"jsonld": LD, "ttl": "text/turtle; charset=utf-8"}
FOUND: dict[Any, Any] = {404: ProblemDetails, **ERRORS}
Name = Annotated[
    str, Field(pattern=r"^[a-z][a-z-]{0,39}$", examples=["countries"], json_schema_extra={"enum": list(RESOURCES)})
]
Ending = Annotated[str, Field(pattern=r"^[a-z]{1,10}$", examples=["csv"], json_schema_extra={"enum": list(TYPES)})]
Written = Annotated[str, Field(pattern=r"^[a-z]{1,10}$", examples=["ttl"], json_schema_extra={"enum": list(SKOS)})]
Version = Annotated[int, Field(ge=1, le=32767, examples=[1])]


def add_files(router: Router) -> None:
    """`/bulk/…`, `/datapackage.json`, `/catalog.jsonld`, `/vocabularies/code/version/skos.…`."""
    for path, view, name, types, summary, description in (
        (
            "/bulk/{name}.{ending}",
            bulk,
            "v1_bulk",
            TYPES.values(),
            _("A whole resource as a file"),
            _("Every row as CSV, JSON or Parquet, with texts in all languages. It counts as ten requests."),
        ),
        (
            "/vocabularies/{code}/{version}/skos.{ending}",
            skos,
            "v1_skos",
            SKOS.values(),
            _("A vocabulary as SKOS"),
            _("A version of a vocabulary, in force or superseded, as JSON-LD or Turtle."),
        ),
        (
            "/datapackage.json",
            package,
            "v1_datapackage",
            ["application/json"],
            _("All files as a Data Package"),
            _("Each file with its columns, and each frozen edition with its checksum (https://datapackage.org/)."),
        ),
        (
            "/catalog.jsonld",
            catalogue,
            "v1_catalogue",
            [LD],
            _("All files as a DCAT catalogue"),
            _("Each resource as a dataset with its files (https://www.w3.org/TR/vocab-dcat-3/)."),
        ),
    ):
        content: dict[str, Any] = {one.partition(";")[0]: {"schema": {}} for one in types}
        extra = {"responses": {200: {"description": _("The file"), "content": content}}}
        responses: dict[Any, Any] = {200: None, **(FOUND if "{" in path else ERRORS)}
        router.get(
            path,
            response=responses,
            summary=summary,
            description=description,
            tags=["files"],
            url_name=name,
            openapi_extra=extra,
        )(view)


def bulk(request: HttpRequest, name: Name, ending: Ending, question: Query[Question]) -> HttpResponseBase:
    """Every row of a resource as CSV, JSON or Parquet, with texts in all languages."""
    only(request, Question)
    if name not in RESOURCES or ending not in TYPES:
        raise nothing_here()
    response = WRITERS[ending](RESOURCES[name])
    response["Content-Type"] = TYPES[ending]
    response["Content-Disposition"] = f'attachment; filename="ayni-{name}.{ending}"'
    return response


def package(request: HttpRequest, question: Query[Question]) -> HttpResponse:
    """A Data Package: each file with its columns (https://datapackage.org/)."""
    only(request, Question)
    return _json(data_package(version_of(request)), "application/json")


def catalogue(request: HttpRequest, question: Query[Question]) -> HttpResponse:
    """A DCAT catalogue: each resource as a dataset with its distributions (https://www.w3.org/TR/vocab-dcat-3/)."""
    only(request, Question)
    return _json(dcat(), LD)


def skos(
    request: HttpRequest, code: Code, version: Version, ending: Written, question: Query[Question]
) -> HttpResponse:
    """A version of a vocabulary in SKOS, as JSON-LD or Turtle."""
    only(request, Question)
    seen = ConceptScheme.objects.exclude(status=SchemeStatus.DRAFT)
    found = seen.filter(code=code, version=version).first()
    if found is None or ending not in SKOS:
        raise nothing_here()
    document = scheme_as_skos(found, rows_of(found), settings.SITE_URL)
    if ending == "ttl":
        return HttpResponse(turtle(document), content_type=SKOS["ttl"])
    return _json(document, LD)


def _streamed(write: Callable[..., Any]) -> Callable[[Resource], HttpResponseBase]:
    return lambda resource: StreamingHttpResponse(write(resource.shape, resource.source.every()))


def _parquet(resource: Resource) -> HttpResponseBase:
    """Written to a file of its own first: its index stands at the end."""
    file = tempfile.TemporaryFile()
    about = {"title": resource.name, "licence": settings.OPEN_DATA_LICENCE["path"], "source": settings.SITE_URL}
    as_parquet(resource.shape, resource.source.every(), file, about)
    size = file.tell()
    file.seek(0)
    response = FileResponse(file)
    response["Content-Length"] = str(size)
    return response


WRITERS: dict[str, Callable[[Resource], HttpResponseBase]] = {
    "csv": _streamed(as_csv),
    "json": _streamed(as_json),
    "parquet": _parquet,
}


def _json(document: dict[str, Any], kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type=kind)
