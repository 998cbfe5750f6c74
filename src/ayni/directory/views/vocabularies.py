"""Vocabularies to read: the list, a version with its terms, what changed, and the files to take away."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayni.common.permissions import EDIT_VOCABULARIES, may
from ayni.common.published import published
from ayni.common.sheets.lines import counts
from ayni.directory.models import ConceptScheme
from ayni.directory.queries import vocabularies as queries
from ayni.directory.queries.skos import scheme_as_skos
from ayni.directory.queries.vocabulary_rows import terms_to_csv


@require_safe
@published()
def vocabularies(request: HttpRequest) -> HttpResponse:
    """The vocabularies in force; drafts for those who may read them."""
    context = {"schemes": queries.vocabularies(request.user), "edits": may(request.user, EDIT_VOCABULARIES)}
    return render(request, "directory/vocabularies/list.html", context)


@require_safe
@published()
def vocabulary(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """A version of a vocabulary, the one in force unless it is named."""
    scheme = queries.scheme_for(request.user, code, version)
    others = ConceptScheme.objects.filter(code=code).exclude(pk=scheme.pk)
    if not queries.sees_drafts(request.user):
        others = others.exclude(status="draft")
    terms = queries.terms_shown(scheme)
    context = {
        "scheme": scheme,
        "terms": terms,
        "offered": sum(term.concept.retired_on is None for term in terms),
        "users": queries.users_of(scheme),
        "others": others,
        "edits": may(request.user, EDIT_VOCABULARIES),
    }
    return render(request, "directory/vocabularies/vocabulary.html", context)


@require_safe
@published()
def vocabulary_differences(request: HttpRequest, code: str, version: int, before: int) -> HttpResponse:
    """What a version has that another had not."""
    new, old = (queries.scheme_for(request.user, code, number) for number in (version, before))
    lines = queries.differences(queries.rows_of(old), queries.rows_of(new))
    context = {
        "scheme": new,
        "before": old,
        "lines": [line for line in lines if line.state != "unchanged"],
        "counts": counts(lines),
    }
    return render(request, "directory/vocabularies/differences.html", context)


@require_safe
@published()
def vocabulary_csv(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The terms as CSV in UTF-8 with its mark, as spreadsheet programs want it."""
    scheme = queries.scheme_for(request.user, code, version)
    response = HttpResponse(terms_to_csv(queries.rows_of(scheme)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-{version}.csv"'
    return response


@require_safe
@published()
def vocabulary_skos(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The vocabulary in SKOS, as JSON-LD."""
    scheme = queries.scheme_for(request.user, code, version)
    document = scheme_as_skos(scheme, queries.rows_of(scheme), settings.SITE_URL)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")
