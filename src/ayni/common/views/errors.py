"""What a reader sees when a request cannot be read, or when the site fails."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, in the look."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs nothing of what has just failed."""
    return HttpResponseServerError(render_to_string("500.html"))
