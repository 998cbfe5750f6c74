"""What the API answers when it cannot: a problem (RFC 9457), in the reader's language."""

from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import Field

from ayni.interop.formats.open_data.words import Shape

MEDIA_TYPE = "application/problem+json"


class Wrong(Shape):
    """One parameter that cannot be answered."""

    name: str = Field(description=gettext_noop("Parameter"), examples=["limit"])
    message: str = Field(description=gettext_noop("What is wrong with it"), examples=["At most 500."])


class ProblemDetails(Shape):
    """What went wrong, and what to do (RFC 9457)."""

    type: str = Field(description=gettext_noop("Kind of problem"), examples=["about:blank"])
    title: str = Field(description=gettext_noop("The kind in words"), examples=["Too many requests"])
    status: int = Field(description=gettext_noop("HTTP status"), examples=[429])
    detail: str = Field(description=gettext_noop("What happened, and what to do"), examples=["Wait 12 seconds."])
    errors: list[Wrong] = Field(
        description=gettext_noop("Parameters that cannot be answered; empty for other problems")
    )


class Problem(Exception):
    """Raised where a request cannot be answered; the door turns it into the answer."""

    def __init__(self, status: int, detail: str, errors: list[dict[str, str]] | None = None, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors or [], headers

    def answer(self) -> JsonResponse:
        """The response, with its headers (`Retry_After` for Retry-After)."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": title_of(self.status),
            "status": self.status,
            "detail": self.detail,
            "errors": self.errors,
        }
        response = JsonResponse(body, status=self.status, json_dumps_params={"ensure_ascii": False})
        response["Content-Type"] = MEDIA_TYPE
        response["Cache-Control"] = "no-store"
        for name, value in self.headers.items():
            response[name.replace("_", "-")] = value
        return response


def title_of(status: int) -> str:
    """A status in words."""
    titles = {
        401: _("The token opens nothing"),
        403: _("The token was not made for this"),
        404: _("There is no such thing here"),
        405: _("Only reading is possible"),
        422: _("The question cannot be answered"),
        429: _("Too many requests"),
    }
    return titles.get(status) or _("Something failed on this side")


def nothing_here() -> Problem:
    """404."""
    return Problem(404, _("Nothing public stands at this address. The list of all addresses is /api/v1/openapi.json."))


def unanswerable(errors: list[dict[str, str]]) -> Problem:
    """422, with each parameter that is wrong."""
    names = ", ".join(sorted({one["name"] for one in errors}))
    return Problem(422, _("Correct these parameters and ask again: %(names)s.") % {"names": names}, errors)


def told(error: dict[str, Any]) -> dict[str, str]:
    """An error of validation (pydantic's) as a parameter and a sentence."""
    given = error.get("ctx", {})
    sentences = {
        "missing": _("It is required."),
        "int_parsing": _("It takes a whole number."),
        "int_type": _("It takes a whole number."),
        "int_parsing_size": _("The number is too large."),
        "bool_parsing": _("It takes true or false."),
        "literal_error": _("It takes one of: %(values)s."),
        "greater_than_equal": _("At least %(values)s."),
        "less_than_equal": _("At most %(values)s."),
        "string_too_long": _("At most %(values)s characters."),
    }
    sentence = sentences.get(error["type"]) or _("It does not have the form that this parameter takes.")
    values = next((given[name] for name in ("expected", "ge", "le", "max_length") if name in given), "")
    return {"name": str(error["loc"][-1]), "message": sentence % {"values": values} if "%(" in sentence else sentence}
