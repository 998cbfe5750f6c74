"""What every request of the API passes: method, language, token, limit, version, compression, and who may read the answer."""

import functools
import hashlib
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ayni import __version__
from ayni.common.i18n import LANGUAGES, language
from ayni.common.published import version_of
from ayni.interop.actions.tokens import note_use
from ayni.interop.api.limits import spend
from ayni.interop.api.problems import Problem
from ayni.interop.models import BULK, READ, ApiToken
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.tokens import token_in_force

View = Callable[..., HttpResponseBase]
logger = logging.getLogger(__name__)
COMPRESSED = ("text/", "application/json", "application/ld+json", "application/vnd.oai")
# A whole file counts as so many requests.
A_FILE = 10
# What the version of the data does not tell of.
PASSING = frozenset(name for name, resource in RESOURCES.items() if not resource.lasting)


def door(view: View) -> View:
    """The view of an address of the API: open to every site, without cookies, read only."""

    @csrf_exempt
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        _choose_language(request)
        method = request.method
        try:
            response = _answered(request, view, *args, **kwargs)
        except Problem as problem:
            response = problem.answer()
        except Exception:
            logger.exception("%s", request.path)
            response = Problem(500, _("It was written down. Try again later.")).answer()
        request.method = method
        return _dressed(request, response)

    return guarded


def _answered(request: HttpRequest, view: View, *args: object, **kwargs: object) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method not in ("GET", "HEAD"):
        raise Problem(405, _("Ask with GET or HEAD."), Allow="GET, HEAD, OPTIONS")
    token = _token(request)
    spent = spend(request, token, A_FILE if _takes_file(request) else 1)
    etag = _etag(request)
    if etag and _has(request, etag):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        # Whoever asks for the head is told what a reader would be.
        request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not etag and isinstance(response, HttpResponse):
            etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            if _has(request, etag):
                response = HttpResponseNotModified()
    if response.status_code in (200, 304):
        if etag and "ETag" not in response:
            response["ETag"] = etag
        response.setdefault("Cache-Control", "public, no-cache")
    response["X-RateLimit-Limit"] = str(spent.limit)
    response["X-RateLimit-Reset"] = str(spent.ends_in)
    return response


def _choose_language(request: HttpRequest) -> None:
    asked = request.GET.get("lang", "")
    activate(asked if asked in LANGUAGES else get_language() or "es")


def _token(request: HttpRequest) -> ApiToken | None:
    """The token that was sent, None without one. Raises Problem for one that opens nothing, or was not made for this."""
    given = request.headers.get("Authorization", "")
    if not given:
        return None
    kind, _space, secret = given.partition(" ")
    today = timezone.localdate()
    found = token_in_force(secret.strip(), today) if kind.lower() == "bearer" else None
    if found is None:
        # Whoever tries secrets is counted by their address.
        spend(request, None)
        detail = _("Send “Authorization: Bearer” and a token that is neither revoked nor past its last day, or none.")
        raise Problem(401, detail, WWW_Authenticate='Bearer realm="Ayni"')
    wanted = BULK if _takes_file(request) else READ
    if wanted not in found.scope_codes:
        spend(request, found)
        detail = _("This token may not be used for whole files.") if wanted == BULK else ""
        raise Problem(403, detail or _("This token may only be used for whole files."))
    note_use(token=found, on=today)
    return found


def _takes_file(request: HttpRequest) -> bool:
    return "/bulk/" in request.path


def _etag(request: HttpRequest) -> str:
    """The version of what the address answers in the reader's language; "" where only its content tells."""
    if PASSING & set(request.path.replace(".", "/").split("/")):
        return ""
    parts = (__version__, version_of(request), request.get_host(), request.get_full_path(), language())
    told = "|".join(map(str, (*parts, timezone.localdate())))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _has(request: HttpRequest, etag: str) -> bool:
    known = (one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(","))
    return etag.removeprefix("W/") in known


def _dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Headers of every answer: any site may read it; caches keep languages and compressions apart."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Reset"
    if request.method == "OPTIONS":
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Authorization, If-None-Match, Accept-Language"
        response["Access-Control-Max-Age"] = "86400"
        return response
    response.setdefault("Content-Language", language())
    patch_vary_headers(response, ["Accept-Language", "Accept-Encoding", "Authorization"])
    if response.get("Content-Type", "").startswith(COMPRESSED):
        return GZipMiddleware(lambda _request: response).process_response(request, response)
    return response
