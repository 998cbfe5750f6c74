"""An institution's IATI files, for everybody."""

from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ayni.common.published import published
from ayni.directory.models import Institution
from ayni.iati.write import write
from ayni.interop.queries.export import activities_of, organisation_of, with_names


@require_safe
@published()
def iati_activities(request: HttpRequest, code: str) -> HttpResponse:
    """The public records that an institution keeps, as one activity file."""
    institution = get_object_or_404(with_names(Institution.objects.all()), code=code)
    return _file(activities_of(institution), f"{institution.code}-activities.xml")


@require_safe
@published()
def iati_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """The institution as an organisation file."""
    institution = get_object_or_404(with_names(Institution.objects.all()), code=code)
    return _file([organisation_of(institution)], f"{institution.code}-organisation.xml")


def _file(records: Any, name: str) -> HttpResponse:
    written = BytesIO()
    write(records, written)
    response = HttpResponse(written.getvalue(), content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
