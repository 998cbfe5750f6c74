"""The API's description of itself (OpenAPI 3.1), and how it tells what went wrong."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from ayni.interop.api.problems import MEDIA_TYPE, Problem, nothing_here, told, unanswerable

HEADERS = {
    "ETag": {"description": "Version; send it back in If-None-Match", "schema": {"type": "string"}},
    "X-RateLimit-Limit": {"description": "Requests a minute", "schema": {"type": "integer"}},
    "X-RateLimit-Reset": {"description": "Seconds until the minute ends", "schema": {"type": "integer"}},
}
LINK = {"Link": {"description": 'The next page, as rel="next"', "schema": {"type": "string"}}}
RETRY = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}
ABOUT = """What Ayni publishes of cooperation on social protection, for programs: lists with filters and cursors, whole
files, editions of the diagnosis. Everybody may read it; a token lets one program read more in a minute. Texts come in
Spanish, Portuguese, English or French (`?lang=`, or Accept-Language). Errors are problems (RFC 9457). No person is named."""


class OpenApi(NinjaAPI):
    """The API with everything that its answers carry written into its description."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                operation["security"] = [{}, {"token": []}]
                for status, answer in operation["responses"].items():
                    _complete(int(status), answer, operation)
                operation["responses"][304] = {"description": "Nothing has changed since the version in If-None-Match"}
        schema["servers"] = [{"url": settings.SITE_URL}]
        bearer = {"type": "http", "scheme": "bearer", "description": "A token of an account; optional"}
        schema["components"]["securitySchemes"] = {"token": bearer}
        schema["info"]["license"] = {
            "name": settings.OPEN_DATA_LICENCE["title"],
            "url": settings.OPEN_DATA_LICENCE["path"],
        }
        return schema


def _complete(status: int, answer: dict[str, Any], operation: dict[str, Any]) -> None:
    if status >= 400:
        answer["content"] = {MEDIA_TYPE: answer["content"].popitem()[1]}
        answer["headers"] = RETRY if status == 429 else {}
        return
    answer["headers"] = HEADERS | (LINK if operation["operationId"].startswith("list_") else {})


def told_in_words(api: NinjaAPI) -> NinjaAPI:
    """Every error of the API as a problem."""

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
