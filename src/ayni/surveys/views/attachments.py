"""Attached documents, for those who follow the response; never shown inside the site."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ayni.surveys.models import Attachment
from ayni.surveys.views.response_access import followed


@require_safe
def attachment(request: HttpRequest, round: str, institution: str, number: int) -> HttpResponseBase:
    """The document as it was sent."""
    response = followed(request, round, institution)
    found = Attachment.objects.filter(pk=number, answer__response=response.pk).first()
    if found is None or not found.file.storage.exists(found.file.name or ""):
        raise Http404
    # As a download and under no type that a browser runs, whatever it holds.
    answer = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
