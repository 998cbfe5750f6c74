"""Profiles of national records, for everybody: the list, one of them, its crosswalk as SKOS."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ayni.common.columns import VersionStatus
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.common.published import published
from ayni.interop.formats.open_data.turtle import turtle
from ayni.interop.queries.national import page as shown
from ayni.interop.queries.national.reading import declared_of
from ayni.interop.queries.national.skos import crosswalk_as_skos

# Files of one page, the latest first.
FILES = 20
TYPES = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json", "json": "application/json"}


@require_safe
@published()
def profiles(request: HttpRequest) -> HttpResponse:
    """The shapes of national records that are known."""
    context = {"rows": shown.profiles_shown(request.user), "may_load": may(request.user, IMPORT_RECORDS)}
    return render(request, "interop/national/profiles.html", context)


@require_safe
@published()
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """A profile: what it was written from, what it maps, which codes have no term of ours, what came in by it."""
    one = shown.profile_for(request.user, code)
    versions = shown.versions_of(one, request.user)
    declared = declared_of(one)
    context = {
        "profile": one,
        "declared": declared,
        "reporter": dict(declared.reporter.name),
        "columns": shown.columns_shown(declared),
        "crosswalks": shown.crosswalks_shown(one),
        "files": list(shown.files_of(one)[:FILES]),
        "versions": versions,
        "may_edit": may(request.user, IMPORT_RECORDS, one),
        "draft": next((each for each in versions if each.status == VersionStatus.DRAFT), None),
    }
    return render(request, "interop/national/profile.html", context)


@require_safe
@published()
def profile_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The profile as JSON, or its crosswalk as SKOS in JSON-LD or Turtle."""
    if ending not in TYPES:
        raise Http404(ending)
    one = shown.profile_for(request.user, code)
    if ending == "json":
        body = json.dumps(one.declared, ensure_ascii=False, indent=2)
    else:
        document = crosswalk_as_skos(one, settings.SITE_URL)
        body = turtle(document) if ending == "ttl" else json.dumps(document, ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"{one.code}-{one.version}.{ending}") or "inline"
    return response
