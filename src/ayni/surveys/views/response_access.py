"""Who may open the pages of a response; others get 404, 403, or the sign-in page."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ayni.surveys.models import Response
from ayni.surveys.queries.responses import find_response, may_answer, may_follow, may_read


def readable(request: HttpRequest, round_code: str, institution: str) -> Response | HttpResponse:
    """The response if the reader may see it, or the way to sign in. Raises Http404 and PermissionDenied."""
    response = find_response(round_code, institution)
    if response is None:
        raise Http404
    if may_read(request.user, response):
        return response
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


def followed(request: HttpRequest, round_code: str, institution: str) -> Response:
    """The response for who sees more of it than is published. Raises Http404 and PermissionDenied."""
    response = find_response(round_code, institution)
    if response is None:
        raise Http404
    if not may_follow(request.user, response):
        raise PermissionDenied
    return response


def is_answerable(request: HttpRequest, response: Response) -> bool:
    return may_answer(request.user, response)


def response_url(response: Response) -> str:
    return reverse("response", args=[response.round.code, response.institution.code])


def section_url(response: Response, section: str) -> str:
    return reverse("answer", args=[response.round.code, response.institution.code, section])
