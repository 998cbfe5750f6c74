"""Every error of the API as a problem."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from ayni.interop.api.problems import Problem, nothing_here, told, unanswerable


def told_in_words(api: NinjaAPI) -> NinjaAPI:
    """The API, with an answer for each error that its views raise."""

    def problem(request: HttpRequest, error: Any) -> HttpResponse:
        return error.answer()

    def nothing(request: HttpRequest, error: Any) -> HttpResponse:
        return nothing_here().answer()

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return unanswerable([told(one) for one in error.errors]).answer()

    api.add_exception_handler(Problem, problem)
    api.add_exception_handler(Http404, nothing)
    api.add_exception_handler(ValidationError, invalid)
    return api
