"""Attached documents, for those who follow the response; never shown inside the site."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ayni.common.documents import served
from ayni.surveys.models import Attachment
from ayni.surveys.views.response_access import followed


@require_safe
def attachment(request: HttpRequest, round: str, institution: str, number: int) -> HttpResponseBase:
    """The document as it was sent."""
    response = followed(request, round, institution)
    found = get_object_or_404(Attachment, pk=number, answer__response=response.pk)
    return served(found.file, name=found.name, content_type=found.content_type)
