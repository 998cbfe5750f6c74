"""The catalogue of programmes, and a programme."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.common.permissions import EDIT_PROGRAMMES, SEE_RECORD, may
from ayni.common.published import published
from ayni.directory.forms.programmes import CatalogueFilters
from ayni.directory.models import Programme
from ayni.directory.queries.programmes.catalogue import choices
from ayni.directory.queries.programmes.catalogue import programmes as fitting
from ayni.directory.queries.programmes.export import catalogue_csv, catalogue_workbook
from ayni.directory.queries.programmes.page import described, spoken
from ayni.directory.queries.programmes.profiles import note_on

A_PAGE = 25
ASKS = ("q", "topics", "modalities", "quadrants", "country", "institution", "language", "evidence")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@published(*ASKS, "page")
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, filtered by what is asked; the address holds the question."""
    form = CatalogueFilters(request.GET, choices=choices())
    asked = form.chosen()
    page = Paginator(fitting(asked), A_PAGE).get_page(request.GET.get("page"))
    number = page.paginator.count
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page_obj": page,
        "result": ngettext("%(number)d programme", "%(number)d programmes", number) % {"number": number},
        "clear_url": reverse("programmes") if asked else "",
        "query": query.urlencode(),
        "asked": bool(asked),
        "actions": _tools(request),
    }
    return render(request, "directory/programmes/list.html", context)


@require_safe
@published(*ASKS)
def programmes_xlsx(request: HttpRequest) -> HttpResponse:
    """The programmes that fit what is asked, as a workbook that can be loaded again."""
    return _file(catalogue_workbook(fitting(_asked(request))), XLSX, "programmes.xlsx")


@require_safe
@published(*ASKS)
def programmes_csv(request: HttpRequest) -> HttpResponse:
    """The programmes that fit what is asked, as CSV in UTF-8 with its mark, as spreadsheet programs want it."""
    return _file(catalogue_csv(fitting(_asked(request))), "text/csv; charset=utf-8", "programmes.csv")


@require_safe
@published()
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """A programme: its components and what each needs, its versions, its documents."""
    found = get_object_or_404(described(), code=code)
    components = list(found.components.all())
    context = {
        "programme": found,
        "components": [one for one in components if not one.retired],
        "retired": [one for one in components if one.retired],
        "languages": spoken(found.languages),
        "note": note_on(found.source),
        "actions": _tools(request, found),
        "crumbs": [{"label": _("Programmes"), "url": reverse("programmes")}],
        "demo": found.fictional,
        "fictional": found.fictional,
    }
    return render(request, "directory/programmes/programme.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    return CatalogueFilters(request.GET, choices=choices()).chosen()


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _tools(request: HttpRequest, on: Programme | None = None) -> list[dict[str, Any]]:
    """Links for the head of the page; empty for a reader who may neither edit nor see the record."""
    found: list[dict[str, Any]] = []
    if on is None and may(request.user, EDIT_PROGRAMMES):
        found.append({"label": _("Add a programme"), "url": reverse("programme_add")})
        found.append({"label": _("Load programmes from a file"), "url": reverse("programmes_load")})
    if on is None and request.user.is_authenticated:
        found.append({"label": _("Roster of experts"), "url": reverse("experts"), "kind": "quiet"})
    if on is not None and may(request.user, EDIT_PROGRAMMES, on):
        found.append({"label": _("Edit"), "url": reverse("programme_edit", args=[on.code])})
    if on is not None and may(request.user, SEE_RECORD):
        record = reverse("record", args=[on._meta.label, on.pk])
        found.append({"label": _("Record of changes"), "url": record, "kind": "quiet"})
    return found
